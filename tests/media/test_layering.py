"""What publishers are told to send, and which layer goes to whom."""

from __future__ import annotations

import pytest

from media.layering import MOST_PROBES, Probes, claims, wanted
from media.ports import Kind, LayersWanted, Mode, SlotFill, SlotsChanged, Wish
from media.source import IDLE_S, UNWANTED_S
from tests.media.house import Guest, House

SMALL, LARGE = 120, 540  # heights on a page for which the lowest layer, or only the highest one, is sharp


class Show:
    """Maria films what she is told to; Wulan watches."""

    def __init__(self) -> None:
        self.house = House()
        self.maria, self.wulan = self.house.join("maria"), self.house.join("wulan")
        self.house.room.sends("maria", [Kind.CAMERA])
        self.asked: tuple[bool, ...] = (True, True, True)
        self.wish(SMALL)

    def wish(self, *heights: int, mode: Mode = Mode.FULL) -> None:
        self.house.room.wish("wulan", Wish(mode, shown=tuple(("maria", height) for height in heights)))

    def play(self, seconds: float, *, films: bool = True) -> None:
        for _ in range(round(seconds / 0.02)):
            if films:
                self.maria.film([layer for layer, on in enumerate(self.asked) if on])
            self.house.tick()
            for event in self.house.heard(LayersWanted):
                assert (event.peer, event.kind) == ("maria", Kind.CAMERA)
                self.asked = event.layers

    @property
    def got(self) -> set[int]:
        """Layers of which something came to Wulan since the last look."""
        ssrcs = {slot.ssrc for slot in self.wulan.peer.delivery.pictures}
        tracks = self.maria.source(Kind.CAMERA).layers
        packets = [packet for ssrc, packet in self.house.engine.sent if ssrc in ssrcs]
        self.house.engine.sent.clear()
        return {
            layer
            for layer, track in enumerate(tracks)
            for each in packets
            if track and each.data[8:12] == track.ssrc.to_bytes(4, "big")
        }


@pytest.fixture
def show() -> Show:
    return Show()


def test_a_few_try_out_their_way_at_a_time() -> None:
    probes = Probes()
    for number in range(MOST_PROBES):
        assert probes.admit(str(number))
        probes.note(str(number), True)
    assert probes.admit("3"), "who has begun goes on"
    assert not probes.admit("another")
    probes.note("3", False)
    probes.note("3", False)
    assert probes.admit("another")


def test_who_leaves_makes_room_for_others(show: Show) -> None:
    probes = show.house.room._staging.probes
    for name in ("wulan", *map(str, range(MOST_PROBES - 1))):
        probes.note(name, True)
    assert not probes.admit("another")
    show.house.room.remove(show.wulan.peer)
    assert probes.admit("another")


def test_layers_that_nobody_watches_are_stopped_and_begin_again_at_once(show: Show) -> None:
    show.play(UNWANTED_S - 0.5)
    assert show.asked == (True, True, True)
    assert show.got == {0}
    show.play(1.5)
    assert show.asked == (True, False, False)
    show.wish(0)
    show.play(UNWANTED_S + 1)
    assert show.asked == (False, False, False)
    assert show.got == {0}
    show.wish(SMALL)
    show.play(0.04)
    assert show.asked == (True, False, False)
    show.play(0.04)
    assert show.got == {0}


def test_nobody_sees_a_camera_go_while_it_starts_again(show: Show) -> None:
    """Its publisher is told at once, and needs a while: meanwhile it is in its slots, and they are not taken away."""
    show.play(0.5)
    show.wish(0)
    show.play(UNWANTED_S + 60, films=False)
    assert show.asked == (False, False, False)
    show.wulan.told()
    show.wish(SMALL)
    show.play(IDLE_S + 1, films=False)
    assert [fill.source for fill in show.wulan.told().values()] == ["maria"]
    show.play(0.1)
    assert show.wulan.slots(Kind.CAMERA)[2] == "maria"
    assert show.wulan.layers() == {"maria": 0}
    assert show.wulan.told() == {}


def test_a_camera_that_is_switched_off_leaves_the_slots_at_once(show: Show) -> None:
    show.play(0.5)
    assert show.wulan.slots(Kind.CAMERA) == [None, None, "maria"]
    show.house.room.sends("maria", [])
    show.play(0.02)
    assert show.wulan.slots(Kind.CAMERA) == [None, None, None]
    show.house.room.sends("maria", [Kind.CAMERA])
    show.play(0.1)
    assert show.wulan.slots(Kind.CAMERA) == [None, None, "maria"]


def test_a_camera_whose_participant_has_said_nothing_lives_by_its_packets() -> None:
    house = House()
    maria, wulan = house.join("maria"), house.join("wulan")
    for _ in range(3):
        maria.film()
        house.tick()
    assert wulan.slots(Kind.CAMERA)[2] == "maria"
    house.tick(round(IDLE_S / 0.02) + 2)
    assert wulan.slots(Kind.CAMERA)[2] is None


def test_what_is_said_before_the_first_packet_counts(show: Show) -> None:
    show.house.room.sends("maria", [])
    show.play(0.5)
    assert show.wulan.slots(Kind.CAMERA) == [None, None, None]


def test_only_changes_are_told_and_all_slots_at_first(show: Show) -> None:
    for each in (show.maria, show.wulan):
        assert set(each.told()) == set(each.peer.delivery.slots)
    show.play(0.1)
    csrc = show.maria.source(Kind.CAMERA).csrc
    (mid,) = (slot.mid for slot in show.wulan.peer.delivery.slots.values() if slot.coming)
    assert show.wulan.told() == {mid: SlotFill(mid, Kind.CAMERA, "maria", csrc)}
    show.play(3.0)
    assert show.house.heard(SlotsChanged) == []


def test_a_picture_that_its_receiver_does_not_show_is_paused(show: Show) -> None:
    show.play(0.1)
    show.wulan.told()
    show.house.room.wish("wulan", Wish(pinned=("maria",), shown=()))
    show.play(0.1)
    (fill,) = show.wulan.told().values()
    assert (fill.source, fill.paused) == ("maria", True)
    assert show.got == {0}
    show.play(0.1)
    assert show.got == set()
    show.wish(SMALL)
    show.play(0.1)
    (fill,) = show.wulan.told().values()
    assert (fill.source, fill.paused) == ("maria", False)
    assert show.got == {0}


def test_the_mode_decides_what_comes(show: Show) -> None:
    show.wish(LARGE)
    show.play(1.0)
    show.wish(LARGE, mode=Mode.SAVING)
    show.play(1.0)
    assert show.wulan.layers() == {"maria": 0}
    show.wish(LARGE, mode=Mode.AUDIO)
    show.play(1.0)
    assert show.wulan.layers() == {}


def test_whoever_waits_for_a_key_frame_goes_on_asking(show: Show) -> None:
    track = None
    for _ in range(160):
        show.maria.film([0], keyframe=False)
        show.house.tick()
        track = show.maria.source(Kind.CAMERA).layers[0]
    assert track is not None
    asked = [data for data in show.maria.received() if data[:2] == b"\x81\xce"]
    assert len(asked) == 4
    assert show.got == set()


# --- what is claimed ---


def cast(*names: str) -> tuple[House, Guest]:
    """Everybody films; the guest watches."""
    house = House()
    guests = [house.join(name) for name in names]
    guest = house.join("guest")
    for each in guests:
        house.room.sends(each.name, [Kind.CAMERA])
        each.film()
    guests[0].film([0, 1], kind=Kind.SCREEN)
    house.room.sends(guests[0].name, [Kind.CAMERA, Kind.SCREEN])
    house.tick(2)
    return house, guest


def ranks(guest: Guest, leading: str = "") -> dict[str, int]:
    mids = {mid: f"{source.peer}'s {source.kind}" for mid, source in guest.peer.delivery.sources.items()}
    return {mids[claim.mid]: claim.rank for claim in claims(guest.peer, frozenset(leading))}


def test_claims_are_ranked_by_what_is_protected_first() -> None:
    house, guest = cast("a", "b", "c")
    house.room.wish("guest", Wish(pinned=("c",), shown=(("b", LARGE), ("a", LARGE), ("c", LARGE))))
    house.tick()
    found = ranks(guest, leading="a")
    assert sorted(found, key=lambda name: found[name]) == ["a's screen", "a's camera", "c's camera", "b's camera"]
    found = ranks(guest)
    assert found["b's camera"] < found["a's camera"]


def test_claims_want_no_more_than_can_be_seen() -> None:
    house, guest = cast("a", "b", "c")
    house.room.wish("guest", Wish(shown=(("a", SMALL), ("b", LARGE), ("c", 250))))
    house.tick()
    sources = guest.peer.delivery.sources
    want = {
        f"{sources[claim.mid].peer}'s {sources[claim.mid].kind}": claim.want
        for claim in claims(guest.peer, frozenset())
    }
    assert want == {"a's screen": 1, "a's camera": 0, "b's camera": 2, "c's camera": 1}
    house.room.wish("guest", Wish())
    assert {claim.want for claim in claims(guest.peer, frozenset())} == {1, 2}


def test_a_publisher_is_told_once() -> None:
    house, _ = cast("a")
    sources = list(house.room._staging.pictures)
    house.now += UNWANTED_S + 1
    (first,) = [each for each in wanted("room", sources, house.now) if each.kind is Kind.CAMERA]
    assert first == LayersWanted("room", "a", Kind.CAMERA, first.layers)
    assert not all(first.layers)
    assert wanted("room", sources, house.now) == []
