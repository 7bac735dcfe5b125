"""A small browser in virtual time: it speaks, films, asks for what it misses, answers, and tells what its way bears."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from aiortc.rtp import pack_remb_fci

from media import rtcp
from media.aiortc_bridge import PacketBuffer
from media.peer import Peer
from media.ports import Kind
from media.rtp import header
from tests.media.client import RID_ID, STAMP_ID
from tests.media.estimate import Remb
from tests.media.link import HEADERS, Link
from tests.media.packets import VP8, rtp

VOICE = b"\xf8" + bytes(59)  # 20 ms of Opus at 24 kbit/s
LAYERS = (80_000, 220_000, 700_000)
RIDS = ("q", "h", "f")
FRAME_S = 0.04
PIECE = 1_100


class Wires(Protocol):
    """Where it is."""

    def at(self, when: float, happening: Callable[[float], None]) -> None: ...
    def join(self, name: str, browser: Browser) -> Peer: ...


@dataclass
class Heard:
    """One slot as its browser has it. `came`: when each packet of it did, by extended number."""

    first: int
    highest: int
    came: dict[int, float] = field(default_factory=dict)
    repaired: int = 0


class Browser:
    """One participant: `up` and `down` are its wires."""

    def __init__(self, wires: Wires, name: str, up: Link, down: Link) -> None:
        self.wires, self.name, self.up, self.down = wires, name, up, down
        self.peer: Peer = wires.join(name, self)
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
        self._remb = Remb()
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
        self.wires.at(now + 0.02, partial(self.speak, until))

    def film(self, until: float, now: float) -> None:
        if now >= until:
            return
        self._frame += 1
        for layer, rate in enumerate(LAYERS):
            key = RIDS[layer] in self._wanted  # browsers send key frames when asked
            self._wanted.discard(RIDS[layer])
            self._picture(layer, round(rate * FRAME_S / 8) * (5 if key else 1), key, now)
        self.wires.at(now + FRAME_S, partial(self.film, until))

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
            self.wires.at(arrival, partial(self._arrive, packet, self.peer.on_rtp))

    def _say(self, packet: bytes, now: float) -> None:
        arrival = self.up.carry(len(packet) + HEADERS, now)
        if arrival is not None:
            self.wires.at(arrival, partial(self._arrive, packet, self.peer.on_rtcp))

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
                self.wires.at(now + 0.02, partial(self._ask, ssrc, lost, 12))
            heard.highest = index

    def _ask(self, ssrc: int, index: int, tries: int, now: float) -> None:
        if index in self.slots[ssrc].came:
            return
        if not tries:
            self._say(rtcp.pli(ssrc), now)
            return
        self.nacked += 1
        self._say(rtcp.nack(ssrc, [index & 0xFFFF]), now)
        self.wires.at(now + 2 * self.down.delay_s + 0.03, partial(self._ask, ssrc, index, tries - 1))

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
        stamp = parsed.extensions.get(STAMP_ID)
        bitrate = self._remb.add(size, int.from_bytes(stamp, "big"), now) if stamp is not None else None
        if bitrate is not None:
            fci = pack_remb_fci(bitrate, [1])
            self._tell(struct.pack("!BBHII", 0x8F, 206, 2 + len(fci) // 4, 1, 0) + fci, now)

    def report(self, now: float) -> None:
        """A receiver report a second."""
        self.wires.at(now + 1.0, self.report)
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
                            self.wires.at(arrival, partial(self._arrive, again, self.peer.on_rtp))
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
