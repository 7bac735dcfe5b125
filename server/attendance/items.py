"""Who was there while an item of the agenda was under discussion, as the room measured it. PURE."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from server.proceedings.course import Stretch
from server.proceedings.presence import Attendee


@dataclass(frozen=True, slots=True)
class ItemList:
    """`number` from 1, in the order of discussion. `start`, `end`: meeting seconds. `people`: as in the list, by id.

    `offices`: how many of those invited somebody was there for.
    """

    number: int
    title: str
    start: float
    end: float
    offices: int
    people: tuple[str, ...]


def by_item(
    stretches: Sequence[Stretch], measured: Sequence[Attendee], invited: Collection[str], until: float
) -> tuple[ItemList, ...]:
    """`invited`: ids of offices; `until`: meeting seconds up to which an item that goes on is looked at."""
    devices = {each.device for each in measured if each.device}
    found = []
    for number, item in enumerate((each for each in stretches if each.kind == "item"), 1):
        end = until if item.end is None else item.end
        here = [each for each in measured if _there(each, item.start, end)]
        offices = {each.office_id for each in here} & set(invited)
        ids = tuple(each.person for each in here if each.person not in devices)
        found.append(ItemList(number, item.title, item.start, end, len(offices), ids))
    return tuple(found)


def _there(each: Attendee, start: float, end: float) -> bool:
    return any(came < end and left > start for came, left in each.present)
