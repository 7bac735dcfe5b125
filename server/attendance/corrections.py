"""What the secretariat corrects in an attendance list: rows that are only ever added. PURE.

A correction sets some fields of a subject, or withdraws an earlier one. Of a subject the newest that counts holds,
field by field. A withdrawal may be withdrawn itself: then what it took back counts again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal

from server.rooms.words import people

Status = Literal["present", "excused", "represented", "absent"]
Mode = Literal["online", "onsite", "shared_device"]
Role = people.Role | Literal["minutes_taker"]
Kind = Literal["person", "office"]
OF_AN_OFFICE = frozenset({"status", "represented_by", "note"})
"""What can be set of an office as a whole; all else is a person's."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Of whom a correction speaks. Somebody who was never in the room has an id that the correction gave them."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is set; None leaves a field as it was.

    `office_id` and `office` say where somebody stands who was never in the room; with an empty `office_id`, `office` is
    an outside institution.
    """

    status: Status | None = None
    represented_by: str | None = None
    mode: Mode | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None
    name: str | None = None
    position: str | None = None
    role: Role | None = None
    note: str | None = None
    office_id: str | None = None
    office: str | None = None

    def set(self) -> dict[str, Any]:
        """The fields that are set, in the order above."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in found.items() if value is not None}


NOTHING = Change()


@dataclass(frozen=True, slots=True)
class Correction:
    """`number`: from 1, in the order in which they were made. `withdraws`: the number of an earlier one, which `change`

    then leaves empty. `by` and `position`: as they were that day.
    """

    number: int
    subject: Subject
    change: Change
    reason: str
    by: str
    position: str
    at: datetime
    withdraws: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What all corrections of a subject come to, and the numbers of those that say so."""

    change: Change = NOTHING
    numbers: tuple[int, ...] = ()


def withdrawn(corrections: Sequence[Correction]) -> frozenset[int]:
    """Numbers of those that do not count. Seen from the newest: only what counts itself takes another back."""
    found: set[int] = set()
    for each in reversed(corrections):
        if each.withdraws is not None and each.number not in found:
            found.add(each.withdraws)
    return frozenset(found)


def counting(corrections: Sequence[Correction]) -> list[Correction]:
    """Those that set something and were not taken back, oldest first."""
    gone = withdrawn(corrections)
    return [each for each in corrections if each.withdraws is None and each.number not in gone]


def held(corrections: Sequence[Correction]) -> dict[Subject, Held]:
    found: dict[Subject, Held] = {}
    for each in counting(corrections):
        before = found.get(each.subject, Held())
        change = replace(before.change, **each.change.set())
        found[each.subject] = Held(change, (*before.numbers, each.number))
    return found
