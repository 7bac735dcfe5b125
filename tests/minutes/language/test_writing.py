"""What is said and what the record writes; and that nothing said is ever dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.language import letters, numbers
from minutes.language.tokens import Tokens
from minutes.language.writing import pieces, written
from tests.minutes.language.cases import ALL

SAID = """
nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh ratus seratus ribu seribu juta
miliar koma persen rupiah nomor tahun tanggal pukul jam lewat kurang setengah seperempat menit WIB pagi desember mei
pasal ayat huruf angka a be ce de e ka pe u er i PKPU UU undang undang-undang peraturan keputusan KPU garis miring
dan sampai dengan juncto 5 2020 2.500.000 2,5 138A 5/2020 (2) 09.30 Rp waktu indonesia barat
"""
VOCABULARY = SAID.split()
# Numbers become digits; letters that are named, signs; "persen" is %, "rupiah" Rp, "waktu Indonesia barat" WIB.
DIGITS = "satu dua tiga empat lima enam tujuh delapan sembilan"
SIGNS = """
sepuluh sebelas seratus seribu belas puluh ratus koma persen rupiah lewat kurang menit setengah seperempat garis miring
tahun nomor waktu indonesia barat undang 2020 2.500.000 2,5
"""
WRITTEN_OTHERWISE = {*numbers.ONES, *numbers.SCALES, *letters.NAMES, *SIGNS.split()}
STRANGE = ("Bapak", "tidak", "Tarakan,", "hadir.", "“ya”", "(benar)", "Asy’ari", "e-PPID", "...")


@pytest.mark.parametrize(("said", "expected"), ALL, ids=[said or "nothing" for said, _ in ALL])
def test_what_is_said_is_written_as_the_record_writes_it(said: str, expected: str) -> None:
    assert written(said) == expected


def test_the_table_is_as_long_as_promised() -> None:
    assert len({said for said, _ in ALL}) >= 200


@pytest.mark.parametrize("expected", [expected for _, expected in ALL], ids=[expected or "-" for _, expected in ALL])
def test_what_is_written_stays_as_it_is(expected: str) -> None:
    assert written(expected) == expected


@given(
    st.lists(
        st.sampled_from([*VOCABULARY, *STRANGE]) | st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1)
    )
)
def test_every_word_is_in_exactly_one_piece(words: list[str]) -> None:
    found = pieces(words)
    assert [place for piece in found for place in range(piece.first, piece.end)] == list(range(len(words)))
    assert all(piece.text for piece in found)


@given(st.lists(st.sampled_from([*VOCABULARY, *STRANGE])))
def test_words_that_are_no_numbers_are_never_dropped(words: list[str]) -> None:
    strange = [word for word in words if word in STRANGE]
    assert [word for word in written(" ".join(words)).split() if word in STRANGE] == strange


@given(st.lists(st.sampled_from(VOCABULARY), max_size=12))
def test_only_numbers_and_what_signs_stand_for_are_written_otherwise(words: list[str]) -> None:
    for piece in pieces(words):
        tokens = Tokens(words[piece.first : piece.end])
        for core in (tokens.core(place) for place in range(len(tokens))):
            assert core in WRITTEN_OTHERWISE or core in piece.text.casefold(), (words, piece)


@given(st.lists(st.sampled_from(VOCABULARY), max_size=12))
def test_a_number_is_a_number_afterwards(words: list[str]) -> None:
    for piece in pieces(words):
        tokens = Tokens(words[piece.first : piece.end])
        said = [place for place in range(len(tokens)) if numbers.read(tokens, place) is not None]
        assert not said or any(map(str.isdigit, piece.text)) or numbers.read(Tokens(piece.text.split()), 0), piece


@given(st.integers(0, 10**15 - 1))
def test_every_number_is_read_as_it_is_said(value: int) -> None:
    words = spelled(value).split()
    number = numbers.read(Tokens(words), 0)
    assert number is not None
    assert (number.value, number.end) == (value, len(words))


def spelled(value: int) -> str:
    """A number in words (terbilang)."""
    if value < 1000:
        return below_thousand(value) or "nol"
    scale, name = next(
        (s, n) for s, n in ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu")) if value >= s
    )
    head, rest = divmod(value, scale)
    said = "seribu" if (head, name) == (1, "ribu") else f"{spelled(head)} {name}"
    return f"{said} {spelled(rest)}" if rest else said


def below_thousand(value: int) -> str:
    ones = DIGITS.split()
    hundreds, rest = divmod(value, 100)
    tens, one = divmod(rest, 10)
    said = ["seratus"] if hundreds == 1 else [ones[hundreds - 1], "ratus"] if hundreds else []
    if rest in (10, 11):
        said.append({10: "sepuluh", 11: "sebelas"}[rest])
    elif tens == 1:
        said += [ones[one - 1], "belas"]
    else:
        said += [ones[tens - 1], "puluh"] if tens else []
        said += [ones[one - 1]] if one else []
    return " ".join(said)
