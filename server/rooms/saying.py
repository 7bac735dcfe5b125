"""A room's state in the words of signalling. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from media.ports import Kind, Mode, SlotFill, SlotPlan, SpeakersChanged, Wish
from server.rooms.drafts import Drafts
from server.rooms.ports import MeetingFacts
from server.rooms.state import Room, Seat
from server.signalling import asked as ask
from server.signalling import messages as say
from server.signalling.asks.delegation import Companion
from server.signalling.shapes import PROTOCOL_VERSION


def participant(seat: Seat) -> say.Participant:
    who = seat.occupant
    return say.Participant(
        seat=seat.id,
        name=seat.name,
        position="" if seat.shared else who.position,
        office=who.office,
        office_id=who.office_id,
        role=who.role,
        shared=seat.shared,
        mic=seat.mic,
        camera=seat.camera,
        screen=seat.screen,
        away=seat.away_since is not None,
        recorded=seat.recorded,
        company=[Companion(name=each.name, position=each.position) for each in seat.company],
    )


def welcome(
    room: Room,
    facts: MeetingFacts,
    plan: SlotPlan,
    seat: Seat,
    kept: bool,
    captions: Iterable[say.Caption],
    drafts: Drafts,
    relays: list[say.IceServer],
    now: float,
) -> say.Welcome:
    """`kept`: the page's media connection is still the seat's. `now`: Unix seconds."""
    return say.Welcome(
        version=PROTOCOL_VERSION,
        seat=seat.id,
        media_kept=kept,
        meeting=brief(facts),
        elapsed=max(0.0, now - facts.opened_at),
        plan=say.Plan(voices=plan.voices, cameras=plan.cameras),
        participants=[participant(each) for each in room.seats.values()],
        captions=list(captions),
        drafts=drafts.all(),
        ice_servers=relays,
    )


def brief(facts: MeetingFacts) -> say.MeetingBrief:
    offices = [office.id for office in facts.offices]
    return say.MeetingBrief(id=facts.id, title=facts.title, zone=facts.zone, offices=offices)


def slots(room: Room, fills: Sequence[SlotFill]) -> say.Slots:
    return say.Slots(slots=[_slot(room, fill) for fill in fills])


def send(kind: Kind, layers: Sequence[bool]) -> say.Send:
    """Only pictures have layers. Raises pydantic's `ValidationError` for other kinds."""
    return say.Send.model_validate({"kind": kind.value, "layers": list(layers)})


def kinds(seat: Seat) -> list[Kind]:
    """The pictures that are switched on."""
    return [kind for kind, on in ((Kind.CAMERA, seat.camera), (Kind.SCREEN, seat.screen)) if on]


def wish(room: Room, watch: ask.Watch) -> Wish:
    """A page names seats, media knows peers: a seat without a connection has nothing to show now."""
    pinned = (_peer(room, seat) for seat in watch.pinned)
    shown = ((_peer(room, each.seat), each.height) for each in watch.shown or ())
    return Wish(
        mode=Mode(watch.mode),
        pinned=tuple(peer for peer in pinned if peer is not None),
        shown=None if watch.shown is None else tuple((peer, height) for peer, height in shown if peer is not None),
    )


def speakers(room: Room, changed: SpeakersChanged) -> say.Speakers:
    dominant = _seats(room, [changed.dominant] if changed.dominant else [])
    return say.Speakers(seats=_seats(room, changed.peers), dominant=dominant[0] if dominant else None)


def _slot(room: Room, fill: SlotFill) -> say.Slot:
    seat = room.seat_with(fill.source) if fill.source is not None else None
    return say.Slot(
        mid=fill.mid, kind=fill.kind.value, seat=seat.id if seat else None, csrc=fill.csrc, paused=fill.paused
    )


def _peer(room: Room, seat: str) -> str | None:
    held = room.seats.get(seat)
    return held.peer if held is not None else None


def _seats(room: Room, peers: Iterable[str]) -> list[str]:
    found = (room.seat_with(peer) for peer in peers)
    return [seat.id for seat in found if seat is not None]
