"""Numbers of letters by an office's own template, and templates that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from server.errors import BadRequest
from server.numbering.templates import CODES, MOST_SIGNS, Scheme, by_hand, checked, written

DAY = date(2020, 7, 9)


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("{no}/{klasifikasi}-{jenis}/{unit}/{tahun}", "929/HK.03.1-BA/04/2020"),
        ("{no}/{klasifikasi}-{jenis}/{unit}/{satker}/{bulan_romawi}/{tahun}", "929/HK.03.1-BA/04/KPU/VII/2020"),
        ("B-{klasifikasi}/{no}/{tahun}", "B-HK.03.1/929/2020"),
        ("{no} ({jenis}) {tahun}", "929 (BA) 2020"),
    ],
)
def test_a_number_follows_the_template(template: str, number: str) -> None:
    scheme = checked(Scheme(template, "HK.03.1", "04", "KPU"))
    assert written(scheme, "berita-acara", 929, DAY) == number


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{nomor}/{tahun}", "{nomor}"),
        ("{klasifikasi}/{tahun}", "{no} tepat satu kali"),
        ("{no}/{no}/{tahun}", "{no} tepat satu kali"),
        ("{no}/{klasifikasi}", "{tahun}"),
        ("{no}/{tahun", "hanya boleh memuat"),
        ("{no}/{tahun}\n", "hanya boleh memuat"),
        ("{no}<b>/{tahun}", "hanya boleh memuat"),
        ("{no.__class__}/{tahun}", "tidak dikenal"),
        ("{{no}}/{tahun}", "hanya boleh memuat"),
        ("{}{no}/{tahun}", "tidak dikenal"),
        ("{no}/{tahun}" + "x" * MOST_SIGNS, "lebih dari"),
    ],
)
def test_a_template_that_cannot_be_is_explained(template: str, why: str) -> None:
    with pytest.raises(BadRequest, match=r".") as refused:
        checked(Scheme(template))
    assert refused.value.code == "bad_template"
    assert why in refused.value.detail


def test_a_code_that_is_used_must_be_there_and_be_writable() -> None:
    for lacking in (replace(Scheme(), unit=""), replace(Scheme(), codes=CODES | {"risalah": ""})):
        with pytest.raises(BadRequest, match="kode"):
            checked(lacking)
    assert checked(replace(Scheme("{no}/{tahun}"), unit="", codes={}))
    with pytest.raises(BadRequest, match="tanda"):
        checked(replace(Scheme("{no}/{tahun}"), unit="{no}"))


def test_a_number_given_elsewhere_is_tidied_and_limited() -> None:
    assert by_hand("  12/ND  /2020 ") == "12/ND /2020"
    for wrong in ("", "  ", "a\u202eb", "<x>", "1" * 121):
        with pytest.raises(BadRequest) as refused:
            by_hand(wrong)
        assert refused.value.code == "bad_number"
