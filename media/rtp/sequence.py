"""Numbers that wrap, made to count on (RFC 3550 appendix A.1, RFC 1982). Pure."""

from __future__ import annotations


class Unwrapper:
    """Wrapping counters of `bits` bits to integers that never wrap: the nearest to the highest seen so far."""

    __slots__ = ("_half", "_mask", "highest")

    def __init__(self, bits: int = 16) -> None:
        self._mask = (1 << bits) - 1
        self._half = 1 << (bits - 1)
        self.highest: int | None = None

    def peek(self, value: int) -> int:
        """The extended number of `value`, without remembering it. A distance of exactly half counts as old."""
        highest = self.highest
        if highest is None:
            return value & self._mask
        ahead = (value - highest) & self._mask
        return highest + ahead if ahead < self._half else highest + ahead - self._mask - 1

    def unwrap(self, value: int) -> int:
        extended = self.peek(value)
        if self.highest is None or extended > self.highest:
            self.highest = extended
        return extended
