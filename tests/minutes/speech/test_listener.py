from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.speech.audio import Sound
from minutes.speech.listener import TUNING, Listener
from minutes.speech.loudness import USUAL
from minutes.speech.ports import SAMPLE_RATE_HZ, Samples, Utterance, Word
from minutes.speech.segmenter import WINDOW, SegmenterOptions
from minutes.speech.silero import SileroVad
from tests.minutes.speech.fakes import CountingEngine, CrowdEngine, LoudnessVad
from tests.minutes.speech.noises import mixed, white
from tests.minutes.speech.sounds import spoken, tone, voice


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)


def listener(start: float = 0.0) -> Listener:
    return Listener(CountingEngine(), LoudnessVad(), start)


def at(seconds: float, samples: Samples) -> Sound:
    return Sound(round(seconds * SAMPLE_RATE_HZ), samples)


def places(said: list[Utterance]) -> list[tuple[float, float]]:
    return [(utterance.start, utterance.end) for utterance in said]


def test_an_utterance_stands_where_it_was_said() -> None:
    ears = listener()
    said = ears.hear(at(0.0, np.concatenate([silence(3), tone(2), silence(3)])))
    ((start, end),) = places(said)
    assert (start, end) == pytest.approx((3.0, 5.0), abs=WINDOW / SAMPLE_RATE_HZ)
    assert said[0].words[0].start == said[0].start
    assert ears.finish() == []


def test_a_long_hole_is_stepped_over_and_time_goes_on() -> None:
    ears = listener()
    said = ears.hear(at(1.0, tone(1)))
    said += ears.hear(at(3600.0, tone(1)))
    said += ears.finish()
    assert [start for start, _ in places(said)] == [pytest.approx(1.0, abs=0.01), pytest.approx(3600.0, abs=0.01)]


def test_what_was_before_the_start_is_not_heard_again() -> None:
    ears = listener(start=10.0)
    said = ears.hear(at(9.8, np.concatenate([tone(0.2), silence(5)]))) + ears.finish()
    assert said == []
    assert ears.until <= 14.8


def test_whoever_goes_on_finds_the_same_voice() -> None:
    class Heard(LoudnessVad):
        def __init__(self) -> None:
            self.windows: list[Samples] = []

        def probabilities(self, windows: Samples) -> list[float]:
            self.windows += list(windows)
            return super().probabilities(windows)

    sound, first, second = tone(5.0), Heard(), Heard()
    Listener(CountingEngine(), first).hear(Sound(0, sound))
    start = 120 * WINDOW
    later = Listener(CountingEngine(), second, start / SAMPLE_RATE_HZ)
    later.hear(Sound(start - 60_000, sound[start - 60_000 : start + 100]))
    later.hear(Sound(start + 100, sound[start + 100 :]))
    assert len(second.windows) == len(first.windows) - 120 + TUNING // WINDOW
    assert all(
        np.array_equal(mine, theirs) for mine, theirs in zip(second.windows[::-1], first.windows[::-1], strict=False)
    )


def test_a_pause_says_what_is_open_and_late_sound_keeps_its_place() -> None:
    ears = listener()
    assert ears.hear(at(1.0, tone(2))) == []
    assert ears.speaking
    assert len(ears.pause()) == 1
    assert not ears.speaking
    said = ears.hear(at(3.0, tone(2))) + ears.finish()
    assert places(said) == [(pytest.approx(3.0, abs=0.04), pytest.approx(5.0, abs=0.01))]


def test_the_watermark_stays_before_an_open_utterance() -> None:
    ears = listener()
    ears.hear(at(0.0, np.concatenate([silence(10), tone(3)])))
    assert 8.0 < ears.until <= 10.0


Talk = list[tuple[float, float]]  # (silence before, length) in seconds
# Not within a window or two of the hang-over: there a shift of the windows decides, and both answers are right.
HANG_OVER = SegmenterOptions().hang_over
silences = st.floats(0.0, HANG_OVER - 0.1) | st.floats(HANG_OVER + 0.1, 8.0)
talks = st.lists(st.tuples(silences, st.floats(0.3, 4.0)), min_size=1, max_size=5)


@given(talks, st.integers(100, 5000))
@settings(max_examples=40, deadline=None)
def test_what_is_heard_does_not_depend_on_how_sound_arrives(talk: Talk, piece: int) -> None:
    """In one piece with silence played, or in small pieces with holes for silence."""
    parts = [(silence(quiet), tone(length)) for quiet, length in talk]
    whole = np.concatenate([sound for pair in parts for sound in pair])
    one = listener()
    expected = one.hear(Sound(0, whole)) + one.finish()
    ears, said, position = listener(), [], 0
    for quiet, loud in parts:
        position += len(quiet)
        for offset in range(0, len(loud), piece):
            said += ears.hear(Sound(position + offset, loud[offset : offset + piece]))
        position += len(loud)
    said += ears.finish()
    assert [u.text for u in said] == [u.text for u in expected]
    for place, wanted in zip(places(said), places(expected), strict=True):
        assert place == pytest.approx(wanted, abs=0.05)


class Leaping(CountingEngine):
    """Hears the first second of a long sound and no more, and keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        self.told.append(prompt)
        (found,) = super().transcribe(samples)
        end = min(found.end, found.start + 1.0) if found.end - found.start > 5.5 else found.end
        text = f"{end - found.start:.1f}"
        return (Utterance(0.0, end, text, (Word(text, found.start, end, 0.9),)),)


def test_what_the_engine_leapt_over_is_heard_again() -> None:
    engine = Leaping()
    ears = Listener(engine, LoudnessVad())
    (said,) = ears.hear(at(0.0, np.concatenate([silence(1), tone(6), silence(2)])))
    assert said.text == "1.0 5.1"
    assert [word.start for word in said.words] == pytest.approx([1.0, 1.9], abs=0.04)
    assert said.end == pytest.approx(7.0, abs=0.04)
    assert engine.told[1:] == [""]


@pytest.mark.parametrize("engine", [CrowdEngine(), CountingEngine()])
def test_utterances_that_wait_for_each_other_are_heard_together(engine: CountingEngine) -> None:
    ears = Listener(engine, LoudnessVad(), hints="DKPP.", at_once=3)
    said = [tone(seconds) for seconds in (6.0, 6.2, 6.4, 6.6)]
    turns = [np.concatenate([silence(2), each, silence(2)]) for each in said]
    assert ears.hear(at(0.0, np.concatenate(turns[:2]))) == []
    assert ears.until == pytest.approx(2.0 - 0.4, abs=0.1)  # nobody has been told of these
    three = ears.hear(at(20.2, turns[2]))
    assert [each.text for each in three] == ["6.0", "6.2", "6.4"]
    assert [each.start for each in three] == pytest.approx([2.0, 12.0, 22.2], abs=0.05)
    assert {each.prompt for each in three} == {"DKPP."}
    assert ears.hear(at(30.6, turns[3])) == []
    assert [each.text for each in ears.finish()] == ["6.6"]
    assert not isinstance(engine, CrowdEngine) or engine.crowds == [3, 1]


def test_a_faint_voice_reaches_the_engine_as_loud_as_usual() -> None:
    class SharpVad(LoudnessVad):
        def probabilities(self, windows: Samples) -> list[float]:
            return [1.0 if float(np.abs(window).max()) > 0.002 else 0.0 for window in windows]

    engine = CountingEngine()
    ears = Listener(engine, SharpVad())
    ears.hear(at(0.0, np.concatenate([silence(1), tone(2) * np.float32(0.01), silence(2)])))
    (heard,) = engine.heard
    assert float(np.max(np.abs(heard))) == pytest.approx(USUAL * np.sqrt(2), rel=0.05)


def test_a_voice_that_drowns_gets_no_hints() -> None:
    turn = spoken("ratna", 16.0, 27.0)[0]
    said = voice("ratna", turn.start - 0.5, turn.end + 0.5)
    hiss = white(len(said) / SAMPLE_RATE_HZ)

    def told(ratio_db: float) -> bool:
        engine = Leaping()
        ears = Listener(engine, SileroVad(), hints="Bawaslu.")
        ears.hear(at(0.0, mixed(said, hiss, ratio_db)))
        ears.finish()
        return bool(engine.told[0])

    assert [told(ratio_db) for ratio_db in (40.0, 10.0, -3.0)] == [True, True, False]


@pytest.mark.parametrize("quiet", [20.0, 33.0])
def test_whoever_goes_on_in_silence_finds_the_same_beginning(quiet: float) -> None:
    """Silero remembers silence: a voice of rakor-1 began 0.1 s earlier for whoever had heard less of it."""
    turn = spoken("bambang", 36.0, 60.0)[0]
    sound = np.concatenate([silence(quiet), voice("bambang", turn.start, turn.start + 4.0), silence(3.0)])
    pieces = [at(0.25 * number, sound[4_000 * number : 4_000 * (number + 1)]) for number in range(len(sound) // 4_000)]

    def begins(start: float) -> tuple[list[Samples], set[float]]:
        engine = CountingEngine()
        ears, places = Listener(engine, SileroVad(), start), set[float]()
        for piece in pieces:
            if piece.position / SAMPLE_RATE_HZ >= start - 4.0:
                ears.hear(piece)
                places.add(ears.until)
        ears.finish()
        return engine.heard, places

    (whole, *_), places = begins(0.0)
    for start in (place for place in places if place < quiet):
        (again, *_), _ = begins(start)
        assert np.array_equal(again, whole), start
