"""Every shape that crosses a border of speech: what an engine and a VAD are, and what a worker is told and answers.

All times are meeting time in seconds. Samples are mono float32 at 16 kHz in [-1, 1].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
SAMPLE_RATE_HZ = 16_000
WARM_UP_S = 4.0
"""Decoding starts this much before the place to listen from, and what was heard that long ago is kept for it: a voice
detector is tuned by three seconds (`listener.TUNING`), an Opus decoder of rakor-1 was itself after 0.34 s. Then whoever
goes on hears the same utterances as whoever had begun."""
AT_ONCE = 4
"""Utterances that are heard together where nobody waits for them: a step for four takes less than two for one each."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # as written, with its punctuation, without surrounding space
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one seat said between two silences."""

    start: float
    end: float
    text: str
    words: tuple[Word, ...]
    prompt: str = ""
    """What the engine was told to expect."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """By what something was heard: enough to hear it the same way again."""

    engine: str
    """Its name and the versions of what it runs on."""
    model: str
    weights: str
    """SHA-256 of the model's numbers."""
    options: str
    """Everything else that decides about words, as JSON with sorted keys."""


class Engine(Protocol):
    """Sound to words. Times in the result count from the first sample."""

    recognition: Recognition

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]: ...


@runtime_checkable
class Batcher(Protocol):
    """An engine that hears several sounds at once sooner than one after the other."""

    def transcribe_all(self, asked: Sequence[tuple[Samples, str]]) -> list[tuple[Utterance, ...]]:
        """Sounds and prompts, each as for `transcribe`."""
        ...


@runtime_checkable
class Drafter(Protocol):
    """An engine that is quick enough to listen to somebody who is still speaking."""

    def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
        """The words behind `settled`, with which the sound is known to begin. Times from the first sample. `voiced`:
        seconds of clear voice behind them."""
        ...


class Vad(Protocol):
    """Keeps state between calls: windows are consecutive."""

    def probabilities(self, windows: Samples) -> Sequence[float]:
        """Of speech, in each of `windows` (n, 512): 32 ms each."""
        ...

    def forget(self) -> None:
        """What comes is heard as if nothing had come before."""
        ...


# --- commands to a worker ---
# `token` is the fencing token of a track's lease: it comes back with every reply, and who stores refuses old ones.


@dataclass(frozen=True, slots=True)
class Listen:
    """A live track starts (or starts again after a lost worker) at `start`."""

    track: str
    token: int
    start: float
    hints: str = ""
    """Words that may be said: `lexicon.hints`."""


@dataclass(frozen=True, slots=True)
class Hear:
    """Encoded Opus packets of a live track, in order: (meeting time, payload)."""

    track: str
    token: int
    packets: tuple[tuple[float, bytes], ...]


@dataclass(frozen=True, slots=True)
class Finish:
    """The live track has ended: say what is still open, then `Done`."""

    track: str
    token: int


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Transcribe a track's recording on disk from meeting time `start` to its end, then `Done`."""

    track: str
    token: int
    start: float
    directory: str
    hints: str = ""
    """Words that may be said: `lexicon.hints`."""
    at_once: int = 1
    """Utterances that wait for each other to be heard together: quicker, where nobody waits for them."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Forget a track without a reply."""

    track: str
    token: int


Command = Listen | Hear | Finish | CatchUp | Drop

# --- replies ---


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded and verified."""

    by: Recognition


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything before `until` has been listened to; these utterances are what was newly said (may be none)."""

    track: str
    token: int
    until: float
    utterances: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What is heard of an utterance that goes on; it began at `start`, and has been heard up to `until`.

    `settled` only grows until a `Heard` that reaches beyond `start` brings the utterance itself; `open` may change.
    Shown and forgotten: nothing is stored, and nothing is acknowledged.
    """

    track: str
    token: int
    start: float
    until: float
    settled: str
    open: str


@dataclass(frozen=True, slots=True)
class Done:
    """The whole track has been listened to."""

    track: str
    token: int
    until: float


@dataclass(frozen=True, slots=True)
class Failed:
    """This track cannot be transcribed now; `code` is stable, `detail` is for an operator and holds no words said."""

    track: str
    token: int
    code: str
    detail: str


Reply = Ready | Heard | Drafted | Done | Failed
