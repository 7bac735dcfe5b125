"""One try whether a way bears more: RTX padding for a moment, then a verdict, then more of it. Pure.

Rates are bits/s of RTP payload, times monotonic seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_SPANS = ((4_000, 0.2), (10_000, 0.4))  # what is risked before it goes on: bytes of padding, seconds
LEAST_SPAN_S, LAST_SPAN_S = 0.04, 0.5
WIRE = 1.23  # headers of 255 bytes of padding add to it


@dataclass(slots=True)
class Probe:
    """`spans`: seconds of padding still to come, short ones first; each waits for its verdict."""

    target: float  # video and padding
    padding: float
    spans: list[float]
    until: float = 0.0  # when the present span ends
    verdict_at: float = 0.0

    @property
    def wire_bps(self) -> int:
        """What the padding is to the line."""
        return round(WIRE * self.padding)


def plan(target: float, sent: float, strict: int) -> Probe:
    """A probe of a way on which `sent` goes already. `strict`: how badly probes of it have been misled, 0 to 2."""
    padding = max(0.05 * target, target - sent)
    first, second = (min(most, max(LEAST_SPAN_S, 8 * size / padding)) for size, most in FIRST_SPANS)
    flows = sent > 0  # else reports come too late for more than a little
    spans = [first, second] if flows and (strict or second < LAST_SPAN_S / 2) else [first]
    return Probe(target, padding, [*spans, LAST_SPAN_S * (1 + strict * flows)])
