"""The server dies in the middle, as in a power cut, and comes back: so do the browsers, and little is lost."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.journeys import judge, play
from tests.journeys.actors import Actor
from tests.journeys.script import Script, Turn, script
from tests.journeys.stage import Stage

BACK_WITHIN_S = 10.0
LOST_BEFORE_S = 10.0
DOWN_S = 2.0


@dataclass
class Broken:
    """A meeting whose server was killed; times in script seconds."""

    played: play.Played
    killed: float
    back: dict[str, float] = field(default_factory=dict)  # seconds from the first good /healthz
    again: float = 0.0  # when the last browser was connected again


def hold(playwright: Playwright, folder: Path, part: Script, killed: float) -> Broken:
    stage = Stage(folder / "data")
    stage.start()
    broken: list[Broken] = []

    def cut(played: play.Played, actors: dict[str, Actor]) -> None:
        play.wait_for(played, killed)
        peers = {name: str(actor.page.evaluate("window.rakor.peer")) for name, actor in actors.items()}
        stage.kill()
        kept = Broken(played, time.time() - played.began_ms / 1000)
        play.wait_for(played, killed + DOWN_S)
        stage.start()
        well = time.time()
        for name, actor in actors.items():
            actor.page.wait_for_function(
                "old => window.rakor.connection === 'connected' && window.rakor.peer !== old",
                arg=peers[name],
                timeout=30_000,
            )
            kept.back[name] = time.time() - well
        kept.again = time.time() - played.began_ms / 1000
        broken.append(kept)

    try:
        play.hold(stage, playwright, part, folder / "devices", cut)
    finally:
        stage.stop()
    return broken[0]


def judge_it(broken: Broken) -> None:
    played = broken.played
    print({name: round(seconds, 2) for name, seconds in broken.back.items()})
    assert max(broken.back.values()) <= BACK_WITHIN_S
    safe = [turn for turn in played.script.turns if outside(turn, broken)]
    assert safe
    missing = [turn for turn in safe if not judge.stands(played.lines, turn, play.NAMES[turn.speaker])]
    assert missing == []
    assert judge.strangers(played.lines, played.script, play.NAMES) == []
    twice = set(judge.repeats(played.lines))
    said = " ".join(played.script.said(speaker) for speaker in play.NAMES)
    assert {run for run in twice if " ".join(judge.tokens(said)).count(run) < 2} == set()


def outside(turn: Turn, broken: Broken) -> bool:
    """All of it was said ten seconds before the kill, or after everybody was back."""
    return turn.end <= broken.killed - LOST_BEFORE_S or turn.start >= broken.again


@pytest.mark.full
@pytest.mark.timeout(420)
def test_a_short_meeting_survives_a_killed_server(playwright: Playwright, tmp_path: Path) -> None:
    part = script(94.0, 164.6)
    judge_it(hold(playwright, tmp_path, part, killed=33.0))


@pytest.mark.full
@pytest.mark.timeout(900)
def test_the_whole_meeting_survives_a_killed_server(playwright: Playwright, tmp_path: Path) -> None:
    judge_it(hold(playwright, tmp_path, script(), killed=105.0))
