"""A paper as PDF: PDF/A-3a, which may carry the sealed JSON, and PDF/UA-1."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import segno

from minutes.notula.documents.typesetting import pdf as typeset

_TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(said: dict[str, Any], made_at: datetime) -> bytes:
    """`said`: `paper.Paper` as a dictionary."""
    return typeset(_TEMPLATE, {**said, "qr": qr_svg(said["footer"]["url"])}, made_at, "a-3a")


def qr_svg(url: str) -> str:
    """ "" for no address. Its quiet zone is part of it: paper around it may be anything."""
    if not url:
        return ""
    written = io.BytesIO()
    segno.make(url, error="m", micro=False).save(written, kind="svg", border=2, scale=4, xmldecl=False)
    return written.getvalue().decode()
