"""Invented people who sit in rooms, one of every role, and short ways to seat them."""

from __future__ import annotations

from collections.abc import Sequence

from server.rooms.room import decide, replay
from server.rooms.state import Room
from server.rooms.words import Command, RoomEvent
from server.rooms.words.people import Occupant, Role
from server.rooms.words.seats import Enter, Open

CHAIR = Occupant("p1", "Ratna Wulandari", "Anggota", "kpuri", "KPU RI", "chair")
MARIA = Occupant("p2", "Maria Tandilangi", "Anggota", "kaltara", "KPU Kaltara", "participant")
WULAN = Occupant("p3", "Wulan Prasetyo", "Kepala Bagian Hukum", "sumbar", "KPU Sumbar", "participant")
DEWI = Occupant("p4", "Dewi Anggraini", "Kasubbag", "kpuri", "KPU RI", "secretariat")
GUEST = Occupant("g1", "Hendra Gunawan", "Tamu", "", "Bawaslu RI", "guest")
PEOPLE: dict[Role, Occupant] = {
    "chair": CHAIR,
    "moderator": Occupant("p5", "Bambang Haryanto", "Anggota", "jatim", "KPU Jatim", "moderator"),
    "secretariat": DEWI,
    "presenter": Occupant("p6", "Sari Lestari", "Tenaga Ahli", "kpuri", "KPU RI", "presenter"),
    "operator": Occupant("p7", "Agus Salim", "Pranata Komputer", "kpuri", "KPU RI", "operator"),
    "participant": MARIA,
    "observer": Occupant("p8", "Rina Kusuma", "Staf", "bali", "KPU Bali", "observer"),
    "guest": GUEST,
}


def after(*commands: Command, now: float = 0.0) -> tuple[Room, list[RoomEvent]]:
    return go_on(Room(), *commands, now=now)


def go_on(room: Room, *commands: Command, now: float = 0.0) -> tuple[Room, list[RoomEvent]]:
    log: list[RoomEvent] = []
    for command in commands:
        events = decide(room, command, now)
        room = replay(room, events)
        log += events
    return room, log


def enter(who: Occupant, seat: str, mic: bool = True, shared: bool = False) -> Enter:
    return Enter(who, shared, mic, False, seat, notice=1)


SEATED: Sequence[Command] = (Open(), enter(CHAIR, "a"), enter(MARIA, "b"), enter(WULAN, "c"))
