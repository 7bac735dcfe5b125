"""A whole room in one process, in virtual time: real peers, slots and decisions, wires that lose and delay.

Only encryption is left out: packets are what they are between SRTP and the rest. The browsers are small: they answer
NACKs, ask again for what they miss, count what comes in time, and estimate with aiortc's own receive-side GCC.
"""

from __future__ import annotations

import heapq
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from aiortc.rate import BandwidthUsage, OveruseEstimator, RemoteBitrateEstimator
from aiortc.rtp import pack_remb_fci

from media import rtcp, sdp
from media.address import Address
from media.aiortc_bridge import Certificate, PacketBuffer, Srtp
from media.fanout import Group, Lane, lay_out, patch, payload_start
from media.forwarder import Forwarder
from media.peer import Peer
from media.ports import Event, Kind, Packet, PacketSink, SlotPlan
from media.reorder import OrderedSink, Sound
from media.router import Room, RoomPorts
from media.rtp import header
from media.uptrack import UpTrack
from tests.media.client import RID_ID, STAMP_ID, offer
from tests.media.link import HEADERS, Link
from tests.media.packets import VP8, rtp

PLAN = SlotPlan(2, 2)
VOICE = b"\xf8" + bytes(59)  # 20 ms of Opus at 24 kbit/s
LAYERS = (80_000, 220_000, 700_000)
RIDS = ("q", "h", "f")
FRAME_S = 0.04
PIECE = 1_100
CERTIFICATE = Certificate()
Happening = Callable[[float], None]


class Plain:
    """SRTP that changes nothing."""

    def __init__(self) -> None:
        self.sending, self.trailer = object(), 0

    def unprotect(self, buffer: PacketBuffer, length: int) -> int:
        return length

    unprotect_rtcp = protect = protect_rtcp = unprotect


class PlainEngine:
    """A fan-out into the wires."""

    failed = 0

    def __init__(self, send: Callable[[bytes, Address], None]) -> None:
        self._send = send
        self._buffer = memoryview(bytearray(2048))

    def lane(self, ssrc: int) -> Lane:
        return Lane(ssrc)

    def send(self, group: Group, packet: Packet, csrc: int) -> None:
        for lane in list(group.lanes):
            if lane.first <= packet.index:
                length = lay_out(packet, group.shape, csrc, self._buffer)
                patch(lane, lane.ssrc, packet, self._buffer, payload_start(group.shape))
                self._send(bytes(self._buffer[:length]), lane.address)

    send_late = send


@dataclass
class Heard:
    """One slot as its browser has it. `came`: when each packet of it did, by extended number."""

    first: int
    highest: int
    came: dict[int, float] = field(default_factory=dict)
    repaired: int = 0


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


class Browser:
    """One participant: `up` and `down` are its wires."""

    def __init__(self, world: World, name: str, up: Link, down: Link) -> None:
        self.world, self.name, self.up, self.down = world, name, up, down
        self.peer: Peer = world.join(name, self)
        self.slots: dict[int, Heard] = {}
        self.frames: dict[tuple[int, int, int], set[int]] = {}  # pieces by (csrc, layer, frame)
        self.shown: list[tuple[float, int, int]] = []  # (when, csrc, layer) of every complete frame
        self.asks_for_sound = True  # Firefox does not
        self.sent_voices = 0
        self.nacked = self.resent = 0
        self._history: dict[tuple[int, int], bytes] = {}
        self._wanted = set(RIDS)  # layers that owe a key frame
        self._sequences = [0, 0, 0]
        self._frame = 0
        self._estimator = RemoteBitrateEstimator()
        self._estimated = 0.0
        self._remb: int | None = None
        self._remb_at = 0.0
        self._heard_report = (0, 0.0)
        self._buffer = PacketBuffer()
        self._kinds = {slot.ssrc: slot.kind for slot in self.peer.delivery.slots.values()}
        self._kinds |= {slot.stream.rtx_ssrc: Kind.SCREEN_AUDIO for slot in self.peer.delivery.pictures}
        self._by_rtx = {slot.stream.rtx_ssrc: slot.ssrc for slot in self.peer.delivery.pictures}
        self._expected = self._received = 0

    # --- what it sends ---

    def speak(self, until: float, now: float) -> None:
        if now >= until:
            return
        self.sent_voices += 1
        number = self.sent_voices
        self._send(rtp(number, number * 960, VOICE, ssrc=1000, mid="0", level=20), 1000, number, now)
        self.world.at(now + 0.02, partial(self.speak, until))

    def film(self, until: float, now: float) -> None:
        if now >= until:
            return
        self._frame += 1
        for layer, rate in enumerate(LAYERS):
            key = RIDS[layer] in self._wanted  # browsers send key frames when asked
            self._wanted.discard(RIDS[layer])
            self._picture(layer, round(rate * FRAME_S / 8) * (5 if key else 1), key, now)
        self.world.at(now + FRAME_S, partial(self.film, until))

    def _picture(self, layer: int, size: int, key: bool, now: float) -> None:
        pieces = -(-size // PIECE)
        for piece in range(pieces):
            self._sequences[layer] += 1
            head = bytes([0x90 if piece == 0 else 0x80, 0xC0]) + struct.pack("!HB", 0x8000 | self._frame, 0)
            body = bytes([0 if key and piece == 0 else 1]) + struct.pack("!IBBB", self._frame, piece, pieces, layer)
            payload = head + body + bytes(max(0, size // pieces - len(head) - len(body)))
            number, last = self._sequences[layer], piece == pieces - 1
            packet = rtp(
                number,
                self._frame * 3600,
                payload,
                ssrc=2000 + layer,
                payload_type=VP8,
                marker=last,
                mid="1",
                more={RID_ID: RIDS[layer].encode()},
            )
            self._send(packet, 2000 + layer, number, now)

    def _send(self, packet: bytes, ssrc: int, sequence: int, now: float) -> None:
        self._history[ssrc, sequence & 0xFFFF] = packet
        arrival = self.up.carry(len(packet) + HEADERS, now)
        if arrival is not None:
            self.world.at(arrival, partial(self._arrive, packet, self.peer.on_rtp))

    def _say(self, packet: bytes, now: float) -> None:
        arrival = self.up.carry(len(packet) + HEADERS, now)
        if arrival is not None:
            self.world.at(arrival, partial(self._arrive, packet, self.peer.on_rtcp))

    def _arrive(self, packet: bytes, reader: Callable[[PacketBuffer, int, float], None], now: float) -> None:
        self._buffer.bytes[: len(packet)] = packet
        reader(self._buffer, len(packet), now)

    # --- what it gets ---

    def get(self, packet: bytes, now: float) -> None:
        if 192 <= packet[1] <= 223:
            self._obey(packet, now)
            return
        parsed = header.parse(packet)
        if (ssrc := self._by_rtx.get(parsed.ssrc)) is not None:
            self._estimate(parsed, len(packet) - parsed.start, now)
            if parsed.end - parsed.start > 2:
                sequence = int.from_bytes(packet[parsed.start : parsed.start + 2], "big")
                self._count(ssrc, sequence, now, repair=True)
                self._see(packet, parsed, parsed.start + 2, now)
            return
        self._count(parsed.ssrc, parsed.sequence, now)
        if self._kinds[parsed.ssrc] is Kind.CAMERA:
            self._estimate(parsed, len(packet) - parsed.start, now)
            self._see(packet, parsed, parsed.start, now)

    def _count(self, ssrc: int, sequence: int, now: float, *, repair: bool = False) -> None:
        heard = self.slots.get(ssrc)
        if heard is None:
            heard = self.slots[ssrc] = Heard(sequence, sequence - 1)
        index = heard.highest + ((sequence - heard.highest + 0x8000) & 0xFFFF) - 0x8000
        if index in heard.came:
            return
        heard.came[index] = now
        heard.repaired += repair or index < heard.highest
        if not repair:
            self._received += 1
        if index > heard.highest:
            self._expected += index - heard.highest
            silent = self._kinds[ssrc] is Kind.MIC and not self.asks_for_sound
            for lost in range(heard.highest + 1, index if not silent else 0):
                self.world.at(now + 0.02, partial(self._ask, ssrc, lost, 12))
            heard.highest = index

    def _ask(self, ssrc: int, index: int, tries: int, now: float) -> None:
        if index in self.slots[ssrc].came:
            return
        if not tries:
            self._say(rtcp.pli(ssrc), now)
            return
        self.nacked += 1
        self._say(rtcp.nack(ssrc, [index & 0xFFFF]), now)
        self.world.at(now + 2 * self.down.delay_s + 0.03, partial(self._ask, ssrc, index, tries - 1))

    def _see(self, packet: bytes, parsed: header.Header, start: int, now: float) -> None:
        if parsed.end - start < 13:
            return
        frame, piece, pieces, layer = struct.unpack_from("!IBBB", packet, start + 6)
        csrc = int.from_bytes(packet[12:16], "big")
        held = self.frames.setdefault((csrc, layer, frame), set())
        held.add(piece)
        if len(held) == pieces:
            self.shown.append((now, csrc, layer))

    def _estimate(self, parsed: header.Header, size: int, now: float) -> None:
        """aiortc's receive side of GCC with Chromium's habits: see tests/media/link.py."""
        stamp, estimator = parsed.extensions.get(STAMP_ID), self._estimator
        if stamp is None:
            return
        if now - self._estimated > 2.0:
            estimator.estimator = OveruseEstimator()
            estimator.inter_arrival.current_group = estimator.inter_arrival.previous_group = None
        self._estimated, before = now, estimator.rate_control.current_bitrate
        estimator.rate_control.current_bitrate = max(5_000, before)  # aiortc divides by what it rounds to nought
        made = estimator.add(round(1000 * now), int.from_bytes(stamp, "big"), size, 1)
        overused = estimator.detector.state() is BandwidthUsage.OVERUSING
        if overused:
            estimator.rate_control.current_bitrate = min(before, estimator.rate_control.current_bitrate)
        if made is None or (now < 5.0 and not overused):
            return
        bitrate = min(made[0], before) if overused else made[0]
        if self._remb is None or bitrate < 0.97 * self._remb or now - self._remb_at >= 0.2:
            self._remb, self._remb_at = bitrate, now
            fci = pack_remb_fci(bitrate, [1])
            self._tell(struct.pack("!BBHII", 0x8F, 206, 2 + len(fci) // 4, 1, 0) + fci, now)

    def report(self, now: float) -> None:
        """A receiver report a second."""
        self.world.at(now + 1.0, self.report)
        self._tell(b"", now)

    def _tell(self, more: bytes, now: float) -> None:
        """A report of all slots together under each slot's SSRC, and what goes with it."""
        lost = min(255, max(0, (self._expected - self._received) * 256 // self._expected)) if self._expected else 0
        self._expected = self._received = 0
        middle, came = self._heard_report
        delay = round((now - came) * 65536) if middle else 0
        blocks = b"".join(
            struct.pack("!IB3sIIII", ssrc, lost, b"\0\0\0", heard.highest & 0xFFFFFFFF, 0, middle, delay)
            for ssrc, heard in self.slots.items()
        )
        if blocks:
            count = len(blocks) // 24
            self._say(struct.pack("!BBHI", 0x80 | count, 201, 1 + len(blocks) // 4, 1) + blocks + more, now)

    def _obey(self, compound: bytes, now: float) -> None:
        for packet in rtcp.parse(compound):
            if isinstance(packet, rtcp.RtcpRtpfbPacket) and packet.fmt == rtcp.RTCP_RTPFB_NACK:
                for sequence in packet.lost:
                    if (again := self._history.get((packet.media_ssrc, sequence))) is not None:
                        self.resent += 1
                        arrival = self.up.carry(len(again) + HEADERS, now)
                        if arrival is not None:
                            self.world.at(arrival, partial(self._arrive, again, self.peer.on_rtp))
            elif isinstance(packet, rtcp.RtcpSrPacket):
                self._heard_report = (packet.sender_info.ntp_timestamp >> 16 & 0xFFFFFFFF, now)
            elif isinstance(packet, rtcp.RtcpPsfbPacket) and packet.media_ssrc in range(2000, 2003):
                self._wanted.add(RIDS[packet.media_ssrc - 2000])

    # --- figures ---

    @property
    def voices(self) -> list[Heard]:
        """Voice slots that carried more than a second of sound."""
        return [heard for ssrc, heard in self.slots.items() if self._kinds[ssrc] is Kind.MIC and len(heard.came) > 50]

    def concealed(self, since: float, until: float, patience_s: float) -> float:
        """The share of sound packets expected in a time that did not come within `patience_s` of their turn."""
        missing = expected = 0
        for heard in self.voices:
            base = min(at - 0.02 * index for index, at in heard.came.items())
            for index in range(heard.first, heard.highest + 1):
                turn = base + 0.02 * index
                if since <= turn < until:
                    expected += 1
                    missing += heard.came.get(index, float("inf")) > turn + patience_s
        return missing / max(1, expected)


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
        self.at(now + 0.02, self._tick)
        self.room.tick(now, now)

    def _flush(self, now: float) -> None:
        self.at(now + 0.25, self._flush)
        for sink in self._sinks:
            sink.tick(now)

    def _work(self) -> None:
        while self._forwarder.work() | self.room.work(self.now + 1.0, lambda: self.now):
            pass
