"""Pages of a typst template and its data: PDF/A and PDF/UA-1. The only file that knows typst.

Fonts are those that come with typst, so that the same paper is the same file on every machine.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

Standard = Literal["a-2a", "a-3a"]
# What the fonts of typst can show; PDF/A admits nothing that has no glyph. A test sets every one of them.
SHOWN = (range(0x20, 0x500), range(0x1E00, 0x1F00), range(0x2010, 0x205F), range(0x20A0, 0x20C0))
_NOT_SHOWN = frozenset("\u2041\u2043\u2053")
_INSTEAD = "\ufffd"


def pdf(template: Path, said: dict[str, Any], made_at: datetime, standard: Standard = "a-2a") -> bytes:
    """`said`: the data that the template sets. The same for the same."""
    data = json.dumps(_printable(said), ensure_ascii=False)
    made = typst.compile(
        template.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=[standard, "ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def printable(text: str) -> str:
    """Composed; without what controls (marks of direction, line ends) or piles up (marks that no letter has).

    What has no glyph is marked as such.
    """
    return "".join(_shown(each) for each in unicodedata.normalize("NFC", text))


def _shown(letter: str) -> str:
    if letter.isspace():
        return " "
    if unicodedata.category(letter)[0] in "CM":
        return ""
    return letter if any(ord(letter) in part for part in SHOWN) and letter not in _NOT_SHOWN else _INSTEAD


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, Sequence) else value
