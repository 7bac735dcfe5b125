"""What a file is, by its content; what its sender calls it counts for nothing. Blocking.

Only what offices keep as evidence is taken, and nothing that runs: no scripts, no programs, no documents with macros.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

PDF, TEXT = "application/pdf", "text/plain; charset=utf-8"
_OPEN = "application/vnd.openxmlformats-officedocument."
_BEGIN = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_PARTS = {
    "word/document.xml": f"{_OPEN}wordprocessingml.document",
    "xl/workbook.xml": f"{_OPEN}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OPEN}presentationml.presentation",
}
_ODF = {f"application/vnd.oasis.opendocument.{each}" for each in ("text", "spreadsheet", "presentation")}
_ENDINGS = {
    PDF: (".pdf",),
    TEXT: (".txt", ".csv", ".md"),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    f"{_OPEN}wordprocessingml.document": (".docx",),
    f"{_OPEN}spreadsheetml.sheet": (".xlsx",),
    f"{_OPEN}presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/vnd.oasis.opendocument.presentation": (".odp",),
}
_MACROS = ("vbaproject.bin", "basic/", "scripts/")
_MOST_PARTS = 5000


def sniffed(file: Path) -> str | None:
    """Its media type; None for what is not taken."""
    with file.open("rb") as opened:
        head = opened.read(16)
    for begin, kind in _BEGIN:
        if head.startswith(begin):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return _document(file) if head.startswith(b"PK\x03\x04") else _text(file)


def named(name: str, kind: str) -> str:
    """As it is kept: with an ending of its kind, so that no machine runs what was only read here as text."""
    endings = _ENDINGS[kind]
    return name if name.lower().endswith(endings) else name + endings[0]


def _document(file: Path) -> str | None:
    """Office documents are archives; only their list of parts and one short part are read."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) > _MOST_PARTS or any(mark in each.lower() for each in names for mark in _MACROS):
                return None
            if "mimetype" in names:
                return _odf(archive)
            return next((kind for part, kind in _PARTS.items() if part in names), None)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return None


def _odf(archive: zipfile.ZipFile) -> str | None:
    with archive.open("mimetype") as part:
        kind = part.read(100).decode("ascii", "replace")
    return kind if kind in _ODF else None


def _text(file: Path) -> str | None:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    controls = {chr(each) for each in range(32)} - set("\t\n\r\f")
    return TEXT if text.strip() and not controls & set(text) else None
