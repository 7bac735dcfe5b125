"""What an import would do, row by row, before anything is written. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["new", "changed", "same", "wrong"]


@dataclass(frozen=True, slots=True)
class Change:
    """`key` of the column; texts as they stand in a table."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """`key` of the cell's column; `detail` says what to do."""

    key: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Planned:
    number: int
    label: str
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    wrong: tuple[Wrong, ...] = ()


def differences(before: dict[str, str], after: dict[str, str]) -> tuple[Change, ...]:
    return tuple(Change(key, before.get(key, ""), text) for key, text in after.items() if before.get(key, "") != text)
