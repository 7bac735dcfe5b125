"""Reception statistics of one source, as a report block wants them (RFC 3550 sections 6.4.1 and A.3, A.8). Pure."""

from __future__ import annotations

from dataclasses import dataclass

MASK, HALF = (1 << 32) - 1, 1 << 31


@dataclass(frozen=True, slots=True)
class ReceptionReport:
    """The fields of one report block, in the units of the wire."""

    ssrc: int
    fraction_lost: int  # of 256
    packets_lost: int
    highest_sequence: int  # extended, 32 bits
    jitter: int  # timestamp ticks
    last_sender_report: int  # middle 32 bits of its NTP time
    delay_since_sender_report: int  # 1/65536 s


class ReceptionStats:
    __slots__ = ("_arrival", "_expected_before", "_jitter", "_rate", "_received_before", "_report", "_timestamp")

    def __init__(self, rate_hz: int) -> None:
        self._rate = rate_hz
        self._jitter = 0.0
        self._arrival: float | None = None  # of the last packet
        self._timestamp = 0
        self._expected_before = self._received_before = 0
        self._report: tuple[int, float] | None = None

    def received(self, timestamp: int, now: float) -> None:
        """`timestamp`: of a packet that arrived at `now`, RTP ticks, 32 bits. Of a picture its first packet counts: the
        others were captured no later, and sent when their turn came.
        """
        if timestamp == self._timestamp and self._arrival is not None:
            return
        if self._arrival is not None:
            ahead = (timestamp - self._timestamp + HALF & MASK) - HALF
            self._jitter += (abs((now - self._arrival) * self._rate - ahead) - self._jitter) / 16
        self._arrival, self._timestamp = now, timestamp

    def on_sender_report(self, ntp: int, now: float) -> None:
        self._report = (ntp >> 16 & 0xFFFFFFFF, now)

    def report(self, ssrc: int, first: int, highest: int, received: int, now: float) -> ReceptionReport:
        """A block since the last call. `first` and `highest` are extended sequence numbers."""
        expected = highest - first + 1
        new_expected = expected - self._expected_before
        new_lost = new_expected - (received - self._received_before)
        self._expected_before, self._received_before = expected, received
        fraction = min(255, max(0, new_lost * 256 // new_expected)) if new_expected > 0 else 0
        lost = min(0x7FFFFF, max(-0x800000, expected - received))
        last, delay = self._since_report(now)
        return ReceptionReport(ssrc, fraction, lost, highest & 0xFFFFFFFF, int(self._jitter), last, delay)

    def _since_report(self, now: float) -> tuple[int, int]:
        if self._report is None:
            return 0, 0
        middle, at = self._report
        return middle, int((now - at) * 65536) & 0xFFFFFFFF
