"""When a packet was captured, on our own clock, without trusting anybody's wall clock. Pure.

A source's timestamps run at its own sound card's rate; its sender reports tie them to its computer's clock, whose rate
is good and whose time of day may be minutes off. So reports only correct the rate. The offset is ours: of all packets
of the last seconds, the one that was fastest on its way (smallest arrival minus capture) sets it. A muted microphone's
timestamps stand still and the offset grows by the pause; a burst that was held up grows it for a moment only. The
timestamps of a layer that was stopped have run on: seconds without packets make nothing old, or its first key frame,
which is slow, would set the offset by which receivers continue.

A busy computer loses sound before it is numbered: its timestamps fall behind by a tenth of a second, or by two seconds
while it starts. The smallest offset would find that out when the last packet from before has left the window, and
pictures would be held back until then, to wait for sound that has long been heard. So where reports say that much was
lost, and packets come late by it, it is believed at once.
"""

from __future__ import annotations

from collections import deque

from media.rtp.sequence import Unwrapper

BUCKET_S = 1.0
BUCKETS = 20  # of seconds in which packets came
STALL_S = 1.0  # later than this is no delay but a pause in sending: a muted browser's timestamps stand still
SETTLE_S = 0.3  # a burst that was held up has come by then; a pause goes on at the pace of its packets
RETURNED_S = 0.3  # so near to the old offset it was a delay
MIN_BASE_S = 10.0  # reports closer together than this say nothing about a rate
MAX_DRIFT = 500e-6
RECENT_BUCKETS = 2  # between one and two seconds, or an odd packet would speak for all
LOST_S = 0.02  # less than this between reports and timestamps is the sender's own jitter


class SourceClock:
    """Maps the RTP timestamps of one source to monotonic seconds of capture."""

    __slots__ = (
        "_ahead",
        "_base",
        "_buckets",
        "_doubted",
        "_former",
        "_last",
        "_newest",
        "_origin",
        "_rate",
        "_smallest",
        "_unwrap",
        "drift",
    )

    def __init__(self, rate_hz: int) -> None:
        self._rate = rate_hz
        self._unwrap = Unwrapper(32)
        self._origin: int | None = None
        self._buckets: deque[tuple[float, float]] = deque()  # (when the bucket began, smallest offset in it)
        self._smallest = 0.0  # offset of all buckets, 0 without any
        self._former: deque[tuple[float, float]] | None = None
        self._doubted = float("-inf")
        self._newest = 0
        self._last = -1  # timestamp of the last packet
        self._base: tuple[float, int] | None = None
        self._ahead: float | None = None  # the sender's clock minus its timestamps, where the offset is right
        self.drift = 0.0

    def observe(self, timestamp: int, arrival: float) -> None:
        """A packet with this timestamp (32 bits) arrived at `arrival` (monotonic seconds).

        Of a picture the first one tells: the others come later.
        """
        if timestamp == self._last:
            return
        self._last = timestamp
        ticks = self._unwrap.unwrap(timestamp)
        if self._origin is None:
            self._origin = ticks
        offset = arrival - self._seconds(ticks)
        if self._buckets and ticks >= self._newest and offset - self._smallest > STALL_S:
            self._doubt(arrival)
        elif self._former is not None:
            self._settle(offset, arrival)
        if ticks > self._newest:
            self._newest = ticks
        self._note(arrival, offset)

    def settling(self, now: float) -> bool:
        """True while it is not known yet whether the last second was a pause in sending or a delay on the way."""
        return self._former is not None and now - self._doubted < SETTLE_S

    def on_report(self, ntp_seconds: float, timestamp: int, arrival: float) -> None:
        """A sender report (RFC 3550 section 6.4.1) pairs its sender's clock with a timestamp: corrects the rate, and
        shows what the timestamps have left out."""
        ticks = self._unwrap.peek(timestamp)
        self._catch_up(ntp_seconds - self._seconds(ticks))
        if self._base is None:
            self._base = (ntp_seconds, ticks)
            return
        elapsed, ran = ntp_seconds - self._base[0], (ticks - self._base[1]) / self._rate
        if elapsed < MIN_BASE_S or ran <= 0:
            return
        drift = elapsed / ran - 1
        if abs(drift) > MAX_DRIFT:  # a paused source or a clock that was set: start over
            self._base = (ntp_seconds, ticks)
            return
        self._retune(drift, arrival)

    def capture(self, timestamp: int) -> float:
        """Monotonic seconds at which the sample with this timestamp was captured, plus the shortest way here."""
        return self._seconds(self._unwrap.peek(timestamp)) + self._smallest

    def _catch_up(self, ahead: float) -> None:
        """The timestamps have fallen behind their sender's clock, by no more than the newest packets were late.

        What packets do not show is kept in mind: it may have been lost behind them. More than `STALL_S` is a pause,
        which is noticed without reports, or a clock that was set.
        """
        if self._ahead is None or not self._buckets or not 0 <= ahead - self._ahead <= STALL_S:
            self._ahead = ahead
            return
        offset = self._smallest
        late = min(smallest for _, smallest in list(self._buckets)[-RECENT_BUCKETS:]) - offset
        lost = min(ahead - self._ahead, late)
        if lost > LOST_S:
            self._ahead += lost
            self._buckets = deque((began, max(smallest, offset + lost)) for began, smallest in self._buckets)
            self._smallest = self._least()

    def _doubt(self, arrival: float) -> None:
        """Packets come late by more than jitter. Begin anew, but keep what was known until this has settled."""
        self._former = self._former or self._buckets
        self._buckets = deque()
        self._doubted, self._smallest = arrival, 0.0

    def _settle(self, offset: float, arrival: float) -> None:
        """A burst held up on the way comes back to the old offset at once; after a pause the new one stays."""
        assert self._former is not None
        if offset - min(former for _, former in self._former) < RETURNED_S:
            self._buckets, self._former = self._former, None
            self._smallest = self._least()
        elif arrival - self._doubted > SETTLE_S:
            self._former = None

    def _seconds(self, ticks: int) -> float:
        return (ticks - (self._origin or 0)) / self._rate * (1 + self.drift)

    def _least(self) -> float:
        return min((offset for _, offset in self._buckets), default=0.0)

    def _note(self, arrival: float, offset: float) -> None:
        buckets = self._buckets
        if buckets and arrival - buckets[-1][0] < BUCKET_S:
            began, smallest = buckets[-1]
            if offset < smallest:
                buckets[-1] = (began, offset)
                self._smallest = min(self._smallest, offset)
            return
        buckets.append((arrival, offset))
        if len(buckets) > BUCKETS:
            buckets.popleft()
        self._smallest = self._least()

    def _retune(self, drift: float, arrival: float) -> None:
        """Change the rate around the newest packet, so that no time already told jumps."""
        ran = (self._newest - (self._origin or 0)) / self._rate
        shift = ran * (drift - self.drift)
        self._buckets = deque((began, offset - shift) for began, offset in self._buckets)
        if self._ahead is not None:
            self._ahead -= shift
        if self._former is not None:
            self._former = deque((began, offset - shift) for began, offset in self._former)
        self._smallest = self._least()
        self.drift = drift
