"""A list on paper: PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from minutes.notula.documents import typesetting

_TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(said: dict[str, Any], made_at: datetime) -> bytes:
    """`said`: `document.Document` as a dictionary. The same for the same."""
    return typesetting.pdf(_TEMPLATE, said, made_at)
