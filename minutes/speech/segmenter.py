"""Where an utterance begins and ends. PURE: windows and their speech probabilities in, segments out.

Rules:
1. Speech begins when `onset_windows` windows in a row reach `onset`; the segment takes `pre_roll` of what was before.
2. It ends when `hang_over` has passed below `offset` (lower than `onset`: hysteresis); the segment keeps `tail`.
3. A segment that grows to `longest` is cut in the clearest pause of its second half and speech goes on.
4. A segment with less than `shortest` of voice in it is a click and is let go.

Segments never overlap, are in order, and hold their sound exactly as it came in.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from minutes.speech.ports import SAMPLE_RATE_HZ, Samples

WINDOW = 512
CLEAR_S = 0.2  # of a voice: one short word
_PAUSE = 9  # windows that are averaged when looking for a pause: 0.29 s, between sentences
_BEGINS = 8 * WINDOW  # utterances begin at multiples: a voice found a window sooner or later changes no word
_ALIKE = 0.02  # speech probabilities that say the same


@dataclass(frozen=True, slots=True)
class SegmenterOptions:
    onset: float = 0.5
    """Probability from which a window counts as voice while it was silent."""
    offset: float = 0.35
    """Probability below which a window counts as silence while someone speaks."""
    onset_windows: int = 2
    pre_roll: float = 0.4
    """Seconds kept from before the onset, and up to a quarter more: first consonants are quiet."""
    hang_over: float = 1.2
    """Seconds of silence that end an utterance. Longer ones bring context: 0.7 s gave a word error rate of 0.229 on
    rakor-1, 1.2 s 0.200, 2.0 s 0.185, and captions wait as long."""
    tail: float = 0.4
    """Seconds of that silence kept in the segment."""
    shortest: float = 0.128
    """Seconds of voice below which a segment is let go."""
    longest: float = 25.0
    """Seconds; Whisper hears 30 at once."""


@dataclass(frozen=True, slots=True)
class Segment:
    """`start` is the position of the first sample; `probabilities`: of speech, one for each window, () if unknown."""

    start: int
    samples: Samples
    probabilities: tuple[float, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.samples)

    def voiced(self, start: int, end: int) -> float:
        """The speech probability that windows between these positions reach for `CLEAR_S`, all in all; 1 if unknown."""
        if not self.probabilities:
            return 1.0
        first, last = max(0, start - self.start) // WINDOW, -(-max(0, end - self.start) // WINDOW)
        highest = sorted(self.probabilities[first:last], reverse=True)
        return highest[windows(CLEAR_S) - 1] if len(highest) >= windows(CLEAR_S) else 0.0

    def talk(self, start: int, end: int, least: float) -> float:
        """Seconds between these positions whose windows reach this speech probability."""
        first, last = max(0, start - self.start) // WINDOW, max(0, end - self.start) // WINDOW
        return sum(each >= least for each in self.probabilities[first:last]) * WINDOW / SAMPLE_RATE_HZ


def windows(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ / WINDOW)


@dataclass(frozen=True, slots=True)
class _Window:
    samples: Samples
    probability: float


def _smooth(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.convolve(values, np.ones(_PAUSE) / _PAUSE, mode="same")


def _joined(start: int, kept: list[_Window]) -> Segment:
    return Segment(
        start, np.concatenate([window.samples for window in kept]), tuple(window.probability for window in kept)
    )


class Segmenter:
    def __init__(self, start: int = 0, options: SegmenterOptions | None = None) -> None:
        self._options = options or SegmenterOptions()
        self._position = start
        self._pre_roll = max(windows(self._options.pre_roll), self._options.onset_windows)
        self._waiting: deque[_Window] = deque(maxlen=self._pre_roll + _BEGINS // WINDOW - 1)
        self._open: list[_Window] = []
        self._voiced_in_a_row = 0
        self._silent_in_a_row = 0

    @property
    def speaking(self) -> bool:
        return bool(self._open)

    @property
    def span(self) -> tuple[int, int] | None:
        """Positions between which the open utterance lies so far."""
        return (self._position - WINDOW * len(self._open), self._position) if self._open else None

    @property
    def quiet(self) -> int:
        """Windows of silence at the end of the open utterance."""
        return self._silent_in_a_row if self._open else 0

    def open(self) -> Segment:
        """The open utterance so far. Only while somebody is `speaking`."""
        return _joined(self._position - WINDOW * len(self._open), self._open)

    @property
    def position(self) -> int:
        """Of the next window's first sample."""
        return self._position

    @property
    def until(self) -> int:
        """No segment to come starts before this position, and every one that ended before it has been returned."""
        return self._position - WINDOW * (len(self._open) or len(self._waiting))

    def process(self, samples: Samples, probability: float) -> list[Segment]:
        """One window of 512 samples."""
        window = _Window(samples, probability)
        self._position += WINDOW
        if not self._open:
            self._listen(window)
            return []
        return self._follow(window)

    def flush(self) -> list[Segment]:
        """Close an open utterance where it stands; time does not move."""
        return self._close(len(self._open)) if self._open else []

    def skip(self, samples: int) -> list[Segment]:
        """`samples` of certain silence: an open utterance is closed, nothing before may be a pre-roll any more."""
        closed = self.flush()
        self._waiting.clear()
        self._voiced_in_a_row = 0
        self._position += samples
        return closed

    def _listen(self, window: _Window) -> None:
        self._waiting.append(window)
        self._voiced_in_a_row = self._voiced_in_a_row + 1 if window.probability >= self._options.onset else 0
        if self._voiced_in_a_row >= self._options.onset_windows:
            self._open = list(self._waiting)[-self._lead() :]
            self._waiting.clear()
            self._voiced_in_a_row = self._silent_in_a_row = 0

    def _lead(self) -> int:
        """Windows with which an utterance begins."""
        return self._pre_roll + (self._position - WINDOW * self._pre_roll) % _BEGINS // WINDOW

    def _follow(self, window: _Window) -> list[Segment]:
        self._open.append(window)
        self._silent_in_a_row = self._silent_in_a_row + 1 if window.probability < self._options.offset else 0
        if self._silent_in_a_row >= windows(self._options.hang_over):
            return self._close(len(self._open) - self._silent_in_a_row + windows(self._options.tail))
        if len(self._open) >= windows(self._options.longest):
            return self._split(self._pause())
        return []

    def _close(self, length: int) -> list[Segment]:
        """End the open segment after `length` windows; the rest waits as pre-roll of the next."""
        kept, rest = self._open[:length], self._open[length:]
        start = self._position - WINDOW * len(self._open)
        self._open = []
        self._waiting.extend(rest)
        self._silent_in_a_row = 0
        return self._segment(start, kept)

    def _split(self, length: int) -> list[Segment]:
        """Cut there; what is left of a voice, too short to be heard by itself, stays in front."""
        left = sum(1 for _ in takewhile(lambda window: window.probability >= self._options.offset, self._open[length:]))
        length += left if left < windows(self._options.shortest) else 0
        start = self._position - WINDOW * len(self._open)
        kept, self._open = self._open[:length], self._open[length:]
        return self._segment(start, kept)

    def _pause(self) -> int:
        """Where it is quietest in the second half: what the detector thinks decides, then energy, then the later."""
        doubt = _smooth(np.array([window.probability for window in self._open]))
        energy = _smooth(np.array([float(np.mean(np.square(window.samples))) for window in self._open]))
        half, last = len(doubt) // 2, len(doubt) - _PAUSE // 2 - 1  # the edge is averaged over less than the rest
        if last <= half:
            return half
        lowest = float(np.min(doubt[half:last]))
        silent = np.where(doubt[half:last] <= lowest + _ALIKE, energy[half:last], np.inf)
        return half + int(np.flatnonzero(silent == np.min(silent))[-1])

    def _segment(self, start: int, kept: list[_Window]) -> list[Segment]:
        voiced = sum(window.probability >= self._options.offset for window in kept)
        if voiced < windows(self._options.shortest):
            return []
        return [_joined(start, kept)]
