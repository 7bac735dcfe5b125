"""Who sits together at one device: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.rooms.state import Refused, Room, allowed, changed, meant, seated
from server.rooms.words import Command, RoomEvent
from server.rooms.words.company import Companion, CompanyNamed, NameCompany

MOST = 40  # at one device
LONGEST = 120  # letters of a name

# --- deciding ---


def _name(room: Room, command: NameCompany, now: float) -> list[RoomEvent]:
    """By whoever sits there, or who leads. Nobody is named twice."""
    seat = seated(room, command.seat)
    if command.of != seat.id:
        allowed(room, seat.id, "name_people")
    other = meant(room, command.of)
    if not other.shared:
        raise Refused("not_shared", "Di perangkat itu duduk satu orang. Masuk dengan “perangkat bersama” untuk banyak.")
    people = tuple(Companion(each.name.strip(), each.position.strip()) for each in command.people)
    _sound(people)
    return [] if people == other.company else [CompanyNamed(other.id, people, seat.id)]


def _sound(people: tuple[Companion, ...]) -> None:
    """Raises `Refused`."""
    names = [each.name.casefold() for each in people]
    if not all(0 < len(name) <= LONGEST for name in names) or len(names) > MOST:
        raise Refused("bad_company", f"Tulis nama setiap orang; paling banyak {MOST} orang di satu perangkat.")
    if len(set(names)) != len(names):
        raise Refused("named_twice", "Ada nama yang tertulis dua kali. Bedakan dengan gelar atau jabatan.")


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {NameCompany: _name}

# --- applying ---


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    CompanyNamed: lambda room, event: changed(room, event.seat, lambda seat: replace(seat, company=event.people)),
}
