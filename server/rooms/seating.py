"""Coming and going, and what a seat switches on: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from server.rooms.powers import may
from server.rooms.silence import silenced
from server.rooms.state import (
    AWAY_S,
    REFUSALS,
    FollowUp,
    Refused,
    Room,
    Seat,
    allowed,
    changed,
    in_open_room,
    seated,
    with_seat,
)
from server.rooms.words import Command, RoomEvent
from server.rooms.words.agenda import AgendaSet
from server.rooms.words.door import Knocked, WaitEnded
from server.rooms.words.people import Occupant
from server.rooms.words.seats import (
    Connect,
    Disconnect,
    End,
    Ended,
    Enter,
    Expire,
    Leave,
    LoseLine,
    Open,
    Opened,
    PeerGiven,
    PeerGone,
    Restart,
    SeatAway,
    SeatLeft,
    SeatSwitched,
    SeatTaken,
    Switch,
)

# --- deciding ---


def _open(room: Room, command: Open, now: float) -> list[RoomEvent]:
    if room.ended:
        raise Refused("meeting_ended", "Rapat sudah diakhiri.")
    if room.opened:
        return []
    opened = Opened(command.offices, command.waits, command.quorum, command.carried)
    return [opened, *([AgendaSet(command.agenda, None)] if command.agenda else [])]


def _enter(room: Room, command: Enter, now: float) -> list[RoomEvent]:
    in_open_room(room)
    kept = room.seat_of(command.occupant.person)
    _let_in(room, command, kept)
    if kept is None and waits(room, command.occupant):
        return [] if command.occupant.person in room.waiting else [Knocked(command.occupant, now)]
    occupant = replace(command.occupant, role=room.roles.get(command.occupant.person, command.occupant.role))
    seat = Seat(kept.id if kept is not None else command.fresh_seat, occupant, command.shared, False, False)
    mic = command.mic and not silenced(room, seat)
    # Who takes part in office attends what is recorded; a guest may refuse.
    recorded = command.recorded or occupant.role != "guest"
    return [SeatTaken(seat.id, occupant, command.shared, mic, command.camera, command.notice, recorded)]


def _let_in(room: Room, command: Enter, kept: Seat | None) -> None:
    """Raises `Refused`."""
    who = command.occupant
    if who.role == "guest" and command.notice < 1:
        raise Refused("notice_unread", "Baca pemberitahuan perekaman, lalu pilih apakah suara Anda boleh direkam.")
    if who.person in room.banned:
        raise Refused("banned", "Anda dikeluarkan dari rapat ini oleh pimpinan rapat.")
    if room.locked and kept is None and who.person not in room.admitted and not may(who.role, "lock_room"):
        raise Refused("room_locked", "Ruang rapat dikunci. Hubungi sekretariat penyelenggara untuk masuk.")


def waits(room: Room, who: Occupant) -> bool:
    """Whether they stay outside until somebody lets them in."""
    role = room.roles.get(who.person, who.role)
    if who.person in room.admitted or may(role, "admit"):
        return False
    return room.waits == "everybody" or (room.waits == "guests" and role == "guest")


def _connect(room: Room, command: Connect, now: float) -> list[RoomEvent]:
    seat = seated(room, command.seat)
    gone: list[RoomEvent] = [PeerGone(seat.id, seat.peer)] if seat.peer is not None else []
    return [*gone, PeerGiven(seat.id, command.peer)]


def _disconnect(room: Room, command: Disconnect, now: float) -> list[RoomEvent]:
    seat = room.seat_with(command.peer)
    return [PeerGone(seat.id, command.peer)] if seat is not None else []


def _switch(room: Room, command: Switch, now: float) -> list[RoomEvent]:
    seat = seated(room, command.seat)
    if seat.away_since is not None:
        raise Refused("no_seat", "Sambungan Anda terputus. Masuk kembali lebih dahulu.")
    wanted = {name: on for name in ("mic", "camera", "screen") if (on := getattr(command, name)) is not None}
    switched = replace(seat, **wanted)
    if switched == seat:
        return []
    if switched.mic and not seat.mic:
        _may_speak(room, seat)
    if switched.screen and not seat.screen:
        allowed(room, seat.id, "share")
    taken_over = _taking_screen(room, seat) if switched.screen and not seat.screen else []
    return [*taken_over, SeatSwitched(seat.id, switched.mic, switched.camera, switched.screen)]


def _may_speak(room: Room, seat: Seat) -> None:
    """Raises `Refused`."""
    allowed(room, seat.id, "speak")
    if silenced(room, seat):
        raise Refused("mics_locked", REFUSALS["speak_locked"])


def _taking_screen(room: Room, seat: Seat) -> list[RoomEvent]:
    """One screen at a time: what ends because `seat` begins to share. Raises `Refused`."""
    former = room.sharing
    if former is None:
        return []
    if not room.may(seat, "take_screen"):
        raise Refused("screen_taken", f"{former.name} sedang berbagi layar.")
    return _screen_off(former)


def _screen_off(seat: Seat) -> list[RoomEvent]:
    return [SeatSwitched(seat.id, seat.mic, seat.camera, screen=False)] if seat.screen else []


def _lose_line(room: Room, command: LoseLine, now: float) -> list[RoomEvent]:
    seat = room.seats.get(command.seat)
    return _away(seat, now) if seat is not None else []


def _away(seat: Seat, now: float) -> list[RoomEvent]:
    return [*_screen_off(seat), SeatAway(seat.id, now)] if seat.away_since is None else []


def _leave(room: Room, command: Leave, now: float) -> list[RoomEvent]:
    seat = room.seats.get(command.seat)
    return vacate(seat, "left") if seat is not None else []


def vacate(seat: Seat, reason: Literal["left", "lost", "ended", "removed"]) -> list[RoomEvent]:
    gone: list[RoomEvent] = [PeerGone(seat.id, seat.peer)] if seat.peer is not None else []
    return [*gone, SeatLeft(seat.id, reason)]


def _end(room: Room, command: End, now: float) -> list[RoomEvent]:
    if room.ended:
        return []
    if command.seat is not None:
        allowed(room, command.seat, "end")
    left = [event for seat in room.seats.values() for event in vacate(seat, "ended")]
    return [*left, Ended(command.seat)]


def _restart(room: Room, command: Restart, now: float) -> list[RoomEvent]:
    events: list[RoomEvent] = [WaitEnded(person) for person in room.waiting]
    for seat in room.seats.values():
        if seat.peer is not None:
            events.append(PeerGone(seat.id, seat.peer))
        events += _away(seat, now)
    return events


def _expire(room: Room, command: Expire, now: float) -> list[RoomEvent]:
    away = [seat for seat in room.seats.values() if seat.away_since is not None and now - seat.away_since > AWAY_S]
    return [event for seat in away for event in vacate(seat, "lost")]


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {
    Enter: _enter,
    Connect: _connect,
    Disconnect: _disconnect,
    Switch: _switch,
    LoseLine: _lose_line,
    Leave: _leave,
    Open: _open,
    End: _end,
    Restart: _restart,
    Expire: _expire,
}

# --- applying ---


def _opened(room: Room, event: Opened) -> Room:
    carried = {each.id: FollowUp(each) for each in event.carried}
    room = replace(room, opened=True, offices=event.offices, waits=event.waits)
    return replace(room, quorum=event.quorum, carried=carried)


def _taken(room: Room, event: SeatTaken) -> Room:
    """Media that lives is kept; a screen is not: who comes back asks for it again."""
    kept = room.seats.get(event.seat)
    peer = kept.peer if kept is not None else None
    barred = kept is not None and kept.barred and not event.mic
    seat = Seat(event.seat, event.occupant, event.shared, event.mic, event.camera)
    company = kept.company if kept is not None and event.shared else ()
    return with_seat(room, replace(seat, barred=barred, recorded=event.recorded, peer=peer, company=company))


def _switched(room: Room, event: SeatSwitched) -> Room:
    def switched(seat: Seat) -> Seat:
        barred = seat.barred and not event.mic
        return replace(seat, mic=event.mic, camera=event.camera, screen=event.screen, barred=barred)

    return changed(room, event.seat, switched)


def _given(room: Room, event: PeerGiven) -> Room:
    room = changed(room, event.seat, lambda seat: replace(seat, peer=event.peer))
    return replace(room, seat_by_peer={**room.seat_by_peer, event.peer: event.seat})


def _gone(room: Room, event: PeerGone) -> Room:
    room = changed(room, event.seat, lambda seat: replace(seat, peer=None) if seat.peer == event.peer else seat)
    return replace(room, seat_by_peer={peer: seat for peer, seat in room.seat_by_peer.items() if peer != event.peer})


def _left(room: Room, event: SeatLeft) -> Room:
    seats = {id: seat for id, seat in room.seats.items() if id != event.seat}
    return replace(room, seats=seats, hands=tuple(hand for hand in room.hands if hand.seat != event.seat))


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    Opened: _opened,
    SeatTaken: _taken,
    SeatAway: lambda room, event: changed(room, event.seat, lambda seat: replace(seat, away_since=event.since)),
    SeatLeft: _left,
    SeatSwitched: _switched,
    PeerGiven: _given,
    PeerGone: _gone,
    Ended: lambda room, event: replace(room, ended=True, waiting={}),
}
