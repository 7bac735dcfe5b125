"""What is printed can be read again, whatever people call themselves, and is the same for the same list."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from dataclasses import asdict, replace
from datetime import timedelta

import openpyxl
import pypdf
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from minutes.notula.documents.typesetting import SHOWN, printable
from server.attendance.corrections import Change, Correction, Subject
from server.attendance.document import Document, document
from server.attendance.facts import Facts, changed_at, digest
from server.attendance.listing import Listing
from server.attendance.paper import pdf
from server.attendance.spreadsheet import as_csv
from server.attendance.workbook import xlsx
from server.proceedings.presence import Attendee
from tests.server.attendance.lists import (
    HOST,
    LASTED_S,
    OPENED,
    PROVINCES,
    attendee,
    correction,
    facts,
    listed,
    of,
    sample,
)

ACEH, SUMUT, SUMBAR = PROVINCES[:3]
MADE = OPENED + timedelta(days=1)
HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd") $ integral $ = judul <label> @rujukan',
    '=HYPERLINK("http://x","y")',
    "+62 812",
    "@SUM(A1)",
    "\u202egnalam\u202c \u200fkanan",
    "\\u{41} \\ // /* ]",
    "\x00\x07\x1b[31m",
    "Z\u0301\u0302\u0303\u0304\u0305a",
    "😀 漢字 عمر",
    "Tanpaspasisamasekali" * 6,
)


def guests(*names: str) -> list[Attendee]:
    """Of an office each."""
    return [attendee(f"g{at}", PROVINCES[at], name=name, position=name) for at, name in enumerate(names)]


def printed(people: list[Attendee], corrections: list[Correction] | None = None) -> Document:
    return document(facts(), listed(PROVINCES, people, corrections or []))


def read(made: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def sheet(made: bytes, name: str = "Daftar Hadir") -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(made))[name]
    assert isinstance(found, Worksheet)
    return found


def cells(made: bytes, name: str = "Daftar Hadir") -> list[str]:
    return [str(cell.value) for row in sheet(made, name).rows for cell in row if cell.value is not None]


@pytest.fixture(scope="module")
def corrected() -> tuple[Facts, Listing]:
    people = [
        attendee("ratna", HOST, name="Dr. Ratna Wulandari, S.H., M.H.", position="Anggota KPU RI", role="chair"),
        attendee("maria", ACEH, (1_200, LASTED_S), name="Maria Tandilangi"),
    ]
    history = [
        correction(1, of("maria"), Change(came_at=OPENED + timedelta(minutes=2)), reason="Tertahan di ruang tunggu."),
        correction(2, Subject("office", SUMUT.id), Change(note="keliru")),
        correction(3, Subject("office", SUMUT.id), withdraws=2),
        correction(4, Subject("office", SUMUT.id), Change(status="represented", represented_by="KIP Aceh")),
        correction(5, of("added-1"), Change(name="Siti", office_id=ACEH.id, office=ACEH.short_name, mode="onsite")),
    ]
    return facts(), listed([ACEH, SUMUT, SUMBAR], people, history)


def test_a_document_tells_facts_counts_and_why_something_was_corrected(corrected: tuple[Facts, Listing]) -> None:
    told = document(*corrected)
    assert told.facts == (
        ("Hari/Tanggal", "Kamis, 9 Juli 2020"),
        ("Waktu", "pukul 09.00–11.30 WIB"),
        ("Tempat/Media", "Daring melalui Rakor dan luring"),
        ("Penyelenggara", "Komisi Pemilihan Umum Republik Indonesia"),
        ("Kehadiran", "2 dari 3 satker hadir, 1 di antaranya diwakili"),
    )
    rows = [(each.name, each.came, each.minutes, each.status, each.remarks) for each in told.rows]
    assert rows == [
        ("Dr. Ratna Wulandari, S.H., M.H.", "09.00", "150", "Hadir", ""),
        ("Maria Tandilangi", "09.02", "148", "Hadir", "koreksi 1"),
        ("Siti", "", "", "Hadir", "koreksi 3"),
        ("–", "", "", "Diwakili oleh KIP Aceh", "koreksi 2"),
        ("–", "", "", "Tanpa keterangan", ""),
    ]
    first = told.corrections[0]
    assert (first.who, first.what, first.before, first.reason, first.at) == (
        "Maria Tandilangi (KIP Aceh)",
        "jam masuk: 09.02 WIB",
        "masuk 09.20, keluar 11.30, 130 menit",
        "Tertahan di ruang tunggu.",
        "9 Juli 2020 pukul 13.01 WIB",
    )
    assert told.notes[-1].startswith("1 koreksi yang dicabut")
    assert [(each.what, each.name) for each in told.signatures] == [
        ("Notulis", ""),
        ("Pimpinan Rapat", "Dr. Ratna Wulandari, S.H., M.H."),
    ]


def test_zones_of_offices_that_came_are_told_and_a_quorum_asks_who_was_there_themselves() -> None:
    papua = next(each for each in PROVINCES if each.id == "papua")
    represented = correction(1, Subject("office", ACEH.id), Change(status="represented", represented_by="KPU Sumut"))
    found = listed(PROVINCES, [attendee("p", papua)], [represented])
    told = dict(document(replace(facts(), quorum=2, classification="terbatas"), found).facts)
    assert told["Waktu"] == "pukul 09.00–11.30 WIB / 11.00–13.30 WIT"
    assert told["Kuorum"] == "2 satker: tidak terpenuhi (1 hadir sendiri)"
    assert told["Klasifikasi"] == "Terbatas"
    met = document(replace(facts(), quorum=1), found).facts
    assert dict(met)["Kuorum"] == "1 satker: terpenuhi (1 hadir sendiri)"


def test_a_list_of_a_meeting_that_goes_on_says_so() -> None:
    told = document(facts(over=False), listed([ACEH], [attendee("a", ACEH)]))
    assert told.draft == "Sementara: rapat masih berlangsung, keadaan pukul 11.30 WIB"
    assert dict(told.facts)["Waktu"] == "pukul 09.00 WIB s.d. selesai"
    assert told.draft in read(pdf(asdict(told), MADE))
    assert told.draft in cells(xlsx(asdict(told), MADE))


def test_paper_and_workbook_say_the_same(corrected: tuple[Facts, Listing]) -> None:
    told = document(*corrected)
    paper, book = read(pdf(asdict(told), MADE)), xlsx(asdict(told), MADE)
    assert "Halaman 1 dari" in paper
    said = [told.subtitle, told.sha256, *(value for _, value in told.facts), *told.notes]
    said += [each.reason for each in told.corrections] + [each.name for each in told.signatures if each.name]
    listed_cells = " ".join(" ".join([*cells(book), *cells(book, "Koreksi")]).split())
    for text in said:
        assert text in paper
        assert text in listed_cells
    assert "KOMISI PEMILIHAN UMUM REPUBLIK INDONESIA" in paper


def test_the_same_list_is_the_same_file_and_another_is_not(corrected: tuple[Facts, Listing]) -> None:
    told = asdict(document(*corrected))
    for make in (pdf, xlsx):
        assert make(told, MADE) == make(told, MADE)
        assert make(told, MADE) != make(told, MADE + timedelta(seconds=60))
    held, found = corrected
    assert digest(held, found) == digest(held, found)
    assert digest(held, found) != digest(held, replace(found, corrections=found.corrections[:-1]))
    assert changed_at(held, found) == found.corrections[-1].at


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_markup_on_paper(name: str) -> None:
    paper = read(pdf(asdict(printed(guests(name))), MADE))
    assert printable(name).replace(" ", "") in paper.replace(" ", "")
    assert "root:" not in paper


def test_a_name_is_never_a_formula_in_a_workbook_or_csv() -> None:
    people = guests(*HOSTILE)
    book = xlsx(asdict(printed(people)), MADE)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        text = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in text
        assert "hyperlink" not in text
    found = cells(book)
    assert '=HYPERLINK("http://x","y")' in found
    assert all(cell.data_type != "f" for row in sheet(book).rows for cell in row)
    assert not any(unicodedata.category(letter) in ("Cc", "Cf") for value in found for letter in value)
    rows = list(csv.DictReader(io.StringIO(as_csv(listed(PROVINCES, people), "Asia/Jakarta").removeprefix("\ufeff"))))
    names = [row["nama"] for row in rows]
    assert '\'=HYPERLINK("http://x","y")' in names
    assert not any(name.startswith(("=", "+", "-", "@")) for name in names)


def test_everything_that_is_said_to_be_shown_has_a_glyph() -> None:
    """PDF/A is refused for a letter without one."""
    letters = [chr(each) for part in SHOWN for each in part]
    words = ["".join(letters), " ".join(letters), "".join(f"a{each}" for each in letters)]
    assert pdf({**asdict(printed([])), "notes": words}, MADE).startswith(b"%PDF")
    assert printable("Asy’ari, 漢 \u202eX\t1") == "Asy’ari, \ufffd X 1"


@pytest.mark.parametrize("count", [40, 552])
def test_hundreds_of_offices_are_pages_with_a_head_each(count: int) -> None:
    told = sample(count)
    made = pdf(asdict(told), MADE)
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    with_rows = [text for text in texts if "Peserta" in text]
    assert all("No Nama Jabatan Satker" in text for text in with_rows)
    assert all(f"Halaman {at} dari {len(pages)}" in text for at, text in enumerate(texts, 1))
    assert len(with_rows) > count / 30
    table = [row[0].value for row in sheet(xlsx(asdict(told), MADE)).iter_rows() if isinstance(row[0].value, int)]
    assert table == list(range(1, len(told.rows) + 1))


def test_paper_is_archivable_and_readable_aloud() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(asdict(sample(3)), MADE)))
    about = reader.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert str(reader.root_object["/Lang"]) == "id"
    embedded = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert embedded
    assert all("/FontFile3" in each or "/FontFile2" in each for each in embedded)
