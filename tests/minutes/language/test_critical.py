"""Numbers, names and negations are found, and little else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.language.critical import Critical, critical

PEOPLE = ("Maria Tandilangi", "Ratna Wulandari")
# A text, and what is found in it in the order it stands.
CASES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Rapat saya nyatakan dibuka.", ()),
    # numbers
    ("paling lambat tujuh hari", (("number", "tujuh"),)),
    ("tanggal 20 Juli pukul 09.30 WIB", (("number", "20 Juli"), ("number", "09.30 WIB"))),
    ("pada hari kamis bulan desember", (("number", "kamis"), ("number", "desember"))),
    ("sebesar 2,5% atau Rp500 juta", (("number", "2,5%"), ("number", "Rp500 juta"))),
    ("lima persen, enam persen", (("number", "lima persen, enam persen"),)),
    ("tiga. Empat", (("number", "tiga"), ("number", "Empat"))),
    ("Kedua, yang pertama dan ke-3", (("number", "Kedua"), ("number", "pertama"), ("number", "ke-3"))),
    ("seperempat atau separuh suara", (("number", "seperempat"), ("number", "separuh"))),
    ("Lampiran III", (("number", "III"),)),
    ("PKPU Nomor 5 Tahun 2020", (("number", "5"), ("number", "2020"))),
    ("Pasal 138 ayat (2) huruf b", (("number", "138"), ("number", "2"))),
    ("salah satu dari kita, satu sama lain", ()),
    ("satu suara", (("number", "satu"),)),
    # names
    ("Silakan dari Kalimantan Utara.", (("name", "Kalimantan Utara"),)),
    ("silakan dari sumatera, barat", (("name", "sumatera, barat"),)),
    ("Kalimantan Utara siap", (("name", "Kalimantan Utara"),)),
    ("barat dan utara", ()),
    ("oleh Divisi Hukum dan pengawasan", (("name", "Divisi Hukum dan pengawasan"),)),
    ("kata ibu maria tadi", (("name", "maria"),)),
    ("Maria Tandilangi hadir", (("name", "Maria Tandilangi"),)),
    ("Bapak Bambang Haryanto dan Ibu", (("name", "Bambang Haryanto"),)),
    ("Kami bertanya. Apakah Bapak setuju?", ()),
    ("Putusan mahkamah konstitusi", (("name", "mahkamah konstitusi"),)),
    ("DPT, DPTb dan DPS", (("name", "DPT, DPTb"), ("name", "DPS"))),
    ("KPU RI menetapkan", ()),
    ("di KPU Provinsi Kalimantan Utara.", (("name", "KPU Provinsi Kalimantan Utara"),)),
    ("Komisi II DPR RI", (("name", "Komisi II DPR RI"), ("number", "II"))),
    ("padang rumput dan palu hakim", ()),
    # negations
    ("Kami tidak menerima", (("negation", "tidak"),)),
    ("Kami ...tidak menerima", (("negation", "tidak"),)),
    ("Itu bukanlah, dan belumkah", (("negation", "bukanlah"), ("negation", "belumkah"))),
    ("(“Tanpa”) ketidaknetralan", (("negation", "Tanpa"), ("negation", "ketidaknetralan"))),
    ("dilarang, kecuali", (("negation", "dilarang, kecuali"),)),
    ("tidak tiga", (("negation", "tidak"), ("number", "tiga"))),
    ("ketika bukannya belumpun tiba", (("negation", "bukannya belumpun"),)),
    # nothing
    ("", ()),
    ("... – ?", ()),
)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] or "empty" for case in CASES])
def test_what_a_wrong_word_would_change_is_found(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    found = tuple((str(each.kind), text[each.start : each.end]) for each in critical(text, PEOPLE))
    assert found == expected


WORDS = st.sampled_from(
    [
        "KPU",
        "RI",
        "tidak",
        "dua",
        "puluh,",
        "Juli.",
        "(Bali)",
        "...tidak",
        ".0",
        "Maria",
        "rapat",
        "?",
        "ß9",
        "İZ",
        "II",
        "sumatera",
        "barat",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS).map(" ".join)))
def test_passages_lie_in_the_text_begin_and_end_with_what_is_said_and_do_not_cross_their_like(text: str) -> None:
    found = critical(text, PEOPLE)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        passage = text[each.start : each.end]
        assert passage == passage.strip()
        assert not set(passage[0] + passage[-1]) & set(".,;:!?…")
    for kind in Critical:
        alike = [each for each in found if each.kind == kind]
        assert all(one.end <= following.start for one, following in pairwise(alike))
