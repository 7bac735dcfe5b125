"""What a crowd has sent and received, added up, so that a stretch of time is the difference of two of these. Pure."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from media.load.participant import Participant

SO_MEMINFO = 55  # asm-generic/socket.h
MEMINFO = struct.Struct("@9I")


@dataclass(frozen=True, slots=True)
class Counters:
    """Packets, unless it says otherwise. `expected` and `lost` go by sequence numbers; `received` counts none twice."""

    received: int = 0
    expected: int = 0
    duplicates: int = 0
    late: int = 0  # out of order, and in time to be counted
    repaired: int = 0  # lost, and brought by a retransmission
    probes: int = 0
    early: int = 0  # said before its speaker got a slot
    unknown: int = 0  # of whom the delay is not known
    misread: int = 0  # whose delay would have been measured wrongly
    keyframes: int = 0
    refused: int = 0
    overflowed: int = 0  # thrown away by the kernel because this process did not read fast enough
    sent: int = 0
    unsent: int = 0
    resent: int = 0
    keyframes_asked: int = 0
    feedback: int = 0  # packets of transport-wide feedback
    bytes: int = 0  # received by SRTP

    @property
    def lost(self) -> int:
        return self.expected - self.received

    @property
    def delivered(self) -> float:
        """Share of the packets expected that came; 1.0 where none were."""
        return self.received / self.expected if self.expected else 1.0

    def __add__(self, other: Counters) -> Counters:
        return Counters(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: Counters) -> Counters:
        return Counters(*(one - another for one, another in zip(astuple(self), astuple(other), strict=True)))


def count(participant: Participant) -> Counters:
    """For the engine's thread."""
    streams, encodings = participant.streams, participant.encodings
    return Counters(
        received=sum(each.received for each in streams),
        expected=sum(each.expected for each in streams),
        duplicates=sum(each.duplicates for each in streams),
        late=sum(each.late for each in streams),
        repaired=sum(each.repaired for each in streams),
        probes=participant.probes,
        early=sum(each.early for each in streams),
        unknown=sum(each.unknown for each in streams),
        misread=sum(each.misread for each in streams),
        keyframes=sum(each.keyframes for each in streams),
        refused=participant.refused,
        overflowed=_overflowed(participant.link.socket),
        sent=sum(each.packets for each in encodings),
        unsent=participant.unsent,
        resent=sum(each.resent for each in encodings),
        keyframes_asked=sum(each.keyframes_asked for each in encodings),
        feedback=participant.feedback,
        bytes=participant.bytes,
    )


def total(counted: Iterable[Counters]) -> Counters:
    return sum(counted, Counters())


def _overflowed(socket_: socket.socket) -> int:
    """Datagrams dropped at this socket (SK_MEMINFO_DROPS)."""
    memory = socket_.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, MEMINFO.size)
    return int(MEMINFO.unpack(memory)[8])
