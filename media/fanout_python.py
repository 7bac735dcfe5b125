"""The fan-out in Python: each packet of a batch is written with one call, all are protected in place and sent with one.

What a lane adds is kept in tuples, and two fields of the header are one number: between two packets the processor has
done other things, and every object that is touched costs more than the arithmetic. (Columns of numbers for all lanes at
once, with numpy, take a quarter of the time in a loop of nothing else, and twice the time here.)
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from media.address import Address
from media.aiortc_bridge import SRTP_PROTECT
from media.fanout import FIXED, Group, Lane, Shape, between, first_bytes, patch, payload_start
from media.mmsg import BATCH, LARGEST, Name, Outbox
from media.ports import Packet

HEAD = FIXED.size
NUMBERS = 3  # VP8: 15 bits of picture id, then tl0picidx (RFC 7741 section 4.2)
TIMESTAMP_AND_SSRC = (1 << 64) - 1
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


class _Place(NamedTuple):
    """Where a lane's packet is written, and what is added to the source's numbers."""

    at: int
    sequence: int
    timestamp_and_ssrc: int
    picture_id: int
    tl0picidx: int


class _Batch(NamedTuple):
    """Lanes that get up to 64 packets together, the k-th of each where `rows[k]` says."""

    lanes: list[NamedLane]
    rows: list[list[_Place]]
    sessions: list[object]  # of every packet, in the order of their places
    messages: Any  # for the kernel


class _Laid(NamedTuple):
    """A packet but for what lanes write into it. `before`, `behind`: of where a picture's numbers stand."""

    packet: Packet
    length: int
    first: int  # what stands before the sequence number, and zeros for that
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
        self._forms: dict[tuple[int, int], struct.Struct] = {}

    def lane(self, ssrc: int) -> Lane:
        return NamedLane(ssrc)

    def send(self, group: Group, run: Sequence[Packet], csrc: int) -> None:
        laid = self._lay_out_all(run, group.shape, csrc)
        for batch in self._cached(group, len(run)):
            self._send(batch, laid, group.shape)

    def send_late(self, group: Group, packet: Packet, csrc: int) -> None:
        """A packet that comes out of order: only for lanes whose stretch it belongs to."""
        lanes = [lane for lane in group.lanes if lane.first <= packet.index]
        if len(lanes) == len(group.lanes):
            self.send(group, (packet,), csrc)
            return
        laid = self._lay_out_all((packet,), group.shape, csrc)
        for batch in self._batches(lanes, 1):
            self._send(batch, laid, group.shape)

    def parts(self, group: Group, run: Sequence[Packet], csrc: int) -> Iterator[None]:
        laid = self._lay_out_all(run, group.shape, csrc)
        for batch in self._cached(group, len(run)):
            self._send(batch, laid, group.shape)
            yield

    def _cached(self, group: Group, run: int) -> list[_Batch]:
        cached = group.cache
        if cached is None or cached[0] != group.version:
            cached = group.cache = (group.version, {})
        batches: list[_Batch] | None = cached[1].get(run)
        if batches is None:
            batches = cached[1][run] = list(self._batches(list(group.lanes), run))
        return batches

    def _batches(self, lanes: Sequence[Lane], run: int) -> Iterator[_Batch]:
        most = BATCH // run
        for first in range(0, len(lanes), most):
            named = [lane for lane in lanes[first : first + most] if isinstance(lane, NamedLane)]
            yield _Batch(
                named,
                [[_place(lane, number * run + row) for number, lane in enumerate(named)] for row in range(run)],
                [lane.srtp for lane in named for _ in range(run)],
                self._outbox.messages([lane.name for lane in named], run),
            )

    def _send(self, batch: _Batch, laid: list[_Laid], shape: Shape) -> None:
        lanes, rows, sessions, messages = batch
        if laid[0].length + shape.trailer > LARGEST:
            self.failed += len(sessions)
            return
        for each, places in zip(laid, rows, strict=True):
            if each.picture is not None:
                self._write_pictures(places, each, each.picture)
            else:
                self._write(places, each)
                if each.packet.vp8 is not None:
                    self._patch(lanes, places, each, shape)
        fd, size, first = self._fds[shape.family], len(laid), 0
        for number in self._seal(sessions, laid):
            self.failed += size + self._outbox.send(fd, messages, size, first, number)
            first = number + 1
        self.failed += self._outbox.send(fd, messages, size, first, len(lanes))

    def _lay_out_all(self, run: Sequence[Packet], shape: Shape, csrc: int) -> list[_Laid]:
        return [self._lay_out(packet, shape, csrc) for packet in run]

    def _lay_out(self, packet: Packet, shape: Shape, csrc: int) -> _Laid:
        data, head, found = packet.data, between(packet, shape, csrc), packet.vp8
        first = first_bytes(packet, shape) << 16
        if found is None or found.picture_id_bits != 15 or found.tl0picidx_at != found.picture_id_at + 2:
            rest = head + data[packet.start : packet.end]
            length = HEAD + len(rest)
            return _Laid(packet, length, first, rest, b"", None, self._form(0, length))
        before, behind = (
            head + data[packet.start : found.picture_id_at],
            data[found.picture_id_at + NUMBERS : packet.end],
        )
        at = HEAD + len(before)
        length = at + NUMBERS + len(behind)
        numbers = (found.picture_id, found.tl0picidx)
        return _Laid(packet, length, first, before, behind, numbers, self._form(at, length))

    def _write_pictures(self, places: list[_Place], laid: _Laid, numbers: tuple[int, int]) -> None:
        # Everything a loop touches is a local name.
        out, index, ticks = self._outbox.bytes, laid.packet.index, laid.packet.timestamp << 32
        first, before, behind, pack = laid.first, laid.before, laid.behind, laid.form.pack_into
        picture_id, tl0picidx = numbers
        for at, sequence, second, picture, tl0 in places:
            pack(
                out,
                at,
                first | index + sequence & 0xFFFF,
                ticks + second & TIMESTAMP_AND_SSRC,
                before,
                0x8000 | picture_id + picture & 0x7FFF,
                tl0picidx + tl0 & 0xFF,
                behind,
            )

    def _write(self, places: list[_Place], laid: _Laid) -> None:
        out, index, ticks = self._outbox.bytes, laid.packet.index, laid.packet.timestamp << 32
        first, rest, pack = laid.first, laid.before, laid.form.pack_into
        for at, sequence, second, _, _ in places:
            pack(out, at, first | index + sequence & 0xFFFF, ticks + second & TIMESTAMP_AND_SSRC, rest)

    def _patch(self, lanes: list[NamedLane], places: list[_Place], laid: _Laid, shape: Shape) -> None:
        """Pictures whose numbers stand otherwise than browsers write them."""
        start = payload_start(shape)
        for lane, place in zip(lanes, places, strict=True):
            patch(lane, lane.ssrc, laid.packet, self._outbox.bytes[place.at : place.at + laid.length], start)

    def _seal(self, sessions: list[object], laid: list[_Laid]) -> list[int]:
        """Protect each in place. Lanes for which that failed: no receiver may get what is not sealed."""
        outbox = self._outbox
        outbox.set_lengths([each.length for each in laid])
        refused = list(map(SRTP_PROTECT, sessions, outbox.places, outbox.length_places))
        if not any(refused):
            return []
        return sorted({number // len(laid) for number, error in enumerate(refused) if error})

    def _form(self, at: int, length: int) -> struct.Struct:
        """The whole packet: header, and where a picture's numbers stand at `at` also these."""
        form = self._forms.get((at, length))
        if form is None:
            if len(self._forms) >= MOST_FORMS:
                self._forms.clear()
            rest = f"{at - HEAD}sHB{length - at - NUMBERS}s" if at else f"{length - HEAD}s"
            form = self._forms[at, length] = struct.Struct(f"!IQ{rest}")
        return form


def _place(lane: Lane, number: int) -> _Place:
    second = (lane.timestamp << 32) + lane.ssrc
    return _Place(number * LARGEST, lane.sequence, second, lane.picture_id, lane.tl0picidx)
