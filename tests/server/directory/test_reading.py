"""Files of strangers: what is a table is read, whatever else is refused with what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from server.directory.importing import values, writing
from server.directory.importing.columns import COLUMNS, Kind, table
from server.directory.importing.reading import MOST_BYTES, MOST_ROWS, MOST_UNPACKED, BadTable, Row, read
from server.directory.importing.values import Unreadable


def xlsx(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def replaced(content: bytes, part: str, text: str) -> bytes:
    """The same archive with another text in one of its parts."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made:
        for each in old.namelist():
            made.writestr(each, text if each == part else old.read(each))
    return new.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(BadTable) as told:
        read(content)
    assert told.value.detail
    return told.value.code


WHEN = datetime(2026, 3, 1)  # noqa: DTZ001 - spreadsheets know no zones
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(data: str) -> bytes:
    inner = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{data}</sheetData></worksheet>'
    return replaced(xlsx(["a"], ["b"]), SHEET, inner)


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_spreadsheet_is_read_as_people_would_type_it() -> None:
    content = xlsx(["Nama", "Kode", "Mulai"], ["  Asy’ari ", 65, WHEN], [], [True, 65.01, date(2026, 1, 5)])
    assert read(content) == [
        Row(1, ("Nama", "Kode", "Mulai")),
        Row(2, ("Asy’ari", "65", "2026-03-01")),
        Row(4, ("ya", "65.01", "2026-01-05")),
    ]


def test_of_a_formula_only_its_stored_value_counts() -> None:
    assert read(xlsx(["Nama", "x"], ["Maria", "=HYPERLINK(1)"]))[1].cells == ("Maria",)
    stored = sheet(f'<row r="1">{text_cell("A1", "Nama")}</row><row r="2"><c r="A2"><f>6*7</f><v>42</v></c></row>')
    assert read(stored)[1].cells == ("42",)


@pytest.mark.parametrize("first", ["", "\ufeff"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_csv_is_read_with_either_separator_and_mark(first: str, between: str) -> None:
    text = f'{first}Nama{between}Jabatan\r\nMaria{between}"Anggota, ""Hukum""{between} dan"\r\n'
    assert read(text.encode())[1] == Row(2, ("Maria", f'Anggota, "Hukum"{between} dan'.strip()))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_table"),
        (b"Nama;Kode\r\n;\r\n", "empty_table"),
        (b"x" * (MOST_BYTES + 1), "table_too_big"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "old_excel"),
        ("Nama;Kode\nMaria;1".encode("utf-16"), "not_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_table"),
        (b"Nama;Kode\nMaria;\x00", "not_table"),
        (b'Nama;Kode\n"Maria;1\n', "broken_csv"),
        (b"PK\x03\x04 no archive", "broken_xlsx"),
        (b"a;b\n" + b"x;1\n" * (MOST_ROWS + 1), "table_too_long"),
        (xlsx(["Nama"], ["Maria"])[:-200], "broken_xlsx"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked() -> None:
    bomb = replaced(xlsx(["a"], ["b"]), SHEET, " " * (MOST_UNPACKED + 1))
    assert len(bomb) < 100_000
    assert refused(bomb) == "table_too_big"
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(600):
            archive.writestr(str(number), "")
    assert refused(many.getvalue()) == "table_too_big"


def test_entities_are_not_expanded() -> None:
    bomb = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
    <worksheet xmlns="{NAMESPACE}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>
    <row r="2"><c r="A2"><v>1</v></c></row></sheetData></worksheet>"""
    assert refused(replaced(xlsx(["a"], ["b"]), SHEET, bomb)) == "broken_xlsx"


def test_a_row_far_below_and_a_column_far_right_cost_nothing() -> None:
    head = f'<row r="1">{text_cell("A1", "Nama")}</row>'
    assert refused(sheet(f'{head}<row r="1048576">{text_cell("A1048576", "x")}</row>')) == "table_too_long"
    wide = read(sheet(f'{head}<row r="2">{text_cell("A2", "x")}{text_cell("XFD2", "y")}</row>'))
    assert len(wide[1].cells) <= 40
    claimed = replaced(
        xlsx(["a"], ["b"]),
        SHEET,
        f'<worksheet xmlns="{NAMESPACE}"><dimension ref="A1:XFD1048576"/><sheetData>{head}'
        f'<row r="2">{text_cell("A2", "x")}</row></sheetData></worksheet>',
    )
    assert len(read(claimed)) == 2


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 3))
def test_no_bytes_make_it_stumble(content: bytes, kind: int) -> None:
    """Alone, as a CSV, at the end of an archive, and as a part of one."""
    good = xlsx(["Nama"], ["Maria"])
    tried = (
        content,
        b"Nama;Kode\n" + content,
        good[: len(good) // 2] + content,
        replaced(good, SHEET, content.decode("latin-1")),
    )[kind]
    try:
        rows = read(tried)
    except BadTable:
        return
    assert all(len(cell) <= 500 for row in rows for cell in row.cells)


def test_headers_are_known_by_several_names_and_missing_ones_are_told() -> None:
    rows = [Row(1, (" NAMA Satker*", "kode", "Keterangan")), Row(2, ("KPU X", "65.01"))]
    found = table(rows, "offices")
    assert (found.records[0].cells, found.ignored) == ({"name": "KPU X", "code": "65.01"}, ("Keterangan",))
    with pytest.raises(BadTable, match="Nama pengguna, Satker, Jabatan"):
        table([Row(1, ("Nama",)), Row(2, ("x",))], "people")
    with pytest.raises(BadTable, match="dua kali"):
        table([Row(1, ("Nama satker", "Kantor")), Row(2, ("x", "y"))], "offices")


@pytest.mark.parametrize(
    "text", ["2026-11-03", "3/11/2026", "03-11-2026", "3.11.2026", "3 November 2026", "3 nopember 2026", "3 Nov. 2026"]
)
def test_a_day_is_written_in_many_ways(text: str) -> None:
    assert values.day(text) == date(2026, 11, 3)


@pytest.mark.parametrize("text", ["31/2/2026", "2026-13-01", "kemarin", "11/03/26", "3 Movember 2026", "0/0/0000"])
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(Unreadable, match=r"[Tt]anggal"):
        values.day(text)


def test_zones_and_codes_are_forgiven() -> None:
    assert values.zone("wib", "Asia/Pontianak") == "Asia/Pontianak"
    assert [values.zone(each, "") for each in ("WIB", "WITA", "WIT")] == [
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
    ]
    assert [values.area_code(each) for each in ("6501", "65.1", "65.01", "65")] == ["65.01", "65.10", "65.01", "65"]


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_template_names_every_column_and_what_may_stand_there(kind: Kind) -> None:
    book = load_workbook(io.BytesIO(writing.as_xlsx(kind, [])))
    first, guide = book.worksheets
    assert [cell.value for cell in first[1]] == [column.title for column in COLUMNS[kind]]
    assert guide.max_row == len(COLUMNS[kind]) + 1
    assert refused(writing.as_csv(kind, [])) == "empty_table"


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "-Maria", "'=dua", "+62", "'", "''=x"])
@pytest.mark.parametrize("write", [writing.as_xlsx, writing.as_csv])
def test_a_name_is_never_a_formula_and_comes_back_as_it_was(
    write: Callable[[Kind, Iterable[Mapping[str, str]]], bytes], name: str
) -> None:
    content = write("people", [{"username": "a", "name": name}])
    (row,) = table(read(content), "people").records
    assert row.get("name") == name
    assert writing.safe(name)[:1] not in ("=", "+", "-", "@")
