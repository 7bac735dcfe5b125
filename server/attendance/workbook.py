"""A list as a workbook of a spreadsheet, by xlsxwriter. The only file that knows it.

Every text is written as a string: what a guest calls themselves is never a formula. Minutes are numbers.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_WIDTHS = (6, 34, 38, 26, 16, 17, 11, 11, 10, 28, 40)  # of columns, in letters
_LAST = len(_WIDTHS) - 1
_FIELDS = ("number", "name", "position", "office", "role", "mode", "came", "left", "minutes", "status", "remarks")
_CORRECTED = ("number", "who", "what", "before", "reason", "by", "at")
_HEADS = ("No", "Siapa", "Menjadi", "Terukur oleh sistem", "Alasan", "Oleh", "Waktu")


@dataclass(frozen=True, slots=True)
class _Styles:
    letterhead: Format
    title: Format
    plain: Format
    bold: Format
    head: Format
    cell: Format
    number: Format


def xlsx(said: dict[str, Any], made_at: datetime) -> bytes:
    """The document as a file; `said`: `document.Document` as a dictionary. The same for the same."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    created = made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": _clean(f"{said['title']} – {said['subtitle']}"), "created": created})
    styles = _styles(book.add_format)
    _list(book.add_worksheet("Daftar Hadir"), said, styles)
    _corrections(book.add_worksheet("Koreksi"), said, styles)
    book.close()
    return target.getvalue()


def _styles(add: Callable[[dict[str, Any]], Format]) -> _Styles:
    cell = {"border": 1, "border_color": "#9a9a9a", "text_wrap": True, "valign": "top"}
    return _Styles(
        letterhead=add({"bold": True, "font_size": 13, "align": "center", "bottom": 6}),
        title=add({"bold": True, "font_size": 14, "align": "center"}),
        plain=add({"valign": "top"}),
        bold=add({"bold": True, "valign": "top"}),
        head=add({**cell, "bold": True, "bg_color": "#ececec", "align": "center", "valign": "vcenter"}),
        cell=add(cell),
        number=add({**cell, "align": "center"}),
    )


def _list(sheet: Worksheet, said: dict[str, Any], styles: _Styles) -> None:
    _page(sheet, said, _WIDTHS)
    row = _top(sheet, said, styles)
    _heads(sheet, row, said["columns"], styles)
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 2)
    for each in said["rows"]:
        row += 1
        for column, name in enumerate(_FIELDS):
            _value(sheet, row, column, each[name], styles)
    sheet.autofilter(row - len(said["rows"]), 0, row, _LAST)
    _bottom(sheet, row + 2, said, styles)


def _top(sheet: Worksheet, said: dict[str, Any], styles: _Styles) -> int:
    """Letterhead, title and facts; the row of the table's head."""
    _across(sheet, 0, said["letterhead"].upper(), styles.letterhead)
    _across(sheet, 2, said["title"].upper(), styles.title)
    _across(sheet, 3, said["subtitle"], styles.title)
    row = 5
    for label, value in [*said["facts"], *([["Keadaan", said["draft"]]] if said["draft"] else [])]:
        sheet.write_string(row, 1, _clean(label), styles.plain)
        sheet.write_string(row, 2, _clean(value), styles.bold)
        row += 1
    return row + 1


def _bottom(sheet: Worksheet, row: int, said: dict[str, Any], styles: _Styles) -> None:
    """Counts, notes, signatures, and the digest."""
    for column, text in enumerate(("Status", "Satker", "Orang"), 1):
        sheet.write_string(row, column, text, styles.head)
    for label, *counts in said["counts"]:
        row += 1
        sheet.write_string(row, 1, label, styles.cell)
        for column, count in enumerate(counts, 2):
            sheet.write_number(row, column, int(count), styles.number)
    for note in [*said["notes"], f"SHA-256 data: {said['sha256']}"]:
        row += 1
        sheet.write_string(row + 1, 1, _clean(note), styles.plain)
    _sign(sheet, row + 4, said, styles)


def _sign(sheet: Worksheet, row: int, said: dict[str, Any], styles: _Styles) -> None:
    sheet.write_string(row, 8, f"............................., {said['dated']}", styles.plain)
    for column, each in zip((1, 8), said["signatures"], strict=True):
        sheet.write_string(row + 1, column, f"{each['what']},", styles.plain)
        sheet.write_string(row + 6, column, _clean(each["name"]) or "(.............................)", styles.bold)
        sheet.write_string(row + 7, column, _clean(each["position"]), styles.plain)


def _corrections(sheet: Worksheet, said: dict[str, Any], styles: _Styles) -> None:
    _page(sheet, said, (6, 34, 38, 38, 40, 34, 30))
    _heads(sheet, 0, _HEADS, styles)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for row, each in enumerate(said["corrections"], 1):
        for column, name in enumerate(_CORRECTED):
            _value(sheet, row, column, each[name], styles)


def _page(sheet: Worksheet, said: dict[str, Any], widths: Sequence[int]) -> None:
    """A4 across, as many pages as it takes, each with its number."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
    sheet.set_footer(f"&L&8SHA-256 data: {said['sha256']}&R&8Halaman &P dari &N")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _heads(sheet: Worksheet, row: int, texts: Sequence[str], styles: _Styles) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, styles.head)


def _across(sheet: Worksheet, row: int, text: str, style: Format) -> None:
    sheet.merge_range(row, 0, row, _LAST, "", style)
    sheet.write_string(row, 0, _clean(text), style)


def _value(sheet: Worksheet, row: int, column: int, value: str | int, styles: _Styles) -> None:
    """Whole numbers as such, everything else as text."""
    if isinstance(value, int) or (value.isascii() and value.isdigit() and _FIELDS[column] == "minutes"):
        sheet.write_number(row, column, int(value), styles.number)
    else:
        sheet.write_string(row, column, _clean(value), styles.cell)


def _clean(text: str) -> str:
    """Without what controls: XML admits none of it, and marks of direction would turn a line around."""
    return "".join(" " if each.isspace() else each for each in text if _plain(each))


def _plain(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")
