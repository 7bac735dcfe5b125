"""A part of a sound, as browsers ask for it before they play from the middle (RFC 9110, section 14). PURE."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})?")


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes from `first` up to `end` (not included) of `length`."""

    first: int
    end: int
    length: int

    @property
    def header(self) -> str:
        return f"bytes {self.first}-{self.end - 1}/{self.length}"


def asked(header: str | None, length: int) -> Range | None:
    """The one range that is asked for; None where the whole is to be sent: for what is not understood or not there."""
    found = _ONE_RANGE.fullmatch(header.strip()) if header is not None else None
    if found is None:
        return None
    first = int(found[1])
    end = min(int(found[2]) + 1 if found[2] else length, length)
    return Range(first, end, length) if first < end else None
