"""Lines that are still being spoken, and how pages are told of them: only what has changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from server.signalling import messages as say


@dataclass(frozen=True, slots=True)
class _Draft:
    seat: str
    start: float
    words: list[str]
    settled: int


class Drafts:
    """By media connection: a seat that comes back may have a new one while the old one's last line is being heard."""

    def __init__(self) -> None:
        self._shown: dict[str, _Draft] = {}

    def change(self, peer: str, seat: str, start: float, settled: str, open: str) -> say.Draft | None:
        """What to tell everybody; None when nothing has changed. `start` in meeting seconds."""
        known = self._shown.get(peer)
        stands = settled.split()
        new = _Draft(seat, start, stands + open.split(), len(stands))
        if new == known or not new.words:
            return None
        self._shown[peer] = new
        return _told(new, _common(known.words, new.words) if known is not None and known.start == start else 0)

    def end(self, peer: str) -> say.Draft | None:
        """Its line has come, or nothing came of it. None when there was no draft."""
        known = self._shown.pop(peer, None)
        return None if known is None else say.Draft(seat=known.seat, start=known.start, keep=0, text="", settled=0)

    def all(self) -> list[say.Draft]:
        """For a page that has just come."""
        return [_told(draft, 0) for draft in self._shown.values()]


def _told(draft: _Draft, keep: int) -> say.Draft:
    text = " ".join(draft.words[keep:])
    return say.Draft(seat=draft.seat, start=draft.start, keep=keep, text=text, settled=draft.settled)


def _common(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
