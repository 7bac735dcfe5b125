"""The microphone of an office's computer in virtual time: its sound card drifts, its clock is wrong, its line jitters.

Its packets and sender reports go into the real UpTrack, clock and reorder buffer, which place them in meeting time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from media.reorder import OrderedSink, Reader
from tests.media.packets import audio_track, receive, rtp

PACKET_S, RATE_HZ, TICKS = 0.02, 48_000, 960
REPORT_EVERY_S = 5.0  # as Chromium does for sound
NTP_S = 3_815_000_000.0  # what a clock that is right shows at monotonic 0


@dataclass
class Office:
    """`drift`: how much faster than real its sound card runs. `wrong`: seconds its clock is ahead at a moment.

    Meeting time is virtual monotonic time. The way takes `way_s`, and up to `jitter_s` more.
    """

    readers: Sequence[Reader]
    drift: float = 0.0
    wrong: Callable[[float], float] = lambda now: 0.0
    way_s: float = 0.03
    jitter_s: float = 0.02
    seed: int = 1
    _arrived: float = 0.0
    _reported: float = field(default=-REPORT_EVERY_S)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._track = audio_track()
        self._sink = OrderedSink(self._track.clock, lambda now: now, self.readers)
        self._track.sinks.append(self._sink)
        self._first = self._chance.randrange(1 << 32), self._chance.randrange(1 << 15)

    def captured(self, number: float) -> float:
        """When the first sample of a packet was really captured."""
        return number * PACKET_S / (1 + self.drift)

    def talk(self, payloads: Iterable[bytes], first: int = 0) -> None:
        """Send packets from number `first` on, without a pause."""
        timestamp, sequence = self._first
        for number, payload in enumerate(payloads, first):
            now = self.captured(number + 1)  # it is sent when it is full
            self._report(now)
            self._arrived = max(self._arrived, now + self.way_s + self._chance.uniform(0, self.jitter_s))
            receive(self._track, rtp(sequence + number, timestamp + number * TICKS, payload), self._arrived)
            if number % 10 == 0:
                self._sink.tick(self._arrived)

    def close(self) -> None:
        self._track.close()

    def _report(self, now: float) -> None:
        """A sender report: what its clock shows, and the timestamp of that moment (RFC 3550 section 6.4.1)."""
        if now - self._reported < REPORT_EVERY_S:
            return
        self._reported = now
        ticks = round(now * (1 + self.drift) * RATE_HZ)
        shows = round((NTP_S + now + self.wrong(now)) * (1 << 32))
        self._track.on_sender_report(shows, self._first[0] + ticks & 0xFFFFFFFF, now + self.way_s)
