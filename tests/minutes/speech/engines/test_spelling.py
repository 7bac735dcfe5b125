from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.engines.spelling import NOTHING, Spelling, Writing
from minutes.speech.engines.wordlist import costs, unknown_cost, words_of

KNOWN = {"terima": 0.0, "kasih": 0.5, "kasihan": 1.0}
UNKNOWN = 2.0


def cost(text: str, known: dict[str, float] | None = None, pieces: int = 1, opens: bool = False) -> float:
    """Of a text that comes in pieces of so many letters, and its end."""
    parts = [text[at : at + pieces] for at in range(0, len(text), pieces)]
    spelling = Spelling(KNOWN if known is None else known, UNKNOWN, [*parts, ""].__getitem__)
    now = Writing(opens=opens)
    for token in range(len(parts) + 1):
        now = spelling.after(now, token)
    assert now.owed == 0.0
    return now.cost


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" terima kasih", 0.5),
        (" trima kasih", 2.5),
        (" terimakasih", 2.0),
        (" terima, kasihan", 1.0),
        (" terima Kasyih", 0.0),  # a name
        (" KPU terima 12 TPS B2", 0.0),
        (" terima. Trima", 2.0),  # the capital is the sentence's
        (" kasih-kasihan", 1.5),
        ("", 0.0),
    ],
)
def test_a_word_that_is_in_no_list_costs(text: str, found: float) -> None:
    assert cost(text) == pytest.approx(found)


@given(st.text("terimaks ,.A1", max_size=30), st.integers(1, 5))
def test_it_matters_not_in_how_many_tokens_a_word_comes(text: str, pieces: int) -> None:
    assert cost(text, pieces=pieces) == pytest.approx(cost(text))


def test_the_cost_is_told_as_soon_as_no_word_begins_so() -> None:
    spelling = Spelling(KNOWN, UNKNOWN, [" te", " tr", "rima", " kas"].__getitem__)
    going = Writing(opens=False)
    assert spelling.after(going, 0).cost == 0.0
    assert spelling.after(going, 1).cost == UNKNOWN
    assert spelling.after(spelling.after(going, 0), 2).cost == 0.0
    assert spelling.after(going, 3).cost == 0.5  # of its likeliest end


def test_a_meeting_has_words_of_its_own() -> None:
    spelling = Spelling(KNOWN, UNKNOWN, [" sirekap", " terima", " sire"].__getitem__)
    more = spelling.knowing(["Sirekap"])
    going = Writing(opens=False)
    assert [spelling.after(going, token).cost for token in range(3)] == [UNKNOWN, 0.0, UNKNOWN]
    assert [more.after(going, token).cost for token in range(3)] == [0.0, 0.0, 0.0]


def test_a_sentence_that_opens_may_have_a_capital_for_any_word() -> None:
    assert cost("Terima", opens=NOTHING.opens) == 0.0
    assert cost("Trima", opens=NOTHING.opens) == UNKNOWN


def test_the_list_knows_indonesian_and_elections() -> None:
    found, unknown = costs(), unknown_cost()
    assert unknown > 0
    for word in ("dan", "provinsi", "rapat", "coklit", "sirekap"):
        assert found[word] < 0.3 * unknown
    assert found["ditindaklanjuti"] < unknown
    assert not {"polanggaran", "trimakasi", "akandisusun"} & found.keys()
    assert all(0.0 <= each <= unknown for each in found.values())
    assert not [word for word in found if word != word.casefold()]


def test_words_are_letters() -> None:
    assert words_of(["Rapat PKPU No. 5", "e-KTP"]) == re.findall(r"\w+", "rapat pkpu no e ktp")
