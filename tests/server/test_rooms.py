"""A room is its events: what they tell is what was, also after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import PlaneDown
from media.ports import PeerLost, SlotPlan
from server.rooms import codec
from server.rooms.live import LiveRoom
from server.rooms.ports import MeetingFacts, NewTrack
from server.rooms.registry import Registry
from server.rooms.room import AWAY_S, Refused, Room, apply, decide
from server.rooms.words import (
    Command,
    Connect,
    Disconnect,
    End,
    Enter,
    Expire,
    Leave,
    LoseLine,
    Occupant,
    Open,
    PeerGone,
    Restart,
    RoomEvent,
    SeatLeft,
    SeatTaken,
    Switch,
)
from server.signalling import messages as say
from server.signalling.conversation import Conversation
from server.signalling.endpoint import _whole
from server.signalling.outbox import Outbox
from tests.waiting import settled

CHAIR = Occupant("p1", "Ratna Wulandari", "Anggota", "kpuri", "KPU RI", "chair")
MARIA = Occupant("p2", "Maria Tandilangi", "Anggota", "kaltara", "KPU Kaltara", "participant")


def after(*commands: Command, now: float = 0.0) -> tuple[Room, list[RoomEvent]]:
    room, log = Room(), []
    for command in commands:
        for event in decide(room, command, now):
            room = apply(room, event)
            log.append(event)
    return room, log


def enter(who: Occupant, seat: str) -> Enter:
    return Enter(who, False, True, False, seat)


def test_nobody_sits_down_before_the_opening_or_after_the_end() -> None:
    with pytest.raises(Refused, match="belum dibuka"):
        after(enter(CHAIR, "a"))
    with pytest.raises(Refused, match="sudah diakhiri"):
        after(Open(), enter(CHAIR, "a"), End("a"), enter(MARIA, "b"))


def test_a_person_has_one_seat() -> None:
    room, _ = after(Open(), enter(MARIA, "a"), LoseLine("a"), enter(MARIA, "b"))
    assert list(room.seats) == ["a"]
    assert room.seats["a"].away_since is None


def test_a_lost_line_is_given_up_in_time() -> None:
    room, _ = after(Open(), enter(MARIA, "a"), Connect("a", "peer"), LoseLine("a"), now=100.0)
    assert decide(room, Expire(), 100.0 + AWAY_S) == []
    assert decide(room, Expire(), 101.0 + AWAY_S) == [PeerGone("a", "peer"), SeatLeft("a", "lost")]


def test_a_new_connection_replaces_the_old_one() -> None:
    room, log = after(Open(), enter(MARIA, "a"), Connect("a", "one"), Connect("a", "two"))
    assert PeerGone("a", "one") in log
    assert room.seats["a"].peer == "two"
    assert decide(room, Disconnect("one"), 0.0) == []


def test_after_a_restart_nobody_has_a_line() -> None:
    room, _ = after(Open(), enter(CHAIR, "a"), enter(MARIA, "b"), Connect("b", "peer"), Restart(), now=5.0)
    assert {seat.away_since for seat in room.seats.values()} == {5.0}
    assert all(seat.peer is None for seat in room.seats.values())
    assert decide(room, Restart(), 6.0) == []


def test_a_participant_may_not_end_for_all() -> None:
    room, _ = after(Open(), enter(MARIA, "b"))
    with pytest.raises(Refused) as refused:
        decide(room, End("b"), 0.0)
    assert refused.value.code == "forbidden"


seats = st.sampled_from(["a", "b", "c"])
commands = st.one_of(
    st.just(Open()),
    st.just(Restart()),
    st.just(Expire()),
    st.builds(enter, st.sampled_from([CHAIR, MARIA]), seats),
    st.builds(Connect, seats, st.sampled_from(["p", "q", "r"])),
    st.builds(Disconnect, st.sampled_from(["p", "q", "r"])),
    st.builds(Switch, seats, st.booleans() | st.none(), st.booleans() | st.none()),
    st.builds(LoseLine, seats),
    st.builds(Leave, seats),
    st.builds(End, seats | st.none()),
)


@given(st.lists(st.tuples(commands, st.floats(0, 1000)), max_size=40))
def test_events_read_back_from_the_table_make_the_same_room(play: list[tuple[Command, float]]) -> None:
    room, log = Room(), []
    for command, now in play:
        try:
            events = decide(room, command, now)
        except Refused:
            continue
        for event in events:
            room = apply(room, event)
            log.append(codec.to_row(event))
    again = Room()
    for type_name, body in log:
        again = apply(again, codec.from_row(type_name, body))
    assert again == room
    people = [seat.occupant.person for seat in room.seats.values()]
    assert len(people) == len(set(people))
    assert not (room.ended and room.seats)


def test_whoever_comes_back_keeps_the_media_that_lives() -> None:
    room, log = after(Open(), enter(MARIA, "a"), Connect("a", "peer"), LoseLine("a"), enter(MARIA, "z"))
    assert isinstance(log[-1], SeatTaken)
    assert room.seats["a"].peer == "peer"


# --- a room at work ---

FACTS = MeetingFacts("m", "Rapat", "Asia/Jakarta", "terbuka", "2030-01-05", 0.0)


@dataclass
class Store:
    """Commits at once, or as soon as it is `free`; the first `refusals` commits fail as a locked database does."""

    free: asyncio.Event = field(default_factory=asyncio.Event)
    refusals: int = 0

    def __post_init__(self) -> None:
        self.free.set()

    async def facts(self, meeting: str) -> MeetingFacts | None:
        return FACTS

    async def open_meetings(self) -> list[str]:
        return []

    async def load(self, meeting: str) -> list[RoomEvent]:
        return []

    async def append(self, facts: MeetingFacts, events: Sequence[RoomEvent], track: NewTrack | None) -> None:
        await self.free.wait()
        if self.refusals:
            self.refusals -= 1
            raise TimeoutError("the database is locked")


@dataclass
class Plane:
    """Answers every offer; while `down`, nothing."""

    down: bool = False
    opened: list[str] = field(default_factory=list)

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        self.opened.append(room)

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        if self.down:
            raise PlaneDown("the media process is starting again")
        return sdp

    async def leave(self, room: str, peer: str) -> None:
        if self.down:
            raise PlaneDown("the media process is starting again")

    async def close_room(self, room: str) -> None: ...
    async def stats(self, room: str) -> dict[str, object]:
        return {}


@dataclass
class Listeners:
    orphans: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)

    async def begin(self, room: str, track: str) -> None:
        self.begun.append(track)

    async def orphaned(self, track: str) -> None:
        self.orphans.append(track)


class Desk:
    """A room with Maria in it, and everything her page was told."""

    def __init__(self) -> None:
        self.store, self.plane, self.listeners, self.outbox = Store(), Plane(), Listeners(), Outbox()
        room, _ = after(Open())
        self.room = LiveRoom(FACTS, room, SlotPlan(), Path("rec"), self.store, self.plane, self.listeners)

    async def sit(self) -> str:
        """Maria's first connection."""
        await self.room.enter(enter(MARIA, "a"), None, self.outbox, 0.0)
        return await self.connect()

    async def connect(self) -> str:
        return (await self.room.offer("a", say.Offer(id=1, sdp="v=0"), 0.0)).peer

    async def lost(self) -> list[say.MediaLost]:
        """What the page was told to be lost, since the last time."""
        self.outbox.put(say.Pong(at=0.0))
        told = []
        while not isinstance(message := await self.outbox.get(), say.Pong):
            told.append(message)
        return [each for each in told if isinstance(each, say.MediaLost)]


async def test_a_page_is_told_which_connection_is_lost() -> None:
    desk = Desk()
    peer = await desk.sit()
    await desk.room.on_lost(PeerLost("m", peer, "consent"), 1.0)
    assert await desk.lost() == [say.MediaLost(peer=peer, reason="consent")]
    assert desk.room.state.seats["a"].peer is None
    await desk.room.on_lost(PeerLost("m", peer, "dtls"), 2.0)
    assert await desk.lost() == []


@pytest.mark.parametrize("all_of_them", [False, True])
async def test_a_connection_replaced_meanwhile_is_nobodys_loss(all_of_them: bool) -> None:
    desk = Desk()
    old = await desk.sit()
    desk.store.free.clear()
    connecting = asyncio.create_task(desk.connect())
    await settled()  # the new connection is being committed: the room is locked
    down = desk.room.on_media_down(1.0) if all_of_them else desk.room.on_lost(PeerLost("m", old, "dtls"), 1.0)
    losing = asyncio.create_task(down)
    await settled()
    desk.store.free.set()
    await losing
    new = await connecting
    assert desk.room.state.seats["a"].peer == new
    assert await desk.lost() == []
    assert set(desk.listeners.orphans) == ({old} if all_of_them else set())


async def test_whoever_was_connected_when_media_died_is_told() -> None:
    desk = Desk()
    peer = await desk.sit()
    desk.plane.down = True
    await desk.room.on_media_down(1.0)
    assert await desk.lost() == [say.MediaLost(peer=peer, reason="restarted")]
    assert set(desk.listeners.orphans) == {peer}
    with pytest.raises(Refused) as refused:
        await desk.connect()
    assert refused.value.code == "media_down"
    assert await desk.lost() == []


async def test_a_track_ends_also_when_media_is_gone_before_anybody_knows() -> None:
    desk = Desk()
    peer = await desk.sit()
    desk.plane.down = True
    await desk.room.run(Leave("a"), 1.0)
    assert desk.listeners.orphans == [peer]


async def test_who_has_come_back_does_not_lose_the_seat_to_the_old_line() -> None:
    desk = Desk()
    await desk.sit()
    desk.store.free.clear()
    again = Outbox()
    entering = asyncio.create_task(desk.room.enter(enter(MARIA, "z"), None, again, 1.0))
    await settled()  # being committed
    old = desk.outbox
    losing = asyncio.create_task(desk.room.run(LoseLine("a"), 1.0, still=lambda: desk.room.hung_up("a", old)))
    await settled()
    desk.store.free.set()
    await entering
    assert await losing == []
    assert desk.room.state.seats["a"].away_since is None
    assert desk.room.outboxes == {"a": again}


async def test_a_seat_whose_end_could_not_be_written_is_not_kept_for_ever() -> None:
    desk = Desk()
    await desk.sit()
    desk.store.refusals = 1
    with pytest.raises(TimeoutError):
        await desk.room.run(LoseLine("a"), 1.0, still=lambda: desk.room.hung_up("a", desk.outbox))
    await desk.room.expire(2.0)
    assert desk.room.state.seats["a"].away_since == 2.0
    await desk.room.expire(3.0 + AWAY_S)
    assert desk.room.state.seats == {}


async def test_a_room_whose_opening_failed_can_be_opened() -> None:
    store, plane = Store(refusals=1), Plane()
    registry = Registry(store, plane, Listeners(), SlotPlan(), Path("rec"), lambda: 0.0)
    with pytest.raises(TimeoutError):
        await registry.opened("m")
    with pytest.raises(Refused):
        await registry.room("m").enter(enter(MARIA, "a"), None, Outbox(), 0.0)
    await registry.opened("m")
    await registry.room("m").enter(enter(MARIA, "a"), None, Outbox(), 0.0)
    assert plane.opened == ["m"]


async def test_one_room_in_trouble_leaves_the_others_be() -> None:
    store = Store()
    registry = Registry(store, Plane(), Listeners(), SlotPlan(), Path("rec"), lambda: 0.0)
    for meeting in ("m", "n"):
        await registry.opened(meeting)
        await registry.room(meeting).enter(enter(MARIA, "a"), None, Outbox(), 0.0)
        await registry.room(meeting).offer("a", say.Offer(id=1, sdp="v=0"), 0.0)
    store.refusals = 1
    await registry.on_media_down()
    assert [registry.room(meeting).state.seats["a"].peer is None for meeting in ("m", "n")] == [False, True]


# --- a page's socket ---


class Clock:
    def now(self) -> float:
        return 0.0


async def test_what_a_page_said_is_done_before_its_line_is_lost() -> None:
    desk = Desk()
    conversation = Conversation(desk.room, MARIA, Clock())
    await conversation.receive('{"type":"hello","version":1,"mic":true,"camera":false}')
    (seat,) = desk.room.state.seats
    desk.store.free.clear()
    offering = asyncio.create_task(_whole(conversation.receive('{"type":"offer","id":1,"sdp":"v=0"}')))
    await settled()
    offering.cancel()  # as a socket's end does
    losing = asyncio.create_task(conversation.lost())
    await settled()
    desk.store.free.set()
    await losing
    held = desk.room.state.seats[seat]
    assert held.peer is not None
    assert held.away_since is not None
    assert desk.listeners.begun == [held.peer]
