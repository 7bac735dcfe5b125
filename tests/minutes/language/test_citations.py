"""Which regulations a text cites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.language.citations import Citation, cited
from minutes.language.writing import written

CITED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pe ka pe u nomor lima tahun dua ribu dua puluh", ("pkpu:2020:5",)),
    ("PKPU lima dua ribu dua puluh", ("pkpu:2020:5",)),
    ("Peraturan KPU Nomor 5 Tahun 2020", ("pkpu:2020:5",)),
    ("Peraturan Komisi Pemilihan Umum Nomor 5 Tahun 2020", ("pkpu:2020:5",)),
    ("peraturan komisi pemilihan umum republik indonesia nomor lima tahun dua ribu dua puluh", ("pkpu:2020:5",)),
    ("UU Nomor 10 Tahun 2016", ("uu:2016:10",)),
    ("undang undang nomor sepuluh tahun dua ribu enam belas", ("uu:2016:10",)),
    ("UU Pemilu nomor tujuh tahun dua ribu tujuh belas", ("uu:2017:7",)),
    ("undang-undang tentang pemilihan nomor 10 tahun 2016", ("uu:2016:10",)),
    ("Perppu 2/2020", ("perppu:2020:2",)),
    ("Perbawaslu Nomor 8 Tahun 2020 dan PERMA 11/2016", ("perbawaslu:2020:8", "perma:2016:11")),
    ("PMK Nomor 6 Tahun 2020", ("pmk:2020:6",)),
    ("PKPU 15/2019 jo. 2/2020 jo. 5/2020", ("pkpu:2019:15", "pkpu:2020:2", "pkpu:2020:5")),
    ("PKPU Nomor 15 Tahun 2019 juncto Nomor 5 Tahun 2020", ("pkpu:2019:15", "pkpu:2020:5")),
    ("Keputusan KPU Nomor 105 Tahun 2020", ("keputusan-kpu:2020:105",)),
    ("Peraturan DKPP Nomor 2 Tahun 2019", ("peraturan-dkpp:2019:2",)),
    ("Pasal 138 ayat (2) huruf b", ("#138/2/b/",)),
    ("Pasal 135A", ("#135A///",)),
    ("Pasal 138 ayat (2) UU Nomor 10 Tahun 2016", ("uu:2016:10#138/2//",)),
    ("Pasal 5 dalam PKPU Nomor 5 Tahun 2020", ("pkpu:2020:5#5///",)),
    ("Pasal 5 kita baca, lalu PKPU 5/2020", ("#5///", "pkpu:2020:5")),
    ("huruf b angka 3", ()),
    ("PKPU yang baru", ()),
    ("tahun 2020 nomor 5", ()),
    ("PKPU Nomor 5 Tahun 1020", ()),
    ("UU KPK", ()),
    ("", ()),
)


@pytest.mark.parametrize(("said", "keys"), CITED, ids=[said or "nothing" for said, _ in CITED])
def test_what_is_cited_has_a_key(said: str, keys: tuple[str, ...]) -> None:
    assert tuple(map(shown, cited(written(said)))) == keys


def shown(citation: Citation) -> str:
    parts = (citation.article, citation.paragraph, citation.letter, citation.item)
    return citation.regulation + ("#" + "/".join(parts) if any(parts) else "")


def test_a_citation_says_where_it_stands() -> None:
    text = "Menurut Pasal 138 ayat (2) UU 10/2016, KPU memutus."
    (found,) = cited(text)
    assert text[found.start : found.end] == "Pasal 138 ayat (2) UU 10/2016"


@given(st.text("Pasal aytPKU Nomrhun.0123456789/()jo ", max_size=80))
def test_citations_are_in_order_and_inside_the_text(text: str) -> None:
    found = cited(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert list(found) == sorted(found, key=lambda each: each.start)
