"""Papers read back as other programs read them: by words, by pages, by pictures."""

from __future__ import annotations

import io
from dataclasses import asdict

import docx
import pypdf
import pypdfium2
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from minutes.notula.documents import pages
from minutes.notula.documents.composing import compose
from minutes.notula.documents.sheet import Kind, Sheet
from minutes.notula.documents.word import docx_file


def printed(kind: Kind, sheet: Sheet) -> bytes:
    return pages.pdf(asdict(compose(kind, sheet)), sheet.printed_at)


def written(kind: Kind, sheet: Sheet) -> bytes:
    return docx_file(asdict(compose(kind, sheet)), sheet.printed_at)


def pdf_lines(data: bytes) -> list[str]:
    """As pypdf reads it, a blank line between pages."""
    read = pypdf.PdfReader(io.BytesIO(data)).pages
    return [line.rstrip() for page in read for line in [*page.extract_text().splitlines(), ""]]


def pdf_pages(data: bytes) -> list[str]:
    """As a viewer finds words in it, page by page: quick, for long ones."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def docx_lines(data: bytes) -> list[str]:
    """Head, text in its order (cells of a row with bars between them), foot."""
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    head, foot = (_lines(part.iter_inner_content()) for part in (section.header, section.footer))
    return [*head, *_lines(document.iter_inner_content()), *foot]


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def _lines(parts: object) -> list[str]:
    found: list[str] = []
    for part in parts:  # type: ignore[attr-defined]
        if isinstance(part, Table):
            found += [" | ".join(_cell_texts(row.cells)) for row in part.rows]
        elif isinstance(part, Paragraph) and part.text.strip():
            style = part.style.name if part.style is not None else ""
            mark = "# " if style and style.startswith("Heading") else "- " if style == "List Number" else ""
            found.append(mark + part.text)
    return found


def _cell_texts(cells: object) -> list[str]:
    """Each once: cells that are one are told as often as there are columns."""
    seen: dict[object, str] = {}
    for cell in cells:  # type: ignore[attr-defined]
        seen[cell._tc] = " / ".join(filter(None, cell.text.split("\n")))
    return list(seen.values())
