"""Hand-written stand-ins for the two neighbours of a listener, driven by loudness: a test decides what is said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minutes.speech.ports import SAMPLE_RATE_HZ, Recognition, Samples, Utterance, Word


class LoudnessVad:
    """A `Vad` that hears a voice in anything loud."""

    def probabilities(self, windows: Samples) -> list[float]:
        return [1.0 if float(np.abs(window).max()) > 0.05 else 0.0 for window in windows]

    def forget(self) -> None:
        """It remembers nothing."""


class CountingEngine:
    """An `Engine` that says how long the loud part it was given is, in tenths of a second."""

    recognition = Recognition("counting 1", "none", "", "{}")

    def __init__(self) -> None:
        self.heard: list[Samples] = []
        self.prompts: list[str] = []

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        self.heard.append(samples)
        self.prompts.append(prompt)
        loud = np.flatnonzero(np.abs(samples) > 0.05) / SAMPLE_RATE_HZ
        start, end = float(loud[0]), float(loud[-1])
        text = f"{end - start:.1f}"
        return (Utterance(start, end, text, (Word(text, start, end, 0.9),)),)


class CrowdEngine(CountingEngine):
    """A `Batcher` as well, that keeps how many it heard together."""

    def __init__(self) -> None:
        super().__init__()
        self.crowds: list[int] = []

    def transcribe_all(self, asked: Sequence[tuple[Samples, str]]) -> list[tuple[Utterance, ...]]:
        self.crowds.append(len(asked))
        return [self.transcribe(*each) for each in asked]


class QuickEngine(CountingEngine):
    """A `Drafter` as well, that says how long what it looks at is."""

    def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
        seconds = len(samples) / SAMPLE_RATE_HZ
        return (Word(f"{seconds:.1f}", 0.0, seconds, 0.9),)


class BrokenEngine:
    """An `Engine` that cannot."""

    recognition = Recognition("broken 1", "none", "", "{}")

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        raise RuntimeError("words that were said")
