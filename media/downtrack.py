"""One slot of one receiver: a stream of our own, whatever source fills it.

Every packet is built from the source's packet and the constants of its stretch, never from the moment of sending, so
an answer to a NACK is the same bytes again, also across a switch: (SSRC, index) never protects two byte strings, which
under AES-GCM would give the key away (RFC 7714 section 8). What differs per sending goes by RTX, a stream of its own.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from media.fanout import Engine, Lane, Shape, lay_out, patch, payload_start
from media.ports import Kind, Packet
from media.rtp.munger import Munger, Running
from media.rtp.rtx import OSN
from media.uptrack import UpTrack

REPORT = struct.Struct("!BBHIQIII")
NTP_EPOCH_S = 2_208_988_800
PADDING_BYTES = 255  # the most that RFC 3550 padding can say
MOST_REPEATED = 5
STAMP_HZ = 1 << 18  # abs-send-time: 6.18 fixed point seconds


class SlotStream(NamedTuple):
    """What is fixed of a slot for its life. `mid_id`, `stamp_id`: header extensions the receiver offered."""

    mid: str
    kind: Kind
    ssrc: int
    payload_type: int
    rate_hz: int
    mid_id: int | None
    stamp_id: int | None = None
    rtx_ssrc: int = 0
    rtx_type: int | None = None
    first_sequence: int = 0
    first_rtx_sequence: int = 0
    first_timestamp: int = 0


class DownTrack:
    """`track` fills the slot now; `pending` will, once its key frame arrives. Both are layers of a source."""

    def __init__(self, stream: SlotStream, engine: Engine) -> None:
        if not 0 <= max(stream.first_sequence, stream.first_rtx_sequence) < 32768:
            raise ValueError("a slot's first sequence number lies below 32768, or a lost start desynchronises SRTP")
        self.stream = stream
        self.mid, self.kind, self.ssrc, self.rate_hz = stream.mid, stream.kind, stream.ssrc, stream.rate_hz
        self.video = stream.kind in (Kind.CAMERA, Kind.SCREEN)
        self.track: UpTrack | None = None
        self.pending: UpTrack | None = None
        self.resent = self.padded = 0
        self.switches = self.layer_changes = 0  # how often another source took the slot, or another layer
        self._csrc: int | None = None  # of the source it carried last
        self.lane: Lane = engine.lane(stream.ssrc)
        self._extension, self._stamp_at = _extension(stream.mid, stream.mid_id, stream.stamp_id)
        self.shape: Shape | None = None
        self._path: tuple[int, int] | None = None
        step = 1 if self.video else stream.rate_hz // 50  # Opus packets of 20 ms: an overlap would be thrown away
        self._munger: Munger[UpTrack] = Munger(stream.rate_hz, stream.first_sequence, stream.first_timestamp, step)
        self._repeated = self._begun = 0  # numbers of ours: sent twice up to here; where the present track began
        self._rtx_sequence = stream.first_rtx_sequence
        self._packets = self._octets = 0  # of stretches that are over
        self._counted = (0, 0)  # the track's counters when the present stretch began

    @property
    def coming(self) -> UpTrack | None:
        """What will fill the slot, or fills it."""
        return self.pending or self.track

    @property
    def packets(self) -> int:
        return self._packets + (self.track.forwarded - self._counted[0] if self.track is not None else 0)

    @property
    def octets(self) -> int:
        return self._octets + (self.track.octets - self._counted[1] if self.track is not None else 0)

    # --- where it goes ---

    def connect(self, srtp: object, address: tuple[str, int], family: int, trailer: int) -> None:
        """The receiver's keys and address are known, or have changed."""
        if self._path == (family, trailer) and self.lane.srtp is srtp:
            self.lane.connect(srtp, address)
        else:
            track = self.track
            if track is not None and self.shape is not None:
                track.fan.discard(self.lane, self.shape)
            self.lane.connect(srtp, address)
            self._path = (family, trailer)
            self.shape = Shape(self.stream.payload_type, self._extension, self._stamp_at, trailer, family)
            if track is not None:
                track.fan.add(self.lane, self.shape)

    # --- what fills it ---

    def want(self, track: UpTrack | None) -> bool:
        """Fill the slot with another track. True: it is to be asked for a key frame, the slot goes on till then."""
        self.give_up_pending()
        if track is self.track:
            return False
        if track is None:
            self.pause()
            return False
        self.pending = track
        track.waiting[self] = None
        return self.video

    def give_up_pending(self) -> None:
        if self.pending is not None:
            self.pending.waiting.pop(self, None)
            self.pending = None

    def pause(self) -> None:
        """Send nothing more of the present track. Its numbers are remembered: what follows goes on from them."""
        track, self.track = self.track, None
        if track is None:
            return
        if self.shape is not None:
            track.fan.discard(self.lane, self.shape)
        self._packets += track.forwarded - self._counted[0]
        self._octets += track.octets - self._counted[1]
        track.holders.pop(self, None)
        self._end(track)

    def start_over(self) -> None:
        """Pictures of the present track had to be given up: go on from its next key frame, without a hole."""
        track = self.track
        self.pause()
        if self.pending is None:
            self.want(track)

    def begin(self, packet: Packet) -> None:
        """The awaited track's packet is here: from it on the slot carries that track. Called before it is sent."""
        track = self.pending
        if track is None or self.shape is None:
            return
        self.give_up_pending()
        self.pause()
        self.track = track
        self.switches += track.csrc != self._csrc
        self.layer_changes += track.csrc == self._csrc
        self._csrc = track.csrc
        # A voice begins with packets that were forwarded to others before.
        newest = track.newest.index if track.newest is not None else packet.index - 1
        self._counted = (track.forwarded - max(0, newest + 1 - packet.index), track.octets)
        self._tune(track, packet)
        self._begun = self.lane.first + self.lane.sequence
        track.fan.add(self.lane, self.shape)
        track.holders[self] = None

    def leap(self, packet: Packet) -> None:
        """The source's numbers have jumped, this packet is the first behind the jump: ours go on without."""
        track = self.track
        if track is not None and self.shape is not None:
            self._end(track)
            track.fan.change(self.lane, self.shape)
            self._tune(track, packet)

    def _end(self, track: UpTrack) -> None:
        if (newest := track.newest) is not None:
            self._munger.end(_running(newest, track.picture), track.clock.capture(newest.timestamp))

    def _tune(self, track: UpTrack, packet: Packet) -> None:
        made = self._munger.begin(_beginning(track, packet), track.clock.capture(packet.timestamp), track)
        self.lane.tune(made.first, made.sequence, made.timestamp, made.picture_id, made.tl0picidx)

    # --- single packets ---

    def repack(self, sequence: int, buffer: memoryview) -> int:
        """The packet sent under `sequence` (16 bits), byte for byte; its length, 0: unknown or too old."""
        newest = self.track.newest if self.track is not None else None
        found = self._munger.find(sequence, _running(newest, None) if newest is not None else None)
        if found is None or self.shape is None:
            return 0
        stretch, index = found
        packet = stretch.source.ring.get(index)
        if packet is None:
            return 0
        length = lay_out(packet, self.shape, stretch.source.csrc, buffer)
        patch(stretch, self.ssrc, packet, buffer, payload_start(self.shape))
        self.resent += 1
        return length

    def unrepeated(self) -> list[int]:
        """Sequence numbers sent since the last call, but for the newest; a few at most."""
        track = self.track
        if track is None or track.newest is None or self.shape is None:
            return []
        newest = track.newest.index + self.lane.sequence
        first = max(self._repeated, newest - MOST_REPEATED, self.lane.first + self.lane.sequence)
        self._repeated = max(first, newest)
        return [index & 0xFFFF for index in range(first, newest)]

    def repair(self, sequence: int, now: float, buffer: memoryview) -> int:
        """The same by RTX (RFC 4588 section 4): a packet of the slot's repair stream. 0 also where none was agreed."""
        if self.stream.rtx_type is None or not (length := self.repack(sequence, buffer)):
            return 0
        assert self.shape is not None
        start = payload_start(self.shape)
        buffer[start + OSN.size : length + OSN.size] = bytes(buffer[start:length])
        OSN.pack_into(buffer, start, sequence)
        self._as_repair(buffer, now)
        return length + OSN.size

    def past(self, sequence: int) -> bool:
        """Whether what was sent under `sequence` (16 bits) belongs to another track than the present one."""
        if self.track is None or self.track.newest is None:
            return True
        newest = self.track.newest.index + self.lane.sequence
        return (newest - sequence & 0xFFFF) > newest - self._begun

    def padding(self, now: float, buffer: memoryview) -> int:
        """A packet of the repair stream that holds nothing, to try how much the way bears; 0: not possible."""
        if self.stream.rtx_type is None or self.shape is None:
            return 0
        start = payload_start(self.shape)
        struct.pack_into("!BBHIII", buffer, 0, 0xB1 if self._extension else 0xA1, 0, 0, 0, 0, 0)
        buffer[16:start] = self._extension
        timestamp = self._munger.last.timestamp if self.track is None else self._newest_timestamp(self.track)
        struct.pack_into("!I", buffer, 4, timestamp & 0xFFFFFFFF)
        length = start + PADDING_BYTES
        buffer[start:length] = bytes(PADDING_BYTES - 1) + bytes([PADDING_BYTES])
        self._as_repair(buffer, now)
        self.padded += 1
        return length

    def _as_repair(self, buffer: memoryview, now: float) -> None:
        buffer[1] = buffer[1] & 0x80 | (self.stream.rtx_type or 0)
        struct.pack_into("!H", buffer, 2, self._rtx_sequence & 0xFFFF)
        struct.pack_into("!I", buffer, 8, self.stream.rtx_ssrc)
        self._rtx_sequence += 1
        if self._stamp_at:
            buffer[16 + self._stamp_at : 19 + self._stamp_at] = stamp(now).to_bytes(3, "big")

    # --- reports ---

    def sender_report(self, now: float, wall: float, idle: bool = False) -> bytes | None:
        """Our own sender report (RFC 3550 section 6.4.1). `wall`: seconds since 1970 at `now`.

        None while nothing is sent, unless `idle`: receivers of padding tell round trips by the slot's reports.
        """
        track = self.track
        newest = track.newest if track is not None else None
        if track is not None and newest is not None and newest.index >= self.lane.first:
            timestamp, captured = self._newest_timestamp(track), track.clock.capture(newest.timestamp)
        elif idle:
            timestamp, captured = self._munger.rest(now)
        else:
            return None
        ticks = timestamp + round((now - captured) * self.rate_hz)
        ntp = round((wall + NTP_EPOCH_S) * (1 << 32)) & 0xFFFFFFFFFFFFFFFF
        return REPORT.pack(
            0x80, 200, 6, self.ssrc, ntp, ticks & 0xFFFFFFFF, self.packets & 0xFFFFFFFF, self.octets & 0xFFFFFFFF
        )

    def _newest_timestamp(self, track: UpTrack) -> int:
        return (track.newest.timestamp if track.newest is not None else 0) + self.lane.timestamp


def stamp(now: float) -> int:
    """abs-send-time: seconds in 6.18 fixed point, wrapping every 64 s."""
    return round(now * STAMP_HZ) & 0xFFFFFF


@lru_cache(maxsize=512)
def _extension(mid: str, mid_id: int | None, stamp_id: int | None) -> tuple[bytes, int]:
    """RFC 8285 one-byte form: the slot's MID and room for the sending time, nothing else; and where that room is."""
    elements, stamp_at = b"", 0
    if mid_id is not None:
        value = mid.encode()
        elements += bytes([mid_id << 4 | len(value) - 1]) + value
    if stamp_id is not None:
        stamp_at = 4 + len(elements) + 1
        elements += bytes([stamp_id << 4 | 2, 0, 0, 0])
    if not elements:
        return b"", 0
    elements += bytes(-len(elements) % 4)
    return b"\xbe\xde" + (len(elements) // 4).to_bytes(2, "big") + elements, stamp_at


def _running(packet: Packet, picture: Packet | None) -> Running:
    """`picture`: the packet whose picture numbers count; padding has none."""
    if picture is None or picture.vp8 is None:
        return Running(packet.index, packet.timestamp)
    return Running(packet.index, packet.timestamp, picture.vp8.picture_id, picture.vp8.tl0picidx)


def _beginning(track: UpTrack, packet: Packet) -> Running:
    """Where a stretch begins. Padding behind a leap has no picture: the one that follows is taken to be the next."""
    if packet.vp8 is not None:
        return _running(packet, packet)
    before = _running(packet, track.picture)
    return replace(before, picture_id=before.picture_id + 1, tl0picidx=before.tl0picidx + 1)
