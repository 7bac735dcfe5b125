"""Number words, Roman months and counts of official documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.language import numbers
from minutes.language.spelled import HIGHEST, counted, grouped, roman_month, spelled, titled
from minutes.language.tokens import Tokens

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
KNOWN = {
    0: "nol",
    8: "delapan",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    19: "sembilan belas",
    20: "dua puluh",
    21: "dua puluh satu",
    100: "seratus",
    101: "seratus satu",
    110: "seratus sepuluh",
    111: "seratus sebelas",
    999: "sembilan ratus sembilan puluh sembilan",
    1000: "seribu",
    1001: "seribu satu",
    1100: "seribu seratus",
    2020: "dua ribu dua puluh",
    11_000: "sebelas ribu",
    21_000: "dua puluh satu ribu",
    100_000: "seratus ribu",
    101_000: "seratus satu ribu",
    1_000_000: "satu juta",
    1_001_000: "satu juta seribu",
    2_500_000: "dua juta lima ratus ribu",
    1_000_000_000: "satu miliar",
    1_000_001_001: "satu miliar seribu satu",
    HIGHEST: "sembilan ratus sembilan puluh sembilan miliar sembilan ratus sembilan puluh sembilan juta "
    "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan",
}


@pytest.mark.parametrize(("number", "words"), KNOWN.items())
def test_numbers_are_spelled_as_documents_spell_them(number: int, words: str) -> None:
    assert spelled(number) == words


@given(st.one_of(st.integers(0, HIGHEST), st.integers(0, 2100)))
def test_what_is_spelled_is_read_as_the_same_number(number: int) -> None:
    words = spelled(number).split()
    read = numbers.read(Tokens(words), 0)
    assert read is not None
    assert (read.value, read.end, read.decimals) == (number, len(words), "")


@pytest.mark.parametrize("number", [-1, HIGHEST + 1])
def test_what_has_no_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        spelled(number)


def test_words_of_a_berita_acara_begin_with_capitals() -> None:
    assert titled(spelled(2020)) == "Dua Ribu Dua Puluh"
    assert titled(spelled(2026)) == "Dua Ribu Dua Puluh Enam"


def test_what_is_attached_is_counted_in_figures_and_words() -> None:
    assert counted(1, "berkas") == "1 (satu) berkas"
    assert counted(1250, "lembar") == "1.250 (seribu dua ratus lima puluh) lembar"
    assert grouped(999) == "999"
    assert grouped(1_234_567) == "1.234.567"


def test_months_of_letter_numbers_are_roman() -> None:
    assert [roman_month(each) for each in range(1, 13)] == list(ROMAN)
    for wrong in (0, 13, -1):
        with pytest.raises(ValueError, match="no month"):
            roman_month(wrong)
