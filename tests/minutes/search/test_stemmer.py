"""Words that belong together meet; words that must not, do not."""

from __future__ import annotations

import pytest

from minutes.search.analysis import tokens
from minutes.search.stemmer import PROTECTED, stem, stems

PAIRS = """
penyelesaian menyelesaikan|penyelesaian diselesaikan|pelanggaran melanggar|pelanggaran dilanggar|pengawasan mengawasi
pengawasan diawasi|keputusan memutuskan|putusan diputuskan|pemilihan memilih|pemilih dipilih|penetapan menetapkan
penetapan ditetapkan|pendaftaran mendaftarkan|pendaftaran terdaftar|pencalonan mencalonkan|kampanye berkampanye
penghitungan menghitung|perhitungan dihitung|pemungutan dipungut|rekapitulasi direkapitulasi|verifikasi memverifikasi
pemutakhiran memutakhirkan|permohonan memohon|pemohon termohon|gugatan menggugat|pelaporan dilaporkan
pemeriksaan diperiksa|pembuktian membuktikan|keberatan berkeberatan|pembatalan dibatalkan|pelaksanaan melaksanakan
penyelenggaraan diselenggarakan|koordinasi berkoordinasi|penguatan memperkuat|penyusunan disusun
menindaklanjuti ditindaklanjuti|persyaratan disyaratkan|pengesahan disahkan|kesimpulan disimpulkan|pengusulan diusulkan
penyelesaian selesai|pelanggaran langgar|pengawasan awas|keputusan putus|pemilihan pilih|penetapan tetap
pendaftaran daftar|pencalonan calon|penghitungan hitung|pemungutan pungut|pemutakhiran mutakhir|permohonan mohon
gugatan gugat|pelaporan lapor|pemeriksaan periksa|penguatan kuat|pengesahan sah|kesimpulan simpul|penyidikan sidik
penuntutan tuntut|kesepakatan disepakati
"""


@pytest.mark.parametrize("pair", PAIRS.replace("\n", "|").strip("|").split("|"))
def test_forms_of_one_word_share_a_stem(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) == stem(other)


def test_names_stay_whole() -> None:
    assert all(stem(name) == name for name in PROTECTED)


@pytest.mark.parametrize(("one", "other"), [("divisi", "visi"), ("mediasi", "dia"), ("risalah", "salah")])
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_tokens_are_normalised_and_keep_their_places() -> None:
    text = "Undang-Undang Jum’at, Ⅷ “Café” 10/2016"
    found = tokens(text)
    assert [token.text for token in found] == ["undang", "undang", "jumat", "viii", "cafe", "10", "2016"]
    assert [text[token.start : token.end] for token in found][2] == "Jum’at"


def test_a_text_of_nothing_has_no_stems() -> None:
    assert stems(" — …") == ""
