"""What a person can do with lines, as data. PURE.

Every edit names the lines it is about with the version it was made for. Places are characters of a line's text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retext:
    line: str
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """In two before the character `at`; a word that lies across it goes where most of it is."""

    line: str
    version: int
    at: int


@dataclass(frozen=True, slots=True)
class Merge:
    """With the next line of the same seat, which is gone then."""

    line: str
    version: int
    next: str
    next_version: int


@dataclass(frozen=True, slots=True)
class Name:
    """Say who spoke; "" for nobody's position."""

    line: str
    version: int
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Inaudible:
    line: str
    version: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redact:
    line: str
    version: int
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """Somebody has listened, and the words are right."""

    line: str
    version: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, as it is written; spaces of any length are one."""

    find: str
    match_case: bool
    whole_words: bool


@dataclass(frozen=True, slots=True)
class Replace:
    """`lines`: id and version of each that is meant. What has changed since is left as it is."""

    wanted: Wanted
    put: str
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Of an edit, by its id; may be undone itself."""

    edit: str


OfOneLine = Retext | Split | Name | Inaudible | Redact | Check
Edit = OfOneLine | Merge | Replace | Undo
