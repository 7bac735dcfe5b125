"""Placed sound of one track to utterances: windows, voice activity, segments, engine."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np

from minutes.speech import edges, gaps, hallucinations, lexicon
from minutes.speech.audio import Sound
from minutes.speech.loudness import above_noise_db, levelled
from minutes.speech.ports import SAMPLE_RATE_HZ, Batcher, Engine, Recognition, Samples, Utterance, Vad, Word
from minutes.speech.segmenter import WINDOW, Segment, Segmenter, SegmenterOptions

# A hole in the sound is played as this much silence, which ends what was being said; the rest of it is stepped over.
SILENCE_PLAYED = 2 * SAMPLE_RATE_HZ
TUNING = 93 * WINDOW  # three seconds tune an ear that begins: tuned by one it took music for a voice
# A voice that stands out less from what is behind it gets no hints: at 3 dB below white noise they were all it "said".
DROWNED_DB = 4.0
# In silence the ear begins anew as often as this: Silero remembers silence for longer than whoever goes on for another
# listener could hear again, and would find a voice to begin some windows earlier.
ANEW = 256 * WINDOW


def heard_by(engine: Engine, options: SegmenterOptions | None = None) -> Recognition:
    """What decides about the words of a Listener: its engine, and where utterances are cut."""
    known = {"engine": json.loads(engine.recognition.options), "segments": asdict(options or SegmenterOptions())}
    return replace(engine.recognition, options=json.dumps(known, sort_keys=True))


class Listener:
    """Hears one track from meeting time `start` on; sound before it is not heard again, but tunes the ear: whoever goes
    on for another listener finds the same voice in the same windows.

    `until` (seconds) is a safe place to start another listener from: all before it has been returned or was silence,
    and it never lies inside an utterance that is still open. `hints`: words that may be said (`lexicon.hints`).
    `at_once`: utterances that wait for each other, to be heard together.
    """

    def __init__(
        self,
        engine: Engine,
        vad: Vad,
        start: float = 0.0,
        options: SegmenterOptions | None = None,
        hints: str = "",
        at_once: int = 1,
    ) -> None:
        self._engine = engine
        self._at_once = at_once
        self._waiting: list[Segment] = []
        self._hints = hints
        self._vad = vad
        self._next = -(-round(start * SAMPLE_RATE_HZ) // WINDOW) * WINDOW  # whoever goes on has the same windows
        self._segmenter = Segmenter(self._next, options)
        self._rest: Samples = np.zeros(0, np.float32)
        self._heard_last: Samples = self._rest  # as much as tunes the ear of whoever goes on
        self._anew = [self._next]  # where the ear began anew the last two times, while nothing has been said since
        self._turn = self._next // ANEW  # of the last time
        self._before: Samples | None = self._rest  # what came before `start`; None once it is of no more use

    @property
    def until(self) -> float:
        safe = self._waiting[0].start if self._waiting else self._segmenter.until
        return max((place for place in self._anew if place <= safe), default=safe) / SAMPLE_RATE_HZ

    @property
    def speaking(self) -> bool:
        return self._segmenter.speaking

    @property
    def span(self) -> tuple[int, int] | None:
        """Positions between which the utterance lies that goes on; None in silence."""
        return self._segmenter.span

    @property
    def quiet(self) -> float:
        """Seconds of silence at the end of the utterance that goes on."""
        return self._segmenter.quiet * WINDOW / SAMPLE_RATE_HZ

    def open(self) -> Segment:
        """The utterance that goes on. Only while somebody is `speaking`."""
        return self._segmenter.open()

    def hear(self, sound: Sound) -> list[Utterance]:
        """Sounds come in order; a hole between two is silence."""
        known = min(max(0, self._next - sound.position), len(sound.samples))
        if self._before is not None:
            self._before = np.concatenate([self._before, sound.samples[:known]])[-TUNING:]
        said = self._silence(sound.position - self._next)
        return said + self._sound(sound.samples[known:])

    def pause(self) -> list[Utterance]:
        """No sound comes for now (a muted microphone sends nothing): say what is open. Later sound keeps its place."""
        return self._words(self._segmenter.flush()) + self._heard()

    def finish(self) -> list[Utterance]:
        """The track is over."""
        padding = -len(self._rest) % WINDOW
        said = self._sound(np.zeros(padding, np.float32)) + self.pause()
        self._anew = []
        return said

    def _silence(self, length: int) -> list[Utterance]:
        if length <= 0:
            return []
        if length <= SILENCE_PLAYED:
            return self._sound(np.zeros(length, np.float32))
        skipped = max(0, length - SILENCE_PLAYED - 2 * WINDOW) // WINDOW * WINDOW
        ends = -(len(self._rest) + SILENCE_PLAYED) % WINDOW + SILENCE_PLAYED
        said = self._sound(np.zeros(min(ends, length), np.float32))
        if skipped:
            said += self._words(self._segmenter.skip(skipped))
            self._next += skipped
        return said + self._sound(np.zeros(max(0, length - skipped - ends), np.float32))

    def _sound(self, samples: Samples) -> list[Utterance]:
        if self._before is not None and len(samples):
            self._tune(self._before)
            self._before = None
        self._next += len(samples)
        waiting = np.concatenate([self._rest, samples])
        whole = len(waiting) - len(waiting) % WINDOW
        self._rest = waiting[whole:]
        windows = waiting[:whole].reshape(-1, WINDOW)
        said: list[Utterance] = []
        while len(windows):
            self._begin_anew()
            some = -(-((self._segmenter.position // ANEW + 1) * ANEW - self._segmenter.position) // WINDOW)
            for window, probability in zip(windows[:some], self._vad.probabilities(windows[:some]), strict=True):
                said += self._words(self._segmenter.process(window, probability))
            self._heard_last = np.concatenate([self._heard_last, *windows[:some]])[-TUNING:]
            windows = windows[some:]
        return said

    def _begin_anew(self) -> None:
        turn = self._segmenter.position // ANEW
        if turn > self._turn and not self._segmenter.speaking and not self._waiting:
            self._turn, self._anew = turn, [*self._anew[-1:], self._segmenter.position]
            self._vad.forget()
            self._tune(self._heard_last)

    def _tune(self, before: Samples) -> None:
        """Windows that end where the first one begins."""
        self._vad.probabilities(before[len(before) % WINDOW :].reshape(-1, WINDOW))

    def _words(self, segments: list[Segment]) -> list[Utterance]:
        self._waiting += segments
        if segments:
            self._anew = []
        return self._heard() if len(self._waiting) >= self._at_once else []

    def _heard(self) -> list[Utterance]:
        """What waits; it waits on where an engine fails."""
        hints = [self._hints_for(segment) for segment in self._waiting]
        heard = self._transcribed(
            [(levelled(segment), each) for segment, each in zip(self._waiting, hints, strict=True)]
        )
        said = [self._said(*each) for each in zip(self._waiting, heard, hints, strict=True)]
        self._waiting = []
        return [utterance for utterance in said if utterance is not None]

    def _transcribed(self, asked: list[tuple[Samples, str]]) -> list[tuple[Utterance, ...]]:
        if isinstance(self._engine, Batcher):
            return self._engine.transcribe_all(asked)
        return [self._engine.transcribe(*each) for each in asked]

    def _said(self, segment: Segment, parts: tuple[Utterance, ...], hints: str) -> Utterance | None:
        placed = _placed(segment, *self._without_harm(segment, parts, hints))
        if placed is None:
            return None
        missed = [self._missed(part) for part in gaps.unheard(segment, placed.words)]
        said = hallucinations.spoken(gaps.filled(placed, missed), segment)
        return None if said is None else edges.edged(said, segment)

    def _missed(self, part: Segment) -> Utterance | None:
        """A part of a segment, without hints."""
        placed = _placed(part, self._engine.transcribe(levelled(part)), "")
        return None if placed is None else hallucinations.spoken(placed, part)

    def _hints_for(self, segment: Segment) -> str:
        """Where they help."""
        seconds = len(segment.samples) / SAMPLE_RATE_HZ
        return lexicon.hints_for(self._hints, seconds) if above_noise_db(segment) >= DROWNED_DB else ""

    def _without_harm(
        self, segment: Segment, parts: tuple[Utterance, ...], hints: str
    ) -> tuple[tuple[Utterance, ...], str]:
        """Heard without hints where they did harm; and the hints that it had."""
        begins = min((word.start for part in parts for word in part.words), default=0.0)
        if lexicon.late(hints, begins) or lexicon.echoes(hints, " ".join(part.text for part in parts)):
            return self._engine.transcribe(levelled(segment)), ""
        return parts, hints


def _placed(segment: Segment, parts: tuple[Utterance, ...], prompt: str) -> Utterance | None:
    """What the engine heard in a segment as one utterance in meeting time, inside the segment's bounds."""
    text = " ".join(part.text for part in parts if part.text)
    if not text:
        return None
    begin, end = segment.start / SAMPLE_RATE_HZ, segment.end / SAMPLE_RATE_HZ
    words: list[Word] = []
    for word in (word for part in parts for word in part.words):
        start = min(max(begin + word.start, begin), end)
        words.append(Word(word.text, start, min(max(begin + word.end, start), end), word.probability))
    if not words:
        return Utterance(begin, end, text, (), prompt)
    return Utterance(words[0].start, max(word.end for word in words), text, tuple(words), prompt)
