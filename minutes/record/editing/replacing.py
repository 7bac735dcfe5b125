"""Find and replace in the texts of lines. PURE."""

from __future__ import annotations

import re

from minutes.record.editing.edits import Wanted
from minutes.record.editing.words import REDACTED


def pattern(wanted: Wanted) -> re.Pattern[str]:
    """Nothing typed is a regular expression; `wanted.find` has a letter at least."""
    written = r"\s+".join(map(re.escape, wanted.find.split()))
    if wanted.whole_words:
        written = rf"(?<!\w){written}(?!\w)"
    return re.compile(written, re.NOFLAG if wanted.match_case else re.IGNORECASE)


def replaced(text: str, wanted: Wanted, put: str) -> str:
    """The text with all that is found replaced, but nothing of what is blackened."""
    found = pattern(wanted)
    parts = text.split(REDACTED)
    return " ".join(REDACTED.join(found.sub(lambda _: put, part) for part in parts).split())
