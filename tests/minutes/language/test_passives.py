"""Passive verbs are joined, places and what is said twice stay apart, and the agent behind a verb is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.language.passives import actives, is_stem
from minutes.language.writing import WORDS, pieces, written

JOINED = (
    ("saya nyatakan di buka.", "saya nyatakan dibuka."),
    ("Di buka oleh ketua", "Dibuka oleh ketua"),
    ("rapat di tutup, terima kasih", "rapat ditutup, terima kasih"),
    ("sejak rekomendasi di terima", "sejak rekomendasi diterima"),
    ("akan di susun", "akan disusun"),
    ("dapat di kirim", "dapat dikirim"),
    ("harus di perkuat", "harus diperkuat"),
    ("akan di periksa", "akan diperiksa"),
    ("wajib di tindak lanjuti", "wajib ditindaklanjuti"),
    ("disusun olah biro hukum", "disusun oleh biro hukum"),
    ("diikuti, olah, divisi", "diikuti, oleh, divisi"),
    ("di ikuti ola divisi", "diikuti oleh divisi"),
)
APART = (
    "di rumah",
    "di kantor",
    "di atas",
    "di bawah",
    "di dalam",
    "di luar",
    "di mana",
    "di sini",
    "di antara",
    "di tengah",
    "di balik",
    "di dekat",
    "di seluruh provinsi",
    "di tingkat kecamatan",
    "di tahun ini",
    "di Pontianak",
    "di Kalimantan Utara",
    "di TPS",
    "di, buka",
    "di. Buka",
    "di undang undang",
    "di undang-undang",
    "di tindak lanjut rapat",
    "di",
    "buka",
    "tokoh olah raga",
    "dimulai olah raga",
    "olah",
    "dokumen olah",
    "disusun. Olah",
    "dilakukan olah data",
    "dilakukan olah TKP",
    "di verifikasi faktual",
    "di evaluasi akhir",
)


@pytest.mark.parametrize(("heard", "expected"), JOINED)
def test_a_verb_is_joined(heard: str, expected: str) -> None:
    assert written(heard) == expected


@pytest.mark.parametrize("heard", APART)
def test_what_is_no_verb_stays(heard: str) -> None:
    assert written(heard) == heard


@pytest.mark.parametrize(
    ("stem", "active"),
    [
        ("buka", "membuka"),
        ("pakai", "memakai"),
        ("perluas", "memperluas"),
        ("tulis", "menulis"),
        ("dengar", "mendengar"),
        ("susun", "menyusun"),
        ("kirim", "mengirim"),
        ("ambil", "mengambil"),
        ("hitung", "menghitung"),
        ("lihat", "melihat"),
        ("rapikan", "merapikan"),
    ],
)
def test_an_active_is_made_with_a_nasal(stem: str, active: str) -> None:
    assert active in actives(stem)


@given(st.text(max_size=8))
def test_any_text_can_be_asked_about(word: str) -> None:
    assert not is_stem(word) or word.isalpha()


@given(
    st.lists(
        st.sampled_from(["di", "Di", "buka,", "olah", "ola", "dibuka.", "undang", "di-buka", "(di)", "tindak", "rumah"])
    )
)
def test_every_word_is_in_one_piece(said: list[str]) -> None:
    found = pieces(said, WORDS)
    assert [place for piece in found for place in range(piece.first, piece.end)] == list(range(len(said)))
