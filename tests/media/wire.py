"""What a browser sees of one slot, and what it ought to see: a second, plainer account of `DownTrack` and `Forwarder`.

`Sender` is a source with its own numbering; `Watcher` a receiver's slot with the datagrams that came of it. Whatever
comes is held against three rules: a number never stands for two byte strings, numbers have no holes that the source had
not, and neither timestamps nor pictures run back.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field

from media.aiortc_bridge import PacketBuffer
from media.downtrack import DownTrack, SlotStream, stamp
from media.forwarder import STALE_S
from media.ports import Kind, Packet
from media.rtp import header
from media.rtp import vp8 as descriptor
from media.rtp.munger import LEAP
from media.rtp.sequence import Unwrapper
from media.uptrack import RING, UpTrack
from tests.media.network import Keys, Outlet, Receiver
from tests.media.packets import OPUS, VP8, rtp, vp8

SLOT_SSRC, RTX_SSRC, RTX_TYPE = 4711, 4712, 97
MID_ID, STAMP_ID = 4, 2
TICKS, PICTURES = 1 << 32, 1 << 15


def stream(kind: Kind, first: int = 100, ticks: int = 5_000, repaired: bool = True) -> SlotStream:
    video = kind is Kind.CAMERA
    return SlotStream(
        mid="5",
        kind=kind,
        ssrc=SLOT_SSRC,
        payload_type=VP8 if video else OPUS,
        rate_hz=90_000 if video else 48_000,
        mid_id=MID_ID,
        stamp_id=STAMP_ID if video else None,
        rtx_ssrc=RTX_SSRC,
        rtx_type=RTX_TYPE if video and repaired else None,
        first_sequence=first,
        first_rtx_sequence=first // 2,
        first_timestamp=ticks,
    )


@dataclass
class Sender:
    """A source with numbers of its own, which may begin anywhere. `newest`: what was last forwarded in order."""

    track: UpTrack
    sequence: int
    timestamp: int
    picture: int
    bits: int = 15
    data: list[bytes] = field(default_factory=list)  # all that was delivered
    held: list[bytes] = field(default_factory=list)  # on the way
    accepted: dict[int, Packet] = field(default_factory=dict)
    newest: int | None = None

    def make(self, what: str, leap: int = 0) -> bytes:
        """The next packet: `plain`, `keyframe` or `padding`; `leap` numbers are left out before it."""
        self.sequence += 1 + leap
        self.timestamp += 3_000 if self.track.video else 960
        kind = VP8 if self.track.video else OPUS
        if what == "padding":
            return rtp(self.sequence, self.timestamp, b"", payload_type=kind, padding=8)
        if not self.track.video:
            return rtp(self.sequence, self.timestamp, b"\xf8sound" + self.sequence.to_bytes(8, "big"))
        self.picture += 1
        payload = vp8(self.picture, self.picture, keyframe=what == "keyframe", bits=self.bits)
        return rtp(self.sequence, self.timestamp, payload, payload_type=kind, marker=self.sequence % 3 == 0)

    def receive(self, data: bytes, now: float) -> Packet | None:
        packet = self.track.receive(header.parse(data), data, now)
        if packet is not None:
            self.data.append(data)
            self.accepted[packet.index] = packet
        return packet

    def in_ring(self, index: int) -> bool:
        return index in self.accepted and index > max(self.accepted) - RING


@dataclass(frozen=True)
class Expected:
    """A packet that ought to come. `begins`: a stretch does with it; `new_picture`: with its picture."""

    index: int
    packet: Packet
    at: float
    in_order: bool
    begins: bool
    new_picture: bool


@dataclass
class Watcher:
    """One receiver's slot, its keys, its socket, and all that came to it."""

    slot: DownTrack
    keys: Keys
    receiver: Receiver
    holding: Sender | None = None
    pending: Sender | None = None
    first: int = 0  # the source's index with which the stretch began
    shift: int = 0  # from the source's index to ours, within the stretch
    expected: list[Expected] = field(default_factory=list)
    protected: dict[tuple[int, int], bytes] = field(default_factory=dict)
    plain: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.top = self.slot.stream.first_sequence - 1  # our newest index
        self.repairs = self.slot.stream.first_rtx_sequence - 1
        self._ticks: int | None = None  # of our newest packet
        self._pictures: tuple[int, int] = (0, -1)  # the source's newest picture id, and ours of it
        self._newest_picture = -1
        self._source_ticks = 0
        self._begins = self._new_pictures = False
        self._unwrap = {SLOT_SSRC: Unwrapper(), RTX_SSRC: Unwrapper()}
        self._out = PacketBuffer()

    @classmethod
    def open(cls, stream: SlotStream, outlet: Outlet, receiver: Receiver, seed: int = 0) -> Watcher:
        slot, keys = DownTrack(stream, outlet.engine), Keys(seed)
        slot.connect(keys.ours.sending, receiver.address, socket.AF_INET, keys.ours.trailer)
        return cls(slot, keys, receiver)

    # --- what ought to happen ---

    def want(self, sender: Sender | None) -> None:
        self.slot.want(sender.track if sender is not None else None)
        self.pending = None
        if sender is None:
            self.holding = None
        elif sender is not self.holding:
            self.pending = sender

    def closes(self, sender: Sender) -> None:
        """Its track has ended."""
        if self.holding is sender:
            self.holding = None
        if self.pending is sender:
            self.pending = None

    def begins(self, sender: Sender, index: int) -> None:
        self.holding, self.pending = sender, None
        self._stretch(index)
        self._new_pictures = True

    def leaps(self, packet: Packet) -> None:
        self._stretch(packet.index)
        self._new_pictures |= packet.vp8 is not None

    def expect(self, packet: Packet, now: float) -> None:
        index = packet.index + self.shift
        in_order = index > self.top
        self.expected.append(Expected(index, packet, now, in_order, self._begins, self._new_pictures))
        if in_order:
            self.top, self._begins = index, False
            self._new_pictures &= packet.vp8 is None

    def _stretch(self, index: int) -> None:
        self.first, self.shift, self._begins = index, self.top + 1 - index, True

    # --- what has come ---

    def check(self) -> None:
        """Exactly what was expected has come, in that order."""
        came = [self._note(datagram) for datagram in self.receiver.take()]
        assert [index for index, _ in came] == [each.index for each in self.expected]
        for (index, datagram), wanted in zip(came, self.expected, strict=True):
            if index not in self.plain:  # else the same once more
                plain = self.plain[index] = self.keys.open(datagram)
                self._check_packet(plain, wanted)
        self.expected.clear()

    def _note(self, datagram: bytes) -> tuple[int, bytes]:
        """Under AES-GCM the same number and the same bytes give the same datagram, and nothing else does."""
        ssrc, sequence = int.from_bytes(datagram[8:12], "big"), int.from_bytes(datagram[2:4], "big")
        unwrap = self._unwrap[ssrc]
        before, index = unwrap.highest, unwrap.unwrap(sequence)
        assert before is None or abs(index - before) < 32_000, "SRTP would lose count"
        assert self.protected.setdefault((ssrc, index), datagram) == datagram
        return index, datagram

    def _check_packet(self, plain: bytes, wanted: Expected) -> None:
        sent, packet = header.parse(plain), wanted.packet
        assert (sent.payload_type, sent.marker) == (self.slot.stream.payload_type, packet.marker)
        assert sent.extensions[MID_ID] == b"5"
        assert sent.end - sent.start == packet.end - packet.start
        if self.slot.video:
            stamped = int.from_bytes(sent.extensions[STAMP_ID], "big")
            assert stamp(packet.arrival) <= stamped <= stamp(wanted.at)
            assert stamped == packet.stamp
        self._check_ticks(sent.timestamp, wanted)
        if packet.vp8 is None:
            assert plain[sent.start : sent.end] == packet.data[packet.start : packet.end]
        elif packet.vp8.picture_id_bits == 15:
            self._check_picture(descriptor.parse(plain, sent.start, sent.end), packet.vp8, wanted)

    def _check_ticks(self, ticks: int, wanted: Expected) -> None:
        source = wanted.packet.timestamp
        if self._ticks is None:
            assert ticks == self.slot.stream.first_timestamp
        elif wanted.begins:
            step = 1 if self.slot.video else 960
            assert step <= (ticks - self._ticks) % TICKS < TICKS // 2
        else:
            assert (ticks - self._ticks - source + self._source_ticks) % TICKS == 0
        if wanted.in_order:
            self._ticks, self._source_ticks = ticks, source

    def _check_picture(self, found: descriptor.Vp8, source: descriptor.Vp8, wanted: Expected) -> None:
        theirs, ours = self._pictures
        ahead = 1 if wanted.new_picture else source.picture_id - theirs
        assert (found.picture_id - ours - ahead) % PICTURES == 0
        assert (found.tl0picidx - ours - ahead) % 256 == 0
        if wanted.index > self._newest_picture:
            self._newest_picture, self._pictures = wanted.index, (source.picture_id, ours + ahead)

    # --- what a browser asks for ---

    def ask(self, sequence: int) -> None:
        """An answer is what was sent before, or what fell into a hole and could not be sent in time."""
        buffer = self._out.bytes
        if not (length := self.slot.repack(sequence & 0xFFFF, buffer)):
            return
        plain = bytes(buffer[:length])
        index = self._unwrap[SLOT_SSRC].peek(sequence & 0xFFFF)
        assert self.slot.stream.first_sequence <= index <= self.top
        assert self.plain.setdefault(index, plain) == plain
        if length := self.keys.ours.protect(self._out, length):
            self._note(bytes(buffer[:length]))

    def ask_for_repair(self, sequence: int, now: float) -> None:
        buffer = self._out.bytes
        length = self.slot.repair(sequence & 0xFFFF, now, buffer)
        assert length == 0 or self.slot.stream.rtx_type is not None
        if not length:
            return
        index = self._unwrap[SLOT_SSRC].peek(sequence & 0xFFFF)
        repair = self._repair(bytes(buffer[:length]), now)
        original = self.plain.get(index)
        assert plain_payload(repair)[:2] == (index & 0xFFFF).to_bytes(2, "big")
        if original is not None:
            assert plain_payload(repair)[2:] == plain_payload(original)
            assert repair[4:8] == original[4:8]
            assert (repair[1] ^ original[1]) & 0x80 == 0
        self._note_sealed(length)

    def pad(self, now: float) -> None:
        buffer = self._out.bytes
        length = self.slot.padding(now, buffer)
        assert bool(length) == (self.slot.stream.rtx_type is not None)
        if length:
            assert plain_payload(self._repair(bytes(buffer[:length]), now)) == b""
            self._note_sealed(length)

    def _repair(self, plain: bytes, now: float) -> bytes:
        parsed = header.parse(plain)
        self.repairs += 1
        assert (parsed.ssrc, parsed.payload_type, parsed.sequence) == (RTX_SSRC, RTX_TYPE, self.repairs & 0xFFFF)
        assert parsed.extensions == {MID_ID: b"5", STAMP_ID: stamp(now).to_bytes(3, "big")}
        return plain

    def _note_sealed(self, length: int) -> None:
        length = self.keys.ours.protect(self._out, length)
        assert length
        self._note(bytes(self._out.bytes[:length]))


def plain_payload(packet: bytes) -> bytes:
    parsed = header.parse(packet)
    return packet[parsed.start : parsed.end]


def account(sender: Sender, packet: Packet, watchers: list[Watcher], now: float) -> None:
    """What the forwarder ought to do with a packet whose turn it is."""
    newest = sender.newest
    if sender.track.video and now - packet.arrival > STALE_S:
        if newest is None or packet.index > newest:
            for each in watchers:
                if each.holding is sender:
                    each.holding, each.pending = None, each.pending or sender
        return
    starts = packet.keyframe or not (sender.track.video or packet.empty)
    late = newest is not None and packet.index < newest
    if newest is not None and packet.index - newest > LEAP:
        for each in watchers:
            if each.holding is sender:
                each.leaps(packet)
    for each in watchers:
        if each.holding is sender and (not late or each.first <= packet.index):
            each.expect(packet, now)
        elif each.pending is sender and (packet.keyframe and sender.in_ring(packet.index) if late else starts):
            each.begins(sender, packet.index)
            for index in range(packet.index, newest + 1 if late and newest is not None else packet.index + 1):
                if index == packet.index or sender.in_ring(index):
                    each.expect(sender.accepted[index], now)
    if not late:
        sender.newest = packet.index
