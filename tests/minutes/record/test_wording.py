"""Utterances as the record writes them, with what was heard kept beside."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minutes.record.wording import worded
from minutes.speech.ports import Utterance, Word


def utterance(text: str) -> Utterance:
    """Half a second for each word; the third is the most doubtful."""
    words = [Word(word, at * 0.5, at * 0.5 + 0.4, 0.4 if at == 2 else 0.9) for at, word in enumerate(text.split())]
    return Utterance(0.0, len(words) * 0.5, text, tuple(words))


def test_what_is_written_otherwise_keeps_what_was_heard_its_times_and_its_doubt() -> None:
    found = worded(utterance("Dasarnya pe ka pe u nomor lima tahun dua ribu dua puluh."))
    assert found.text == "Dasarnya PKPU Nomor 5 Tahun 2020."
    assert found.words == [
        {"text": "Dasarnya", "start": 0.0, "end": 0.4, "probability": 0.9},
        {
            "text": "PKPU Nomor 5 Tahun 2020.",
            "start": 0.5,
            "end": 5.9,
            "probability": 0.4,
            "heard": "pe ka pe u nomor lima tahun dua ribu dua puluh.",
        },
    ]


def test_regulations_are_found_where_they_stand_in_the_written_text() -> None:
    found = worded(utterance("Menurut pasal lima ayat dua PKPU lima dua ribu dua puluh"))
    (citation,) = found.citations
    assert (citation["regulation"], citation["article"], citation["paragraph"]) == ("pkpu:2020:5", "5", "2")
    assert found.text[citation["start"] : citation["end"]] == "Pasal 5 ayat (2) PKPU 5/2020"


def test_without_words_the_text_stays_as_it_was_heard() -> None:
    found = worded(Utterance(0.0, 1.0, " lima persen ", ()))
    assert (found.text, found.words) == ("lima persen", [])


@given(st.lists(st.sampled_from(["lima", "persen", "pasal", "ayat", "dua", "puluh", "ribu", "ya,", "KPU", "tahun"])))
def test_all_that_was_heard_can_be_read_again(words: list[str]) -> None:
    found = worded(utterance(" ".join(words)))
    assert " ".join(word.get("heard", word["text"]) for word in found.words).split() == words
