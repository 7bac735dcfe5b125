"""The agenda and the item under discussion: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.rooms.state import Refused, Room, allowed, in_session
from server.rooms.words import Command, RoomEvent
from server.rooms.words.agenda import AgendaSet, BeginItem, Item, ItemBegun, SetAgenda
from server.rooms.words.sitting import RecordPaused, RecordResumed

MOST_ITEMS = 60

# --- deciding ---


def _set(room: Room, command: SetAgenda, now: float) -> list[RoomEvent]:
    """The item under discussion may be changed, not taken away."""
    seat = allowed(room, command.seat, "lead_agenda")
    ids = [item.id for item in command.items]
    if len(ids) > MOST_ITEMS or len(set(ids)) != len(ids) or not all(item.title.strip() for item in command.items):
        raise Refused("bad_agenda", f"Acara: paling banyak {MOST_ITEMS} butir, masing-masing dengan judul.")
    if room.item is not None and room.item not in ids:
        raise Refused("item_in_use", "Butir acara yang sedang dibahas tidak dapat dihapus.")
    return [] if command.items == room.agenda else [AgendaSet(command.items, seat.id)]


def _begin(room: Room, command: BeginItem, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "lead_agenda")
    in_session(room)
    item = next((each for each in room.agenda if each.id == command.item), None)
    if item is None and command.item is not None:
        raise Refused("unknown_item", "Butir acara itu tidak ada lagi.")
    if command.item == room.item:
        return []
    begun = ItemBegun(command.item, item.title if item is not None else "", seat.id, now)
    return [begun, *_record(room, item, seat.id, now)]


def _record(room: Room, item: Item | None, by: str, now: float) -> list[RoomEvent]:
    """An anthem pauses the record, and the next item ends that; a pause that somebody asked for stays."""
    recorded = item is None or item.recorded
    if room.pause is None:
        return [] if recorded or item is None else [RecordPaused(by, item.title, True, now)]
    return [RecordResumed(by, now)] if recorded and room.pause.item else []


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {SetAgenda: _set, BeginItem: _begin}

# --- applying ---


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    AgendaSet: lambda room, event: replace(room, agenda=event.items),
    ItemBegun: lambda room, event: replace(room, item=event.item, item_since=event.at),
}
