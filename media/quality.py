"""How well one participant's connection carries the meeting: what its reports say, and one word for it. Pure."""

from __future__ import annotations

from collections import deque
from math import inf
from typing import NamedTuple

from media.ports import Quality

SHORTEST_S = 8.0  # ways change: of so long ago the shortest round trip says nothing about this one any more
FRESH_S = 0.7  # after a round trip was measured
SECOND = 0.8  # reports of so many seconds are as good as a whole one's
SOME_LOSS, MOST_USUAL = 0.04, 0.3  # so little is soon thought usual; more never comes from a radio link alone
WORSE_S, BETTER_S = 2.0, 6.0
POOR_LOSS, FAIR_LOSS = 0.10, 0.03  # Opus conceals a few per cent; at ten, words get lost
LOST_LOSS = 0.35
POOR_RTT_S, FAIR_RTT_S = 0.8, 0.4  # ITU-T G.114: up to 150 ms one way unnoticed, above 400 ms hardly a conversation
LOST_SILENCE_S = 8.0  # browsers that send nothing else check and report about every 5 s


class Reports:
    """Receiver reports about one direction. Browsers send them every second, or with every REMB."""

    def __init__(self) -> None:
        self.rtt = 0.2  # seconds; a guess at first
        self.queue = inf  # seconds that a round trip takes longer than the shortest; infinite: not known now
        self.usual_loss = 0.0  # what gets lost whatever is sent, as on a radio link
        self.excess = 0.0  # of the last second, beyond the usual and what it varies
        self.heard: float | None = None  # when the last one came
        self._shortest = (inf, inf)  # of this span and of the one before
        self._span = self._measured = -inf  # when this span began, when the last one was
        self._lost = self._counted = 0.0  # seconds
        self._seconds: deque[float] = deque(maxlen=3)

    @property
    def lossy(self) -> bool:
        return self.excess > 0.02

    @property
    def loss(self) -> float:
        """The fraction lost of the last three seconds or so."""
        return sum(self._seconds) / len(self._seconds) if self._seconds else 0.0

    def add(self, fraction_lost: float | None, now: float, rtt: float | None = None) -> float | None:
        """`fraction_lost` since the last report, 0 to 1; None: this one says nothing of it, as `rtt` may not either.

        Returns a second's fraction when one is complete.
        """
        if rtt is not None and rtt >= 0:
            self._measure(rtt, now)
        elif now - self._measured > FRESH_S:
            self.queue = inf
        if fraction_lost is None:
            return None
        elapsed = min(1.0, now - self.heard) if self.heard is not None else 1.0
        self.heard = now
        self._lost, self._counted = self._lost + fraction_lost * elapsed, self._counted + elapsed
        if self._counted < SECOND:
            return None
        second = self._lost / self._counted
        self._lost = self._counted = 0.0
        self._seconds.append(second)
        self.excess = second - 1.3 * self.usual_loss - 0.02
        return second

    def learn(self, loss: float, ours: bool) -> None:
        """A second's loss at a calm time. `ours`: video was sent, which might have caused it."""
        if loss < (max(SOME_LOSS, 2 * self.usual_loss) if ours else MOST_USUAL):
            self.usual_loss += 0.1 * (loss - self.usual_loss)

    def _measure(self, rtt: float, now: float) -> None:
        if now - self._span > SHORTEST_S / 2:
            self._span, self._shortest = now, (rtt, self._shortest[0])
        self._shortest = (min(rtt, self._shortest[0]), self._shortest[1])
        self._measured = now
        self.queue, self.rtt = rtt - min(self._shortest), min(1.0, max(0.02, rtt))


class Signs(NamedTuple):
    """What is seen of a connection now. `limited`: pictures are paused or reduced for want of bandwidth."""

    uplink_loss: float = 0.0  # 0 to 1, after repair where that is known
    downlink_loss: float = 0.0
    rtt_s: float = 0.0
    limited: bool = False
    silence_s: float = 0.0  # since the last packet or check of it


def judge(signs: Signs) -> Quality:
    """The quality that these signs alone would give."""
    loss = max(signs.uplink_loss, signs.downlink_loss)
    if signs.silence_s >= LOST_SILENCE_S or loss >= LOST_LOSS:
        return Quality.LOST
    if loss >= POOR_LOSS or signs.rtt_s >= POOR_RTT_S:
        return Quality.POOR
    if loss >= FAIR_LOSS or signs.rtt_s >= FAIR_RTT_S or signs.limited:
        return Quality.FAIR
    return Quality.GOOD


class Gauge:
    """The quality shown: worse after two seconds of nothing as good, better after six of nothing as bad."""

    def __init__(self, quality: Quality = Quality.GOOD) -> None:
        self.quality = quality
        self._since: float | None = None  # since when the signs have differed to one side
        self._nearest = quality  # the sign of that time that differed least

    def update(self, signs: Signs, now: float) -> Quality:
        """Call about once a second."""
        seen = judge(signs)
        worse = seen < self.quality
        if seen == self.quality:
            self._since = None
        elif self._since is None or worse != (self._nearest < self.quality):
            self._since, self._nearest = now, seen
        else:
            self._nearest = max(self._nearest, seen) if worse else min(self._nearest, seen)
        if self._since is not None and now - self._since >= (WORSE_S if worse else BETTER_S):
            self.quality, self._since = self._nearest, None
        return self.quality
