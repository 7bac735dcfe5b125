"""The fan-out in Python: each packet of a batch is written with one call and protected in place, all sent with one.

One `Struct` writes the header, VP8's running numbers and what lies between them: that is a third of the cost of doing
it piece by piece, because this runs tens of thousands of times a second.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from media.address import Address
from media.aiortc_bridge import SRTP_PROTECT
from media.fanout import Group, Lane, Shape, lay_out, patch, payload_start
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
    """Lanes that get up to 64 packets together, the k-th of each where `rows[k]` says."""

    rows: list[Places]
    messages: Any


class _Laid(NamedTuple):
    """A packet but for what lanes write into it. `before`, `behind`: of where a picture's numbers stand."""

    packet: Packet
    length: int
    head: int
    second: int
    before: bytes
    behind: bytes
    picture: tuple[int, int] | None  # picture id and tl0picidx, where both stand as browsers write them
    form: struct.Struct


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

    def send(self, group: Group, run: Sequence[Packet], csrc: int) -> None:
        for _ in self.parts(group, run, csrc):
            pass

    def send_late(self, group: Group, packet: Packet, csrc: int) -> None:
        """A packet that comes out of order: only for lanes whose stretch it belongs to."""
        lanes = [lane for lane in group.lanes if lane.first <= packet.index]
        if len(lanes) == len(group.lanes):
            self.send(group, (packet,), csrc)
            return
        for _ in self._send(self._batches(lanes, 1), group.shape, (packet,), csrc):
            pass

    def parts(self, group: Group, run: Sequence[Packet], csrc: int) -> Iterator[None]:
        cached = group.cache
        if cached is None or cached[0] != group.version:
            cached = group.cache = (group.version, {})
        batches = cached[1].get(len(run))
        if batches is None:
            batches = cached[1][len(run)] = list(self._batches(list(group.lanes), len(run)))
        return self._send(batches, group.shape, run, csrc)

    def _batches(self, lanes: Sequence[Lane], run: int) -> Iterator[_Batch]:
        places, most = self._outbox.places, BATCH // run
        for first in range(0, len(lanes), most):
            named = [lane for lane in lanes[first : first + most] if isinstance(lane, NamedLane)]
            rows: list[Places] = [
                [(lane, at * LARGEST, places[at]) for at, lane in zip(range(row, BATCH, run), named, strict=False)]
                for row in range(run)
            ]
            yield _Batch(rows, self._outbox.messages([lane.name for lane in named], run))

    def _send(self, batches: Iterable[_Batch], shape: Shape, run: Sequence[Packet], csrc: int) -> Iterator[None]:
        fd, size, start = self._fds[shape.family], len(run), payload_start(shape)
        laid = [self._lay_out(packet, shape, csrc, start) for packet in run]
        sealed = tuple([each.length + shape.trailer for each in laid])
        for rows, messages in batches:
            count = len(rows[0])
            if sealed[0] > LARGEST:
                self.failed += count * size
                return
            unsealed: list[int] = []
            for each, places in zip(laid, rows, strict=True):
                if each.picture is not None:
                    self._write_pictures(places, each, each.picture)
                else:
                    self._write(places, each, start)
                unsealed += self._seal(places, each.length)
            first = 0
            for number in sorted(set(unsealed)):
                self.failed += size + self._outbox.send(fd, messages, sealed, first, number)
                first = number + 1
            self.failed += self._outbox.send(fd, messages, sealed, first, count)
            yield

    def _lay_out(self, packet: Packet, shape: Shape, csrc: int, start: int) -> _Laid:
        common = self._common
        length = lay_out(packet, shape, csrc, common)
        head, second, found = common[0], common[1], packet.vp8
        if found is None or found.picture_id_bits != 15 or found.tl0picidx_at != found.picture_id_at + 2:
            rest = bytes(common[HEAD:length])
            return _Laid(packet, length, head, second, rest, b"", None, self._form(0, length))
        at = found.picture_id_at - packet.start + start
        before, behind = bytes(common[HEAD:at]), bytes(common[at + NUMBERS : length])
        numbers = (found.picture_id, found.tl0picidx)
        return _Laid(packet, length, head, second, before, behind, numbers, self._form(at, length))

    def _write_pictures(self, places: Places, laid: _Laid, numbers: tuple[int, int]) -> None:
        # Everything a loop touches is a local name.
        out, index, timestamp = self._outbox.bytes, laid.packet.index, laid.packet.timestamp
        head, second, before, behind, pack = laid.head, laid.second, laid.before, laid.behind, laid.form.pack_into
        picture_id, tl0picidx = numbers
        for lane, place, _ in places:
            sequence, ticks = index + lane.sequence & 0xFFFF, timestamp + lane.timestamp & 0xFFFFFFFF
            number = 0x8000 | picture_id + lane.picture_id & 0x7FFF
            tl0 = tl0picidx + lane.tl0picidx & 0xFF
            pack(out, place, head, second, sequence, ticks, lane.ssrc, before, number, tl0, behind)

    def _write(self, places: Places, laid: _Laid, start: int) -> None:
        """Sound, and pictures whose numbers stand otherwise than browsers write them."""
        out, packet, length, rest = self._outbox.bytes, laid.packet, laid.length, laid.before
        index, timestamp, head, second, pack = (
            packet.index,
            packet.timestamp,
            laid.head,
            laid.second,
            laid.form.pack_into,
        )
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
