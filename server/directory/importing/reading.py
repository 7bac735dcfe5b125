"""A file that somebody sends, XLSX or CSV, as rows of text. Blocking; every byte is hostile.

What is refused is said as `BadTable`. Sizes are looked at before anything is unpacked, formulas are never worked out:
of a cell with one the value counts that the spreadsheet program stored beside it.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import openpyxl

from server.errors import BadRequest

MOST_BYTES = 4 * 2**20
MOST_UNPACKED = 16 * 2**20
MOST_ENTRIES = 500
MOST_ROWS = 6_000
MOST_COLUMNS = 40
MOST_LETTERS = 500
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# writing.py puts a mark before what a spreadsheet would take for a formula, and before what looks so marked already.
MARKED = re.compile(r"'+[=+\-@\t\r]")


class BadTable(BadRequest):
    """The file as a whole cannot be taken."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # as the spreadsheet counts, from 1
    cells: tuple[str, ...]


def read(content: bytes) -> list[Row]:
    """Rows that hold anything, the header first. Raises `BadTable`."""
    if len(content) > MOST_BYTES:
        raise BadTable(f"Berkas lebih besar daripada {MOST_BYTES // 2**20} MB. Bagi menjadi beberapa.", "table_too_big")
    if content.startswith(_OLD_EXCEL):
        raise BadTable("Berkas Excel lama (.xls) tidak dibaca. Simpan sebagai .xlsx, lalu coba lagi.", "old_excel")
    rows = list(_filled(_xlsx(content) if content.startswith(_ZIP) else _csv(content)))
    if len(rows) < 2:
        raise BadTable("Berkas ini tidak berisi baris data di bawah judul kolom.", "empty_table")
    return rows


def _filled(rows: Iterable[tuple[int, Iterable[str]]]) -> Iterator[Row]:
    count = 0
    for number, cells in rows:
        if number > 4 * MOST_ROWS:
            raise _too_long()
        texts = [_cell(each) for each in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            count += 1
            if count > MOST_ROWS + 1:
                raise _too_long()
            yield Row(number, tuple(texts))


def _too_long() -> BadTable:
    return BadTable(f"Lebih dari {MOST_ROWS} baris. Bagi menjadi beberapa berkas.", "table_too_long")


def _cell(text: str) -> str:
    """Longer than anything may be is cut off, so that it is told as too long and not kept whole."""
    text = text[:MOST_LETTERS].strip()
    return text[1:] if MARKED.match(text) else text


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        detail = "Berkas ini bukan XLSX dan bukan CSV dengan pengodean UTF-8. Simpan sebagai 'CSV UTF-8' atau .xlsx."
        raise BadTable(detail, "not_table") from None
    if "\0" in text:
        raise BadTable("Berkas ini bukan tabel. Pilih berkas XLSX atau CSV.", "not_table")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in rows:
            yield rows.line_num, cells[:MOST_COLUMNS]
    except csv.Error as error:
        detail = f"Baris {rows.line_num} CSV rusak, misalnya karena tanda kutip yang tidak ditutup."
        raise BadTable(detail, "broken_csv") from error


def _delimiter(text: str) -> str:
    """Of the header: Excel writes `;` where the comma is the decimal sign, as in Indonesia."""
    header = text.partition("\n")[0]
    return max(";,\t", key=header.count)


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    _is_harmless(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that it leaves out
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()  # the file may claim a million columns
                for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
                    yield number, [_text(each) for each in cells]
            finally:
                book.close()
    except BadTable:
        raise
    except Exception as error:  # the library raises whatever its parts raise, and the bytes are a stranger's
        detail = "Berkas XLSX ini rusak atau terkunci. Buka dan simpan kembali, lalu coba lagi."
        raise BadTable(detail, "broken_xlsx") from error


def _is_harmless(content: bytes) -> None:
    """Raises `BadTable` for what unpacks to too much. `zipfile` reads no more of a part than its header says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadTable("Berkas XLSX ini rusak. Simpan kembali, lalu coba lagi.", "broken_xlsx") from error
    if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadTable("Isi berkas XLSX ini terlalu besar. Hapus gambar dan lembar lain.", "table_too_big")


def _text(value: object) -> str:
    """As people would type it: whole numbers without a fraction, days as `2026-03-01`."""
    if value is None or isinstance(value, time):
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
