"""Tables of a DOCX: lines, a shaded head that is repeated on every page, rows that stay whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from minutes.notula.documents.word_parts import SMALL_PT, widths, write

LONG_ROW = 600  # signs: only such a row may go over the end of a page
_SHADE, _LIGHT = "ECECEC", "F6F6F6"


def ruled_table(
    document: Document, columns: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], width_mm: float
) -> None:
    """Its first row is repeated on every page."""
    table = document.add_table(1 + len(rows), len(columns), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths(table, _shared(columns, width_mm))
    grid = [list(row.cells) for row in table.rows] if len(rows) < 50 else _quickly(table)
    for cell, column in zip(grid[0], columns, strict=True):
        write(cell.paragraphs[0], column["title"], bold=True, size=SMALL_PT).alignment = WD_ALIGN_PARAGRAPH.CENTER
        _shade(cell, _SHADE)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for tr, cells, row in zip(table._tbl.tr_lst[1:], grid[1:], rows, strict=True):
        _row(cells, row["cells"], columns)
        if sum(len(each["text"]) for each in row["cells"]) < LONG_ROW:
            tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _row(cells: Sequence[_Cell], said: Sequence[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]]) -> None:
    if len(said) == 1 and len(cells) > 1:
        whole = cells[0].merge(cells[-1])
        write(whole.paragraphs[0], said[0]["text"], italic=True, size=SMALL_PT)
        whole.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _shade(whole, _LIGHT)
        return
    for cell, each, column in zip(cells, said, columns, strict=True):
        paragraph = write(cell.paragraphs[0], each["text"], bold=each["bold"], size=SMALL_PT)
        if column["centred"]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if each["sub"]:
            paragraph.add_run().add_break(WD_BREAK.LINE)
            write(paragraph, each["sub"], soft=True, size=7.5)


def _quickly(table: Table) -> list[list[_Cell]]:
    """`Table.rows[n].cells` looks at the whole table each time."""
    return [[_Cell(tc, table) for tc in tr.tc_lst] for tr in table._tbl.tr_lst]


def _shared(columns: Sequence[Mapping[str, Any]], width_mm: float) -> list[float]:
    fixed = sum(each["width_mm"] for each in columns)
    shares = sum(each["share"] for each in columns if not each["width_mm"])
    return [each["width_mm"] or (width_mm - fixed) * each["share"] / shares for each in columns]


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
