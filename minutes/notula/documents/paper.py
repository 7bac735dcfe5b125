"""A paper before it has pages: every word of it, in blocks that both PDF and DOCX can set. PURE.

Texts are plain: what a person wrote is never markup. All of it goes through JSON to the process that prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face. `soft`: small and grey."""

    text: str
    bold: bool = False
    soft: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1: a section; 2 and 3: what is in it. It never stands last on a page."""

    text: str
    level: int = 1
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs
    centred: bool = False
    indented: bool = False
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Notice:
    """Words in a frame: what whoever holds the paper must know first."""

    text: str
    block: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class Entry:
    """`more`: lines below the text, smaller."""

    runs: Runs
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """Numbered from 1 on."""

    entries: tuple[Entry, ...]
    block: Literal["entries"] = "entries"


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line of the head; several values are numbered; `inner`: it is a part of the one above."""

    label: str
    values: tuple[str, ...]
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    facts: tuple[Fact, ...]
    block: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Column:
    """`share` of the width that is left; `width_mm`: a fixed one instead."""

    title: str
    share: float = 1.0
    width_mm: float = 0.0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    sub: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A single cell in a row of several columns stands over all of them, in the middle."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Its head is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    block: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Signature:
    """`how` "": room is left to sign by hand. `name` "": to be filled in."""

    what: tuple[str, ...]
    name: str
    position: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Never apart from each other, nor alone on a page. `dated` stands over the right one."""

    dated: str
    signatures: tuple[Signature, ...]
    block: Literal["signatures"] = "signatures"


@dataclass(frozen=True, slots=True)
class Annex:
    """A new page that is headed by what it is annexed to."""

    title: str
    to: tuple[str, ...]
    block: Literal["annex"] = "annex"


Block = Heading | Paragraph | Notice | Entries | Facts | Table | Signatures | Annex


@dataclass(frozen=True, slots=True)
class Footer:
    """`code` "": nothing is sealed, there is nothing to check. `url` "": nobody knows the address; no QR."""

    told: str
    code: str = ""
    sha256: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """`mark`: over every page ("DRAF"), "" for none. `marking`: the classification where it is to be seen."""

    letterhead: tuple[str, ...]
    title: str
    subtitle: str
    number: str
    blocks: tuple[Block, ...]
    footer: Footer
    author: str
    mark: str = ""
    banner: str = ""
    marking: str = ""
    landscape: bool = False
