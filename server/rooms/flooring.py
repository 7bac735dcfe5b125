"""Raised hands and the floor: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.rooms.silence import silenced
from server.rooms.state import Grant, Hand, Refused, Room, Seat, allowed, in_session, meant, seated
from server.rooms.words import Command, RoomEvent
from server.rooms.words.floor import (
    CloseFloor,
    Closing,
    ExtendFloor,
    FloorClosed,
    FloorExtended,
    FloorGiven,
    GiveFloor,
    HandLowered,
    HandRaised,
    LowerHand,
    NameSpeaker,
    RaiseHand,
    SpeakerNamed,
)
from server.rooms.words.leading import SeatStopped

LONGEST_S = 3600

# --- deciding ---


def _raise(room: Room, command: RaiseHand, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "raise_hand")
    raised = HandRaised(seat.id, command.request)
    up = next((hand for hand in room.hands if hand.seat == seat.id), None)
    if up is None:
        return [raised]
    return [] if up.request == command.request else [HandLowered(seat.id, seat.id), raised]


def _lower(room: Room, command: LowerHand, now: float) -> list[RoomEvent]:
    """One's own, somebody's, or all."""
    seat = seated(room, command.seat)
    if command.of != seat.id:
        allowed(room, seat.id, "order_hands")
    return [HandLowered(each.seat, seat.id) for each in room.hands if command.of in (None, each.seat)]


def _give(room: Room, command: GiveFloor, now: float) -> list[RoomEvent]:
    """Whoever had it has it no more; a hand that was up for it goes down."""
    seat = allowed(room, command.seat, "give_floor")
    in_session(room)
    other = meant(room, command.of)
    if not room.may(other, "speak"):
        raise Refused("may_not_speak", f"{other.name} adalah peninjau dan tidak dapat bicara.")
    if not 1 <= command.seconds <= LONGEST_S:
        raise Refused("bad_time", "Waktu bicara antara 1 detik dan 60 menit.")
    return give(room, seat, other, command.seconds, command.speaker, now)


def give(room: Room, by: Seat, to: Seat, seconds: int, speaker: str, now: float) -> list[RoomEvent]:
    """`speaker` counts at a shared device only; where one name is known there, it is theirs."""
    lowered: list[RoomEvent] = [HandLowered(hand.seat, by.id) for hand in room.hands if hand.seat == to.id]
    alone = to.company[0].name if len(to.company) == 1 else ""
    named = (speaker.strip() or alone) if to.shared else ""
    return [*_closed(room, by.id, "done"), *lowered, FloorGiven(to.id, by.id, named, seconds, now)]


def _extend(room: Room, command: ExtendFloor, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "give_floor")
    if room.grant is None:
        raise Refused("no_floor", "Tidak ada yang sedang diberi kesempatan bicara.")
    if not 1 <= command.seconds <= LONGEST_S - room.grant.seconds:
        raise Refused("bad_time", "Waktu bicara paling lama 60 menit.")
    return [FloorExtended(seat.id, command.seconds)]


def _speaker(room: Room, command: NameSpeaker, now: float) -> list[RoomEvent]:
    """A delegation hands its microphone on; the record says to whom."""
    seat = seated(room, command.seat)
    if room.grant is None:
        raise Refused("no_floor", "Tidak ada yang sedang diberi kesempatan bicara.")
    if room.grant.seat != seat.id:
        allowed(room, seat.id, "give_floor")
    holder = meant(room, room.grant.seat)
    if not holder.shared:
        raise Refused("not_shared", "Yang sedang bicara duduk sendiri di perangkatnya.")
    speaker = command.speaker.strip()
    return [] if speaker == room.grant.speaker else [SpeakerNamed(holder.id, speaker, seat.id)]


def _close(room: Room, command: CloseFloor, now: float) -> list[RoomEvent]:
    seat = seated(room, command.seat)
    if room.grant is not None and room.grant.seat != seat.id:
        allowed(room, seat.id, "give_floor")
    return _closed(room, seat.id, "done")


def _closed(room: Room, by: str | None, why: Closing) -> list[RoomEvent]:
    """Behind locked microphones nobody else's stays on."""
    if room.grant is None:
        return []
    events: list[RoomEvent] = [FloorClosed(room.grant.seat, by, why)]
    seat = room.seats.get(room.grant.seat)
    if seat is not None and seat.mic and silenced(replace(room, grant=None), seat):
        events.append(SeatStopped(seat.id, by, "mic"))
    return events


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {
    RaiseHand: _raise,
    LowerHand: _lower,
    GiveFloor: _give,
    ExtendFloor: _extend,
    CloseFloor: _close,
    NameSpeaker: _speaker,
}


def follow(room: Room, now: float) -> list[RoomEvent]:
    """The floor is nobody's whose seat is gone, nor while the meeting does not sit; a hand is of who may raise it."""
    lowered: list[RoomEvent] = [
        HandLowered(hand.seat, hand.seat) for hand in room.hands if not room.may(room.seats[hand.seat], "raise_hand")
    ]
    if room.grant is None:
        return lowered
    if room.ended:
        return [*lowered, *_closed(room, None, "ended")]
    if room.suspended is not None:
        return [*lowered, *_closed(room, None, "suspended")]
    holder = room.seats.get(room.grant.seat)
    if holder is None or not room.may(holder, "speak"):
        return [*lowered, *_closed(room, None, "left")]
    return lowered


# --- applying ---


def _raised(room: Room, event: HandRaised) -> Room:
    hands = [*room.hands, Hand(event.seat, event.request)]
    return replace(room, hands=tuple(sorted(hands, key=lambda hand: hand.request != "interrupt")))


def _extended(room: Room, event: FloorExtended) -> Room:
    if room.grant is None:
        return room
    return replace(room, grant=replace(room.grant, seconds=room.grant.seconds + event.seconds))


def _named(room: Room, event: SpeakerNamed) -> Room:
    return room if room.grant is None else replace(room, grant=replace(room.grant, speaker=event.speaker))


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    HandRaised: _raised,
    HandLowered: lambda room, event: replace(room, hands=tuple(hand for hand in room.hands if hand.seat != event.seat)),
    FloorGiven: lambda room, event: replace(room, grant=Grant(event.seat, event.speaker, event.at, event.seconds)),
    FloorExtended: _extended,
    SpeakerNamed: _named,
    FloorClosed: lambda room, event: replace(room, grant=None),
}
