"""What was sent, remembered for the receivers of this process: which packet do I hold, and when did it leave?"""

from __future__ import annotations

from dataclasses import dataclass, field

RING = 8192  # a power of two: a minute and more of a camera, half a minute at four times its speed


class Sent:
    """The last packets of one encoding. A packet's place is its sequence number modulo `RING`.

    The lists are public: receivers read them once for every packet. Times are ns since 1970.
    """

    __slots__ = ("keyframes", "last", "rate_hz", "ssrc", "times", "timestamps")

    def __init__(self, ssrc: int) -> None:
        self.ssrc = ssrc
        self.times = [0] * RING
        self.timestamps = [-1] * RING
        self.keyframes = bytearray(RING)  # 1: begins a key frame
        self.last = [0] * RING  # the delay of whoever got it last, ns

    def note(self, sequence: int, timestamp: int, now_ns: int, keyframe: bool) -> None:
        place = sequence % RING
        self.times[place], self.timestamps[place] = now_ns, timestamp
        self.keyframes[place], self.last[place] = keyframe, 0

    def at(self, sequence: int) -> tuple[float, int]:
        """When a packet left (seconds since 1970), and its RTP timestamp."""
        place = sequence % RING
        return self.times[place] / 1e9, self.timestamps[place]

    def slowest(self, since_ns: int) -> list[int]:
        """For every packet sent since then that has arrived anywhere: the delay of its last receiver, ns."""
        return [late for late, at in zip(self.last, self.times, strict=True) if at >= since_ns and late]


@dataclass
class Published:
    """The latest packet that held a payload (of VP8: without its descriptor, which servers renumber)."""

    _by_body: dict[bytes, tuple[Sent, int]] = field(default_factory=dict)

    def note(self, body: bytes, sent: Sent, sequence: int) -> None:
        self._by_body[body] = sent, sequence

    def find(self, body: bytes) -> tuple[Sent, int] | None:
        return self._by_body.get(body)
