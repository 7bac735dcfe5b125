"""A room without sockets or encryption, at a time that is set by hand: real peers, seats, sources and slots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast

from media import sdp
from media.address import Address
from media.aiortc_bridge import Certificate, PacketBuffer, Srtp
from media.fanout import Group, Lane
from media.forwarder import Forwarder
from media.peer import Peer
from media.ports import Kind, Packet, PacketSink, SlotFill, SlotPlan, SlotsChanged
from media.router import Room, RoomPorts
from media.seat import Seat
from media.source import Source
from media.uptrack import UpTrack
from tests.media.client import RID_ID, RIDS, offer
from tests.media.packets import VP8, rtp, vp8

PLAN = SlotPlan(2, 3)
CERTIFICATE = Certificate()
FINGERPRINT = ":".join(["AB"] * 32)
MIDS = {Kind.MIC: "0", Kind.CAMERA: "1", Kind.SCREEN: "2", Kind.SCREEN_AUDIO: "3"}
SSRCS = {Kind.MIC: 1_000, Kind.CAMERA: 2_000, Kind.SCREEN: 3_000, Kind.SCREEN_AUDIO: 4_000}
Thing = TypeVar("Thing")


class Paper:
    """An engine that writes down what it would send: (SSRC of the lane, packet)."""

    def __init__(self) -> None:
        self.failed = 0
        self.sent: list[tuple[int, Packet]] = []

    def lane(self, ssrc: int) -> Lane:
        return Lane(ssrc)

    def send(self, group: Group, run: Sequence[Packet], csrc: int) -> None:
        self.sent += [(lane.ssrc, packet) for lane in group.lanes for packet in run]

    def parts(self, group: Group, run: Sequence[Packet], csrc: int) -> Iterator[None]:
        for lane in group.lanes:
            self.sent += [(lane.ssrc, packet) for packet in run]
            yield

    def send_late(self, group: Group, packet: Packet, csrc: int) -> None:
        self.sent += [(lane.ssrc, packet) for lane in group.lanes if lane.first <= packet.index]


class Plain:
    """SRTP that changes nothing. `again`: SSRCs of what went out as a slot's own packet, but not by the fan-out."""

    def __init__(self) -> None:
        self.sending, self.trailer = object(), 16
        self.again: list[int] = []

    def protect_again(self, buffer: PacketBuffer, length: int) -> int:
        self.again.append(int.from_bytes(buffer.bytes[8:12], "big"))
        return length

    def unprotect(self, buffer: PacketBuffer, length: int) -> int:
        return length

    unprotect_rtcp = protect = protect_rtcp = unprotect


class Book:
    """A sink that keeps packets."""

    def __init__(self, packets: list[Packet]) -> None:
        self._packets = packets

    def write(self, packet: Packet) -> None:
        self._packets.append(packet)

    def close(self) -> None:
        """Nothing is open."""


class House:
    """`events`: all that the room has said; `datagrams`: what went to peers besides slots, by port; `kept`: what

    sinks of microphones got, by peer.
    """

    def __init__(self, plan: SlotPlan = PLAN) -> None:
        self.now = 100.0
        self.plan = plan
        self.engine = Paper()
        self.events: list[object] = []
        self.kept: dict[str, list[Packet]] = {}
        self.dropped: list[tuple[str, str]] = []
        self.datagrams: dict[int, list[bytes]] = {}
        self.forwarder = Forwarder(self.engine, lambda: self.now)
        self.room = Room(
            "room",
            plan,
            RoomPorts(
                emit=self.events.append,
                send=self._send,
                sink_for=self._sink_for,
                drop=lambda peer, reason: self.dropped.append((peer.id, reason)),
                forwarder=self.forwarder,
            ),
        )
        self._offer = sdp.parse_offer(offer(plan, FINGERPRINT, full=True), plan)

    def join(self, name: str) -> Guest:
        """A participant who is connected."""
        guest = Guest(self, self.invite(name))
        guest.connect()
        return guest

    def invite(self, name: str) -> Peer:
        """One who has offered and is not connected yet."""
        peer = Peer(name, self._offer, self.room, CERTIFICATE, self.engine, self.now)
        self.room.add(peer)
        return peer

    def leave(self, guest: Guest) -> None:
        """As the forwarding unit does it."""
        self.room.remove(guest.peer)
        guest.peer.uplink.close()

    def tick(self, times: int = 1) -> None:
        for _ in range(times):
            self.now += 0.02
            self.room.tick(self.now, self.now)
            self.work()

    def work(self) -> None:
        while self.forwarder.work() | self.room.work(self.now + 1, lambda: self.now):
            """Nothing is left for later."""

    def heard(self, kind: type[Thing]) -> list[Thing]:
        """What the room has said of one kind, since the last call for it."""
        found = [event for event in self.events if isinstance(event, kind)]
        self.events[:] = [event for event in self.events if not isinstance(event, kind)]
        return found

    def seat(self, name: str) -> Seat:
        return self.room._seats[name]

    def _send(self, data: bytes | memoryview, address: Address) -> None:
        self.datagrams.setdefault(address[1], []).append(bytes(data))

    def _sink_for(self, room: str, peer: str, track: UpTrack) -> PacketSink:
        return Book(self.kept.setdefault(peer, []))


class Guest:
    """One participant: what it sends, and what its slots hold."""

    def __init__(self, house: House, peer: Peer) -> None:
        self.house, self.peer, self.name = house, peer, peer.id
        self.port = 1_000 + len(house.room.peers)
        self.counts: dict[tuple[Kind, int], int] = {}
        self.ssrcs = dict(SSRCS)
        self.plain = Plain()

    def connect(self) -> None:
        self.peer.srtp = cast(Srtp, self.plain)
        self.peer.ice.address = ("127.0.0.1", self.port)
        self.peer._connect_slots()
        self.house.room.connected(self.peer)

    # --- what it sends ---

    def speak(self, level: int = 20, packets: int = 1) -> None:
        for _ in range(packets):
            self.say_again(self.lose(), level)

    def lose(self) -> int:
        """The next packet of the microphone does not come; its number."""
        return self._count(Kind.MIC, 0)

    def say_again(self, number: int, level: int = 20) -> None:
        """A packet of the microphone that was lost comes after all."""
        self._send(rtp(number, number * 960, b"\xf8\xff\xfe", ssrc=self.ssrcs[Kind.MIC], mid="0", level=level))

    def film(self, layers: Sequence[int] = (0, 1, 2), *, kind: Kind = Kind.CAMERA, keyframe: bool = True) -> None:
        """One picture of each of these layers."""
        for layer in layers:
            number = self._count(kind, layer)
            payload = vp8(number, number, height=135 << layer) if keyframe else vp8(number, number)
            rid = RIDS[kind].split(";")[layer].encode()
            self._send(
                rtp(
                    number,
                    number * 3_000,
                    payload,
                    ssrc=self.ssrcs[kind] + layer,
                    payload_type=VP8,
                    mid=MIDS[kind],
                    more={RID_ID: rid},
                )
            )

    def play(self) -> None:
        """20 ms of sound of what the screen shows."""
        number = self._count(Kind.SCREEN_AUDIO, 0)
        self._send(rtp(number, number * 960, b"\xf8\xff\xfe", ssrc=self.ssrcs[Kind.SCREEN_AUDIO], mid="3"))

    def say(self, compound: bytes) -> None:
        """RTCP."""
        buffer = PacketBuffer()
        buffer.bytes[: len(compound)] = compound
        self.peer.on_rtcp(buffer, len(compound), self.house.now)

    def _count(self, kind: Kind, layer: int) -> int:
        self.counts[kind, layer] = self.counts.get((kind, layer), 0) + 1
        return self.counts[kind, layer]

    def _send(self, data: bytes) -> None:
        buffer = PacketBuffer()
        buffer.bytes[: len(data)] = data
        self.peer.on_rtp(buffer, len(data), self.house.now)

    # --- what it has ---

    def source(self, kind: Kind) -> Source:
        found = self.peer.uplink.source(kind)
        assert found is not None
        return found

    def slots(self, kind: Kind) -> list[str | None]:
        """Who is in its slots of one kind."""
        delivery = self.peer.delivery
        held = [delivery.sources.get(slot.mid) for slot in delivery.slots.values() if slot.kind is kind]
        return [source.peer if source is not None else None for source in held]

    def layers(self) -> dict[str, int | None]:
        """The layer that it gets, or awaits, of every picture in its slots."""
        delivery = self.peer.delivery
        return {
            source.peer: source.layer_of(delivery.slots[mid].coming)
            for mid, source in delivery.sources.items()
            if source.video
        }

    def told(self) -> dict[str, SlotFill]:
        """What it was told of its slots since the last call, by mid."""
        said = self.house.heard(SlotsChanged)
        self.house.events += [each for each in said if each.peer != self.name]
        mine = [each for each in said if each.peer == self.name]
        return {fill.mid: fill for each in mine for fill in each.slots}

    def received(self) -> list[bytes]:
        """What came to it besides slots, since the last call."""
        return self.house.datagrams.pop(self.port, [])
