"""What papers say of drafts and sealed notulas, of names and classes; and that pages break where a reader expects."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import get_args

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from minutes.notula.content import Contribution, Who
from minutes.notula.documents.composing import common, compose, wording
from minutes.notula.documents.composing.news import NotForThePublic
from minutes.notula.documents.composing.verbatim import turns
from minutes.notula.documents.sheet import Break, Kind, Said, Sheet
from tests.minutes.notula.documents import reading, sheets

KINDS: tuple[Kind, ...] = get_args(Kind)
OF_THE_MEETING: tuple[Kind, ...] = ("notula", "risalah", "tindak-lanjut", "berita-acara")
HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd") $ integral $ = judul <label> @rujukan',
    "\\u{41} \\ // /* ] </w:t><w:br/>",
    "\x00\x07\x1b[31m naik\n\n= Judul baru\r\n",
    "\u202egnalam\u202c Z\u0301\u0302\u0303 😀 漢字 عمر",
    "Tanpaspasisamasekali" * 12,
)


def changed(sheet: Sheet, **parts: object) -> Sheet:
    return replace(sheet, content=sheet.content.model_copy(update=parts))


@pytest.mark.parametrize("kind", ["notula", "tindak-lanjut"])
def test_before_two_have_signed_every_page_is_a_draft(kind: Kind) -> None:
    half = replace(sheets.sealed(), signatures=sheets.SIGNATURES[:1], state="approved")
    for sheet in (sheets.draft(), half):
        pages = reading.pdf_pages(reading.printed(kind, sheet))
        assert all(re.search(r"\bDRAF\b", page) for page in pages)
        assert "belum ditandatangani" in pages[0]
        assert sheets.CODE not in " ".join(pages)
        assert b"PowerPlusWaterMark" in _header(reading.written(kind, sheet))
    sealed = reading.pdf_pages(reading.printed(kind, sheets.sealed()))
    assert not any("DRAF" in page for page in sealed)
    assert b"PowerPlusWaterMark" not in _header(reading.written(kind, sheets.sealed()))


def test_only_the_notula_says_that_it_was_signed() -> None:
    """Two people signed the notula; what is made of it they sign by hand, and its foot says of what it is made."""
    for kind in OF_THE_MEETING:
        text = " ".join(reading.pdf_pages(reading.printed(kind, sheets.sealed())))
        assert ("Ditandatangani secara elektronik" in text) == (kind == "notula")
        assert ("Disusun dari notula tersegel" in text) == (kind != "notula")
        assert sheets.CODE in text


def test_what_is_revoked_says_so_on_every_page() -> None:
    pages = reading.pdf_pages(reading.printed("notula", replace(sheets.sealed(), state="revoked")))
    assert all("DICABUT" in page for page in pages)
    assert "telah dicabut" in pages[0]
    assert common.banner(replace(sheets.sealed(), state="amended")).startswith("Dokumen ini telah diralat")


def test_the_code_on_paper_leads_to_the_page_that_verifies() -> None:
    document = pypdfium2.PdfDocument(reading.printed("notula", sheets.sealed()))
    picture = document[0].render(scale=2).to_pil()
    document.close()
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [sheets.URL]
    (image,) = [
        part.blob for part in reading.opened(reading.written("notula", sheets.sealed())).part.package.iter_parts()
        if part.partname.endswith(".png")
    ]  # fmt: skip
    assert [each.text for each in zxingcpp.read_barcodes(_picture(image))] == [sheets.URL]


@pytest.mark.parametrize("kind", ["notula", "tindak-lanjut"])
def test_a_class_is_printed_where_it_is_none_of_the_open_ones(kind: Kind) -> None:
    sheet = changed(sheets.sealed(), classification="rahasia")
    assert all("RAHASIA" in page for page in reading.pdf_pages(reading.printed(kind, sheet)))
    assert "RAHASIA" in reading.docx_lines(reading.written(kind, sheet))[0]
    assert "RAHASIA" not in " ".join(reading.pdf_pages(reading.printed(kind, sheets.sealed())))


@pytest.mark.parametrize("part", [{"classification": "terbatas"}, {"openness": "exempt"}])
def test_there_is_no_news_of_what_is_not_open(part: dict[str, str]) -> None:
    with pytest.raises(NotForThePublic):
        compose("berita-jdih", changed(sheets.sealed(), **part))


def test_who_is_not_to_be_named_is_not_named() -> None:
    sheet = changed(sheets.sealed(), attendance=sheets.content().attendance.model_copy(update={"rows": ()}))
    for kind in KINDS:
        assert sheets.TIMUR.name not in " ".join(reading.pdf_pages(reading.printed(kind, sheet)))
        assert sheets.TIMUR.name not in " ".join(reading.docx_lines(reading.written(kind, sheet)))


def test_the_same_is_the_same_file() -> None:
    assert reading.printed("notula", sheets.sealed()) == reading.printed("notula", sheets.sealed())
    assert reading.written("notula", sheets.sealed()) == reading.written("notula", sheets.sealed())


def test_nothing_that_was_written_is_markup() -> None:
    said = tuple(
        Contribution(id=f"h{at}", text=text, speaker=Who(name=text[:250], position=text[:250]))
        for at, text in enumerate(HOSTILE)
    )
    heard = tuple(Said(f"h{at}", at, at + 1, text, text, text) for at, text in enumerate(HOSTILE))
    sheet = replace(changed(sheets.sealed(), opening=said, title=HOSTILE[0]), said=heard)
    for kind in OF_THE_MEETING:
        paper = " ".join(reading.pdf_pages(reading.printed(kind, sheet)))
        word = " ".join(reading.docx_lines(reading.written(kind, sheet)))
        for text in (paper, word):
            assert '#IMPORT "@PREVIEW/X:1.0.0": *' in text
            assert "root:" not in text
            if kind in ("notula", "risalah"):
                whole = "".join(text.split())
                assert all(sign in whole for sign in ('#read("/etc/passwd")', "\\u{41}", "<label>", "</w:t><w:br/>"))
                assert HOSTILE[-1] in "".join(filter(str.isalpha, whole))  # broken over lines, with nothing lost


def test_forty_pages_break_where_a_reader_expects() -> None:
    pages = reading.pdf_pages(reading.printed("notula", sheets.long()))
    assert len(pages) >= 40
    for number, page in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in page
        body = page.split("Periksa keaslian")[0].strip()
        assert not re.search(r"B\.\d [^.]*penanganan perkara$|[A-I]\. [A-Z][a-z ]+$", body), "a heading stands last"
    annexed = [page for page in pages if "Peserta Rekaan" in page]
    assert len(annexed) > 4
    assert all("No Nama Jabatan Satker Peran Kehadiran Menit" in page for page in annexed)
    (signed,) = [page for page in pages if "Pimpinan Sidang/Rapat," in page]
    assert "Rapat ditutup dengan doa." in signed  # never alone on a page


def test_turns_are_of_one_person_without_a_pause() -> None:
    said = [
        Said("a", 0.0, 5.0, "KPU Bali", "Satu.", "Made"),
        Said("b", 6.0, 9.0, "KPU Bali", "Dua.", "Made"),
        Said("c", 40.0, 42.0, "KPU Bali", "Tiga.", "Made"),
        Said("d", 43.0, 44.0, "KPU Bali", "Empat."),
        Said("e", 45.0, 46.0, "KPU Bali", "Lima."),
        Said("f", 47.0, 48.0, "KPU Bali", "x" * 900),
    ]
    found = list(turns(said, frozenset()))
    assert [(each.who, each.text[:10]) for each in found] == [
        ("Made", "Satu. Dua."),
        ("Made", "Tiga."),
        ("KPU Bali", "Empat. Lim"),
        ("KPU Bali", "x" * 10),
    ]
    apart = list(turns(said[:2], frozenset(), [Break("suspended", 5.5, 5.9)]))
    assert [each.text for each in apart] == ["Satu.", "Dua."]
    hidden = list(turns(said[:2], frozenset({"b"})))
    assert [each.who for each in hidden] == ["Made", wording.SOMEBODY]


@pytest.mark.parametrize(
    ("office", "head"),
    [
        ("KPU RI", ("KOMISI PEMILIHAN UMUM REPUBLIK INDONESIA",)),
        ("KPU Provinsi Kalimantan Utara", ("KOMISI PEMILIHAN UMUM", "PROVINSI KALIMANTAN UTARA")),
        ("KPU Kabupaten Bulungan", ("KOMISI PEMILIHAN UMUM", "KABUPATEN BULUNGAN")),
        ("Komisi Pemilihan Umum Republik Indonesia", ("KOMISI PEMILIHAN UMUM REPUBLIK INDONESIA",)),
        ("Komisi Independen Pemilihan Aceh", ("KOMISI INDEPENDEN PEMILIHAN ACEH",)),
    ],
)
def test_a_letterhead_names_the_office_in_full(office: str, head: tuple[str, ...]) -> None:
    assert wording.letterhead(office) == head


def _header(made: bytes) -> bytes:
    document = reading.opened(made)
    part = document.sections[0].header.part
    return bytes(part.blob)


def _picture(blob: bytes) -> Image.Image:
    return Image.open(io.BytesIO(blob)).convert("L")
