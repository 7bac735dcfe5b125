"""One sent SSRC: numbering, header extensions as a browser writes them, and what is kept for retransmission. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from media.load import rtp
from media.load.sdp import LEVEL, MID, REPAIRED_RID, RID, TRANSPORT_CC, Told
from media.load.sent import Sent

KEPT = 512  # packets for retransmission
DESCRIPTOR_BYTES = 6


@dataclass(slots=True)
class Numbers:
    """What an encoding begins with."""

    ssrc: int
    sequence: int  # below 32768, or a lost first packet desynchronises SRTP
    timestamp: int


@dataclass(slots=True)
class Picture:
    """Running numbers of one VP8 encoding."""

    id: int
    tl0: int = 0

    def descriptor(self, first: bool) -> bytes:
        """RFC 7741 section 4.2, as Chromium fills it for simulcast: picture id of 15 bits, tl0picidx, layer 0."""
        number = 0x8000 | self.id & 0x7FFF
        return bytes((0x90 if first else 0x80, 0xE0, number >> 8, number & 0xFF, self.tl0 & 0xFF, 0x20))


@dataclass(slots=True)
class Kept:
    sequence: int
    timestamp: int
    second: int
    payload: bytes
    packet: bytes


@dataclass
class Encoding:
    """`transport_number` counts the packets of the whole connection (transport-wide congestion control)."""

    told: Told
    rid: str
    numbers: Numbers
    transport_number: Callable[[], int]
    packets: int = 0
    octets: int = 0
    resent: int = 0
    keyframes_asked: int = 0
    reported: bool = False  # somebody has reported this SSRC: MID and RID are not needed any more
    sent: Sent = field(init=False)
    picture: Picture = field(init=False)

    def __post_init__(self) -> None:
        self.sent = Sent(self.numbers.ssrc)
        self.picture = Picture(self.numbers.sequence & 0x7FFF)
        self._kept: dict[int, Kept] = {}
        self._rtx_sequence = self.numbers.sequence
        self._rtx_reported = False

    @property
    def ssrc(self) -> int:
        return self.numbers.ssrc

    @property
    def rtx_ssrc(self) -> int:
        return self.ssrc + 1

    def write(self, payload: bytes, ticks: int, marker: bool, keyframe: bool, level: int | None, now_ns: int) -> bytes:
        """The next packet. `ticks`: RTP time since this encoding began; `keyframe`: it begins one."""
        sequence = self.numbers.sequence & 0xFFFF
        timestamp = self.numbers.timestamp + ticks & 0xFFFFFFFF
        self.numbers.sequence += 1
        self.packets += 1
        self.octets += len(payload)
        second = self.told.payload_type | (0x80 if marker else 0)
        elements = self._elements(RID, self.reported, level)
        packet = rtp.packet(second, sequence, timestamp, self.ssrc, elements, payload)
        self._keep(Kept(sequence, timestamp, second, payload, packet))
        self.sent.note(sequence, timestamp, now_ns, keyframe)
        return packet

    def again(self, sequence: int) -> bytes | None:
        """A kept packet on the retransmission stream (RFC 4588 section 4), or as it was where none is agreed (sound);
        None: too old."""
        kept = self._kept.get(sequence)
        if kept is None:
            return None
        self.resent += 1
        if self.told.rtx_payload_type is None:
            return kept.packet
        self._rtx_sequence = self._rtx_sequence + 1 & 0xFFFF
        second = self.told.rtx_payload_type | kept.second & 0x80
        payload = kept.sequence.to_bytes(2, "big") + kept.payload
        elements = self._elements(REPAIRED_RID, self._rtx_reported, None)
        return rtp.packet(second, self._rtx_sequence, kept.timestamp, self.rtx_ssrc, elements, payload)

    def heard(self, ssrc: int) -> None:
        """The other side reports this SSRC."""
        self.reported |= ssrc == self.ssrc
        self._rtx_reported |= ssrc == self.rtx_ssrc

    def _keep(self, kept: Kept) -> None:
        self._kept[kept.sequence] = kept
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    def _elements(self, rid_uri: str, known: bool, level: int | None) -> list[tuple[int, bytes]]:
        ids, elements = self.told.ids, []
        if level is not None and LEVEL in ids:
            elements.append((ids[LEVEL], bytes((level,))))
        if TRANSPORT_CC in ids:
            elements.append((ids[TRANSPORT_CC], (self.transport_number() & 0xFFFF).to_bytes(2, "big")))
        if not known and MID in ids:
            elements.append((ids[MID], self.told.mid.encode()))
        if not known and self.rid and rid_uri in ids:
            elements.append((ids[rid_uri], self.rid.encode()))
        return elements
