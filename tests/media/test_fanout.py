"""One packet to many: every receiver gets its own numbers, whichever of the two loops writes them."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiortc.rtcdtlstransport import SRTP_PROFILES, SRTPProtectionProfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media.fanout import MOST_RUN, Fan, Group, Lane, Shape, joins
from media.ports import Packet
from media.rtp import header
from media.rtp import vp8 as descriptor
from tests.media.network import Keys, Outlet, Receiver, outlet, receiver
from tests.media.packets import OPUS, VP8, audio_track, received, rtp, video_track, vp8

CSRC = 0xABCD1234
MID = b"\xbe\xde\x00\x01\x40\x35\x00\x00"  # id 4 says "5"
STAMPED = b"\xbe\xde\x00\x02\x40\x35\x22\x00\x00\x00\x00\x00"  # and id 2 when it was sent, three bytes from 7 on
SO_NO_CHECK = 11  # socket(7), as Linux numbers it
FAMILIES = (socket.AF_INET, socket.AF_INET6)


@dataclass(frozen=True)
class Numbers:
    """What a lane adds to a source's numbers, from which packet on."""

    first: int
    sequence: int
    timestamp: int
    picture_id: int
    tl0picidx: int


@dataclass(frozen=True)
class Way:
    """A receiver: its address family, the profile of its keys, and what it has of header extensions."""

    numbers: Numbers
    family: int = socket.AF_INET
    profile: SRTPProtectionProfile = SRTP_PROFILES[0]
    extension: bytes = MID

    def shape(self, payload_type: int, trailer: int) -> Shape:
        return Shape(payload_type, self.extension, 7 if self.extension == STAMPED else 0, trailer, self.family)


@dataclass
class House:
    """Several receivers behind one engine. Their sockets are kept from one example to the next."""

    outlet: Outlet
    receivers: dict[int, Receiver]
    keys: list[Keys] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)

    def open(self, ways: Sequence[Way], payload_type: int) -> Fan:
        """A fan with one lane for each way; lane k has SSRC 1000 + k."""
        fan = Fan()
        self.keys, self.lanes = [], []
        for number, way in enumerate(ways):
            keys, lane = Keys(number, way.profile), self.outlet.engine.lane(1_000 + number)
            lane.connect(keys.ours.sending, self.receivers[way.family].address)
            each = way.numbers
            lane.tune(each.first, each.sequence, each.timestamp, each.picture_id, each.tl0picidx)
            fan.add(lane, way.shape(payload_type, keys.ours.trailer))
            self.keys.append(keys)
            self.lanes.append(lane)
        return fan

    def send(self, fan: Fan, *run: Packet, late: bool = False) -> list[bytes]:
        """Datagrams that have come, in the order of SSRCs, and for each as they came."""
        engine = self.outlet.engine
        for group in list(fan.groups.values()):
            if late:
                engine.send_late(group, run[0], CSRC)
            else:
                engine.send(group, run, CSRC)
        return sorted((data for each in self.receivers.values() for data in each.take()), key=lambda data: data[8:12])

    def plain(self, datagrams: Sequence[bytes]) -> list[bytes]:
        return [self.keys[int.from_bytes(data[8:12], "big") - 1_000].open(data) for data in datagrams]


@pytest.fixture
def receivers() -> Iterator[dict[int, Receiver]]:
    with ExitStack() as stack:
        yield {family: stack.enter_context(receiver(family)) for family in FAMILIES}


@pytest.fixture
def house(sending: Outlet, receivers: dict[int, Receiver]) -> House:
    return House(sending, receivers)


def sound(sequence: int = 5, timestamp: int = 100) -> Packet:
    return received(audio_track(), rtp(sequence, timestamp, b"\xf8sound", marker=True), 1.0)


def picture(payload: bytes, sequence: int = 5, timestamp: int = 100) -> Packet:
    packet = received(video_track(), rtp(sequence, timestamp, payload, payload_type=VP8), 1.0)
    packet.stamp = 0x123456
    return packet


numbers = st.builds(
    Numbers,
    first=st.integers(0, 131_072),
    sequence=st.integers(-200_000, 200_000),
    timestamp=st.integers(-(2**33), 2**33),
    picture_id=st.integers(-70_000, 70_000),
    tl0picidx=st.integers(-600, 600),
)
ways = st.builds(
    Way, numbers, st.sampled_from(FAMILIES), st.sampled_from(SRTP_PROFILES), st.sampled_from([b"", MID, STAMPED])
)
payloads = st.builds(
    vp8,
    st.integers(0, 32_767),
    st.none() | st.integers(0, 255),
    keyframe=st.booleans(),
    starts=st.booleans(),
    bits=st.sampled_from([15, 15, 7, 0]),
)
packets = st.builds(picture, payloads | st.just(b""), st.integers(0, 65_535), st.integers(0, 2**32 - 1)) | st.builds(
    sound, st.integers(0, 65_535), st.integers(0, 2**32 - 1)
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ways=st.lists(ways, min_size=1, max_size=8), packet=packets, late=st.booleans())
def test_both_loops_send_the_same_bytes(
    library: Path, receivers: dict[int, Receiver], ways: list[Way], packet: Packet, late: bool
) -> None:
    with outlet("python", library) as python, outlet("c", library) as c:
        sent = []
        for each in (python, c):
            house = House(each, receivers)
            datagrams = house.send(house.open(ways, VP8 if packet.vp8 else OPUS), packet, late=late)
            assert each.engine.failed == 0
            for plain in house.plain(datagrams):
                check(plain, packet, ways[header.parse(plain).ssrc - 1_000])
            sent.append(datagrams)
    assert sent[0] == sent[1]
    assert len(sent[0]) == sum(not late or way.numbers.first <= packet.index for way in ways)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ways=st.lists(ways, min_size=1, max_size=40),
    count=st.integers(2, MOST_RUN),
    size=st.integers(40, 1_400),
    shorter=st.integers(0, 20),
)
def test_packets_of_one_size_go_together_and_come_one_by_one(
    library: Path, receivers: dict[int, Receiver], ways: list[Way], count: int, size: int, shorter: int
) -> None:
    sizes = [*([size] * (count - 1)), size - shorter]
    run = [picture(vp8(7, 3, starts=k == 0).ljust(sizes[k], b"x"), 65_530 + k) for k in range(count)]
    with outlet("python", library) as python, outlet("c", library) as c:
        sent = []
        for each in (python, c):
            house = House(each, receivers)
            datagrams = house.send(house.open(ways, VP8), *run)
            assert each.engine.failed == 0
            for number, way in enumerate(ways):
                mine = [data for data in datagrams if int.from_bytes(data[8:12], "big") == 1_000 + number]
                for plain, packet in zip(house.plain(mine), run, strict=True):
                    check(plain, packet, way)
            sent.append(datagrams)
    assert sent[0] == sent[1]


def check(plain: bytes, packet: Packet, way: Way) -> None:
    """What is sent is the source's packet with this lane's numbers, and nothing of the source's header."""
    by, sent = way.numbers, header.parse(plain)
    assert sent.sequence == (packet.index + by.sequence) % 65_536
    assert sent.timestamp == (packet.timestamp + by.timestamp) % 2**32
    assert (sent.payload_type, sent.marker) == (VP8 if packet.vp8 else OPUS, packet.marker)
    assert int.from_bytes(plain[12:16], "big") == CSRC
    stamp = {2: packet.stamp.to_bytes(3, "big")} if way.extension == STAMPED else {}
    assert sent.extensions == ({4: b"5"} | stamp if way.extension else {})
    was, payload = packet.data[packet.start : packet.end], plain[sent.start : sent.end]
    assert len(payload) == len(was)
    if packet.vp8 is None:
        assert payload == was
        return
    found, before = descriptor.parse(plain, sent.start, sent.end), packet.vp8
    assert found.picture_id_bits == before.picture_id_bits
    if before.picture_id_bits:
        assert found.picture_id == (before.picture_id + by.picture_id) % 2**before.picture_id_bits
    if before.tl0picidx_at:
        assert found.tl0picidx == (before.tl0picidx + by.tl0picidx) % 256
    assert payload[-7:] == was[-7:]


def test_what_the_kernel_will_not_split_is_sent_packet_by_packet(house: House) -> None:
    """It refuses to without checksums, as on interfaces that leave these to others and cannot."""
    house.outlet.sockets[socket.AF_INET].setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
    run = [picture(vp8(7, 3).ljust(900, b"x"), number) for number in (5, 6, 7)]
    came = house.plain(house.send(house.open([Way(Numbers(0, 0, 0, 0, 0)) for _ in range(30)], VP8), *run))
    assert [header.parse(each).sequence for each in came] == [5, 6, 7] * 30
    assert house.outlet.engine.failed == 0


def test_others_may_be_sent_to_between_the_parts_of_a_run(house: House) -> None:
    run = [picture(vp8(7, 3).ljust(300, b"x"), number) for number in (5, 6)]
    (group,) = house.open([Way(Numbers(0, 0, 0, 0, 0)) for _ in range(250)], VP8).groups.values()
    elsewhere = House(house.outlet, house.receivers)
    voices = elsewhere.open([Way(Numbers(0, 7, 0, 0, 0))], OPUS)
    heard: list[bytes] = []
    for number, _ in enumerate(house.outlet.engine.parts(group, run, CSRC)):
        assert len(house.receivers[socket.AF_INET].take()) >= 2
        heard += elsewhere.send(voices, sound(number))
    assert len(heard) > 2
    assert [header.parse(each).sequence for each in elsewhere.plain(heard)] == list(range(7, 7 + len(heard)))
    assert house.outlet.engine.failed == 0


def test_of_a_run_the_last_may_be_shorter() -> None:
    first, second = (picture(vp8(7, 3).ljust(90, b"x"), number) for number in (5, 6))
    shorter, after = picture(vp8(7, 3), 7), picture(vp8(7, 3), 8)
    assert joins([first], second)
    assert joins([first, second], shorter)
    assert not joins([first, second, shorter], after)
    assert not joins([shorter], picture(vp8(7, 3).ljust(90, b"x"), 8)), "longer than the first"
    assert not joins([first], shorter), "one is missing between them"
    assert not joins([first], picture(vp8(8, 4).ljust(90, b"x"), 6, 3_100)), "another picture"


def test_more_receivers_than_fit_in_one_call(house: House) -> None:
    fan = house.open([Way(Numbers(0, number, 0, 0, 0)) for number in range(200)], OPUS)
    came = house.plain(house.send(fan, sound()))
    assert [header.parse(each).sequence for each in came] == list(range(5, 205))
    assert len(fan) == 200
    assert len(fan.groups) == 1


def test_one_that_cannot_be_reached_costs_the_others_nothing(house: House) -> None:
    fan = house.open([Way(Numbers(0, 0, 0, 0, 0)) for _ in range(5)], OPUS)
    for number in (1, 3):
        house.lanes[number].connect(house.keys[number].ours.sending, ("127.0.0.1", 0))
    came = house.send(fan, sound())
    assert [int.from_bytes(each[8:12], "big") for each in came] == [1_000, 1_002, 1_004]
    assert house.outlet.engine.failed == 2


def test_what_srtp_refuses_costs_the_others_nothing(house: House) -> None:
    """It refuses a number that lies further back than it remembers what it protected."""
    fan = house.open([Way(Numbers(0, 20_000, 0, 0, 0)), Way(Numbers(0, 0, 0, 0, 0))], OPUS)
    assert len(house.send(fan, sound())) == 2
    (shape,) = fan.groups
    fan.change(house.lanes[0], shape)
    house.lanes[0].tune(0, 15_000, 0, 0, 0)
    assert [each[8:12] for each in house.send(fan, sound(6))] == [(1_001).to_bytes(4, "big")]
    assert house.outlet.engine.failed == 1


def test_who_has_left_gets_nothing_and_who_moves_gets_it_there(house: House) -> None:
    fan = house.open([Way(Numbers(0, 0, 0, 0, 0)) for _ in range(3)], OPUS)
    (shape,) = fan.groups
    assert len(house.send(fan, sound())) == 3
    fan.discard(house.lanes[1], shape)
    assert [each[8:12] for each in house.send(fan, sound(6))] == [n.to_bytes(4, "big") for n in (1_000, 1_002)]
    with receiver() as elsewhere:
        house.lanes[2].connect(house.keys[2].ours.sending, elsewhere.address)
        house.send(fan, sound(7))
        assert [each[8:12] for each in elsewhere.take()] == [(1_002).to_bytes(4, "big")]
    fan.discard(house.lanes[1], shape)  # twice is once
    for number in (0, 2):
        fan.discard(house.lanes[number], shape)
    assert fan.groups == {}
    assert len(fan) == 0
    fan.discard(house.lanes[0], shape)


def test_the_largest_packet_that_can_come_goes_out(house: House) -> None:
    fan = house.open([Way(Numbers(0, 0, 0, 0, 0), extension=STAMPED)], VP8)
    (datagram,) = house.send(fan, picture(vp8(1, 1).ljust(1_472, b"x")))
    assert len(datagram) == 16 + len(STAMPED) + 1_472 + house.keys[0].ours.trailer


def test_a_group_without_receivers_sends_nothing(house: House) -> None:
    house.outlet.engine.send(Group(Shape(OPUS, b"", 0, 16, socket.AF_INET)), [sound()], CSRC)
    assert house.outlet.engine.failed == 0
