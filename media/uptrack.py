"""One source: what a participant sends of one kind, received, counted and handed on. Pure but for its sinks."""

from __future__ import annotations

import logging
from typing import Protocol

from media.errors import BadPacket
from media.fanout import Fan
from media.ports import Kind, Packet, PacketSink
from media.rtp import vp8
from media.rtp.budget import Budget
from media.rtp.cache import PacketRing
from media.rtp.clock import SourceClock
from media.rtp.header import Header
from media.rtp.nack import NackTracker
from media.rtp.sequence import Unwrapper
from media.rtp.stats import ReceptionReport, ReceptionStats

RING, KEPT_S = 512, 2.0  # packets that may be asked for again; nobody waits for older ones
# Bytes a second that one source may cost, and at once: far above what browsers send under our REMB.
VIDEO_BUDGET, SOUND_BUDGET = (600_000, 600_000), (64_000, 64_000)
PACKET_COST = 100  # a small packet is no cheaper to forward than these bytes
LATE_S = 3.0  # nothing comes later than that: nobody asks for it again any more
KEYFRAME_PAUSE_S = 0.4
NTP_FRACTION = 1 / (1 << 32)

logger = logging.getLogger(__name__)


class Slot(Protocol):
    """A slot of a receiver, as the track that fills it sees it."""

    def begin(self, packet: Packet) -> None: ...
    def leap(self, packet: Packet) -> None: ...
    def pause(self) -> None: ...
    def start_over(self) -> None: ...
    def give_up_pending(self) -> None: ...


class UpTrack:
    """Receives one SSRC. `receive` returns what is new and worth forwarding; sinks have got it by then.

    `fan` and `holders` are who gets it now, `waiting` who will from its next key frame on; `newest`, `picture` (the
    newest that is no padding), `forwarded` and `octets` tell what was sent to them.
    """

    def __init__(
        self,
        peer: str,
        kind: Kind,
        ssrc: int,
        payload_type: int,
        rate_hz: int,
        csrc: int,
        level_id: int | None,
        rid: str = "",
    ) -> None:
        self.peer, self.kind, self.ssrc, self.csrc = peer, kind, ssrc, csrc
        self.rate_hz, self.rid, self.payload_type = rate_hz, rid, payload_type
        self.video = kind in (Kind.CAMERA, Kind.SCREEN)
        self.sinks: list[PacketSink] = []
        self.kept_since = float("-inf")  # what was said before is not for sinks; infinity: nothing is
        self.fan = Fan()
        self.holders: dict[Slot, None] = {}
        self.waiting: dict[Slot, None] = {}
        self.newest: Packet | None = None
        self.picture: Packet | None = None
        self.lined = -1  # the newest key frame that was put in line to be sent
        self.forwarded = self.octets = 0
        self.height = 0  # lines of the picture, of the last key frame
        self.fraction_lost = 0.0  # of the last second's packets, 0 to 1
        self.bitrate = 0  # bits per second, of the last second or so
        self.ring = PacketRing(RING)
        self.clock = SourceClock(rate_hz)
        self.nack = NackTracker(sound=not self.video)
        self.packets = self.bytes = self.refused = 0
        self.heard = float("-inf")  # when a packet last came
        self.closed = False
        self._budget = Budget(*(VIDEO_BUDGET if self.video else SOUND_BUDGET))
        self._level_id = level_id
        self._unwrap = Unwrapper()
        self._stats = ReceptionStats(rate_hz)
        self._first: int | None = None
        self._measured: tuple[float, int] | None = None
        self._keyframe_wanted = False
        self._keyframe_asked = float("-inf")

    @property
    def lost(self) -> int:
        """Packets that never came, counted over the whole life of the source."""
        if self._first is None or self._unwrap.highest is None:
            return 0
        return max(0, self._unwrap.highest - self._first + 1 - self.packets)

    def receive(self, header: Header, data: bytes, now: float) -> Packet | None:
        """Take a decrypted packet. None: a duplicate, too old, too much, or not what was negotiated.

        One that holds only padding is forwarded as an empty packet: left out, it would be a hole for ever.
        """
        if header.payload_type != self.payload_type or self.closed:
            return None
        if not self._budget.take(len(data) + PACKET_COST, now):
            self.refused += 1
            return None
        index = self._unwrap.peek(header.sequence)
        if index <= self.ring.highest and self._known(index):
            return None
        self._count(header, index, len(data), now)
        packet = self._packet(header, index, data, now)
        if packet.keyframe and index > self.ring.highest:
            self._keyframe_wanted = False  # whoever asked gets this one
        self.ring.put(packet)
        if header.start < header.end:
            self.clock.observe(header.timestamp, now)
            if self.sinks and self._is_kept(packet, now):
                self._hand_on(packet)
        return packet

    @property
    def content(self) -> bool:
        """Nothing is to be asked for: so it is nearly always, and all tracks of a room are looked at often."""
        return not (self.nack.missing or self.nack.too_far or self._keyframe_wanted)

    def missing(self, now: float) -> list[int]:
        """Sequence numbers to ask for again now. What cannot come any more costs a picture: a key frame is asked."""
        wanted = self.nack.due(now)
        if self.nack.too_far:
            self.nack.too_far = False
            if self.video:
                self.ask_keyframe()
        return wanted

    def reception(self, now: float) -> ReceptionReport | None:
        """The report block since the last call; None before the first packet."""
        if self._first is None or self._unwrap.highest is None:
            return None
        block = self._stats.report(self.ssrc, self._first, self._unwrap.highest, self.packets, now)
        self.fraction_lost = block.fraction_lost / 256
        return block

    def on_sender_report(self, ntp: int, timestamp: int, now: float) -> None:
        """`ntp`: 64-bit NTP time of the sender's clock, paired with an RTP timestamp (RFC 3550 section 6.4.1)."""
        self._stats.on_sender_report(ntp, now)
        self.clock.on_report(ntp * NTP_FRACTION, timestamp, now)

    def ask_keyframe(self) -> None:
        """Somebody needs a key frame; `keyframe_due` says when the request may go out. Never dropped, only held."""
        self._keyframe_wanted = self.video

    def await_keyframe(self) -> None:
        """A slot waits for the next key frame: one that stands in line to be sent will do."""
        if self.lined <= (self.newest.index if self.newest is not None else -1):
            self.ask_keyframe()

    def keyframe_due(self, now: float) -> bool:
        """True when a picture loss indication must be sent now; several askers within 0.4 s cost one."""
        if not self._keyframe_wanted or now - self._keyframe_asked < KEYFRAME_PAUSE_S:
            return False
        self._keyframe_wanted, self._keyframe_asked = False, now
        return True

    def measure(self, now: float) -> None:
        """Take the bitrate since the last call, and let go old packets; about once a second."""
        self.ring.forget(now - KEPT_S)
        if self._measured is not None and now > self._measured[0]:
            at, before = self._measured
            self.bitrate = round((self.bytes - before) * 8 / (now - at))
        self._measured = (now, self.bytes)

    def close(self) -> None:
        """No more packets: leave every slot, close every sink. Idempotent.

        Slots remember the track long after: what it holds of packets goes now.
        """
        self.closed = True
        for slot in list(self.holders):
            slot.pause()
        for slot in list(self.waiting):
            slot.give_up_pending()
        self.ring.clear()
        for sink in self.sinks:
            sink.close()
        self.sinks.clear()
        self.ring = PacketRing(1)

    def _known(self, index: int) -> bool:
        return index < 0 or index <= self.ring.highest - RING or self.ring.get(index) is not None

    def _count(self, header: Header, index: int, size: int, now: float) -> None:
        if self._first is None or index < self._first:
            self._first = index
        if index > self.ring.highest:
            self._unwrap.highest = index
        self.packets += 1
        self.bytes += size
        self.heard = now
        self._stats.received(header.timestamp, now)
        self.nack.received(index, now)

    def _packet(self, header: Header, index: int, data: bytes, now: float) -> Packet:
        _, marker, _, timestamp, _, start, end, extensions = header
        if self.video:
            found = _descriptor(data, start, end)
            if found is not None and found.height:
                self.height = found.height
            return Packet(data, index, timestamp, marker, start, end, now, None, bool(found and found.keyframe), found)
        level = extensions.get(self._level_id or 0)
        return Packet(data, index, timestamp, marker, start, end, now, level[0] & 0x7F if level else None)

    def _is_kept(self, packet: Packet, now: float) -> bool:
        """By when it was said: it may have been under way, or come again, when what is said began to be kept."""
        return now - self.kept_since > LATE_S or self.clock.capture(packet.timestamp) >= self.kept_since

    def _hand_on(self, packet: Packet) -> None:
        for sink in list(self.sinks):
            try:
                sink.write(packet)
            except Exception:
                # A sink is a guest on the forwarding loop: its trouble must not become everybody's.
                logger.exception("a sink of %s failed and is removed", self.kind)
                self.sinks.remove(sink)


def _descriptor(data: bytes, start: int, end: int) -> vp8.Vp8 | None:
    try:
        return vp8.parse(data, start, end)
    except BadPacket:
        return None
