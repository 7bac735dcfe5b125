"""A room's state in the words of signalling. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from media.ports import SlotFill, SlotPlan, SpeakersChanged
from server.rooms.ports import MeetingFacts
from server.rooms.room import ENDERS, Room, Seat
from server.signalling import messages as say


def participant(seat: Seat) -> say.Participant:
    """A shared seat is shown as its office: who sits there is not known."""
    who = seat.occupant
    return say.Participant(
        seat=seat.id,
        name=who.office if seat.shared else who.name,
        position="" if seat.shared else who.position,
        office=who.office,
        role=who.role,
        shared=seat.shared,
        mic=seat.mic,
        camera=seat.camera,
        away=seat.away_since is not None,
    )


def welcome(
    room: Room, facts: MeetingFacts, plan: SlotPlan, seat: Seat, kept: bool, captions: Iterable[say.Caption], now: float
) -> say.Welcome:
    """`kept`: the page's media connection is still the seat's. `now`: Unix seconds."""
    return say.Welcome(
        version=say.PROTOCOL_VERSION,
        seat=seat.id,
        may_end=seat.occupant.role in ENDERS,
        media_kept=kept,
        meeting=say.MeetingBrief(id=facts.id, title=facts.title, zone=facts.zone),
        elapsed=max(0.0, now - facts.opened_at),
        plan=say.Plan(voices=plan.voices, cameras=plan.cameras),
        participants=[participant(each) for each in room.seats.values()],
        captions=list(captions),
    )


def slots(room: Room, fills: Sequence[SlotFill]) -> say.Slots:
    return say.Slots(slots=[_slot(room, fill) for fill in fills])


def speakers(room: Room, changed: SpeakersChanged) -> say.Speakers:
    dominant = _seats(room, [changed.dominant] if changed.dominant else [])
    return say.Speakers(seats=_seats(room, changed.peers), dominant=dominant[0] if dominant else None)


def _slot(room: Room, fill: SlotFill) -> say.Slot:
    seat = room.seat_with(fill.source) if fill.source is not None else None
    return say.Slot(mid=fill.mid, kind=fill.kind.value, seat=seat.id if seat else None, csrc=fill.csrc)


def _seats(room: Room, peers: Iterable[str]) -> list[str]:
    found = (room.seat_with(peer) for peer in peers)
    return [seat.id for seat in found if seat is not None]
