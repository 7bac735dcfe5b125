"""Pieces of a DOCX that python-docx has no words for: rules, frames, lists that begin anew, heads that are repeated."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

SOFT = RGBColor(0x4A, 0x4A, 0x4A)
SMALL_PT = 9.0
LIST_INDENT = Mm(6.35)  # of the style that numbers
_LIST_STYLE = "List Number"


def plain(text: str) -> str:
    """Composed, on one line, without what controls: XML admits none of it."""
    kept = (
        " " if each.isspace() and each != "\t" else each
        for each in unicodedata.normalize("NFC", text)
        if each.isspace() or unicodedata.category(each)[0] != "C"
    )
    return "".join(kept)


def write(
    paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, soft: bool = False, size: float = 0.0
) -> Paragraph:
    run = paragraph.add_run(plain(text))
    run.bold, run.italic = bold or None, italic or None
    if soft:
        run.font.color.rgb = SOFT
    if size or soft:
        run.font.size = Pt(size or SMALL_PT)
    return paragraph


def runs(paragraph: Paragraph, given: Iterable[Mapping[str, Any]]) -> Paragraph:
    for each in given:
        write(paragraph, each["text"], bold=each["bold"], soft=each["soft"])
    return paragraph


def rule_below(paragraph: Paragraph) -> None:
    """The double line under a letterhead."""
    _border(paragraph, ("bottom",), "double", 12)


def framed(paragraph: Paragraph) -> Paragraph:
    _border(paragraph, ("top", "left", "bottom", "right"), "single", 8)
    return paragraph


def numbering(document: Document) -> int:
    """A list that begins with 1, for its paragraphs."""
    style = document.styles[_LIST_STYLE].element.pPr.numPr.numId.val
    lists = document.part.numbering_part.element
    begun = lists.add_num(lists.num_having_numId(style).abstractNumId.val)
    begun.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(begun.numId)


def numbered(paragraph: Paragraph, number: int) -> Paragraph:
    paragraph.style = _LIST_STYLE
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val, properties.get_or_add_ilvl().val = number, 0
    return paragraph


def hang(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(6), Mm(-6)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(6))


def space(document: Document) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)


def bare_table(parent: Document | BlockItemContainer, rows: int, widths_mm: Sequence[float]) -> Table:
    """Without lines: things beside each other."""
    if isinstance(parent, Document):
        table: Table = parent.add_table(rows, len(widths_mm))
    else:
        table = parent.add_table(rows, len(widths_mm), Mm(sum(widths_mm)))
    widths(table, widths_mm)
    return table


def signature(cell: _Cell, given: Mapping[str, Any]) -> None:
    first = cell.paragraphs[0]
    for line in given["what"]:
        write(first, line)
    if given["how"]:
        write(framed(cell.add_paragraph()), given["how"], soft=True, size=8)
    else:
        for _ in range(3):
            cell.add_paragraph()
    write(cell.add_paragraph(), given["name"] or f"({'.' * 50})", bold=bool(given["name"]))
    write(cell.add_paragraph(), given["position"])


def last_paragraph(document: Document) -> Paragraph:
    """Behind a table an empty one: programs want one there."""
    last = document.element.body.xpath("./w:p | ./w:tbl")[-1]
    return Paragraph(last, document._body) if last.tag == qn("w:p") else document.add_paragraph()


def keep_together(table: Table) -> None:
    """On one page, with the paragraph before it."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def field(paragraph: Paragraph, code: str) -> None:
    """What the program works out: PAGE, NUMPAGES."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        if kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:t" if kind else "w:instrText")
            element.text = text
        run._r.append(element)


def widths(table: Table, widths_mm: Sequence[float]) -> None:
    """In the grid and in every cell: programs read the one or the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths_mm, strict=True):
            cell.width = Mm(width)


def _border(paragraph: Paragraph, sides: Iterable[str], kind: str, eighths: int) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", str(eighths)), ("space", "4"), ("color", "1A1A1A")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
