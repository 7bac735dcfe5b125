"""The fan-out in Python: each packet of a batch is written with one call and protected in place, all sent with one.

One `Struct` writes the header, VP8's running numbers and what lies between them: that is a third of the cost of doing
it piece by piece, because this runs tens of thousands of times a second.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from media.aiortc_bridge import SRTP_PROTECT
from media.fanout import Group, Lane, Shape, lay_out, patch, payload_start
from media.ice import Address
from media.mmsg import BATCH, LARGEST, Name, Outbox
from media.ports import Packet

HEAD = 12  # the fixed header of RFC 3550 without CSRCs
NUMBERS = 3  # VP8: 15 bits of picture id, then tl0picidx (RFC 7741 section 4.2)
MOST_FORMS = 2_048


class NamedLane(Lane):
    """A lane whose address also stands where the kernel reads it."""

    __slots__ = ("name",)

    def __init__(self, ssrc: int) -> None:
        super().__init__(ssrc)
        self.name = Name()

    def connect(self, srtp: object, address: Address) -> None:
        super().connect(srtp, address)
        self.name.set(address)


Places = list[tuple[NamedLane, int, Any]]  # lanes, each with where its packet is written: in `bytes`, and in C


class _Batch(NamedTuple):
    """Up to 64 lanes that get their packets together."""

    places: Places
    messages: Any


class _Picture(NamedTuple):
    at: int
    picture_id: int
    tl0picidx: int


class PythonEngine:
    """`fds` gives a socket's descriptor by address family."""

    def __init__(self, fds: dict[int, int]) -> None:
        self.failed = 0
        self._fds = fds
        self._outbox = Outbox()
        self._common = memoryview(bytearray(LARGEST))
        self._forms: dict[tuple[int, int], struct.Struct] = {}

    def lane(self, ssrc: int) -> Lane:
        return NamedLane(ssrc)

    def send(self, group: Group, packet: Packet, csrc: int) -> None:
        cached = group.cache
        if cached is None or cached[0] != group.version:
            cached = group.cache = (group.version, list(self._batches(list(group.lanes))))
        self._send(cached[1], group.shape, packet, csrc)

    def send_late(self, group: Group, packet: Packet, csrc: int) -> None:
        """A packet that comes out of order: only for lanes whose stretch it belongs to."""
        lanes = [lane for lane in group.lanes if lane.first <= packet.index]
        if len(lanes) == len(group.lanes):
            self.send(group, packet, csrc)
        else:
            self._send(self._batches(lanes), group.shape, packet, csrc)

    def _batches(self, lanes: Sequence[Lane]) -> Iterator[_Batch]:
        for first in range(0, len(lanes), BATCH):
            named = [lane for lane in lanes[first : first + BATCH] if isinstance(lane, NamedLane)]
            places = [(lane, at * LARGEST, self._outbox.places[at]) for at, lane in enumerate(named)]
            yield _Batch(places, self._outbox.messages([lane.name for lane in named]))

    def _send(self, batches: Iterable[_Batch], shape: Shape, packet: Packet, csrc: int) -> None:
        length = lay_out(packet, shape, csrc, self._common)
        sealed = length + shape.trailer
        start = payload_start(shape)
        picture = _plain_picture(packet, start)
        for places, messages in batches:
            if sealed > LARGEST:
                self.failed += len(places)
                continue
            if picture is not None:
                self._write_pictures(places, packet, length, picture)
            else:
                self._write(places, packet, length, start)
            first = 0
            for unsealed in self._seal(places, length):
                self.failed += 1 + self._outbox.send(self._fds[shape.family], messages, sealed, first, unsealed)
                first = unsealed + 1
            self.failed += self._outbox.send(self._fds[shape.family], messages, sealed, first, len(places))

    def _write_pictures(self, places: Places, packet: Packet, length: int, picture: _Picture) -> None:
        # Everything a loop touches is a local name.
        common, out, index, timestamp = self._common, self._outbox.bytes, packet.index, packet.timestamp
        at, picture_id, tl0picidx = picture
        head, second = common[0], common[1]
        before, behind = bytes(common[HEAD:at]), bytes(common[at + NUMBERS : length])
        pack = self._form(at, length).pack_into
        for lane, place, _ in places:
            sequence, ticks = index + lane.sequence & 0xFFFF, timestamp + lane.timestamp & 0xFFFFFFFF
            number = 0x8000 | picture_id + lane.picture_id & 0x7FFF
            tl0 = tl0picidx + lane.tl0picidx & 0xFF
            pack(out, place, head, second, sequence, ticks, lane.ssrc, before, number, tl0, behind)

    def _write(self, places: Places, packet: Packet, length: int, start: int) -> None:
        """Sound, and pictures whose numbers stand otherwise than browsers write them."""
        common, out, index, timestamp = self._common, self._outbox.bytes, packet.index, packet.timestamp
        head, second, rest = common[0], common[1], bytes(common[HEAD:length])
        pack = self._form(0, length).pack_into
        for lane, place, _ in places:
            sequence, ticks = index + lane.sequence & 0xFFFF, timestamp + lane.timestamp & 0xFFFFFFFF
            pack(out, place, head, second, sequence, ticks, lane.ssrc, rest)
            if packet.vp8 is not None:
                patch(lane, lane.ssrc, packet, out[place : place + length], start)

    def _seal(self, places: Places, length: int) -> Iterator[int]:
        """Protect each in place. Yields where that failed: no receiver may get what is not sealed."""
        protect, held = SRTP_PROTECT, self._outbox.length
        for number, (lane, _, memory) in enumerate(places):
            held[0] = length
            if protect(lane.srtp, memory, held):
                yield number

    def _form(self, at: int, length: int) -> struct.Struct:
        """The whole packet: header, and where a picture's numbers stand at `at` also these."""
        form = self._forms.get((at, length))
        if form is None:
            if len(self._forms) >= MOST_FORMS:
                self._forms.clear()
            rest = f"{at - HEAD}sHB{length - at - NUMBERS}s" if at else f"{length - HEAD}s"
            form = self._forms[at, length] = struct.Struct(f"!BBHII{rest}")
        return form


def _plain_picture(packet: Packet, start: int) -> _Picture | None:
    """Where 15 bits of picture id and the tl0picidx behind them lie, as browsers write them, and both."""
    found = packet.vp8
    if found is None or found.picture_id_bits != 15 or found.tl0picidx_at != found.picture_id_at + 2:
        return None
    return _Picture(found.picture_id_at - packet.start + start, found.picture_id, found.tl0picidx)
