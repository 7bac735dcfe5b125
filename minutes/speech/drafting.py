"""What is shown of an utterance while it is spoken: looks at its sound, again and again. Time belongs to the sound.

A look must cost little, or nothing else is done on a core: it begins where most is certain already, tells the engine
what that was, and has only the words behind it to find. A word needs what is said behind it: settled ones are heard
again until `doubted` seconds have passed, and stand corrected.
"""

from __future__ import annotations

from dataclasses import dataclass

from minutes.speech import hallucinations
from minutes.speech.agreement import Agreement
from minutes.speech.loudness import levelled
from minutes.speech.ports import SAMPLE_RATE_HZ, Drafter, Word
from minutes.speech.segmenter import Segment


@dataclass(frozen=True, slots=True)
class DraftingOptions:
    every: float = 0.6
    """Seconds of new sound that are worth a look."""
    shortest: float = 1.0
    """Seconds of sound in which words can be told."""
    longest: float = 9.0
    """Seconds looked at, before the window is moved on."""
    context: float = 6.0
    """Seconds of settled words that a moved window still begins with, more than `doubted`: in shorter ones Whisper
    loses the thread."""
    edge: float = 0.4
    """Seconds at the sound's end in which no word is trusted."""
    hold: float = 1.0
    """Seconds after which a word is settled, agreed upon or not."""
    doubted: float = 3.5
    """Seconds in which a settled word may still be heard otherwise."""
    silence: float = 0.2
    """Seconds of it that are enough behind the last words."""


CLEAR = 0.8
"""Speech probability of a window that surely is voice."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Times in meeting seconds."""

    start: float
    until: float
    settled: str
    open: str


class Drafting:
    """The looks at one track."""

    def __init__(self, drafter: Drafter, options: DraftingOptions | None = None) -> None:
        self._drafter = drafter
        self._options = options or DraftingOptions()
        self._agreement = Agreement()
        self._window = 0  # position of the sample that the next look begins with
        self._begun: int | None = None  # position of the utterance that is looked at
        self._until = 0  # position up to which it has been looked at

    def news(self, start: int, end: int, quiet: float = 0.0) -> float:
        """Seconds of an open utterance that no look has seen; 0 while not worth one.

        `start`, `end`: its samples so far; `quiet`: seconds of silence at its end, in which nothing can be new once
        all words are settled and have been heard with a silence behind them: last words are heard best so.
        """
        if end - start < self._options.shortest * SAMPLE_RATE_HZ:
            return 0.0
        unseen = (end - max(start, self._until)) / SAMPLE_RATE_HZ
        if start == self._begun and quiet - unseen >= self._options.silence and not self._agreement.open:
            return 0.0
        return unseen if unseen >= self._options.every else 0.0

    def over(self, span: tuple[int, int] | None) -> bool:
        """Once, when the utterance that was looked at is not the open one any more."""
        if self._begun is None or (span is not None and span[0] == self._begun):
            return False
        self._begun = None
        return True

    def look(self, open: Segment) -> Draft:
        """At an utterance that is still open. Raises whatever the engine does."""
        if open.start != self._begun:
            self._follow(open.start)
        begin = max(self._window, open.start)
        offset, end = begin / SAMPLE_RATE_HZ, open.end / SAMPLE_RATE_HZ
        certain = self._agreement.certain(end - self._options.doubted)
        known = [word for word in certain if _position(word) >= begin]
        voiced = self._voiced(open, certain[-1].end if certain else offset)
        found = self._drafter.draft(levelled(open)[begin - open.start :], _moved(known, -offset), voiced)
        placed = _moved(hallucinations.with_time(found), offset)
        said = hallucinations.with_voice(placed, open, certain[-1].end if certain else None)
        self._agreement.take(said, end - self._options.edge, end - self._options.hold, len(certain))
        self._until = open.end
        self._move(begin, open.end)
        settled, rest = _text(self._agreement.settled), _text(self._agreement.open)
        return Draft(open.start / SAMPLE_RATE_HZ, end, settled, rest)

    def _voiced(self, open: Segment, since: float) -> float:
        """Seconds of clear voice from then up to the sound's edge."""
        edge = open.end - round(self._options.edge * SAMPLE_RATE_HZ)
        return open.talk(round(since * SAMPLE_RATE_HZ), edge, CLEAR)

    def _follow(self, start: int) -> None:
        """Another utterance; where a long one was cut, what was settled behind the cut stays."""
        stays = [word for word in self._agreement.settled if _position(word) >= start]
        self._agreement = Agreement(stays)
        self._begun = self._window = start

    def _move(self, begin: int, end: int) -> None:
        """Once the window is long: to the first settled word that leaves the wanted context."""
        if end - begin < self._options.longest * SAMPLE_RATE_HZ:
            return
        settled = self._agreement.settled
        latest = settled[-1].end - self._options.context if settled else 0.0
        starts = [_position(word) for word in settled if word.start <= latest]
        self._window = max([begin, *starts[-1:]])


def _text(words: list[Word] | tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def _moved(words: list[Word], by: float) -> list[Word]:
    return [Word(word.text, word.start + by, word.end + by, word.probability) for word in words]


def _position(word: Word) -> int:
    return round(word.start * SAMPLE_RATE_HZ)
