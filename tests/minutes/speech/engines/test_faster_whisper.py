"""The default engine, with the weights that ship."""

from __future__ import annotations

import numpy as np
import pytest

from minutes.speech.engines.faster_whisper import LONGEST_S, Attempt, window
from minutes.speech.ports import SAMPLE_RATE_HZ, Engine
from tests.minutes.speech.sounds import spoken, voice
from tests.wer import wer

BEFORE_S = 0.3


def test_a_turn_is_heard_word_by_word_where_it_was_said(whisper: Engine) -> None:
    turn = spoken("bambang", 74.0, 85.0)[0]
    (found,) = whisper.transcribe(voice("bambang", turn.start - BEFORE_S, turn.end + BEFORE_S))
    assert wer(turn.text, found.text) <= 0.2
    assert " ".join(word.text for word in found.words) == found.text
    assert found.words[0].start == pytest.approx(BEFORE_S, abs=0.35)
    assert found.words[-1].end == pytest.approx(BEFORE_S + turn.end - turn.start, abs=0.5)
    assert all(before.end <= after.start + 0.01 for before, after in zip(found.words, found.words[1:], strict=False))
    assert all(0 <= word.probability <= 1 for word in found.words)


def test_a_sound_longer_than_a_window_is_heard_to_its_end(whisper: Engine) -> None:
    turn = spoken("bambang", 74.0, 85.0)[0]
    said = voice("bambang", turn.start, turn.end)
    quiet = np.zeros(round(LONGEST_S * SAMPLE_RATE_HZ) + 1_000 - len(said), np.float32)
    found = whisper.transcribe(np.concatenate([said, quiet, said]))
    assert len(found) == 2
    first, second = found
    assert wer(turn.text, first.text) <= 0.2
    assert wer(turn.text, second.text) <= 0.2
    assert second.words[0].start >= LONGEST_S


def test_silence_says_nothing(whisper: Engine) -> None:
    assert whisper.transcribe(np.zeros(0, np.float32)) == ()
    assert whisper.transcribe(np.zeros(3 * SAMPLE_RATE_HZ, np.float32)) == ()


def test_what_is_told_before_is_no_part_of_what_is_heard(whisper: Engine) -> None:
    turn = spoken("bambang", 74.0, 85.0)[0]
    samples = voice("bambang", turn.start, turn.end)
    (found,) = whisper.transcribe(samples, "Bawaslu, DKPP, Gakkumdu.")
    assert wer(turn.text, found.text) <= 0.2


@pytest.mark.parametrize(
    ("seconds", "frames"), [(0.1, 300), (3.0, 500), (3.2, 600), (25.0, 2_700), (28.0, 3_000), (60.0, 3_000)]
)
def test_the_window_is_as_long_as_the_sound_and_two_seconds(seconds: float, frames: int) -> None:
    assert window(seconds) == frames


@pytest.mark.parametrize(
    ("attempt", "silent", "settled"),
    [
        (Attempt([1], None, -0.3, 0.0, 1.2), False, True),
        (Attempt([1], None, -0.3, 0.9, 1.2), False, True),  # whoever speaks so clearly is no silence
        (Attempt([1], None, -1.4, 0.9, 1.2), True, True),
        (Attempt([1], None, -1.4, 0.1, 1.2), False, False),
        (Attempt([1], None, -0.3, 0.0, 3.0), False, False),  # a loop
    ],
)
def test_what_repeats_itself_or_is_unlikely_is_heard_again(attempt: Attempt, silent: bool, settled: bool) -> None:
    assert (attempt.silent, attempt.settled) == (silent, settled)
