"""By when something is to be done: what was said ("paling lambat hari Senin"), as a day. PURE.

A date counts as a deadline where it stands behind words that say so, else where it is the only day ahead. What comes
again ("setiap akhir bulan"), begins ("mulai minggu depan") or counts from another event ("tujuh hari sejak diterima")
is none; a day that is put right ("tanggal 12, eh maaf, 14 Juli") is what it was put right to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from minutes.notula.drafting.days import FORMS
from minutes.notula.drafting.reading import either, plain

DEADLINE = re.compile(
    either(
        r"""paling (?:lambat|lama|telat)(?:nya)? / selambat-lambatnya / selambatnya / selambat lambatnya / sebelum
        / sampai(?: dengan)? / hingga / batas(?: waktu)?(?:nya)? / tenggat(?:nya)? / dalam(?: waktu)? / sudah harus
        / harus sudah / maksimal / deadline"""
    )
)
_COMES_AGAIN = (
    r"(?:setiap|tiap|tiap-tiap|masing-masing|bukan|jangan|mulai|sejak|terhitung|kemarin|per|tahun|lalu|sudah|sekitar"
    r"|dari)"
)
_NO_DEADLINE = re.compile(rf"(?:^| ){_COMES_AGAIN}(?: tanggal| hari| pukul)?$")
_CORRECTED = re.compile(either(r"eh(?: maaf)? / maaf / ralat / koreksi / maksud (?:saya|kami) / maksudnya / tunggu"))
_PAST = re.compile(r" (?:kemarin|lalu|yang lalu|tadi)(?!\S)")


@dataclass(frozen=True, slots=True)
class _When:
    day: date
    start: int
    named: bool  # as a deadline


def due(text: str, today: date) -> date | None:
    """The deadline in `text`, said on `today`; None where there is none, or only one in the past."""
    said = plain(text)
    found = [each for each in _days(said, today) if each.day >= today]
    corrected = max((match.end() for match in _CORRECTED.finditer(said)), default=0)
    found = [each for each in found if each.start >= corrected] or found
    deadlines = [each for each in found if each.named]
    if deadlines:
        return max(deadlines, key=lambda each: each.start).day
    different = {each.day for each in found}
    return different.pop() if len(different) == 1 else None


def _days(said: str, today: date) -> Iterator[_When]:
    taken: list[tuple[int, int]] = []
    for pattern, read in FORMS:
        for match in pattern.finditer(said):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            before = said[: match.start()].split()[-3:]
            if not _counts(before, said, match) or (day := read(match, today)) is None:
                continue
            yield _When(day, match.start(), DEADLINE.search(" ".join(before)) is not None)


def _counts(before: list[str], said: str, match: re.Match[str]) -> bool:
    """Neither comes again nor begins then nor is over."""
    over = _PAST.match(said, match.end()) is not None
    return not over and _NO_DEADLINE.search(" ".join(before)) is None
