"""One received SSRC: what came, what is missing and how late it was. Pure, and cheap for every packet.

A server renumbers: sequence numbers and timestamps of a source are moved by constants, for as long as one source (or
one of its layers) fills the slot. So one packet of such a stretch is decrypted and found among those sent; for all
others reading the header is enough, which lies in clear (RFC 3711 section 3.1). That the constants still hold is seen
by the timestamp of every packet, and now and then by its payload.
"""

from __future__ import annotations

from media.load.delays import STEP_NS, STEPS, Delays
from media.load.sent import RING, Sent

VERIFY_EVERY = 4096  # packets: often enough for libsrtp to keep count of roll-overs
LOOK_AGAIN_NS = 200_000_000  # after a packet that nobody here has sent
PREROLL_NS = 40_000_000  # sent this much before a sound's stretch began here: no forwarding, but catching up
MOST_MISSING = 1024
WRAP = 0xFFFF_FFFF
LONGEST_NS = STEPS * STEP_NS


class Stream:
    """`take` every packet; where it says True, decrypt it and `learn`."""

    __slots__ = (
        "_blind_until",
        "_csrc",
        "_newest",
        "_sent",
        "_shift",
        "_since",
        "_ticks",
        "_unverified",
        "delays",
        "duplicates",
        "early",
        "expected",
        "keyframes",
        "last_report",
        "late",
        "mid",
        "misread",
        "missing",
        "received",
        "repaired",
        "reported",
        "ssrc",
        "started",
        "unknown",
        "video",
    )

    def __init__(self, ssrc: int, mid: str, video: bool, delays: Delays) -> None:
        self.ssrc, self.mid, self.video, self.delays = ssrc, mid, video, delays
        self.received = self.expected = self.duplicates = self.late = self.repaired = 0
        self.keyframes = 0
        self.early = 0  # packets of a sound that were sent before it got its slot
        self.unknown = 0  # packets whose delay is not known
        self.misread = 0  # times that a verified payload was not the one expected: a fault of ours
        self.missing: dict[int, None] = {}  # sequence numbers, oldest first
        self.started = 0  # extended sequence number of the first packet
        self.reported = (0, 0)  # expected and received at the last report
        self.last_report = (0, 0)  # of the server: its NTP time's middle, and when it came (ns)
        self._newest = -1
        self._sent: Sent | None = None
        self._csrc = self._shift = self._ticks = self._unverified = 0
        self._blind_until = self._since = 0

    @property
    def lost(self) -> int:
        return self.expected - self.received

    @property
    def highest(self) -> int:
        """Extended sequence number, as report blocks want it."""
        return self.started + self.expected - 1

    def take(self, sequence: int, timestamp: int, csrc: int, stamp: int) -> bool:
        """Count one packet. `stamp`: ns since 1970. True: its payload is wanted, for `learn`."""
        if sequence - self._newest & 0xFFFF == 1:
            self._newest = sequence
            self.expected += 1
        elif not self._out_of_turn(sequence):
            return False
        self.received += 1
        sent = self._sent
        if sent is None or csrc != self._csrc:
            return self._wonder(stamp)
        place = sequence + self._shift & RING - 1
        if sent.timestamps[place] != timestamp + self._ticks & WRAP:
            return self._wonder(stamp)
        self._arrived(sent, place, stamp)
        self._unverified += 1
        return self._unverified >= VERIFY_EVERY

    def learn(self, sequence: int, timestamp: int, csrc: int, stamp: int, found: tuple[Sent, int] | None) -> None:
        """The packet taken last is `found`: that sequence number of that encoding."""
        if self._unverified >= VERIFY_EVERY:
            self._unverified = 0
            known = (self._sent, sequence + self._shift & RING - 1)
            self.misread += found is not None and (found[0], found[1] & RING - 1) != known
            return
        if found is None:
            self._blind_until = stamp + LOOK_AGAIN_NS
            return
        sent, number = found
        if csrc != self._csrc or self._sent is None:
            self._since = 0 if self.video else stamp - PREROLL_NS
        self._sent, self._csrc, self._unverified = sent, csrc, 0
        self._shift = number - sequence
        self._ticks = sent.timestamps[number & RING - 1] - timestamp
        self.unknown -= 1
        self._arrived(sent, number & RING - 1, stamp)

    def repair(self, sequence: int) -> None:
        """A retransmission on a stream of its own (RFC 4588) brought this packet."""
        if sequence in self.missing:
            del self.missing[sequence]
            self.received += 1
            self.repaired += 1
        else:
            self.duplicates += 1

    def _arrived(self, sent: Sent, place: int, stamp: int) -> None:
        at = sent.times[place]
        if at < self._since:
            self.early += 1
            return
        delay = max(0, stamp - at)  # the clock may have been set back
        self.delays.counts[delay // STEP_NS if delay < LONGEST_NS else STEPS] += 1
        if delay > sent.last[place]:
            sent.last[place] = delay
        if self.video and sent.keyframes[place]:
            self.keyframes += 1

    def _wonder(self, stamp: int) -> bool:
        """Another stretch has begun, or this is from somebody who is not of this process."""
        self.unknown += 1
        return stamp >= self._blind_until

    def _out_of_turn(self, sequence: int) -> bool:
        """The first packet, one behind a gap, or an old one. False: a duplicate."""
        if self._newest < 0:
            self._newest, self.started, self.expected = sequence, sequence, 1
            return True
        step = sequence - self._newest & 0xFFFF
        if 0 < step < 0x8000:
            self._miss(step)
            self._newest = sequence
            return True
        if sequence not in self.missing:
            self.duplicates += 1
            return False
        del self.missing[sequence]
        self.late += 1
        return True

    def _miss(self, step: int) -> None:
        self.expected += step
        for distance in range(max(1, step - MOST_MISSING), step):
            self.missing[self._newest + distance & 0xFFFF] = None
        while len(self.missing) > MOST_MISSING:
            del self.missing[next(iter(self.missing))]
