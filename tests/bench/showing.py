"""When words that were said could be read: shown at all, and shown as they stayed. PURE.

A *page* shows the captions of one microphone: what is settled, behind it what is open, and where nobody drafted a
sentence, its line. A settled word that is corrected stands from then on, those around it since they did. Times are in
seconds since the meeting began. A reference word counts as shown when a cheapest alignment of the captions with the
reference matches it. What its line corrects later is no caption any more: such a word counts as one that captions never
showed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.wer import words

EARLY_S = 0.3  # word ends of the reference are good to about 0.2 s: what is shown sooner is another word


@dataclass(frozen=True, slots=True)
class Said:
    word: str
    end: float


@dataclass(slots=True)
class Page:
    reference: Sequence[Said]
    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    """Words as they became stable."""
    stood: list[float] = field(default_factory=list)
    """When each did."""
    _begun: int = 0  # how many captions stand before the utterance that goes on
    _beyond: tuple[list[str], list[float]] = ([], [])  # captions behind a cut, and when each stood
    _looks: list[tuple[float, int, list[str]]] = field(default_factory=list)  # captions, and what was open behind them

    def draft(self, settled: str, open: str, now: float) -> None:
        self._stand(words(settled), now)
        self._looks.append((now, len(self.captions), words(open)))

    def line(self, text: str, now: float) -> None:
        """The draft's line; an empty one where nothing came of it."""
        beyond: tuple[list[str], list[float]] = ([], [])
        if text:
            self.lines.append(text)
            known, whole = self.captions[self._begun :], words(text)
            mine, theirs = _reach(known, whole)
            beyond = known[mine:], self.stood[self._begun + mine :]
            self._stand([*known[:mine], *whole[theirs:]], now)
        self._beyond = beyond
        self._looks.append((now, len(self.captions), []))
        self._begun = len(self.captions)

    def _stand(self, found: Sequence[str], now: float) -> None:
        """Captions of the utterance that goes on are these now."""
        before, stood = self.captions[self._begun :], self.stood[self._begun :]
        stays, again = matched(found, before), self._again(found)
        self.captions[self._begun :] = found
        self.stood[self._begun :] = [
            stood[stays[at]] if at in stays else again.get(at, now) for at in range(len(found))
        ]

    def _again(self, found: Sequence[str]) -> dict[int, float]:
        """When words stood already that are those behind a cut."""
        beyond, stood = self._beyond
        return {at: stood[behind] for at, behind in matched(found[: len(beyond)], beyond).items()}

    def stable(self) -> dict[int, float]:
        """When reference words stood."""
        pairs = matched([each.word for each in self.reference], self.captions)
        return {mine: self.stood[theirs] for mine, theirs in pairs.items()}

    def first(self) -> dict[int, float]:
        """When reference words could be read for the first time."""
        found: dict[int, float] = {}
        for now, standing, open in self._looks:
            said = [each.word for each in self.reference if each.end <= now + EARLY_S]
            for index in matched(said, self.captions[:standing] + open):
                found.setdefault(index, now)
        return found


def matched(reference: Sequence[str], shown: Sequence[str]) -> dict[int, int]:
    """Reference words that a cheapest alignment (Levenshtein) leaves as they are, and which of `shown` they are."""
    table = _distances(reference, shown)
    found: dict[int, int] = {}
    i, j = len(reference), len(shown)
    while i and j:
        same = reference[i - 1] == shown[j - 1]
        if table[i][j] == table[i - 1][j - 1] + (not same):
            i, j = i - 1, j - 1
            if same:
                found[i] = j
        elif table[i][j] == table[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return found


def _reach(settled: Sequence[str], line: Sequence[str]) -> tuple[int, int]:
    """How many words of each say the same: the line may go on, or the draft, where a long utterance was cut."""
    table = _distances(settled, line)
    ends = [(len(settled), j) for j in range(len(line) + 1)] + [(i, len(line)) for i in range(len(settled) + 1)]
    return min(ends, key=lambda end: (table[end[0]][end[1]], -sum(end)))


def _distances(one: Sequence[str], other: Sequence[str]) -> list[list[int]]:
    table = [list(range(len(other) + 1))]
    for i, word in enumerate(one, 1):
        row = [i]
        for j, another in enumerate(other, 1):
            row.append(min(table[-1][j] + 1, row[-1] + 1, table[-1][j - 1] + (word != another)))
        table.append(row)
    return table


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds from the end of a word; over the words that were shown."""

    shown_share: float
    first_p50: float
    first_p95: float
    stable_p50: float
    stable_p95: float


def delays(pages: Sequence[Page]) -> Delays:
    stable = [at - page.reference[i].end for page in pages for i, at in page.stable().items()]
    first = [at - page.reference[i].end for page in pages for i, at in page.first().items()]
    said = sum(len(page.reference) for page in pages)
    return Delays(
        len(stable) / said,
        percentile(first, 50),
        percentile(first, 95),
        percentile(stable, 50),
        percentile(stable, 95),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so many percent do not exceed; infinite for none."""
    if not values:
        return math.inf
    return sorted(values)[max(0, math.ceil(len(values) * share / 100) - 1)]
