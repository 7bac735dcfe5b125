"""Known mishearings are put right, what only looks like one is left, and nothing is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.language.citations import cited
from minutes.language.mishearings import FORMS
from minutes.language.writing import pieces, written

# As heard, as written: for each form in a sentence of its own, and for what is close to it.
RIGHTED = (
    ("rekomendasi bawah slu provinsi", "rekomendasi Bawaslu provinsi"),
    ("Bawaslo, DKPP", "Bawaslu, DKPP"),
    ("sentra gak kumdu.", "sentra Gakkumdu."),
    ("Gakumdu sudah rapat", "Gakkumdu sudah rapat"),
    ("(kasubag) hukum", "(Kasubbag) hukum"),
    ("Ka sub bag hukum", "Kasubbag hukum"),
    ("KPU kal tara dan kal tim", "KPU Kaltara dan Kaltim"),
    ("putusan Makamah Konstitusi", "putusan Mahkamah Konstitusi"),
    ("data di si dalih dan si rekap", "data di Sidalih dan Sirekap"),
    ("Cok lit selesai", "Coklit selesai"),
    ("dua pas lon", "dua paslon"),
    ("wajib di tindak lanjuti, paling lambat", "wajib ditindaklanjuti, paling lambat"),
    ("Birohukung menyusun padomanteknis", "Biro Hukum menyusun pedoman teknis"),
    ("polanggaran administrasi", "pelanggaran administrasi"),
    ("perba waslu nomor dua tahun dua ribu dua puluh", "Perbawaslu Nomor 2 Tahun 2020"),
    ("no tula rapat", "notula rapat"),
    ("menyampaikan bawa koordinasi", "menyampaikan bahwa koordinasi"),
    ("tari makasih, saya nya takan", "terima kasih, saya nyatakan"),
    ("paling lambat tangga dua puluh juli", "paling lambat tanggal 20 Juli"),
)
LEFT = (
    "di bawah slogan itu",
    "gak kumpul",
    "gak, kumdu",
    "si rekan",
    "itu hanya dalih",
    "pas lonceng berbunyi",
    "pas. Lon",
    "cok, lit",
    "di tindak lanjut rapat",
    "selama pagi hari",
    "bawa dokumen",
    "kasih",
    "selama malam ibu bekerja",
    "selama siang semua toko tutup",
    "tangga rumah",
    "tangga dua",
    "tangga, dua puluh",
    "ke Mendagri",
    "data per Bawaslu",
    "KPO",
    "makamah",
    "konstitusi",
    "sul",
    "Tim Kal",
    "notulen",
    "biro hukum",
    "pedoman",
    "protokol",
    "ratusan kor",
    "Bawaslu, Gakkumdu, DKPP, Sidalih, Sirekap",
)


@pytest.mark.parametrize(("heard", "expected"), RIGHTED)
def test_a_known_mishearing_is_put_right(heard: str, expected: str) -> None:
    assert written(heard) == expected
    assert written(expected) == expected


@pytest.mark.parametrize("heard", LEFT)
def test_what_only_looks_like_one_is_left(heard: str) -> None:
    assert written(heard) == heard


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_every_form_is_known_alone_and_not_in_parts(form: tuple[str, ...]) -> None:
    assert written(" ".join(form)) == FORMS[form]
    assert len(form) == 1 or written(", ".join(form)) == ", ".join(form)
    assert written(f"x{form[0]} {' '.join(form[1:])}".strip()) != FORMS[form]


@pytest.mark.parametrize("right", sorted(set(FORMS.values())))
def test_what_is_right_stays(right: str) -> None:
    assert written(right) == right
    assert written(right.upper()) == right.upper()


def test_a_regulation_with_a_misheard_name_is_cited() -> None:
    (found,) = cited(written("perba waslu nomor dua tahun dua ribu dua puluh"))
    assert found.regulation == "perbawaslu:2020:2"


HEARD = [*(word for form in FORMS for word in form), "yang", "KPU,", "rapat."]


@given(st.lists(st.sampled_from(HEARD)))
def test_nothing_heard_is_dropped(words: list[str]) -> None:
    """Every word is in one piece; a piece says what was heard, or what its whole form means, or is a verb joined."""
    found = pieces(words)
    assert [place for piece in found for place in range(piece.first, piece.end)] == list(range(len(words)))
    for piece in found:
        heard = words[piece.first : piece.end]
        assert piece.text in (" ".join(heard), "".join(heard), FORMS.get(tuple(heard)))
