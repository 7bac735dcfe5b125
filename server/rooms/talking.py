"""Chat: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.rooms.state import Refused, Room, Seat, allowed, meant
from server.rooms.words import Command, RoomEvent
from server.rooms.words.talking import ChatLimited, LimitChat, Write, Written

LONGEST = 2_000  # characters of one message


def reads(room: Room, seat: Seat, message: Written) -> bool:
    """Whoever wrote it, whom it is for; what is for all, everybody."""
    if message.audience == "all" or seat.occupant.person in (message.person, message.to_person):
        return True
    return message.audience == "leaders" and room.may(seat, "order_chat")


# --- deciding ---


def _write(room: Room, command: Write, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "chat")
    text = command.text.strip()
    if not text or len(text) > LONGEST:
        raise Refused("bad_chat", f"Pesan berisi 1 sampai {LONGEST} huruf.")
    other = meant(room, command.of) if command.audience == "one" else None
    _limits(room, seat, other, command)
    written = Written(
        message=f"m{len(room.chat) + 1}",
        person=seat.occupant.person,
        name=seat.name,
        audience=command.audience,
        to_person=other.occupant.person if other is not None else "",
        to_name=other.name if other is not None else "",
        text=text,
        at=now,
    )
    return [written]


def _limits(room: Room, seat: Seat, other: Seat | None, command: Write) -> None:
    """Whoever leads writes to everybody, and is written to by everybody. Raises `Refused`."""
    leads = room.may(seat, "order_chat") or (other is not None and room.may(other, "order_chat"))
    if room.chat_to == "leaders" and command.audience != "leaders" and not leads:
        raise Refused("chat_limited", "Pimpinan rapat membatasi obrolan: pesan hanya dapat dikirim ke sekretariat.")


def _limit(room: Room, command: LimitChat, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "order_chat")
    return [] if command.to == room.chat_to else [ChatLimited(seat.id, command.to)]


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {Write: _write, LimitChat: _limit}

# --- applying ---


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    Written: lambda room, event: replace(room, chat=(*room.chat, event)),
    ChatLimited: lambda room, event: replace(room, chat_to=event.to),
}
