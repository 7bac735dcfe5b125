"""What a meeting leaves to be done by the next. PURE."""

from __future__ import annotations

from collections.abc import Mapping

from server.rooms.state import Room
from server.rooms.words.notes import Carried

NONE: Mapping[str, tuple[Carried, ...]] = {}


def left_over(
    room: Room, meeting: str, title: str, date: str, taken: Mapping[str, tuple[Carried, ...]] = NONE
) -> tuple[Carried, ...]:
    """What earlier meetings had left and this one found open, then its own follow-ups. `date`: ISO.

    `taken`: by meeting, what is still open of a signed notula. Where there is one it is the source, and what its room
    had noted is left out: nothing is listed twice.
    """
    former = [each.carried for each in room.carried.values() if each.how == "open"]
    own = [
        Carried(f"{meeting}:{note.id}", note.said.text, note.said.who, note.said.due, title, date)
        for note in room.notes.values()
        if note.said.kind == "follow_up" and not note.withdrawn
    ]
    noted = [each for each in (*former, *own) if each.id.partition(":")[0] not in taken]
    signed = [each for found in taken.values() for each in found]
    return tuple(sorted((*signed, *noted), key=lambda each: each.date))
