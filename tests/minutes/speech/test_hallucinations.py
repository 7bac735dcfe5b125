from __future__ import annotations

from minutes.speech.hallucinations import spoken
from minutes.speech.ports import Utterance, Word


def uttered(*words: tuple[str, float, float]) -> Utterance:
    made = tuple(Word(text, start, end, 0.9) for text, start, end in words)
    return Utterance(made[0].start, max(word.end for word in made), " ".join(word.text for word in made), made)


def test_words_that_take_no_time_were_not_said() -> None:
    loop = [(text, 7.2, 7.2) for text in ("memiliki", "masyarakat", "yang", "terlalu") * 3]
    found = spoken(uttered(("nyatakan", 5.0, 5.8), ("ditutup.", 5.8, 6.4), *loop))
    assert found is not None
    assert (found.text, found.end) == ("nyatakan ditutup.", 6.4)
    assert [word.text for word in found.words] == ["nyatakan", "ditutup."]


def test_a_loop_before_the_end_goes_too() -> None:
    loop = [("terima", 1.0, 1.0), ("kasih", 1.0, 1.0), ("terima", 1.0, 1.02)]
    found = spoken(uttered(("Baik.", 0.2, 1.0), *loop, ("Lanjut", 1.5, 2.0)))
    assert found is not None
    assert found.text == "Baik. Lanjut"


def test_a_word_or_two_squeezed_by_the_alignment_stay() -> None:
    said = uttered(("Hari", 0.0, 0.3), ("dari", 0.3, 0.32), ("ke", 0.32, 0.32), ("hari", 0.32, 0.6))
    assert spoken(said) is said


def test_an_utterance_of_nothing_else_is_none() -> None:
    assert spoken(uttered(*[("kasih", 1.0, 1.0)] * 4)) is None


def test_an_engine_without_word_times_is_believed() -> None:
    said = Utterance(0.0, 1.0, "Rapat dibuka.", ())
    assert spoken(said) is said
