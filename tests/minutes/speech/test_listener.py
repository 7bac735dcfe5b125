from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.speech.audio import Sound
from minutes.speech.listener import Listener
from minutes.speech.ports import SAMPLE_RATE_HZ, Samples, Utterance
from minutes.speech.segmenter import SegmenterOptions
from tests.minutes.speech.fakes import CountingEngine, LoudnessVad
from tests.minutes.speech.sounds import tone


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
    assert (start, end) == pytest.approx((3.0, 5.0), abs=0.01)
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
    ears.hear(at(0.0, np.concatenate([silence(5), tone(3)])))
    assert 4.0 < ears.until <= 5.0


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
