"""A whole room in one process, in virtual time: real peers, slots and decisions, wires that lose and delay.

Only encryption is left out: packets are what they are between SRTP and the rest.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from media import sdp
from media.address import Address
from media.aiortc_bridge import Certificate, PacketBuffer, Srtp
from media.fanout import Group, Lane, lay_out, patch, payload_start
from media.forwarder import Forwarder
from media.peer import Peer
from media.ports import Event, Packet, PacketSink, SlotPlan
from media.reorder import OrderedSink, Sound
from media.router import Room, RoomPorts
from media.uptrack import UpTrack
from tests.media.browser import Browser
from tests.media.client import offer
from tests.media.link import HEADERS, Link

PLAN = SlotPlan(2, 2)
TICK_S, PROBING_TICK_S = 0.04, 0.02  # as it is where a voice comes every 20 ms
CERTIFICATE = Certificate()
Happening = Callable[[float], None]


class Plain:
    """SRTP that changes nothing."""

    def __init__(self) -> None:
        self.sending, self.trailer = object(), 0

    def unprotect(self, buffer: PacketBuffer, length: int) -> int:
        return length

    unprotect_rtcp = protect = protect_again = protect_rtcp = unprotect


class PlainEngine:
    """A fan-out into the wires."""

    failed = 0

    def __init__(self, send: Callable[[bytes, Address], None]) -> None:
        self._send = send
        self._buffer = memoryview(bytearray(2048))

    def lane(self, ssrc: int) -> Lane:
        return Lane(ssrc)

    def send(self, group: Group, run: Sequence[Packet], csrc: int) -> None:
        for packet in run:
            self.send_late(group, packet, csrc)

    def parts(self, group: Group, run: Sequence[Packet], csrc: int) -> Iterator[None]:
        self.send(group, run, csrc)
        yield

    def send_late(self, group: Group, packet: Packet, csrc: int) -> None:
        for lane in list(group.lanes):
            if lane.first <= packet.index:
                length = lay_out(packet, group.shape, csrc, self._buffer)
                patch(lane, lane.ssrc, packet, self._buffer, payload_start(group.shape))
                self._send(bytes(self._buffer[:length]), lane.address)


@dataclass
class Listener:
    """What a recording got of one microphone."""

    ends: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)

    def take(self, sound: Sound) -> None:
        self.starts.append(sound.start)
        self.ends.append(sound.end)

    def idle(self, now: float) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Nothing is open."""


class World:
    """Runs everything; `run(until)` may be called again to go on."""

    def __init__(self) -> None:
        self.now = 0.0
        self.events: list[Event] = []
        self.recordings: dict[str, Listener] = {}
        self._browsers: dict[str, Browser] = {}
        self._sinks: list[OrderedSink] = []
        self._heap: list[tuple[float, int, Happening]] = []
        self._count = 0
        self._engine = PlainEngine(self._to_browser)
        self._forwarder = Forwarder(self._engine, lambda: self.now)
        ports = RoomPorts(
            emit=self.events.append,
            send=lambda data, address: self._to_browser(bytes(data), address),
            sink_for=self._sink_for,
            drop=lambda peer, reason: None,
            forwarder=self._forwarder,
        )
        self.room = Room("room", PLAN, ports)
        self.at(0.0, self._tick)
        self.at(0.0, self._flush)

    def at(self, when: float, happening: Happening) -> None:
        self._count += 1
        heapq.heappush(self._heap, (when, self._count, happening))

    def run(self, until: float) -> World:
        while self._heap[0][0] < until:
            self.now, _, happening = heapq.heappop(self._heap)
            happening(self.now)
            self._work()
        return self

    def join(self, name: str, browser: Browser) -> Peer:
        """A connected participant."""
        text = offer(PLAN, ":".join(["AB"] * 32), full=True)
        peer = Peer(name, sdp.parse_offer(text, PLAN), self.room, CERTIFICATE, self._engine, self.now)
        self._browsers[name] = browser
        self.room.add(peer)
        peer.srtp = cast(Srtp, Plain())
        peer.ice.address = (name, 1)
        peer._connect_slots()
        self.room.connected(peer)
        return peer

    def browser(self, name: str, up: Link | None = None, down: Link | None = None) -> Browser:
        made = Browser(self, name, up or Link(), down or Link())
        self.at(0.5, made.report)
        return made

    def stats(self, name: str) -> dict[str, Any]:
        return cast(dict[str, Any], self.room.stats()[name])

    def _to_browser(self, data: bytes, address: Address) -> None:
        browser = self._browsers[address[0]]
        arrival = browser.down.carry(len(data) + HEADERS - 40, self.now)
        if arrival is not None:
            self.at(arrival, partial(browser.get, data))

    def _sink_for(self, room: str, peer: str, track: UpTrack) -> PacketSink:
        listener = self.recordings[peer] = Listener()
        sink = OrderedSink(track.clock, lambda monotonic: monotonic, [listener])
        self._sinks.append(sink)
        return sink

    def _tick(self, now: float) -> None:
        self.at(now + (PROBING_TICK_S if self.room.probing else TICK_S), self._tick)
        self.room.tick(now, now)

    def _flush(self, now: float) -> None:
        self.at(now + 0.25, self._flush)
        for sink in self._sinks:
            sink.tick(now)

    def _work(self) -> None:
        while self._forwarder.work() | self.room.work(self.now + 1.0, lambda: self.now):
            pass
