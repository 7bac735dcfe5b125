"""Rooms at work: what is committed is told, what is lost is given up, and one room's trouble is its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from media.errors import PlaneDown
from media.ports import Kind, PeerLost, SlotPlan, VoiceUse, Wish
from server.rooms.live import LiveRoom
from server.rooms.ports import MeetingFacts, NewTrack
from server.rooms.registry import Registry
from server.rooms.state import AWAY_S, Refused, Room
from server.rooms.words import RoomEvent
from server.rooms.words.door import Admit
from server.rooms.words.floor import CloseFloor, GiveFloor
from server.rooms.words.leading import Stop
from server.rooms.words.people import Office
from server.rooms.words.roll import BeginRoll, CallNext
from server.rooms.words.seats import Leave, LoseLine, Open, Switch
from server.rooms.words.sitting import PauseRecord
from server.signalling import asked as ask
from server.signalling import messages as say
from server.signalling.conversation import Conversation
from server.signalling.endpoint import _whole
from server.signalling.outbox import Outbox
from server.signalling.shapes import PROTOCOL_VERSION, Message
from server.signalling.standing import Door, Roll
from server.turn import Turn
from tests.server.rooms.people import CHAIR, MARIA, WULAN, after, enter, go_on
from tests.waiting import settled

TURN = Turn()
HELLO = ask.Hello(version=PROTOCOL_VERSION, mic=True).model_dump_json()
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
    wishes: list[tuple[str, Wish]] = field(default_factory=list)
    sent: list[tuple[str, list[Kind]]] = field(default_factory=list)
    voices: list[tuple[str, VoiceUse]] = field(default_factory=list)
    floors: list[list[str]] = field(default_factory=list)

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        self.opened.append(room)

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        if self.down:
            raise PlaneDown("the media process is starting again")
        return sdp

    async def wish(self, room: str, peer: str, wish: Wish) -> None:
        if self.down:
            raise PlaneDown("the media process is starting again")
        self.wishes.append((peer, wish))

    async def sends(self, room: str, peer: str, kinds: Sequence[Kind]) -> None:
        if self.down:
            raise PlaneDown("the media process is starting again")
        self.sent.append((peer, list(kinds)))

    async def voice(self, room: str, peer: str, use: VoiceUse) -> None:
        if self.down:
            raise PlaneDown("the media process is starting again")
        self.voices.append((peer, use))

    async def floor(self, room: str, peers: Sequence[str]) -> None:
        self.floors.append(list(peers))

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

    def __init__(self, turn: Turn = TURN) -> None:
        self.store, self.plane, self.listeners, self.outbox = Store(), Plane(), Listeners(), Outbox()
        room, _ = after(Open())
        self.room = LiveRoom(FACTS, room, SlotPlan(), Path("rec"), self.store, self.plane, self.listeners, turn)

    async def sit(self) -> str:
        """Maria's first connection."""
        await self.room.enter(enter(MARIA, "a"), None, self.outbox, 0.0)
        return await self.connect()

    async def connect(self) -> str:
        return (await self.room.offer("a", ask.Offer(id=1, sdp="v=0"), 0.0)).peer

    async def told(self) -> list[Message]:
        """What the page was told since the last time."""
        self.outbox.put(say.Pong(at=0.0))
        told: list[Message] = []
        while not isinstance(message := await self.outbox.get(), say.Pong):
            assert message is not None
            told.append(message)
        return told

    async def lost(self) -> list[say.MediaLost]:
        """What the page was told to be lost, since the last time."""
        return [each for each in await self.told() if isinstance(each, say.MediaLost)]


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


async def test_a_welcome_brings_a_credential_of_its_seat() -> None:
    desk = Desk(Turn(("turn:relai.example",), "rahasia", 60.0))
    await desk.room.enter(enter(MARIA, "a"), None, desk.outbox, 1000.9)
    welcome = await desk.outbox.get()
    assert isinstance(welcome, say.Welcome)
    assert [(each.urls, each.username) for each in welcome.ice_servers] == [(["turn:relai.example"], "1060:a")]


async def test_what_is_being_said_is_told_and_a_newcomer_learns_it_whole() -> None:
    desk = Desk()
    peer = await desk.sit()
    await desk.told()
    desk.room.draft(peer, 1.0, "", "Rapat")
    desk.room.draft(peer, 1.0, "Rapat", "dibuka")
    desk.room.draft("a stranger", 1.0, "", "Halo")
    assert [(each.keep, each.text) for each in await desk.told() if isinstance(each, say.Draft)] == [
        (0, "Rapat"),
        (1, "dibuka"),
    ]
    newcomer = Outbox()
    await desk.room.enter(enter(WULAN, "b"), None, newcomer, 2.0)
    welcome = await newcomer.get()
    assert isinstance(welcome, say.Welcome)
    assert [(each.seat, each.text, each.settled) for each in welcome.drafts] == [("a", "Rapat dibuka", 1)]
    desk.room.undraft(peer)
    assert [each.text for each in await desk.told() if isinstance(each, say.Draft)] == [""]


async def test_a_room_whose_opening_failed_can_be_opened() -> None:
    store, plane = Store(refusals=1), Plane()
    registry = Registry(store, plane, Listeners(), SlotPlan(), Path("rec"), lambda: 0.0, TURN)
    with pytest.raises(TimeoutError):
        await registry.opened("m")
    with pytest.raises(Refused):
        await registry.room("m").enter(enter(MARIA, "a"), None, Outbox(), 0.0)
    await registry.opened("m")
    await registry.room("m").enter(enter(MARIA, "a"), None, Outbox(), 0.0)
    assert plane.opened == ["m"]


async def test_one_room_in_trouble_leaves_the_others_be() -> None:
    store = Store()
    registry = Registry(store, Plane(), Listeners(), SlotPlan(), Path("rec"), lambda: 0.0, TURN)
    for meeting in ("m", "n"):
        await registry.opened(meeting)
        await registry.room(meeting).enter(enter(MARIA, "a"), None, Outbox(), 0.0)
        await registry.room(meeting).offer("a", ask.Offer(id=1, sdp="v=0"), 0.0)
    store.refusals = 1
    await registry.on_media_down()
    assert [registry.room(meeting).state.seats["a"].peer is None for meeting in ("m", "n")] == [False, True]


async def test_media_learns_what_becomes_of_a_voice_before_a_new_connection_can_send() -> None:
    desk = Desk()
    desk.room.state = go_on(desk.room.state, enter(CHAIR, "c"), PauseRecord("c", True, "Doa"))[0]
    peer = await desk.sit()
    assert desk.plane.voices == [(peer, VoiceUse.HEARD)]
    await desk.room.run(PauseRecord("c", False), 0.0)
    await desk.room.run(Stop("c", "a", "mic"), 0.0)
    await desk.room.run(Stop("c", "a", "camera"), 0.0)
    assert desk.plane.voices[1:] == [(peer, VoiceUse.KEPT), (peer, VoiceUse.BARRED)]
    await desk.room.run(Switch("a", mic=True), 0.0)
    assert desk.plane.voices[3:] == [(peer, VoiceUse.KEPT)]


async def test_whoever_has_the_floor_is_heard_over_every_connection_of_theirs() -> None:
    desk = Desk()
    desk.room.state = go_on(desk.room.state, enter(CHAIR, "c"))[0]
    first = await desk.sit()
    await desk.room.run(GiveFloor("c", "a", 60), 0.0)
    second = await desk.connect()
    await desk.room.run(CloseFloor("a"), 0.0)
    assert desk.plane.floors == [[first], [second], []]


# --- a page's socket ---


class Clock:
    def now(self) -> float:
        return 0.0


async def test_what_a_page_said_is_done_before_its_line_is_lost() -> None:
    desk = Desk()
    conversation = Conversation(desk.room, MARIA, Clock())
    await conversation.receive(HELLO)
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


async def test_hundreds_who_are_let_in_at_once_are_told_of_once() -> None:
    desk = Desk()
    desk.room.state = go_on(Room(), Open(waits="everybody"), enter(CHAIR, "c"))[0]
    outbox = Outbox()
    desk.room.outboxes["c"] = outbox
    for number in range(300):
        await desk.room.run(enter(replace(MARIA, person=f"w{number}"), f"s{number}"), 0.0)
        assert (await outbox.get()) is not None
    await desk.room.run(Admit("c", None), 0.0)
    assert not outbox.overflowed
    (told,) = [await outbox.get() for _ in range(outbox._queue.qsize())]
    assert isinstance(told, Door)
    assert told.waiting == 0


async def test_hundreds_of_offices_that_do_not_answer_are_told_of_once() -> None:
    desk = Desk()
    offices = tuple(Office(f"o{number}", f"KPU {number}") for number in range(400))
    desk.room.state = go_on(Room(), Open((), offices), enter(CHAIR, "c"), BeginRoll("c", 60))[0]
    outbox = Outbox()
    desk.room.outboxes["c"] = outbox
    await desk.room.run(CallNext("c"), 0.0)
    assert not outbox.overflowed
    (told,) = [await outbox.get() for _ in range(outbox._queue.qsize())]
    assert isinstance(told, Roll)
    assert told.offices == []
