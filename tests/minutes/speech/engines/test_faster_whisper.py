"""The default engine, with the weights that ship."""

from __future__ import annotations

import numpy as np
import pytest

from minutes.speech.engines.faster_whisper import LONGEST_S, Attempt, _behind, window
from minutes.speech.engines.runtimes import Written
from minutes.speech.ports import SAMPLE_RATE_HZ, Batcher, Drafter, Engine, Word
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


def test_sounds_that_are_heard_together_stay_apart(whisper: Engine) -> None:
    assert isinstance(whisper, Batcher)
    turn = spoken("bambang", 74.0, 85.0)[0]
    said, nothing = voice("bambang", turn.start, turn.end), np.zeros(SAMPLE_RATE_HZ, np.float32)
    quiet = np.zeros(round(LONGEST_S * SAMPLE_RATE_HZ) - len(said), np.float32)
    asked = [(nothing, ""), (said, "Bawaslu, DKPP."), (nothing[:0], ""), (np.concatenate([said, quiet, said]), "")]
    found = whisper.transcribe_all(asked)
    assert [len(each) for each in found] == [0, 1, 0, 2]
    heard = [*found[1], *found[3]]
    assert all(wer(turn.text, each.text) <= 0.2 for each in heard)
    assert [round(each.words[0].start) for each in heard] == [0, 0, round(LONGEST_S)]
    assert whisper.transcribe_all([]) == []


def test_silence_says_nothing(whisper: Engine) -> None:
    assert whisper.transcribe(np.zeros(0, np.float32)) == ()
    assert whisper.transcribe(np.zeros(3 * SAMPLE_RATE_HZ, np.float32)) == ()


def test_what_is_told_before_is_no_part_of_what_is_heard(whisper: Engine) -> None:
    turn = spoken("bambang", 74.0, 85.0)[0]
    samples = voice("bambang", turn.start, turn.end)
    (found,) = whisper.transcribe(samples, "Bawaslu, DKPP, Gakkumdu.")
    assert wer(turn.text, found.text) <= 0.2


def test_a_draft_goes_on_behind_what_is_settled(whisper: Engine) -> None:
    assert isinstance(whisper, Drafter)
    turn = spoken("bambang", 74.0, 85.0)[0]
    samples = voice("bambang", turn.start, turn.end)
    whole = whisper.draft(samples, ())
    assert wer(turn.text, " ".join(word.text for word in whole)) <= 0.3
    rest = whisper.draft(samples, whole[:4])
    assert [word.text for word in rest[:2]] == [word.text for word in whole[4:6]]
    assert rest[0].start >= whole[3].start


def test_a_draft_of_silence_is_empty(whisper: Engine) -> None:
    assert isinstance(whisper, Drafter)
    assert whisper.draft(np.zeros(2 * SAMPLE_RATE_HZ, np.float32), ()) == ()


@pytest.mark.parametrize(
    ("settled", "behind"),
    [("", "Baik, saya buka."), ("Baik", "saya buka."), ("Baik, saya", "buka."), ("Baik, saya buka.", "")],
)
def test_settled_words_are_known_by_their_letters(settled: str, behind: str) -> None:
    words = [Word(text, 0.0, 0.1, 0.9) for text in ("Baik,", "saya", "buka.")]
    assert " ".join(word.text for word in _behind(settled, words)) == behind


def test_what_a_hyphen_joins_to_a_settled_word_is_behind_it() -> None:
    words = [Word(text, 0.0, 0.1, 0.9) for text in ("hak-hak", "warga")]
    assert [word.text for word in _behind("hak", words)] == ["-hak", "warga"]


@pytest.mark.parametrize(
    ("seconds", "frames"), [(0.1, 128), (3.0, 512), (4.2, 640), (25.0, 2_688), (28.0, 2_944), (60.0, 2_944)]
)
def test_the_window_is_as_long_as_the_sound_and_a_second(seconds: float, frames: int) -> None:
    assert window(seconds) == frames


def attempt(probability: float, silence: float, repetition: float) -> Attempt:
    return Attempt([1], None, Written((1,), probability, silence, None), repetition)


@pytest.mark.parametrize(
    ("found", "silent", "settled"),
    [
        (attempt(-0.3, 0.0, 1.2), False, True),
        (attempt(-0.3, 0.9, 1.2), False, True),  # whoever speaks so clearly is no silence
        (attempt(-1.4, 0.9, 1.2), True, True),
        (attempt(-1.4, 0.1, 1.2), False, False),
        (attempt(-0.3, 0.0, 3.0), False, False),  # a loop
    ],
)
def test_what_repeats_itself_or_is_unlikely_is_heard_again(found: Attempt, silent: bool, settled: bool) -> None:
    assert (found.silent, found.settled) == (silent, settled)
