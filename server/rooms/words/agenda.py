"""The agenda and where the meeting is in it: what can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One item (acara). `id` stays what it is when items are changed or moved; `minutes` 0: as long as it takes."""

    id: str
    title: str
    presenter: str = ""
    minutes: int = 0
    recorded: bool = True
    """False: anthem or prayer. Nothing of it is recorded."""


# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class AgendaSet:
    items: tuple[Item, ...]
    by: str | None
    """A seat; None: as it was when the meeting was opened."""


@dataclass(frozen=True, slots=True)
class ItemBegun:
    """The item under discussion from `at` (Unix seconds) on; None: none. Its title as it was then."""

    item: str | None
    title: str
    by: str
    at: float


# --- commands ---


@dataclass(frozen=True, slots=True)
class SetAgenda:
    seat: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class BeginItem:
    seat: str
    item: str | None
