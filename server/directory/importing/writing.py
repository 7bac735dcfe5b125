"""Tables as files: what is kept, or a template to fill in. Blocking, except for what is pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from server.directory.importing.columns import COLUMNS, Kind
from server.directory.importing.reading import MARKED

GUIDE = "Petunjuk"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {"name": 44, "title": 44, "short_name": 24}


def as_csv(kind: Kind, rows: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8, marked, with the separator that Excel expects where the comma is the decimal sign."""
    text = io.StringIO()
    writing = csv.writer(text, delimiter=";")
    writing.writerow([column.title for column in COLUMNS[kind]])
    writing.writerows(_cells(kind, row) for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(kind: Kind, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows, all of them text, and a second sheet that says what may stand in each column."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Satker" if kind == "offices" else "Orang")
    sheet.freeze_panes = "A2"
    for place, column in enumerate(COLUMNS[kind], 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column.key, 18)
    sheet.append(_bold(sheet, [column.title for column in COLUMNS[kind]]))
    for row in rows:
        sheet.append(_cells(kind, row))
    _guide(book, kind)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def safe(text: str) -> str:
    """No text may become a formula in somebody's spreadsheet (OWASP, CSV injection); `reading` takes the mark off."""
    return f"'{text}" if text.startswith(_FORMULA) or MARKED.match(text) else text


def _cells(kind: Kind, row: Mapping[str, str]) -> list[str]:
    return [safe(row.get(column.key, "")) for column in COLUMNS[kind]]


def _guide(book: Workbook, kind: Kind) -> None:
    sheet = book.create_sheet(GUIDE)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["C"].width = 24, 80
    sheet.append(_bold(sheet, ["Kolom", "Wajib", "Isi"]))
    for column in COLUMNS[kind]:
        sheet.append([column.title, "ya" if column.required else "tidak", column.hint])


def _bold(sheet: object, texts: Sequence[str]) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet, value=text) for text in texts]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells
