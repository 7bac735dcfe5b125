"""One receiver behind a bad link, in virtual time: sources, an SFU that obeys `Downlink`, a drop-tail link, a browser.

What the REMB and `Downlink` see is payload.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from media.downlink import Decision, Downlink
from media.layers import Claim
from tests.media.estimate import Remb
from tests.media.link import HEADERS, Link

CAMERA = (80_000, 220_000, 700_000)
SCREEN = (250_000, 1_200_000)
VOICE_BYTES = 52  # 20 ms of Opus
FRAME_S = 0.04
KEYFRAME = 7  # times the mean frame
Event = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """One packet's payload. `mid` is empty for padding."""

    mid: str
    sequence: int
    size: int
    layer: int | None = None  # None: a voice
    frame: int = 0  # its first sequence number
    of: int = 0  # packets of this key frame; 0: not one


@dataclass
class Slot:
    """A video slot with its source. `history`: what was decided when; `shown`: whole key frames of the browser."""

    mid: str
    rank: int = 0
    want: int | None = 2
    rates: tuple[int, ...] = CAMERA
    now: int | None = None
    pending: int | None = None
    ready: float = 0.0
    sequence: int = 0
    debt: float = 0.0  # bytes that a key frame took in advance
    free: float = 0.0  # when the publisher's pacer has sent what it has
    next_keyframe: float = 7.0
    history: list[tuple[float, int | None]] = field(default_factory=list)
    shown: list[tuple[float, int | None]] = field(default_factory=list)


class Browser:
    def __init__(self, world: World) -> None:
        self.world = world
        self.remb = Remb()
        self.highest: dict[str, int] = {}
        self.missing: set[tuple[str, int]] = set()
        self.frames: dict[tuple[str, int], set[int]] = {}
        self.expected, self.received = [0, 0], [0, 0]  # pictures, voices
        self.ways: list[float | None] = [None, None]  # of sender reports that were not answered yet
        self.video_at = -1.0

    def arrive(self, piece: Piece, sent: float, repair: bool, now: float) -> None:
        if not piece.mid or piece.layer is not None:
            self.video_at = now
            if (bitrate := self.remb.add(piece.size, round(sent * (1 << 18)) & 0xFFFFFF, now)) is not None:
                self._tell(bitrate, now)
        if piece.mid and not repair:
            self._count(piece, now)
        self.missing.discard((piece.mid, piece.sequence))
        got = self.frames.setdefault((piece.mid, piece.frame), set()) if piece.of else set()
        got.add(piece.sequence)
        if len(got) == piece.of:
            self.missing = {(mid, old) for mid, old in self.missing if mid != piece.mid or old > piece.sequence}
            self.world.slots[piece.mid].shown.append((now, piece.layer))

    def _count(self, piece: Piece, now: float) -> None:
        former = self.highest.get(piece.mid, piece.sequence - 1)
        self.highest[piece.mid] = piece.sequence
        self.expected[piece.layer is None] += piece.sequence - former
        self.received[piece.layer is None] += 1
        lost = range(former + 1, piece.sequence) if piece.layer is not None else range(0)
        for sequence in lost[:30]:  # more than that is not asked for again
            self.missing.add((piece.mid, sequence))
            self.world.at(now + 0.01, partial(self._nack, piece.mid, sequence, 8 if len(lost) < 30 else 0))

    def _nack(self, mid: str, sequence: int, tries: int, now: float) -> None:
        if (mid, sequence) not in self.missing:
            return
        if tries:
            self.world.back(now, partial(self.world.repair, mid, sequence))
            self.world.at(now + 2 * self.world.link.delay_s + 0.06, partial(self._nack, mid, sequence, tries - 1))
        else:
            self.missing.discard((mid, sequence))
            self.world.back(now, partial(self.world.keyframe, mid))

    def on_sender_report(self, sent: float, now: float) -> None:
        self.ways = [now - sent, now - sent]

    def report(self, now: float) -> None:
        """Every second about pictures, as long as there are some; every five about voices."""
        self.world.at(now + 1.0, self.report)
        if now - self.video_at < 8.0:
            self._tell(None, now)
        if round(now - 0.5) % 5 == 0:
            self._tell(None, now, voices=True)

    def _tell(self, bitrate: int | None, now: float, *, voices: bool = False) -> None:
        """Without reduced-size RTCP (RFC 5506) a REMB always comes with a report."""
        lost = max(0, self.expected[voices] - self.received[voices]) / max(1, self.expected[voices])
        self.expected[voices] = self.received[voices] = 0
        way, self.ways[voices] = self.ways[voices], None
        rtt = way + self.world.link.delay_s if way is not None else None
        self.world.back(now, partial(self.world.on_feedback, lost, rtt, bitrate))


class World:
    """Runs everything; `run(until)` may be called again to go on."""

    def __init__(self, link: Link, slots: Sequence[Slot], voices: int = 1, down: Downlink | None = None) -> None:
        self.link, self.slots = link, {slot.mid: slot for slot in slots}
        self.down = down or Downlink()
        self.browser = Browser(self)
        self.decision: Decision | None = None
        self.payload = 0
        self.voices: list[tuple[float, bool]] = []  # of every packet of theirs: when, and whether it is lost
        self._pieces: dict[tuple[str, int], Piece] = {}
        self._random = random.Random(link.seed + 1000)
        self._events: list[tuple[float, int, Event]] = []
        self._count, self._asked, self._repairs, self._repaired = 0, 0, 0.0, 0.0
        for number in range(voices):
            self.at(0.005 * number, partial(self._voice, f"voice{number}", 0))
        for number, slot in enumerate(slots):
            slot.next_keyframe += 1.3 * number
            self.at(0.001 + 0.0023 * number, partial(self._frame, slot))
        self.at(0.5, self.browser.report)
        self.at(0.1, partial(self._report, -1.0))
        self.at(0.0, partial(self._ask, 0))

    def at(self, when: float, event: Event) -> None:
        self._count += 1
        heapq.heappush(self._events, (when, self._count, event))

    def run(self, until: float) -> World:
        while self._events[0][0] < until:
            when, _, event = heapq.heappop(self._events)
            event(when)
        return self

    # --- the SFU ---

    def _report(self, last: float, now: float) -> None:
        """Sender reports of a slot, with which round trips are measured: every second, or every 100 ms to watch."""
        assert self.decision is not None
        due = self.decision.watch or now - last > 0.95
        self.at(now + 0.1, partial(self._report, now if due else last))
        if due and (arrival := self.link.carry(28 + HEADERS, now)) is not None:
            self.at(arrival, partial(self.browser.on_sender_report, now))

    def back(self, now: float, event: Event) -> None:
        if (arrival := self.link.back(now)) is not None:
            self.at(arrival, event)

    def on_feedback(self, lost: float, rtt: float | None, bitrate: int | None, now: float) -> None:
        self.down.on_report(lost, now, rtt)
        if bitrate is not None:
            self.down.on_remb(bitrate, now)
        self._ask(self._asked, now)

    def _ask(self, asked: int, now: float) -> None:
        """Ask for a decision, unless it has been asked again since `asked`."""
        if asked != self._asked:
            return
        self.down.sent(self.payload, now)
        claims = [Claim(slot.mid, slot.rank, slot.rates, slot.want, slot.now) for slot in self.slots.values()]
        decision = self.decision = self.down.decide(claims, now)
        assert decision.again_at > now
        self._asked += 1
        self.at(decision.again_at, partial(self._ask, self._asked))
        for slot in self.slots.values():
            self._obey(slot, decision.layers[slot.mid], decision.hurry, now)
        if decision.padding_bps:
            self._pad(self._asked, 0.02 * decision.padding_bps / 8, 0.0, now)

    def _obey(self, slot: Slot, layer: int | None, hurry: bool, now: float) -> None:
        if layer == (slot.pending if slot.pending is not None else slot.now):
            return
        slot.history.append((now, layer))
        slot.pending = None
        if layer is None or (hurry and slot.now is not None and layer < slot.now):
            slot.now = None
        if layer is not None and layer != slot.now:
            slot.pending, slot.ready = layer, now + self._random.uniform(0.1, 0.25)

    def _pad(self, asked: int, step: float, left: float, now: float) -> None:
        if asked == self._asked:
            count, left = divmod(left + step, 255 + HEADERS)
            for _ in range(int(count)):
                self._send(Piece("", 0, 255), now)
            self.at(now + 0.02, partial(self._pad, asked, step, left))

    def _send(self, piece: Piece, now: float, *, repair: bool = False) -> None:
        self.payload += piece.size
        if (arrival := self.link.carry(piece.size + HEADERS, now)) is not None:
            self.at(arrival, partial(self.browser.arrive, piece, now, repair))

    def repair(self, mid: str, sequence: int, now: float) -> None:
        """Send a piece again, as far as `Decision.repair_bps` goes: what was saved up is at most half a second's."""
        assert self.decision is not None
        saved = self._repairs + self.decision.repair_bps * (now - self._repaired) / 8
        self._repairs, self._repaired = min(saved, max(1500, self.decision.repair_bps / 16)), now
        piece = self._pieces[mid, sequence]
        if piece.size <= self._repairs:
            self._repairs -= piece.size
            self._send(piece, now, repair=True)

    def keyframe(self, mid: str, now: float) -> None:
        self.slots[mid].next_keyframe = now + 0.1

    # --- the sources ---

    def _frame(self, slot: Slot, now: float) -> None:
        self.at(now + FRAME_S, partial(self._frame, slot))
        key = now >= slot.next_keyframe
        if slot.pending is not None and now >= slot.ready:
            slot.now, slot.pending, key = slot.pending, None, True
        if slot.now is None:
            return
        mean = slot.rates[slot.now] * FRAME_S / 8
        size = mean * self._random.lognormvariate(-0.03, 0.25) * (0.8 if slot.debt > 0 else 1.0)
        slot.debt -= 0.2 * mean
        if key:
            size, slot.debt, slot.next_keyframe = mean * KEYFRAME, mean * (KEYFRAME - 1), now + 15.0
        self._packets(slot, slot.now, round(size), key, now)

    def _packets(self, slot: Slot, layer: int, size: int, key: bool, now: float) -> None:
        count = -(-size // 1150)
        first = slot.sequence + 1
        for sequence in range(first, first + count):
            piece = Piece(slot.mid, sequence, max(40, size // count), layer, first, count if key else 0)
            self._pieces[slot.mid, sequence] = piece
            slot.free = max(now, slot.free) + 8 * piece.size / (2.5 * slot.rates[layer])
            self.at(slot.free, partial(self._send, piece))
        slot.sequence += count

    def _voice(self, name: str, sequence: int, now: float) -> None:
        self.at(now + 0.02, partial(self._voice, name, sequence + 1))
        arrival = self.link.carry(VOICE_BYTES + HEADERS, now)
        self.voices.append((now, arrival is None))
        if arrival is not None:
            self.at(arrival, partial(self.browser.arrive, Piece(name, sequence, VOICE_BYTES), now, False))
