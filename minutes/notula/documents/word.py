"""A paper as DOCX, for offices that go on writing: the same words, headings and lists as the PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from minutes.notula.documents import word_parts as parts
from minutes.notula.documents.word_frame import footer, header, styles
from minutes.notula.documents.word_parts import plain
from minutes.notula.documents.word_tables import ruled_table
from minutes.notula.documents.zipped import steady

Said = Mapping[str, Any]
"""`paper.Paper`, or a block of it, as a dictionary."""
LONG_MM, SHORT_MM, MARGIN_MM = 297, 210, 22


def docx_file(said: Said, made_at: datetime) -> bytes:
    """The same for the same."""
    document = docx.Document()
    width = _page(document, said["landscape"])
    styles(document)
    _properties(document, said, made_at)
    header(document, said)
    footer(document, said, width)
    _head(document, said)
    for block in said["blocks"]:
        _BLOCKS[block["block"]](document, block, width)
    written = io.BytesIO()
    document.save(written)
    return steady(written.getvalue())


def _page(document: Document, landscape: bool) -> int:
    """Answers with the width between the margins, in millimetres."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (LONG_MM, SHORT_MM) if landscape else (SHORT_MM, LONG_MM)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(20)
    return width - 2 * MARGIN_MM


def _properties(document: Document, said: Said, made_at: datetime) -> None:
    about, moment = document.core_properties, made_at.astimezone(UTC).replace(tzinfo=None)
    # 255 signs are what the format allows.
    about.title = plain(" – ".join(filter(None, (said["title"], said["subtitle"]))))[:255]
    about.author, about.last_modified_by, about.comments = plain(said["author"])[:255], "", ""
    about.language, about.created, about.modified = "id-ID", moment, moment


def _head(document: Document, said: Said) -> None:
    for line in said["letterhead"]:
        parts.write(_centred(document), line, bold=True, size=13.5)
    if said["letterhead"]:
        parts.rule_below(document.paragraphs[-1])
    title = document.add_heading(plain(said["title"].upper()), 1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if said["subtitle"]:
        parts.write(_centred(document), said["subtitle"].upper(), bold=True)
    if said["number"]:
        parts.write(_centred(document), said["number"])
    if said["banner"]:
        parts.write(parts.framed(_centred(document)), said["banner"], bold=True, size=9)


def _centred(document: Document) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _heading(document: Document, block: Said, width: int) -> None:
    document.add_heading(plain(block["text"]), block["level"] + 1)


def _paragraph(document: Document, block: Said, width: int) -> None:
    paragraph = parts.runs(document.add_paragraph(), block["runs"])
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if block["centred"] else WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10) if block["indented"] else None
    paragraph.paragraph_format.space_before = Pt(6)


def _notice(document: Document, block: Said, width: int) -> None:
    parts.write(parts.framed(document.add_paragraph()), block["text"], bold=True)


def _entries(document: Document, block: Said, width: int) -> None:
    number = parts.numbering(document)
    for each in block["entries"]:
        parts.numbered(parts.runs(document.add_paragraph(), each["runs"]), number)
        for more in each["more"]:
            paragraph = parts.write(document.add_paragraph(), more, soft=True)
            paragraph.paragraph_format.left_indent = parts.LIST_INDENT
            paragraph.paragraph_format.space_after = Pt(0)


def _facts(document: Document, block: Said, width: int) -> None:
    table = parts.bare_table(document, len(block["facts"]), (50, 5, width - 55))
    for row, each in zip(table.rows, block["facts"], strict=True):
        label, colon, value = (cell.paragraphs[0] for cell in row.cells)
        parts.write(label, each["label"])
        label.paragraph_format.left_indent = Mm(4) if each["inner"] else None
        parts.write(colon, ":" if each["values"] else "")
        several = len(each["values"]) > 1
        for at, said in enumerate(each["values"]):
            line = row.cells[2].add_paragraph() if at else value
            parts.write(line, f"{at + 1}.\t{said}" if several else said)
            if several:
                parts.hang(line)


def _table(document: Document, block: Said, width: int) -> None:
    parts.space(document)
    ruled_table(document, block["columns"], block["rows"], width)
    parts.space(document)


def _signatures(document: Document, block: Said, width: int) -> None:
    half = width // 2
    parts.last_paragraph(document).paragraph_format.keep_with_next = True
    table = parts.bare_table(document, 2, (half, width - half))
    parts.write(table.rows[0].cells[1].paragraphs[0], block["dated"])
    for cell, each in zip(table.rows[1].cells, block["signatures"], strict=True):
        parts.signature(cell, each)
    parts.keep_together(table)


def _annex(document: Document, block: Said, width: int) -> None:
    heading = document.add_heading(plain(block["title"]), 2)
    heading.paragraph_format.page_break_before = True
    for line in block["to"]:
        parts.write(document.add_paragraph(), line)


_BLOCKS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "notice": _notice,
    "entries": _entries,
    "facts": _facts,
    "table": _table,
    "signatures": _signatures,
    "annex": _annex,
}
