"""One slot of one receiver: a stream of our own, whatever source fills it. Pure: it writes into a buffer it is given.

Every packet is built from the source's packet and the constants of its stretch, never from the moment of sending, so
an answer to a NACK is the same bytes again, also across a switch: (SSRC, index) never protects two byte strings, which
under AES-GCM would give the key away (RFC 7714 section 8).
"""

from __future__ import annotations

import struct
from collections.abc import MutableSequence
from dataclasses import dataclass

from media.errors import BadPacket
from media.ports import Kind, Packet
from media.rtp import vp8
from media.rtp.munger import Munger, Running, Stretch
from media.uptrack import UpTrack

HISTORY = 512
HEADER = struct.Struct("!BBHIII")  # fixed header and one CSRC
REPORT = struct.Struct("!BBHIQIII")
NTP_EPOCH_S = 2_208_988_800
Buffer = MutableSequence[int] | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class _Sent:
    index: int
    source: UpTrack
    source_index: int
    stretch: Stretch


class DownTrack:
    """`source` fills the slot now; `pending` will, once its key frame arrives."""

    def __init__(
        self,
        mid: str,
        kind: Kind,
        ssrc: int,
        payload_type: int,
        rate_hz: int,
        mid_id: int | None,
        first_sequence: int,
        first_timestamp: int,
    ) -> None:
        if not 0 <= first_sequence < 32768:
            raise ValueError("a slot's first sequence number lies below 32768, or a lost start desynchronises SRTP")
        self.mid, self.kind, self.ssrc, self.rate_hz = mid, kind, ssrc, rate_hz
        self.source: UpTrack | None = None
        self.pending: UpTrack | None = None
        self.packets = self.octets = self.resent = 0
        self.switches = 0  # how often a source has taken the slot
        self._payload_type = payload_type
        self._extension = _mid_extension(mid_id, mid)
        self._first_byte = 0x91 if self._extension else 0x81
        step = 1 if self.video else rate_hz // 50  # Opus packets of 20 ms: an overlap would be thrown away
        self._munger = Munger(rate_hz, first_sequence, first_timestamp, step)
        self._history: list[_Sent | None] = [None] * HISTORY
        self._last: tuple[int, float] | None = None  # timestamp written and when it was captured

    @property
    def video(self) -> bool:
        return self.kind in (Kind.CAMERA, Kind.SCREEN)

    @property
    def needs_keyframe(self) -> bool:
        return self.pending is not None

    def switch(self, source: UpTrack | None) -> bool:
        """Fill the slot with another source. True: that source must be asked for a key frame."""
        if source is not None and source is (self.pending or self.source):
            return False
        self.pending = None
        if source is None or not self.video:
            self._take(source)
            return False
        if source is self.source:
            return False
        self.pending = source
        return True

    def pack(self, source: UpTrack, packet: Packet, buffer: Buffer) -> int:
        """Write the plain RTP packet for this receiver; its length in bytes, 0: not for this slot now."""
        if source is self.pending and packet.keyframe:
            self._take(source)
        if source is not self.source:
            return 0
        descriptor = _descriptor(packet) if self.video else None
        running = _running(packet, descriptor)
        stretch = self._munger.stretch(running, source.skipped, packet.arrival)
        if stretch is None:
            return 0
        index = packet.index + stretch.sequence
        self._history[index % HISTORY] = _Sent(index, source, packet.index, stretch)
        self._last = (packet.timestamp + stretch.timestamp & 0xFFFFFFFF, source.clock.capture(packet.timestamp))
        self.packets += 1
        self.octets += packet.end - packet.start
        return self._write(source, packet, stretch, descriptor, buffer)

    def repack(self, sequence: int, buffer: Buffer) -> int:
        """The packet once sent under `sequence` (16 bits), byte for byte; 0: unknown or too old."""
        sent = self._sent(sequence)
        packet = sent.source.ring.get(sent.source_index) if sent is not None else None
        if sent is None or packet is None:
            return 0
        self.resent += 1
        descriptor = _descriptor(packet) if self.video else None
        return self._write(sent.source, packet, sent.stretch, descriptor, buffer)

    def sender_report(self, now: float, wall: float) -> bytes | None:
        """Our own sender report (RFC 3550 section 6.4.1). `wall`: seconds since 1970 at `now`."""
        if self._last is None:
            return None
        timestamp, captured = self._last
        ticks = timestamp + round((now - captured) * self.rate_hz)
        ntp = round((wall + NTP_EPOCH_S) * (1 << 32)) & 0xFFFFFFFFFFFFFFFF
        return REPORT.pack(
            0x80, 200, 6, self.ssrc, ntp, ticks & 0xFFFFFFFF, self.packets & 0xFFFFFFFF, self.octets & 0xFFFFFFFF
        )

    def _take(self, source: UpTrack | None) -> None:
        self.pending = None
        if source is not self.source:
            self.source = source
            self.switches += source is not None
            self._munger.switch()
            self._last = None

    def _sent(self, sequence: int) -> _Sent | None:
        newest = self._munger.last.index
        index = newest - ((newest - sequence) & 0xFFFF)
        sent = self._history[index % HISTORY]
        return sent if sent is not None and sent.index == index else None

    def _write(self, source: UpTrack, packet: Packet, by: Stretch, descriptor: vp8.Vp8 | None, buffer: Buffer) -> int:
        mark = packet.marker or (not self.video and by.begins_source and packet.index == by.first)
        HEADER.pack_into(
            buffer,  # type: ignore[arg-type]  # struct takes any writable buffer; its stub knows fewer
            0,
            self._first_byte,
            (0x80 if mark else 0) | self._payload_type,
            packet.index + by.sequence & 0xFFFF,
            packet.timestamp + by.timestamp & 0xFFFFFFFF,
            self.ssrc,
            source.csrc,
        )
        start = HEADER.size + len(self._extension)
        length = start + packet.end - packet.start
        buffer[HEADER.size : start] = self._extension
        buffer[start:length] = packet.data[packet.start : packet.end]
        if descriptor is not None:
            _renumber(buffer, start - packet.start, descriptor, by)
        return length


def _mid_extension(key: int | None, mid: str) -> bytes:
    """RFC 8285 one-byte form with the slot's MID and nothing else; empty where the receiver did not offer it."""
    if key is None:
        return b""
    value = mid.encode()
    element = bytes([key << 4 | len(value) - 1]) + value
    element += bytes(-len(element) % 4)
    return b"\xbe\xde" + (len(element) // 4).to_bytes(2, "big") + element


def _descriptor(packet: Packet) -> vp8.Vp8 | None:
    try:
        return vp8.parse(packet.data, packet.start, packet.end)
    except BadPacket:
        return None


def _running(packet: Packet, descriptor: vp8.Vp8 | None) -> Running:
    if descriptor is None:
        return Running(packet.index, packet.timestamp)
    return Running(packet.index, packet.timestamp, descriptor.picture_id, descriptor.tl0picidx)


def _renumber(buffer: Buffer, shift: int, found: vp8.Vp8, by: Stretch) -> None:
    """Patch picture id and tl0picidx where the descriptor has them."""
    if found.picture_id_bits == 15:
        value = found.picture_id + by.picture_id & 0x7FFF
        buffer[found.picture_id_at + shift] = 0x80 | value >> 8
        buffer[found.picture_id_at + shift + 1] = value & 0xFF
    elif found.picture_id_bits == 7:
        buffer[found.picture_id_at + shift] = found.picture_id + by.picture_id & 0x7F
    if found.tl0picidx_at:
        buffer[found.tl0picidx_at + shift] = found.tl0picidx + by.tl0picidx & 0xFF
