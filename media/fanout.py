"""One packet to many receivers: the hot path of the media plane.

A source's `Fan` holds the slots that it fills now, grouped by shape: slots whose packets differ only in the fixed
header and in VP8's running numbers. For each group the rest of the packet is laid out once; for each lane the numbers
are patched, the packet is protected in place and sent. media/fanout_python.py
is this loop in Python, media/fanout_c.py in C.

Packets of one size that have come together go to a receiver in one call, and the kernel splits them (UDP_SEGMENT,
udp(7)): half the cost of sending them one by one, and what belongs to a receiver is looked up once.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from media.address import Address
from media.ports import Packet

FIXED = struct.Struct("!HHII")  # the first two bytes, sequence number, timestamp, SSRC (RFC 3550 section 5.1)
CSRC_BYTES = 4
SEQUENCE, TIMESTAMP = 0xFFFF, 0xFFFFFFFF
MOST_RUN = 16
PART = 192  # packets that are sent before others may go first


class Shape(NamedTuple):
    """What the packets of several slots have in common."""

    payload_type: int
    extension: bytes  # the whole RFC 8285 block, with zeros where the sending time goes; empty without extensions
    stamp_at: int  # where the three bytes of abs-send-time lie in it; 0: nowhere
    trailer: int  # bytes that protection appends
    family: int  # socket.AF_INET or AF_INET6


class Constants(Protocol):
    """What is added to a source's numbers: of a lane, or of one stretch of it."""

    @property
    def sequence(self) -> int: ...
    @property
    def timestamp(self) -> int: ...
    @property
    def picture_id(self) -> int: ...
    @property
    def tl0picidx(self) -> int: ...


class Lane:
    """One slot as the fan-out sees it: where it goes, and what is added to the source's numbers."""

    __slots__ = ("address", "first", "picture_id", "sequence", "srtp", "ssrc", "timestamp", "tl0picidx")

    def __init__(self, ssrc: int) -> None:
        self.ssrc = ssrc
        self.srtp: object = None  # the sending session of the receiver, for the engine only
        self.address: Address = ("", 0)
        self.first = self.sequence = self.timestamp = self.picture_id = self.tl0picidx = 0

    def tune(self, first: int, sequence: int, timestamp: int, picture_id: int, tl0picidx: int) -> None:
        """A new stretch: packets of the source from index `first` on, and the constants to add to them."""
        self.first, self.sequence, self.timestamp = first, sequence, timestamp
        self.picture_id, self.tl0picidx = picture_id, tl0picidx

    def connect(self, srtp: object, address: Address) -> None:
        """Where and under which keys from now on."""
        self.srtp, self.address = srtp, address


class Group:
    """Lanes of one shape. `version` changes with every coming and going, and with a lane's numbers."""

    __slots__ = ("cache", "lanes", "shape", "version")

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.lanes: dict[Lane, None] = {}
        self.version = 0
        self.cache: tuple[int, Any] | None = None  # an engine's own view of the lanes

    def add(self, lane: Lane) -> None:
        self.lanes[lane] = None
        self.version += 1

    def discard(self, lane: Lane) -> None:
        if lane in self.lanes:
            del self.lanes[lane]
            self.version += 1


class Fan:
    """Who gets the packets of one source track.

    `finish`: while packets are sent in parts, what must be called before anybody comes or goes.
    """

    __slots__ = ("finish", "groups")

    def __init__(self) -> None:
        self.groups: dict[Shape, Group] = {}
        self.finish: Callable[[], None] | None = None

    def __len__(self) -> int:
        return sum(len(group.lanes) for group in self.groups.values())

    def add(self, lane: Lane, shape: Shape) -> None:
        self._finish()
        group = self.groups.get(shape)
        if group is None:
            group = self.groups[shape] = Group(shape)
        group.add(lane)

    def discard(self, lane: Lane, shape: Shape) -> None:
        self._finish()
        group = self.groups.get(shape)
        if group is None:
            return
        group.discard(lane)
        if not group.lanes:
            del self.groups[shape]

    def change(self, lane: Lane, shape: Shape) -> None:
        """The numbers of a lane are about to change while it is here."""
        self._finish()
        group = self.groups.get(shape)
        if group is not None and lane in group.lanes:
            group.version += 1

    def _finish(self) -> None:
        if self.finish is not None:
            self.finish()


class Engine(Protocol):
    """Sends packets of a source to lanes. `failed` counts what the kernel or libsrtp refused.

    A run: see `joins`, not more than `MOST_RUN` packets. `parts` sends it to some lanes at a time, and yields where
    others may go first: also other packets by `send`, but no other `parts`, and lanes neither come, go nor change.
    """

    failed: int

    def lane(self, ssrc: int) -> Lane: ...
    def send(self, group: Group, run: Sequence[Packet], csrc: int) -> None: ...
    def parts(self, group: Group, run: Sequence[Packet], csrc: int) -> Iterator[None]: ...
    def send_late(self, group: Group, packet: Packet, csrc: int) -> None: ...


def joins(run: Sequence[Packet], packet: Packet) -> bool:
    """Whether a packet can be sent in one call with those before it.

    They are of one picture and of one size, but the last may be shorter.
    """
    first, last = run[0], run[-1]
    if packet.index != last.index + 1 or packet.timestamp != last.timestamp or packet.keyframe:
        return False
    size = first.end - first.start
    return packet.end - packet.start <= size == last.end - last.start


def payload_start(shape: Shape) -> int:
    return FIXED.size + CSRC_BYTES + len(shape.extension)


def first_bytes(packet: Packet, shape: Shape) -> int:
    """Version, extension bit, one CSRC, marker and payload type: 16 bits."""
    return (0x9100 if shape.extension else 0x8100) | (0x80 if packet.marker else 0) | shape.payload_type


def between(packet: Packet, shape: Shape, csrc: int) -> bytes:
    """What stands between the fixed header and the payload: the CSRC, and the extensions.

    The sending time is the packet's own, set when it was first sent: a packet sent again is the same bytes.
    """
    extension, at = shape.extension, shape.stamp_at
    if at:
        extension = b"".join((extension[:at], packet.stamp.to_bytes(3, "big"), extension[at + 3 :]))
    return csrc.to_bytes(CSRC_BYTES, "big") + extension


def lay_out(packet: Packet, shape: Shape, csrc: int, buffer: memoryview) -> int:
    """Write all of a packet that is the same for every lane of a shape; its length before protection, in bytes."""
    start = payload_start(shape)
    FIXED.pack_into(buffer, 0, first_bytes(packet, shape), 0, 0, 0)
    buffer[FIXED.size : start] = between(packet, shape, csrc)
    end = start + packet.end - packet.start
    buffer[start:end] = packet.data[packet.start : packet.end]
    return end


def patch(by: Constants, ssrc: int, packet: Packet, buffer: memoryview, start: int) -> None:
    """Write one stream's numbers into a packet that is laid out. `start`: where the payload begins."""
    buffer[2:4] = (packet.index + by.sequence & SEQUENCE).to_bytes(2, "big")
    buffer[4:8] = (packet.timestamp + by.timestamp & TIMESTAMP).to_bytes(4, "big")
    buffer[8:12] = ssrc.to_bytes(4, "big")
    found = packet.vp8
    if found is None:
        return
    at = found.picture_id_at - packet.start + start
    value = found.picture_id + by.picture_id
    if found.picture_id_bits == 15:
        buffer[at : at + 2] = (0x8000 | value & 0x7FFF).to_bytes(2, "big")
    elif found.picture_id_bits == 7:
        buffer[at] = value & 0x7F
    if found.tl0picidx_at:
        buffer[found.tl0picidx_at - packet.start + start] = found.tl0picidx + by.tl0picidx & 0xFF
