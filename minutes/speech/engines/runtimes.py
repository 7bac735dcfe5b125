"""What runs a Whisper model: the border between deciding what to hear and the libraries that multiply numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
LANGUAGE = "id"
STAMPS_A_SECOND = 50
HYPOTHESES, SEED = 5, 2020  # of a random search; the same numbers each time a sound is heard


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands in front of a transcript."""

    hints: str = ""
    known: tuple[int, ...] = ()
    """Text tokens with which the sound is known to begin; a new word follows."""
    until: float = 0.0
    """Seconds at which these end."""


@dataclass(frozen=True, slots=True)
class Search:
    most: int
    """Tokens."""
    beam: int
    patience: float
    """Finished transcripts that are enough to choose from, as a part of the beam."""
    latest: float
    """Seconds by which what is heard begins."""
    temperature: float = 0.0
    """Above zero: `HYPOTHESES` transcripts are drawn, each token by its probability to the power of 1 / temperature."""
    least: int = 0
    """Text tokens before it may end. CTranslate2 knows no such thing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A transcript that is wanted."""

    sound: Any
    """As `encode` made it."""
    beginning: Beginning
    search: Search


@dataclass(frozen=True, slots=True)
class Written:
    tokens: tuple[int, ...]
    """Text and time stamps behind what was known, without the end."""
    probability: float
    """Log, mean of a token, the end among them."""
    silence: float
    """Probability that nobody spoke."""
    trace: Any
    """What the runtime that wrote it needs to `align` it."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Of text tokens, known and written: where each begins and, last, where all end, in frames of 20 ms; and how likely
    each was."""

    frames: npt.NDArray[np.int64]
    probabilities: Floats


class Tokenizer(Protocol):
    """faster-whisper's `Tokenizer`: what is used of it."""

    eot: int
    timestamp_begin: int

    def encode(self, text: str) -> list[int]: ...

    def decode(self, tokens: list[int]) -> str: ...

    def split_to_word_tokens(self, tokens: list[int]) -> tuple[list[str], list[list[int]]]: ...


class Runtime(Protocol):
    name: str
    """Of the library and of the numbers it multiplies: another kind may hear another word."""
    packages: tuple[str, ...]
    """By which it is run."""
    options: Mapping[str, object]
    """Its own, that decide what is heard."""
    tokenizer: Tokenizer

    def features(self, samples: Floats) -> Floats:
        """Log-mel, (bands, frames)."""
        ...

    def encode(self, features: Floats) -> Any:
        """What `write` and `align` are given."""
        ...

    def write(self, asked: Sequence[Asked]) -> list[Written]:
        """Side by side where that is quicker; by rounding, one may differ with what is written beside it."""
        ...

    def align(self, sound: Any, written: Written, frames: int) -> Aligned:
        """`frames` of features are sound."""
        ...
