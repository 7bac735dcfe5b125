"""With two voice slots and one camera slot for four people, slots must change hands, and no word may fall between."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Playwright

from tests.journeys import judge, play
from tests.journeys.script import script, voice
from tests.journeys.stage import Stage

pytestmark = [pytest.mark.full, pytest.mark.timeout(420)]
FROM_S, TO_S = 94.0, 147.0  # ratna, maria, bambang and wulan take turns


@pytest.fixture(scope="module")
def played(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> play.Played:
    folder = tmp_path_factory.mktemp("few")
    stage = Stage(folder / "data", {"RAKOR_VOICE_SLOTS": "2", "RAKOR_CAMERA_SLOTS": "1"})
    stage.start()
    stage.step_back()  # what is heard is looked at here; how soon it is read is looked at elsewhere
    try:
        return play.hold(stage, playwright, script(FROM_S, TO_S), folder / "devices")
    finally:
        stage.stop()


def test_slots_changed_hands(played: play.Played) -> None:
    """Three others speak in turn and two have cameras: with too few slots for them, everybody's must change hands."""
    slots = [peer["down"].values() for peer in played.counters["peers"].values()]
    assert len(slots) == 4
    for mine in slots:
        voices, cameras = ([slot for slot in mine if slot["kind"] == kind] for kind in ("mic", "camera"))
        assert (len(voices), len(cameras)) == (2, 1)
        assert sum(slot["switches"] for slot in voices) > 2
    seen = [slot["switches"] for mine in slots for slot in mine if slot["kind"] == "camera"]
    assert max(seen) > 1, "nobody's one camera slot changed hands"


def test_every_turn_is_heard_and_no_first_word_is_lost(played: play.Played) -> None:
    part = played.script
    shares = {}
    for listener in part.speakers:
        wall, heard = played.heard[listener]
        skip = int((played.began_ms - wall) / 1000 * judge.EAR_RATE_HZ)
        ear = judge.envelope(heard[skip:], judge.EAR_RATE_HZ)
        for turn in part.turns:
            if turn.speaker == listener:
                continue
            said = judge.envelope(voice(turn.speaker, part) / 32768, judge.EAR_RATE_HZ)
            at = slice(int(turn.start / judge.FRAME_S), int(turn.end / judge.FRAME_S))
            alone = np.zeros_like(said)
            alone[at] = said[at]
            delay = judge.delay_of(ear, alone)
            shares[f"{turn.speaker} at {turn.start:.0f} s, to {listener}"] = judge.first_word_heard(
                ear, said, turn, part.words, delay
            )
    print({key: round(share, 2) for key, share in shares.items()})
    assert {key: share for key, share in shares.items() if share < 0.8} == {}


def test_every_turn_stands_under_who_said_it(played: play.Played) -> None:
    assert judge.strangers(played.lines, played.script, play.NAMES) == []
    assert judge.unheard_turns(played.lines, played.script, play.NAMES) == []
