"""How each person stands: as measured, with what was corrected laid over it. PURE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

from server.attendance.corrections import Change, Held, Mode, Role, Status, Subject
from server.proceedings.presence import LATE_S, Attendee

Standing = Literal["present", "late", "excused", "represented", "absent"]
ATTENDED = ("present", "late")


@dataclass(frozen=True, slots=True)
class Person:
    """As they stand on the list. `measured` None: never in the room. `minutes` None: nobody knows how long.

    `corrections`: numbers of those that made this different from what was measured.
    """

    id: str
    name: str
    position: str
    role: Role
    mode: Mode | None
    status: Standing
    represented_by: str
    note: str
    came_at: datetime | None
    left_at: datetime | None
    minutes: float | None
    measured: Attendee | None
    corrections: tuple[int, ...] = ()


def everybody(
    measured: Sequence[Attendee], corrected: Mapping[Subject, Held], opened_at: float
) -> list[tuple[tuple[str, str], Person]]:
    """Everybody with the office under which they stand: its id and its name."""
    found = []
    named = {each.device for each in measured if each.device}
    for each in measured:
        # Whoever signed in at a shared device is the device, once it has said who sits at it.
        if each.shared and each.person in named and Subject("person", each.person) not in corrected:
            continue
        over = corrected.get(Subject("person", each.person), Held())
        found.append(((each.office_id, each.office), _seen(each, over, opened_at)))
    seen = {each.person for each in measured}
    for subject, over in corrected.items():
        change = over.change
        # Who was added is there for as long as the correction that added them counts.
        if subject.kind == "person" and subject.id not in seen and change.office_id is not None:
            found.append(((change.office_id, change.office or ""), _unseen(subject.id, over, opened_at)))
    return found


def _seen(each: Attendee, over: Held, opened_at: float) -> Person:
    change = over.change
    came_at, left_at = (change.came_at or _at(opened_at + each.came)), (change.left_at or _at(opened_at + each.left))
    present = change.status in (None, "present")
    return Person(
        id=each.person,
        name=change.name or each.name,
        position=each.position if change.position is None else change.position,
        role=change.role or each.role,
        mode=(change.mode or ("shared_device" if each.shared else "online")) if present else change.mode,
        status=_standing(change.status or "present", came_at, opened_at),
        represented_by=change.represented_by or "",
        note=change.note or "",
        came_at=came_at if present else None,
        left_at=left_at if present else None,
        minutes=_minutes(each, change, opened_at) if present else None,
        measured=each,
        corrections=over.numbers,
    )


def _unseen(id: str, over: Held, opened_at: float) -> Person:
    change = over.change
    present = change.status in (None, "present")
    came_at, left_at = (change.came_at, change.left_at) if present else (None, None)
    return Person(
        id=id,
        name=change.name or "",
        position=change.position or "",
        role=change.role or ("participant" if change.office_id else "guest"),
        mode=change.mode,
        status=_standing(change.status or "present", came_at, opened_at),
        represented_by=change.represented_by or "",
        note=change.note or "",
        came_at=came_at,
        left_at=left_at,
        minutes=round(max(0.0, (left_at - came_at).total_seconds()) / 60, 1) if came_at and left_at else None,
        measured=None,
        corrections=over.numbers,
    )


def _standing(status: Status, came_at: datetime | None, opened_at: float) -> Standing:
    if status == "present" and came_at is not None and came_at.timestamp() - opened_at > LATE_S:
        return "late"
    return status


def _minutes(each: Attendee, change: Change, opened_at: float) -> float:
    """Measured presence from when they came until they left, as corrected: gaps between stay gaps."""
    if change.came_at is None and change.left_at is None:
        return round(each.seconds / 60, 1)
    came = each.came if change.came_at is None else change.came_at.timestamp() - opened_at
    left = each.left if change.left_at is None else change.left_at.timestamp() - opened_at
    gaps = [(before[1], after[0]) for before, after in pairwise(each.present)]
    absent = sum(_overlap(start, end, came, left) for start, end in gaps)
    return round(max(0.0, left - came - absent) / 60, 1)


def _overlap(start: float, end: float, since: float, until: float) -> float:
    return max(0.0, min(end, until) - max(start, since))


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
