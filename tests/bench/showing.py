"""When words that were said could be read: shown at all, and shown as they stayed. PURE.

A *page* shows one microphone: its lines, and behind them the draft of the line to come. Times are in seconds since the
meeting began. A reference word counts as shown when an alignment of the page's words with the reference matches it.
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
    settled: str = ""
    open: str = ""
    stable_text: list[str] = field(default_factory=list)  # words as they first became stable
    first: dict[int, float] = field(default_factory=dict)
    stable: dict[int, float] = field(default_factory=dict)  # of what is on the page as stable now

    def draft(self, settled: str, open: str, now: float) -> None:
        self.settled, self.open = settled, open
        self._look(now)

    def line(self, text: str, now: float) -> None:
        """The draft's line; an empty one where nothing came of it."""
        known, whole = words(self.settled), words(text)
        if text:
            self.lines.append(text)
            mine, theirs = _reach(known, whole)
            known = known[:mine] + whole[theirs:]
        self.stable_text += known
        self.settled = self.open = ""
        self._look(now)

    def _look(self, now: float) -> None:
        said = [each.word for each in self.reference if each.end <= now + EARLY_S]
        stands = words(" ".join([*self.lines, self.settled]))
        stable = matched(said, stands)
        for index in matched(said, stands + words(self.open)) | stable:
            self.first.setdefault(index, now)
        self.stable = {index: self.stable.get(index, now) for index in stable}


def matched(reference: Sequence[str], shown: Sequence[str]) -> set[int]:
    """Indices of reference words that a cheapest alignment (Levenshtein) leaves as they are."""
    table = _distances(reference, shown)
    found: set[int] = set()
    i, j = len(reference), len(shown)
    while i and j:
        same = reference[i - 1] == shown[j - 1]
        if table[i][j] == table[i - 1][j - 1] + (not same):
            i, j = i - 1, j - 1
            if same:
                found.add(i)
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
    first = [at - page.reference[i].end for page in pages for i, at in page.first.items()]
    stable = [at - page.reference[i].end for page in pages for i, at in page.stable.items()]
    said = sum(len(page.reference) for page in pages)
    return Delays(
        len(first) / said,
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
