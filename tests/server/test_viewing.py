"""What a page sees: slots piece by piece, its wishes over every reconnection, its layers, and how its line is."""

from __future__ import annotations

import pytest

from media.ports import Kind, LayersWanted, Mode, PeerLost, Quality, QualityChanged, SlotFill, SlotsChanged, Wish
from server.rooms.words.seats import Leave, LoseLine, Switch
from server.signalling import asked as ask
from server.signalling import messages as say
from server.signalling.outbox import Outbox
from server.signalling.shapes import Message
from tests.server.rooms.people import CHAIR, MARIA, WULAN, enter
from tests.server.test_live_rooms import Desk

VOICE = SlotFill("4", Kind.MIC, None, None)
CAMERA = SlotFill("8", Kind.CAMERA, None, None)
SEATS = {"a": MARIA, "b": WULAN, "c": CHAIR}


class Gallery:
    """Maria, Wulan and the chair, connected, and what their pages are told."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.room, self.plane = self.desk.room, self.desk.plane
        self.outboxes: dict[str, Outbox] = {}
        self.peers: dict[str, str] = {}

    @classmethod
    async def open(cls) -> Gallery:
        gallery = cls()
        for seat in SEATS:
            await gallery.enter(seat)
            await gallery.connect(seat)
        await gallery.room.tick(0.0)
        for seat in SEATS:
            await gallery.told(seat)
        return gallery

    async def enter(self, seat: str, peer: str | None = None) -> None:
        self.outboxes[seat] = Outbox()
        await self.room.enter(enter(SEATS[seat], seat), peer, self.outboxes[seat], 0.0)

    async def connect(self, seat: str) -> str:
        peer = (await self.room.offer(seat, ask.Offer(id=1, sdp="v=0"), 0.0)).peer
        self.peers[seat] = peer
        return peer

    async def told(self, seat: str) -> list[Message]:
        """Since the last time."""
        self.outboxes[seat].put(say.Pong(at=0.0))
        told: list[Message] = []
        while not isinstance(message := await self.outboxes[seat].get(), say.Pong):
            assert message is not None
            told.append(message)
        return told

    async def heard(self, seat: str, kind: type[Message]) -> list[Message]:
        return [message for message in await self.told(seat) if isinstance(message, kind)]

    def rate(self, seat: str, quality: Quality) -> None:
        self.room.on_seen(QualityChanged("m", self.peers[seat], quality))


def watch(*shown: tuple[str, int], pinned: tuple[str, ...] = (), mode: Mode = Mode.FULL) -> ask.Watch:
    return ask.Watch.model_validate(
        {"mode": mode, "pinned": list(pinned), "shown": [{"seat": seat, "height": height} for seat, height in shown]}
    )


# --- slots ---


async def test_a_page_is_told_the_slots_that_change_and_all_of_them_when_it_is_back() -> None:
    gallery = await Gallery.open()
    mine, of_wulan = gallery.peers["a"], SlotFill("8", Kind.CAMERA, gallery.peers["b"], 7, paused=True)
    gallery.room.on_seen(SlotsChanged("m", mine, (VOICE, CAMERA)))
    await gallery.told("a")
    gallery.room.on_seen(SlotsChanged("m", mine, (of_wulan,)))
    camera = say.Slot(mid="8", kind="camera", seat="b", csrc=7, paused=True)
    assert await gallery.told("a") == [say.Slots(slots=[camera])]
    await gallery.enter("a", peer=mine)
    voice = say.Slot(mid="4", kind="mic", seat=None, csrc=None, paused=False)
    assert await gallery.heard("a", say.Slots) == [say.Slots(slots=[voice, camera])]


async def test_slots_of_another_connection_are_nobodys() -> None:
    gallery = await Gallery.open()
    old = gallery.peers["a"]
    await gallery.connect("a")
    await gallery.told("a")
    gallery.room.on_seen(SlotsChanged("m", old, (VOICE,)))
    assert await gallery.told("a") == []
    await gallery.enter("a", peer=old)
    assert await gallery.heard("a", say.Slots) == []
    await gallery.enter("a", peer=gallery.peers["a"])
    assert await gallery.heard("a", say.Slots) == [say.Slots(slots=[])]


# --- wishes ---


async def test_a_wish_is_told_to_media_by_peer() -> None:
    gallery = await Gallery.open()
    await gallery.room.watch(
        "a", watch(("b", 540), ("nobody", 90), ("c", 180), pinned=("c", "nobody"), mode=Mode.SAVING)
    )
    b, c = gallery.peers["b"], gallery.peers["c"]
    assert gallery.plane.wishes == [(gallery.peers["a"], Wish(Mode.SAVING, (c,), ((b, 540), (c, 180))))]
    await gallery.room.watch("a", ask.Watch(mode="audio", pinned=[], shown=None))
    assert gallery.plane.wishes[-1] == (gallery.peers["a"], Wish(Mode.AUDIO))


async def test_a_wish_is_told_again_for_a_new_connection_of_ones_own() -> None:
    gallery = await Gallery.open()
    await gallery.room.watch("a", watch(("b", 540)))
    wish = gallery.plane.wishes.pop()[1]
    peer = await gallery.connect("a")
    assert gallery.plane.wishes == [(peer, wish)]


async def test_a_wish_follows_whom_it_names_to_a_new_connection() -> None:
    gallery = await Gallery.open()
    await gallery.room.watch("a", watch(("b", 540)))
    await gallery.room.watch("c", watch(("a", 540)))
    gallery.plane.wishes.clear()
    for _ in range(3):
        await gallery.connect("b")
    await gallery.room.tick(1.0)
    await gallery.room.tick(2.0)
    assert gallery.plane.wishes == [(gallery.peers["a"], Wish(shown=((gallery.peers["b"], 540),)))]


async def test_a_wish_outlives_the_media_process() -> None:
    gallery = await Gallery.open()
    await gallery.room.watch("a", watch(("b", 540)))
    gallery.plane.wishes.clear()
    gallery.plane.down = True
    await gallery.room.on_media_down(1.0)
    await gallery.room.watch("a", watch(("b", 720)))
    gallery.plane.down = False
    await gallery.connect("a")
    await gallery.connect("b")
    await gallery.room.tick(2.0)
    assert gallery.plane.wishes == [
        (gallery.peers["a"], Wish(shown=())),
        (gallery.peers["a"], Wish(shown=((gallery.peers["b"], 720),))),
    ]


async def test_media_that_does_not_answer_stops_nobody() -> None:
    gallery = await Gallery.open()
    await gallery.room.watch("a", watch(("b", 540)))
    gallery.plane.wishes.clear()
    await gallery.connect("b")
    gallery.plane.down = True
    await gallery.room.watch("a", watch(("b", 720)))
    await gallery.room.run(Switch("a", camera=True), 1.0)
    await gallery.room.tick(1.0)
    assert gallery.plane.wishes == []
    assert gallery.room.state.seats["a"].camera


async def test_who_left_wishes_nothing_any_more() -> None:
    gallery = await Gallery.open()
    await gallery.room.watch("a", watch(("b", 540)))
    gallery.plane.wishes.clear()
    await gallery.room.run(Leave("a"), 1.0)
    await gallery.room.watch("a", watch(("b", 540)))
    await gallery.enter("a")
    await gallery.connect("a")
    assert gallery.plane.wishes == []


def test_what_is_over_a_bound_is_not_looked_at() -> None:
    said = watch(*((f"s{n}", n) for n in range(300)), pinned=tuple(f"s{n}" for n in range(20)))
    assert said.shown is not None
    assert [each.seat for each in said.shown] == [f"s{n}" for n in range(ask.MOST_SHOWN)]
    assert said.pinned == [f"s{n}" for n in range(ask.MOST_PINNED)]


@pytest.mark.parametrize("height", [-1, 4321, 10.5, "satu", None])
def test_a_height_is_a_number_of_pixels(height: object) -> None:
    with pytest.raises(ValueError, match="height"):
        ask.FROM_PAGE.validate_python(
            {"type": "watch", "mode": "full", "pinned": [], "shown": [{"seat": "b", "height": height}]}
        )


# --- what one sends ---


async def test_media_knows_what_is_switched_on() -> None:
    gallery = await Gallery.open()
    gallery.plane.sent.clear()
    peer = gallery.peers["a"]
    await gallery.room.run(Switch("a", camera=True), 1.0)
    await gallery.room.run(Switch("a", screen=True), 1.0)
    assert gallery.plane.sent == [(peer, [Kind.CAMERA]), (peer, [Kind.CAMERA, Kind.SCREEN])]
    peer = await gallery.connect("a")
    assert gallery.plane.sent[-1] == (peer, [Kind.CAMERA, Kind.SCREEN])
    await gallery.room.run(LoseLine("a"), 2.0)
    assert gallery.plane.sent[-1] == (peer, [Kind.CAMERA])
    await gallery.enter("a", peer=peer)
    assert gallery.plane.sent[-1] == (peer, [])  # as its hello says


async def test_a_screen_that_is_taken_over_is_told_to_everybody() -> None:
    gallery = await Gallery.open()
    await gallery.room.run(Switch("a", screen=True), 1.0)
    await gallery.told("a")
    gallery.plane.sent.clear()
    await gallery.room.run(Switch("c", screen=True), 2.0)
    told = await gallery.heard("a", say.Joined)
    shown = [(each.participant.seat, each.participant.screen) for each in told if isinstance(each, say.Joined)]
    assert shown == [("a", False), ("c", True)]
    assert gallery.plane.sent == [(gallery.peers["a"], []), (gallery.peers["c"], [Kind.SCREEN])]


async def test_a_publisher_learns_which_of_its_layers_are_watched() -> None:
    gallery = await Gallery.open()
    peer = gallery.peers["a"]
    gallery.room.on_seen(LayersWanted("m", peer, Kind.CAMERA, (True, True, True)))
    gallery.room.on_seen(LayersWanted("m", peer, Kind.CAMERA, (True, False, False)))
    last = say.Send(kind="camera", layers=[True, False, False])
    assert await gallery.told("a") == [say.Send(kind="camera", layers=[True, True, True]), last]
    assert await gallery.told("b") == []
    await gallery.enter("a", peer=peer)
    assert await gallery.heard("a", say.Send) == [last]
    await gallery.connect("a")
    await gallery.enter("a", peer=gallery.peers["a"])
    assert await gallery.heard("a", say.Send) == []


# --- quality ---


async def test_quality_is_ones_own_and_everybodys_for_who_leads() -> None:
    gallery = await Gallery.open()
    gallery.rate("a", Quality.POOR)
    gallery.rate("a", Quality.FAIR)
    gallery.rate("b", Quality.GOOD)
    await gallery.room.tick(1.0)
    await gallery.room.tick(2.0)
    assert await gallery.told("a") == [say.Quality(seats={"a": 2})]
    assert await gallery.told("b") == [say.Quality(seats={"b": 3})]
    assert await gallery.told("c") == [say.Quality(seats={"a": 2, "b": 3})]
    gallery.rate("b", Quality.LOST)
    await gallery.room.tick(3.0)
    assert await gallery.told("a") == []
    assert await gallery.told("c") == [say.Quality(seats={"b": 0})]


async def test_quality_is_told_after_a_welcome() -> None:
    gallery = await Gallery.open()
    gallery.rate("a", Quality.POOR)
    await gallery.enter("a", peer=gallery.peers["a"])
    await gallery.enter("c")
    assert await gallery.heard("a", say.Quality) == [say.Quality(seats={"a": 1})]
    assert await gallery.heard("c", say.Quality) == [say.Quality(seats={"a": 1, "b": 3, "c": 3})]


async def test_a_new_connection_is_good_until_media_says_otherwise() -> None:
    gallery = await Gallery.open()
    gallery.rate("b", Quality.LOST)
    await gallery.room.on_lost(PeerLost("m", gallery.peers["b"], "consent"), 1.0)
    await gallery.room.tick(1.0)
    assert await gallery.heard("c", say.Quality) == []
    await gallery.connect("b")
    await gallery.room.tick(2.0)
    assert await gallery.heard("b", say.Quality) == [say.Quality(seats={"b": 3})]
    assert await gallery.heard("c", say.Quality) == [say.Quality(seats={"b": 3})]
    await gallery.room.on_media_down(3.0)
    await gallery.enter("c")
    assert await gallery.heard("c", say.Quality) == []
