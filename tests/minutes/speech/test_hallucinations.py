from __future__ import annotations

import numpy as np
import pytest

from minutes.speech.hallucinations import LOW, spoken, with_voice
from minutes.speech.ports import SAMPLE_RATE_HZ, Utterance, Word
from minutes.speech.segmenter import WINDOW, Segment

WINDOWS_A_SECOND = SAMPLE_RATE_HZ / WINDOW
CLEAR, FAINT = LOW + 0.1, LOW - 0.1
Voice = list[tuple[float, float]]  # (seconds, speech probability)


def uttered(*words: tuple[str, float, float]) -> Utterance:
    made = tuple(Word(text, start, end, 0.9) for text, start, end in words)
    return Utterance(made[0].start, max(word.end for word in made), " ".join(word.text for word in made), made)


def sound(*voice: tuple[float, float], start: int = 0) -> Segment:
    """Seconds of each speech probability."""
    each = [probability for seconds, probability in voice for _ in range(round(seconds * WINDOWS_A_SECOND))]
    return Segment(start, np.zeros(len(each) * WINDOW, np.float32), tuple(each))


VOICE = sound((10.0, 1.0))


def test_words_that_take_no_time_were_not_said() -> None:
    loop = [(text, 7.2, 7.2) for text in ("memiliki", "masyarakat", "yang", "terlalu") * 3]
    found = spoken(uttered(("nyatakan", 5.0, 5.8), ("ditutup.", 5.8, 6.4), *loop), VOICE)
    assert found is not None
    assert (found.text, found.end) == ("nyatakan ditutup.", 6.4)
    assert [word.text for word in found.words] == ["nyatakan", "ditutup."]


def test_a_loop_before_the_end_goes_too() -> None:
    loop = [("terima", 1.0, 1.0), ("kasih", 1.0, 1.0), ("terima", 1.0, 1.02)]
    found = spoken(uttered(("Baik.", 0.2, 1.0), *loop, ("Lanjut", 1.5, 2.0)), VOICE)
    assert found is not None
    assert found.text == "Baik. Lanjut"


def test_a_word_or_two_squeezed_by_the_alignment_stay() -> None:
    said = uttered(("Hari", 0.0, 0.3), ("dari", 0.3, 0.32), ("ke", 0.32, 0.32), ("hari", 0.32, 0.6))
    assert spoken(said, VOICE) is said


def test_an_utterance_of_nothing_else_is_none() -> None:
    assert spoken(uttered(*[("kasih", 1.0, 1.0)] * 4), VOICE) is None


def test_an_engine_without_word_times_is_believed() -> None:
    said = Utterance(0.0, 1.0, "Rapat dibuka.", ())
    assert spoken(said, VOICE) is said


THANKS = (("Terima", 1.0, 1.4), ("kasih.", 1.4, 1.8))
CLOSED = (("Rapat", 0.4, 0.8), ("ditutup.", 0.8, 1.2))
THANKS_BEHIND = (("Terima", 2.0, 2.3), ("kasih.", 2.3, 2.6))


@pytest.mark.parametrize(
    ("words", "voice", "said"),
    [
        # all that was heard
        (THANKS, [(0.8, 0.0), (1.2, CLEAR), (1.0, 0.0)], "Terima kasih."),
        (THANKS, [(3.0, FAINT)], None),
        (THANKS, [(1.4, FAINT), (0.1, 1.0), (1.5, FAINT)], None),  # a click is no word
        (THANKS, [(1.4, FAINT), (0.3, 1.0), (1.3, FAINT)], "Terima kasih."),
        (THANKS + THANKS_BEHIND, [(3.0, FAINT)], None),
        (THANKS + THANKS_BEHIND, [(0.9, 0.0), (0.9, 1.0), (1.2, FAINT)], "Terima kasih. Terima kasih."),  # no pause
        # at the end
        (
            CLOSED + THANKS_BEHIND,
            [(0.4, 0.0), (0.8, 1.0), (0.8, 0.0), (0.6, CLEAR), (0.4, 0.0)],
            "Rapat ditutup. Terima kasih.",
        ),
        (CLOSED + THANKS_BEHIND, [(0.4, 0.0), (0.8, 1.0), (0.8, 0.0), (0.6, FAINT), (0.4, 0.0)], "Rapat ditutup."),
        (CLOSED + THANKS_BEHIND[:1], [(0.4, 0.0), (0.8, 1.0), (1.8, 0.0)], "Rapat ditutup. Terima"),
        (
            (*CLOSED, ("Terima", 1.3, 1.6), ("kasih.", 1.6, 1.9)),
            [(1.2, 1.0), (1.8, 0.0)],
            "Rapat ditutup. Terima kasih.",
        ),
        # no phrase: faint as it may be, it stays
        (CLOSED, [(3.0, FAINT)], "Rapat ditutup."),
    ],
)
def test_a_phrase_is_dropped_where_hardly_anybody_spoke(
    words: tuple[tuple[str, float, float], ...], voice: Voice, said: str | None
) -> None:
    whole = uttered(*words)
    found = spoken(whole, sound(*voice))
    assert (None if found is None else found.text) == said
    if found is not None:
        assert (found.text, found.end) == (" ".join(word.text for word in found.words), found.words[-1].end)


def test_where_the_voice_is_unknown_a_phrase_is_believed() -> None:
    said = uttered(*THANKS)
    assert spoken(said, Segment(0, np.zeros(3 * SAMPLE_RATE_HZ, np.float32))) is said


def test_times_count_from_where_the_meeting_began() -> None:
    an_hour = 3600.0
    late = uttered(*((text, an_hour + start, an_hour + end) for text, start, end in (*CLOSED, *THANKS_BEHIND)))
    heard = sound((0.4, 0.0), (0.8, 1.0), (1.8, 0.0), start=round(an_hour * SAMPLE_RATE_HZ))
    found = spoken(late, heard)
    assert found is not None
    assert found.text == "Rapat ditutup."


def test_a_draft_goes_on_behind_what_is_settled() -> None:
    words = uttered(*THANKS_BEHIND).words
    heard = sound((1.2, 1.0), (1.8, 0.0))
    assert with_voice(words, heard, before=1.2) == []
    assert with_voice(words, heard, before=1.9) == list(words)  # no pause: one sentence
    assert with_voice(words, heard) == list(words)  # the first words of the utterance, and somebody spoke in it


def test_an_engine_without_word_times_is_not_believed_either() -> None:
    assert spoken(Utterance(0.0, 3.0, "Terima kasih.", ()), sound((3.0, FAINT))) is None
    said = Utterance(0.0, 3.0, "Rapat ditutup. Terima kasih.", ())
    assert spoken(said, sound((3.0, FAINT))) is said
