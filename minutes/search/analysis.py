"""Text to tokens, the same for what is stored and what is asked. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2018`][^\W_]+)*")
_KEPT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A normalised word and where it stands in the text as written."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Words in order: NFKC, casefolded, without marks and inner apostrophes; a hyphen separates."""
    found = (Token(_fold(match[0]), *match.span()) for match in _WORD.finditer(text))
    return [token for token in found if token.text]


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return _KEPT.sub("", decomposed)
