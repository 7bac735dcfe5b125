"""What a meeting leaves to be done by the next. PURE."""

from __future__ import annotations

from server.rooms.state import Room
from server.rooms.words.notes import Carried


def left_over(room: Room, meeting: str, title: str, date: str) -> tuple[Carried, ...]:
    """What earlier meetings had left and this one found open, then its own follow-ups. `date`: ISO."""
    former = [each.carried for each in room.carried.values() if each.how == "open"]
    own = [
        Carried(f"{meeting}:{note.id}", note.said.text, note.said.who, note.said.due, title, date)
        for note in room.notes.values()
        if note.said.kind == "follow_up" and not note.withdrawn
    ]
    return (*former, *own)
