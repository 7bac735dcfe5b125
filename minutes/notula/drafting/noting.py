"""Outcomes that somebody noted while the meeting went on, as statements that cite what was being said. PURE.

They win over what rules find: who noted them was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from minutes.notula.content import MOST_CITED
from minutes.notula.drafting.reading import plain
from minutes.notula.material import Material, Noted, Spoken

BEFORE_S, AFTER_S = 45.0, 10.0  # who notes writes while it is said, or just after
NEAR_S = 12.0
ALIKE = 0.34  # of a noted text's words that a line has, where it is about the same
_FUNCTION_WORDS = """
yang dan di ke dari pada untuk dengan dalam oleh atau ini itu adalah akan agar bahwa sebagai para kami kita
"""
_EMPTY = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Placed:
    """`cites`: ids of the lines it rests on, in the order they were said; empty where nobody was heard then."""

    noted: Noted
    lines: tuple[Spoken, ...]

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(line.id for line in self.lines)[:MOST_CITED]

    @property
    def due(self) -> date | None:
        try:
            return date.fromisoformat(self.noted.due) if self.noted.due else None
        except ValueError:
            return None


def placed(material: Material) -> tuple[Placed, ...]:
    """Every noted outcome that says something, in the order they were noted."""
    noted = sorted((each for each in material.noted if each.text.strip()), key=lambda each: (each.at, each.id))
    return tuple(Placed(each, _rests_on(each, material.lines)) for each in noted)


def uncited(material: Material) -> tuple[Noted, ...]:
    """Those that bind and for which nothing was heard: no draft holds them, a person finds the line or drops them."""
    return tuple(each.noted for each in placed(material) if not each.lines and each.noted.kind != "problem")


def content_words(text: str) -> frozenset[str]:
    return frozenset(plain(text).split()) - _EMPTY


def _rests_on(noted: Noted, lines: Sequence[Spoken]) -> tuple[Spoken, ...]:
    """The lines of about that time that say the same; where none does, those that were being said."""
    about = [line for line in lines if line.end >= noted.at - BEFORE_S and line.start <= noted.at + AFTER_S]
    wanted = content_words(noted.text)
    shares = {line.id: _share(wanted, line) for line in about}
    best = max(shares.values(), default=0.0)
    if best >= ALIKE:
        return _in_order(line for line in about if shares[line.id] >= max(ALIKE, best / 2))
    return _in_order(line for line in about if line.end >= noted.at - NEAR_S and line.start <= noted.at)


def _share(wanted: frozenset[str], line: Spoken) -> float:
    return len(wanted & content_words(line.text)) / len(wanted) if wanted else 0.0


def _in_order(lines: Iterable[Spoken]) -> tuple[Spoken, ...]:
    return tuple(sorted(lines, key=lambda line: (line.start, line.id)))
