"""Hold the lines of a disturbed meeting against those of an undisturbed one. Pure.

Nothing may be lost, stand twice or be invented; words may differ only where an utterance was cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SAME_S = 0.15
WHOLE = 0.9  # of a cut line's time that must still be covered: its pieces begin and end at words
TWICE_S = 0.3  # by so much lines of one person may overlap: at the words where a cut one goes on


@dataclass(frozen=True, slots=True)
class Said:
    speaker: str
    start: float
    end: float
    text: str

    def overlap(self, other: Said) -> float:
        return min(self.end, other.end) - max(self.start, other.start)


@dataclass(frozen=True, slots=True)
class Verdict:
    same: int  # lines with the same words at the same time
    reworded: tuple[tuple[str, str], ...]  # the same line in other words
    lost: tuple[Said, ...]
    twice: tuple[Said, ...]
    invented: tuple[Said, ...]

    def __str__(self) -> str:
        rows = [f"{self.same} lines the same, {len(self.reworded)} in other words"]
        rows += [f"  {before}\n  {after}" for before, after in self.reworded]
        rows += [f"{name}: {each}" for name in ("lost", "twice", "invented") for each in getattr(self, name)]
        return "\n".join(rows)


def compare(undisturbed: Sequence[Said], disturbed: Sequence[Said]) -> Verdict:
    same = 0
    reworded: list[tuple[str, str]] = []
    lost: list[Said] = []
    for line in undisturbed:
        found = [each for each in disturbed if each.speaker == line.speaker and each.overlap(line) > 0]
        if len(found) == 1 and abs(found[0].start - line.start) < SAME_S and abs(found[0].end - line.end) < SAME_S:
            if found[0].text == line.text:
                same += 1
            else:
                reworded.append((line.text, found[0].text))
        elif sum(each.overlap(line) for each in found) < WHOLE * (line.end - line.start):
            lost.append(line)
        else:
            reworded.append((line.text, " | ".join(each.text for each in found)))
    return Verdict(same, tuple(reworded), tuple(lost), twice(disturbed), _invented(undisturbed, disturbed))


def twice(lines: Sequence[Said]) -> tuple[Said, ...]:
    """Lines that stand over another of the same person."""
    ordered = sorted(lines, key=lambda each: (each.speaker, each.start))
    return tuple(b for a, b in pairwise(ordered) if a.speaker == b.speaker and a.overlap(b) > TWICE_S)


def _invented(undisturbed: Sequence[Said], disturbed: Sequence[Said]) -> tuple[Said, ...]:
    def known(line: Said) -> bool:
        return any(each.speaker == line.speaker and each.overlap(line) > 0 for each in undisturbed)

    return tuple(line for line in disturbed if not known(line))
