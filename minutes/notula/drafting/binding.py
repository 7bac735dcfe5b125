"""What a rule has found in the transcript: a text, and the sentences it rests on. PURE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from minutes.notula.content import MOST_CITED, Who
from minutes.notula.drafting import roots, wording
from minutes.notula.drafting.owners import Directory
from minutes.notula.drafting.presiding import Presiding
from minutes.notula.drafting.turns import Sentence, Turn, once
from minutes.notula.material import Spoken

SAME = 0.6  # of the shorter text's matter: then one says again what the other said
SHORT, SAME_SHORT = 4, 0.75  # of few roots more must agree


@dataclass(frozen=True)
class Found:
    """`sentence`: where it was said; `also`: sentences that say it too, or that it takes up.

    `list_number`: of the list in which it was read out, which is how a meeting words what it has settled; 0: of none.
    """

    text: str
    sentence: Sentence
    also: tuple[Sentence, ...] = ()
    list_number: int = 0

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return (self.sentence, *self.also)

    @property
    def lines(self) -> tuple[Spoken, ...]:
        every = once(line for each in self.sentences for line in each.lines)
        return tuple(sorted(every, key=lambda line: (line.start, line.id)))

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(line.id for line in self.lines)[:MOST_CITED]

    @property
    def by(self) -> Who:
        return self.sentence.speaker


@dataclass(frozen=True)
class Course:
    """A meeting as the rules see it."""

    turns: tuple[Turn, ...]
    presiding: Presiding
    directory: Directory
    today: date

    def sentences(self) -> Iterable[Sentence]:
        return (said for turn in self.turns for said in turn.sentences)

    def leads(self, said: Sentence) -> bool:
        return self.presiding.leads(said.speaker)

    def before(self, said: Sentence, count: int) -> list[Sentence]:
        """What was said before it by anybody, the last first."""
        own = self.turns[said.turn].sentences
        found = list(reversed(own[: own.index(said)]))
        for turn in reversed(self.turns[max(0, said.turn - count) : said.turn]):
            found.extend(reversed(turn.sentences))
        return found[:count]

    def after(self, said: Sentence, count: int = 3) -> list[Sentence]:
        """What is said next, by anybody."""
        own = self.turns[said.turn].sentences
        found = list(own[own.index(said) + 1 :])
        for turn in self.turns[said.turn + 1 : said.turn + 1 + count]:
            found.extend(turn.sentences)
        return found[:count]

    def asks(self, said: Sentence) -> bool:
        return said.text.rstrip().endswith("?")


def merged(found: Iterable[Found]) -> list[Found]:
    """Each matter once: as it was read out last, or most fully; citing every place where it was said."""
    kept: list[Found] = []
    for each in found:
        at = next((k for k, one in enumerate(kept) if _same_matter(one, each)), None)
        if at is None:
            kept.append(each)
        else:
            kept[at] = _joined(kept[at], each)
    return kept


def same(one: str, other: str) -> bool:
    fewest = min(len(roots.roots(one)), len(roots.roots(other)))
    return roots.likeness(one, other) >= (SAME_SHORT if fewest < SHORT else SAME)


def _same_matter(one: Found, other: Found) -> bool:
    """Two points of one list are two matters, however alike."""
    of_one_list = one.list_number and one.list_number == other.list_number
    return not of_one_list and same(one.text, other.text)


def _joined(one: Found, other: Found) -> Found:
    better, worse = (other, one) if _rank(other) >= _rank(one) else (one, other)
    return replace(better, also=(*better.also, *worse.sentences))


def _rank(found: Found) -> tuple[bool, int]:
    return found.list_number > 0, len(roots.roots(found.text))


def quoted(text: str) -> str:
    return wording.cleaned(text)
