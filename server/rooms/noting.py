"""Outcomes noted in the moment: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from server.rooms.state import Note, Refused, Room, allowed
from server.rooms.words import Command, RoomEvent
from server.rooms.words.notes import (
    CarriedSettled,
    ChangeNote,
    MakeNote,
    NoteChanged,
    NoteMade,
    NoteWithdrawn,
    Said,
    SettleCarried,
    WithdrawNote,
)

# --- deciding ---


def _make(room: Room, command: MakeNote, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "note")
    return [NoteMade(f"c{len(room.notes) + 1}", _sound(command.said), room.item, seat.id, now)]


def _change(room: Room, command: ChangeNote, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "note")
    note = _note(room, command.note)
    said = _sound(command.said)
    return [] if said == note.said else [NoteChanged(note.id, said, seat.id)]


def _withdraw(room: Room, command: WithdrawNote, now: float) -> list[RoomEvent]:
    """Nothing is deleted: what was shown to the room stays on its record, withdrawn."""
    seat = allowed(room, command.seat, "note")
    note = _note(room, command.note)
    return [] if note.withdrawn == command.on else [NoteWithdrawn(note.id, seat.id, command.on)]


def _note(room: Room, id: str) -> Note:
    if (note := room.notes.get(id)) is None:
        raise Refused("unknown_note", "Catatan itu tidak ada.")
    return note


def _sound(said: Said) -> Said:
    """Raises `Refused` for an outcome that says nothing, or is due on no day."""
    if not said.text.strip():
        raise Refused("empty_note", "Tulis isi catatan.")
    if said.due:
        try:
            date.fromisoformat(said.due)
        except ValueError:
            raise Refused("bad_date", "Tenggat bukan tanggal.") from None
    return replace(said, text=said.text.strip(), who=said.who.strip(), stage=said.stage.strip())


def _settle(room: Room, command: SettleCarried, now: float) -> list[RoomEvent]:
    """What became of what an earlier meeting agreed on."""
    seat = allowed(room, command.seat, "note")
    if (found := room.carried.get(command.carried)) is None:
        raise Refused("unknown_note", "Tindak lanjut itu tidak ada.")
    remark = command.remark.strip()
    if (found.how, found.remark) == (command.how, remark):
        return []
    return [CarriedSettled(command.carried, command.how, remark, seat.id, now)]


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {
    MakeNote: _make,
    ChangeNote: _change,
    WithdrawNote: _withdraw,
    SettleCarried: _settle,
}

# --- applying ---


def _with(room: Room, note: Note) -> Room:
    return replace(room, notes={**room.notes, note.id: note})


def _settled(room: Room, event: CarriedSettled) -> Room:
    found = replace(room.carried[event.carried], how=event.how, remark=event.remark)
    return replace(room, carried={**room.carried, event.carried: found})


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    NoteMade: lambda room, event: _with(room, Note(event.note, event.said, event.item, event.at)),
    NoteChanged: lambda room, event: _with(room, replace(room.notes[event.note], said=event.said)),
    NoteWithdrawn: lambda room, event: _with(room, replace(room.notes[event.note], withdrawn=event.on)),
    CarriedSettled: _settled,
}
