"""What a model in CTranslate2's format is: its numbers, its tokens, and the heads that look where a word is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minutes.speech.engines.ct2 import read_model
from minutes.speech.engines.graphs import Weights
from minutes.speech.engines.records import WeightsError
from minutes.speech.engines.runtimes import LANGUAGE, Tokenizer
from minutes.speech.engines.tokens import SPACE, latin, vocabulary


@dataclass(frozen=True)
class Tokens:
    """A model's numbers of tokens."""

    text: npt.NDArray[np.int64]
    """Those that may be written."""
    begin: tuple[int, ...]
    """Of every transcript: start, language, task."""
    before: int
    """Stands before hints."""
    no_stamps: int
    end: int
    silence: int
    first_stamp: int
    stamps: int
    others: tuple[int, ...]
    """That may follow the first one: languages."""
    most: int
    """Places."""

    starts: frozenset[int]
    """Text with which a word begins."""

    @cached_property
    def tail(self) -> list[int]:
        """Behind text: the end, stamps, silence, languages."""
        return [self.end, *range(self.first_stamp, self.first_stamp + self.stamps), self.silence, *self.others]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    weights: Weights
    bands: int
    tokens: Tokens
    tokenizer: Tokenizer
    looking: Sequence[tuple[int, int]]
    """Heads whose attention follows the sound: (layer, head)."""


def read_checkpoint(directory: Path) -> Checkpoint:
    """Raises `WeightsError` for what is no Whisper model of CTranslate2."""
    try:
        weights = Weights(read_model(directory / "model.bin").variables)
        config = json.loads((directory / "config.json").read_text())
        tokens, tokenizer = _tokens(directory, config, weights)
        looking = [(layer, head) for layer, head in config["alignment_heads"]]
        return Checkpoint(weights, weights("encoder/conv1/weight").shape[1], tokens, tokenizer, looking)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:  # of JSON of another shape
        raise WeightsError(f"{directory} holds no Whisper model of CTranslate2: {error}") from error


def _tokens(directory: Path, config: dict[str, Any], weights: Weights) -> tuple[Tokens, Tokenizer]:
    from faster_whisper.tokenizer import Tokenizer as WhisperTokenizer
    from tokenizers import Tokenizer as FastTokenizer

    _, listed = vocabulary(directory)
    if len(listed) == _ENGLISH:
        raise WeightsError(f"{directory} holds a model for English alone")
    fast = FastTokenizer.from_buffer((directory / "tokenizer.json").read_bytes())  # `from_file` raises plain Exception
    tokenizer = WhisperTokenizer(fast, True, task="transcribe", language=LANGUAGE)
    suppressed = set(config.get("suppress_ids", ()))
    text = [token for token in range(tokenizer.eot) if token not in suppressed and latin(listed[token])]
    tokens = Tokens(
        text=np.array(text),
        begin=tuple(tokenizer.sot_sequence),
        before=tokenizer.sot_prev,
        no_stamps=tokenizer.no_timestamps,
        end=tokenizer.eot,
        silence=tokenizer.no_speech,
        first_stamp=tokenizer.timestamp_begin,
        stamps=len(listed) - tokenizer.timestamp_begin,
        others=tuple(config.get("lang_ids", ())),
        most=weights("decoder/position_encodings/encodings").shape[0],
        starts=frozenset(token for token in text if listed[token].startswith(SPACE)),
    )
    return tokens, tokenizer


_ENGLISH = 51_864  # tokens; a model for all languages has one more, or two
