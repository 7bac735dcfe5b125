from __future__ import annotations

import numpy as np
import pytest

from minutes.speech.gaps import AROUND_S, filled, unheard
from minutes.speech.ports import SAMPLE_RATE_HZ, Utterance, Word
from minutes.speech.segmenter import WINDOW, Segment

WINDOW_S = WINDOW / SAMPLE_RATE_HZ
START = 1_000 * WINDOW


def segment(*voice: tuple[float, float]) -> Segment:
    """Seconds of each speech probability, from START on."""
    each = tuple(probability for seconds, probability in voice for _ in range(round(seconds / WINDOW_S)))
    return Segment(START, np.arange(len(each) * WINDOW, dtype=np.float32), each)


def words(*spans: tuple[float, float]) -> list[Word]:
    """Their times count from the segment's beginning."""
    begin = START / SAMPLE_RATE_HZ
    return [Word("kata", begin + start, begin + end, 0.9) for start, end in spans]


VOICE = segment((0.4, 0.0), (9.2, 1.0), (0.4, 0.0))


@pytest.mark.parametrize(
    ("spans", "gaps"),
    [
        ([(0.4, 1.0), (1.0, 2.0), (2.2, 3.0), (3.5, 9.6)], []),
        ([(0.4, 4.0)], [(4.0, 10.0)]),  # it ended early
        ([(3.0, 9.6)], [(0.0, 3.0)]),  # it began late
        ([(0.4, 3.0), (6.0, 9.6)], [(3.0, 6.0)]),  # it leapt
        ([(2.0, 4.0), (6.0, 7.0)], [(0.0, 2.0), (4.0, 6.0), (7.0, 10.0)]),
        ([(0.4, 4.0), (4.9, 9.6)], []),  # a short one may be a slow word
        ([], []),  # nothing was heard at all: hearing it again would be the same
    ],
)
def test_voice_without_a_word_is_found(spans: list[tuple[float, float]], gaps: list[tuple[float, float]]) -> None:
    found = unheard(VOICE, words(*spans))
    assert len(found) == len(gaps)
    for part, (start, end) in zip(found, gaps, strict=True):
        first, last = (part.start - START) / SAMPLE_RATE_HZ, (part.end - START) / SAMPLE_RATE_HZ
        assert first == pytest.approx(max(0.0, start - AROUND_S), abs=WINDOW_S)
        assert last == pytest.approx(min(10.0, end + AROUND_S), abs=WINDOW_S)
        assert part.samples[0] == part.start - START
        assert len(part.samples) == len(part.probabilities) * WINDOW


def test_silence_without_a_word_is_silence() -> None:
    paused = segment((0.4, 0.0), (2.0, 1.0), (1.1, 0.1), (2.0, 1.0), (0.4, 0.0))
    assert unheard(paused, words((0.4, 2.4), (3.5, 5.5))) == []


def test_where_the_voice_is_unknown_nothing_is_missing() -> None:
    assert unheard(Segment(START, VOICE.samples), words((0.4, 1.0))) == []


def said(*each: tuple[str, float, float]) -> Utterance:
    made = tuple(Word(text, start, end, 0.9) for text, start, end in each)
    return Utterance(made[0].start, made[-1].end, " ".join(word.text for word in made), made, "Bawaslu.")


def test_what_was_missed_stands_between_what_was_heard() -> None:
    heard = said(("Rapat", 3.0, 3.5), ("dibuka.", 3.5, 4.0), ("Silakan.", 8.0, 8.5))
    begin = said(("Selamat", 0.5, 1.0), ("pagi.", 1.0, 1.5))
    middle = said(("dibuka.", 3.9, 4.2), ("Terima", 5.0, 5.5), ("kasih.", 5.5, 6.0))
    found = filled(heard, [begin, None, middle])
    assert found.text == "Selamat pagi. Rapat dibuka. Terima kasih. Silakan."
    assert " ".join(word.text for word in found.words) == found.text
    assert (found.start, found.end, found.prompt) == (0.5, 8.5, "Bawaslu.")


def test_where_nothing_was_missed_all_is_as_it_was() -> None:
    heard = said(("Rapat", 3.0, 3.5))
    assert filled(heard, []) is heard
    assert filled(heard, [None, said(("rapat", 3.2, 3.6))]) is heard
    assert filled(heard, [said(("Rapat.", 3.4, 4.0))]) is heard


def test_words_may_touch() -> None:
    found = filled(said(("Rapat", 3.0, 3.5)), [said(("dibuka.", 3.4, 4.0))])
    assert found.text == "Rapat dibuka."
