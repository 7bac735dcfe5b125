"""Lines joined to turns, turns cut to sentences; every sentence knows the lines that it stands in. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from minutes.notula.content import MOST_CITED, Who
from minutes.notula.drafting.reading import Reading
from minutes.notula.drafting.splitting import sentences
from minutes.notula.material import Item, Material, Spoken

INTERJECTION = 2  # words of another in between that end no turn: "ya", "siap Bu"
NEW_BREATH_S = 3.0  # a pause after which a line without a full stop is over all the same
WORDS_TO_A_STOP = 60
_STOPS = re.compile(r"[.?!](?=\s|$)")
# A line that begins or ends with one of these is half a sentence.
_GOES_ON = re.compile(
    r"(?:yang|dan|atau|serta|untuk|agar|supaya|dengan|dalam|di|ke|dari|pada|oleh|bahwa|karena|sehingga|paling|tanggal|sebelum"
    r"|sampai|hingga|tentang|mengenai|terhadap|kepada|sebagai|adalah|yaitu|antara|tapi|tetapi|setiap|seluruh|akan|tidak)",
    re.IGNORECASE,
)
LONGEST_TURN = 12_000  # characters: a quarter of an hour; a recording of one microphone is not one turn


@dataclass(frozen=True, eq=False)
class Sentence:
    """`lines`: those it was said in. `position` of the turn counts from 0, `first` is the turn's first."""

    text: str
    lines: tuple[Spoken, ...]
    turn: int
    first: bool

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(line.id for line in self.lines)[:MOST_CITED]

    @property
    def start(self) -> float:
        return self.lines[0].start

    @property
    def speaker(self) -> Who:
        return who(self.lines[0])

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.text)

    @property
    def plain(self) -> str:
        return self.reading.plain


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person said until another did, under one point of the agenda ("" for none)."""

    number: int
    item: str
    sentences: tuple[Sentence, ...]

    @property
    def speaker(self) -> Who:
        return self.sentences[0].speaker

    @property
    def start(self) -> float:
        return self.sentences[0].start

    @property
    def lines(self) -> tuple[Spoken, ...]:
        return once(line for each in self.sentences for line in each.lines)


def who(line: Spoken) -> Who:
    return Who(name=line.speaker or "", position=line.position or "", office=line.office)


def once(lines: Iterable[Spoken]) -> tuple[Spoken, ...]:
    return tuple({line.id: line for line in lines}.values())


def turns(material: Material) -> tuple[Turn, ...]:
    """In the order in which they began."""
    lines = sorted((line for line in material.lines if line.text.strip()), key=lambda line: (line.start, line.id))
    found: list[Turn] = []
    for item, joined in _joined(lines, material.items):
        if said := _sentences(joined, len(found)):
            found.append(Turn(len(found), item, said))
    return tuple(found)


@dataclass(slots=True)
class _Open:
    """The turn that goes on, and what others threw in meanwhile."""

    item: str
    lines: list[Spoken]
    thrown_in: list[Spoken] = field(default_factory=list)
    length: int = 0

    def takes(self, line: Spoken, item: str) -> bool:
        first = self.lines[0]
        same = (first.seat, first.speaker) == (line.seat, line.speaker)
        return same and item == self.item and self.length < LONGEST_TURN

    def add(self, line: Spoken) -> None:
        self.lines.append(line)
        self.length += len(line.text)


def _joined(lines: Iterable[Spoken], items: tuple[Item, ...]) -> Iterator[tuple[str, list[Spoken]]]:
    going_on: _Open | None = None
    for line in lines:
        item = _item(items, line)
        if going_on is not None and going_on.takes(line, item):
            going_on.add(line)
        elif going_on is not None and len(line.text.split()) <= INTERJECTION and item == going_on.item:
            going_on.thrown_in.append(line)
        else:
            yield from _closed(going_on)
            going_on = _Open(item, [line], length=len(line.text))
    yield from _closed(going_on)


def _closed(going_on: _Open | None) -> Iterator[tuple[str, list[Spoken]]]:
    if going_on is None:
        return
    yield going_on.item, going_on.lines
    yield from ((going_on.item, [line]) for line in going_on.thrown_in)


def _item(items: tuple[Item, ...], line: Spoken) -> str:
    """By the line's middle: who has the last word on a point may go on while the next one is called."""
    middle = (line.start + line.end) / 2
    under = (item.title for item in reversed(items) if item.start <= middle and (item.end is None or middle < item.end))
    return next(under, "")


def _sentences(lines: list[Spoken], turn: int) -> tuple[Sentence, ...]:
    text, spans = _one_text(lines)
    found: list[Sentence] = []
    for start, end in sentences(text):
        within = tuple(line for first, last, line in spans if first < end and start < last)
        found.append(Sentence(text[start:end], within, turn, not found))
    return tuple(found)


def _one_text(lines: list[Spoken]) -> tuple[str, list[tuple[int, int, Spoken]]]:
    """The lines' words, and from where to where each line's go. A long pause ends a sentence also without a stop."""
    stopped = _is_punctuated(lines)
    text, spans, before = "", [], None
    for line in lines:
        said = " ".join(line.text.split())
        if before is not None:
            text += ". " if text[-1].isalnum() and _ends(before, line, stopped) else " "
        spans.append((len(text), len(text) + len(said), line))
        text += said
        before = line
    return text, spans


def _is_punctuated(lines: list[Spoken]) -> bool:
    """A recogniser that writes no full stops at least parts lines where people pause."""
    text = " ".join(line.text for line in lines)
    return len(_STOPS.findall(text)) * WORDS_TO_A_STOP >= len(text.split())


def _ends(line: Spoken, following: Spoken, stopped: bool) -> bool:
    first, last = following.text.split()[0], line.text.split()[-1]
    if not stopped:
        return _GOES_ON.fullmatch(first) is None and _GOES_ON.fullmatch(last) is None
    return following.start - line.end > NEW_BREATH_S and not first[0].islower()
