"""Transport-wide feedback to a publisher (draft-holmer-rmcat-transport-wide-cc-extensions-01). Pure.

A browser numbers all its packets in one count, whatever stream they belong to. About ten times a second it is told
which came and when; from that it finds what its uplink bears, and begins its upper simulcast layers.
"""

from __future__ import annotations

import struct

from media.rtp.sequence import Unwrapper

HEADER = struct.Struct("!BBHIIHH3sB")
OUR_SSRC = 1
TICK_HZ = 4_000  # arrivals are told in units of 250 us
REFERENCE_TICKS = 256  # and counted from a reference time in units of 64 ms
LARGEST_DELTA = 32_767
MOST_STATUSES = 500  # of one packet: at two bytes and 2/7 for each, it stays below 1,200 bytes
MOST_PACKETS = 8  # of one feedback
MOST_WAITING = 4_000

# Statuses, written as digits so that `int` reads a vector of them.
LOST, NEAR, FAR = b"012"
Arrivals = list[tuple[int, int]]  # (extended number, ticks), in the order of the numbers


class TwccRecorder:
    """What came from one publisher since the last feedback.

    Every number is told once, as lost if it has not come by then. One that comes later is told in the next feedback, in
    a packet of its own: senders keep in mind what was lost. A hole of 500 and more is passed over. When more than 4,000
    packets come between two feedbacks the rest is as good as lost; of more than eight packets to send the newest stay.
    """

    __slots__ = ("_came", "_sent", "_told", "_unwrap")

    def __init__(self) -> None:
        self._came: list[tuple[int, float]] = []
        self._unwrap = Unwrapper()
        self._told: int | None = None  # what became of every number below has been told
        self._sent = 0

    def received(self, sequence: int, now: float) -> None:
        """A packet with this transport-wide number (16 bits) has come at `now` (monotonic seconds). The hot path."""
        if len(self._came) < MOST_WAITING:
            self._came.append((sequence, now))

    def feedback(self, media_ssrc: int) -> list[bytes]:
        """RTCP packets about all that came since the last call, seldom more than one; none when nothing came.

        `media_ssrc`: any stream of the publisher, whose numbers are common to all.
        """
        if not self._came:
            return []
        packets = []
        for base, arrivals in self._stretches(self._take())[-MOST_PACKETS:]:
            packets.append(_packet(media_ssrc, base, arrivals, self._sent & 0xFF))
            self._sent += 1
        return packets

    def _take(self) -> Arrivals:
        came, self._came = self._came, []
        unwrap = self._unwrap.unwrap
        arrivals: dict[int, int] = {}
        for sequence, now in came:
            arrivals.setdefault(unwrap(sequence), int(now * TICK_HZ))
        return sorted(arrivals.items())

    def _stretches(self, arrivals: Arrivals) -> list[tuple[int, Arrivals]]:
        """Cut into what one packet each can say, with the first number of each."""
        told = arrivals[0][0] if self._told is None else self._told
        stretches: list[tuple[int, Arrivals]] = []
        base = before = told
        ticks_before = 0
        for arrival in arrivals:
            number, ticks = arrival
            # Between two late ones lie numbers that were told as received.
            hole_is_new = before + 1 >= told or number == before + 1
            fits = number - base < MOST_STATUSES and -LARGEST_DELTA <= ticks - ticks_before <= LARGEST_DELTA
            if not (stretches and hole_is_new and fits):
                base = told if 0 <= number - told < MOST_STATUSES else number
                stretches.append((base, []))
            stretches[-1][1].append(arrival)
            before, ticks_before = number, ticks
            told = max(told, number + 1)
        self._told = told
        return stretches


def _packet(media_ssrc: int, base: int, arrivals: Arrivals, count: int) -> bytes:
    """Section 3.1. Deltas go from one received packet to the next in number, so they may be negative."""
    reference = arrivals[0][1] // REFERENCE_TICKS
    statuses = bytearray([LOST]) * (arrivals[-1][0] + 1 - base)
    deltas = bytearray()
    before = reference * REFERENCE_TICKS
    for number, ticks in arrivals:
        delta = ticks - before
        before = ticks
        if 0 <= delta <= 0xFF:
            statuses[number - base] = NEAR
            deltas.append(delta)
        else:
            statuses[number - base] = FAR
            deltas += delta.to_bytes(2, "big", signed=True)
    body = _chunks(bytes(statuses)) + deltas
    body += bytes(-len(body) % 4)
    words = HEADER.size // 4 - 1 + len(body) // 4
    since = (reference & 0xFFFFFF).to_bytes(3, "big")
    return HEADER.pack(0x8F, 205, words, OUR_SSRC, media_ssrc, base & 0xFFFF, len(statuses), since, count) + body


def _chunks(statuses: bytes) -> bytes:
    """Sections 3.1.3 and 3.1.4: a run of one status, or a vector of fourteen with one bit or of seven with two."""
    chunks = bytearray()
    while statuses:
        run = len(statuses) - len(statuses.lstrip(statuses[:1]))
        vector, width, radix = (0xC000, 7, 4) if FAR in statuses[:14] else (0x8000, 14, 2)
        if run >= min(width, len(statuses)):
            chunk, taken = int(statuses[:1]) << 13 | run, run
        else:
            chunk, taken = vector | int(statuses[:width].ljust(width, b"0"), radix), width
        chunks += chunk.to_bytes(2, "big")
        statuses = statuses[taken:]
    return bytes(chunks)
