"""Which packets of a source to ask for again, and when (RFC 4585 section 6.2.1). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

# What is merely late gets so long to come by itself; and then it is asked for so often. Pictures come in bursts, in
# which packets overtake one another. Sound is 20 ms apart: what is overtaken is lost, and asked for three times within
# the 100 ms for which it is held. Senders leave out what was asked for again within a round trip.
REORDERING_S, RETRY_S = 0.01, 0.035
SOUND_REORDERING_S, SOUND_RETRY_S = 0.0, 0.015
GIVE_UP_S = 1.0
# What is lost last shows no gap. When sound that ran on ends, what may have followed is asked for at these times after.
RUNS_ON_S, TAIL_S = 0.05, (0.06, 0.1, 0.18)
TAIL_PACKETS = 2
MOST_MISSING = 256


@dataclass(slots=True)
class _Wish:
    since: float
    due: float


class NackTracker:
    """Follows extended sequence numbers. A hole too large to fill is given up at once (`too_far` says so).

    What was lost in a gap longer than senders remember is too far, and asked for all the same: the end may come.
    `missing`: what is waited for, by extended number.
    """

    __slots__ = (
        "_asked_behind",
        "_heard",
        "_highest",
        "_reordering",
        "_retry",
        "_sound",
        "asked",
        "missing",
        "tail_at",
        "too_far",
    )

    def __init__(self, sound: bool = False) -> None:
        self._sound = sound
        self._reordering = SOUND_REORDERING_S if sound else REORDERING_S
        self._retry = SOUND_RETRY_S if sound else RETRY_S
        self.tail_at = inf  # when to ask for what may have been sent last
        self._asked_behind = 0
        self._highest = -1  # none yet
        self._heard = 0.0  # when something new last came
        self.missing: dict[int, _Wish] = {}
        self.asked = 0
        self.too_far = False

    def received(self, index: int, now: float) -> None:
        highest = self._highest
        if index <= highest:
            self.missing.pop(index, None)
            return
        if index > highest + 1 and highest >= 0:
            self._note_hole(highest + 1, index, now)
        runs_on = now - self._heard < RUNS_ON_S and self._sound
        self.tail_at, self._asked_behind = now + TAIL_S[0] if runs_on else inf, 0
        self._highest, self._heard = index, now

    def due(self, now: float) -> list[int]:
        """Sequence numbers (16 bits) to ask for now. Each is asked for anew until it is a second old."""
        wanted = []
        for index, wish in list(self.missing.items()):
            if now - wish.since > GIVE_UP_S:
                del self.missing[index]
                self.too_far = True
            elif now >= wish.due:
                wish.due = now + self._retry
                wanted.append(index & 0xFFFF)
        if now >= self.tail_at:
            wanted += self._behind()
        self.asked += len(wanted)
        return wanted

    def _behind(self) -> list[int]:
        self._asked_behind += 1
        more = self._asked_behind < len(TAIL_S)
        self.tail_at = self._heard + TAIL_S[self._asked_behind] if more else inf
        return [self._highest + number & 0xFFFF for number in range(1, TAIL_PACKETS + 1)]

    def _note_hole(self, first: int, end: int, now: float) -> None:
        if end - first + len(self.missing) > MOST_MISSING:
            self.missing.clear()
            self.too_far = True
            return
        self.too_far |= now - self._heard > GIVE_UP_S
        for index in range(first, end):
            self.missing[index] = _Wish(now, now + self._reordering)
