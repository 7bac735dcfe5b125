"""A Whisper model in which words that are known already are read at once. The numbers are the same, in another order.

CTranslate2 (4.8, whisper.cc) reads the beginning of a prompt in one go: up to the first token whose number does not lie
between those of <|startoftranscript|> and <|notimestamps|>. In Whisper's own order no text does, and known words are
decoded one token after the other, which costs as much as finding them. So text is put between the two; and with it
*echoes*, copies of the first time stamps, since the known words stand between two of these: numbers behind
<|notimestamps|> are stamps to be found, and only they are. An echo is never found: it is suppressed.

And tokens of other scripts than Latin are left out: no meeting here is written in them, and every step of a decoding
weighs all tokens that there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutes.speech.engines.ct2 import Array, Model, read_model, write_model
from minutes.speech.engines.records import WeightsError
from minutes.speech.engines.runtimes import STAMPS_A_SECOND
from minutes.speech.engines.tokens import latin, vocabulary

BEGIN, NO_STAMPS, END = "<|startoftranscript|>", "<|notimestamps|>", "<|endoftext|>"
ECHOED_S = 30
_ROWS = "decoder/embeddings/"  # one row a token; the projection is an alias of it
_PROJECTION = "decoder/projection/"
_NUMBERED = ("lang_ids", "suppress_ids", "suppress_ids_begin")


@dataclass(frozen=True, slots=True)
class Echoes:
    first: int

    def __call__(self, seconds: float) -> int:
        """The token that says when known words begin or end."""
        return self.first + min(max(round(seconds * STAMPS_A_SECOND), 0), ECHOED_S * STAMPS_A_SECOND)


@dataclass(frozen=True, slots=True)
class Arranged:
    files: dict[str, bytes]
    """What stands in the model's directory; as large as the model."""
    echo: Echoes


def arranged(directory: Path) -> Arranged:
    """A CTranslate2 model's files. Raises `WeightsError` for what is none."""
    try:
        return _arranged(directory)
    except (OSError, ValueError, LookupError) as error:
        raise WeightsError(f"{directory} holds no Whisper model of CTranslate2: {error}") from error


def _arranged(directory: Path) -> Arranged:
    name, tokens = vocabulary(directory)
    order = _order(tokens)
    echoes = order.index(tokens.index(END)) - ECHOED_S * STAMPS_A_SECOND - 1
    place = {
        before: now for now, before in enumerate(order) if not echoes <= now <= echoes + ECHOED_S * STAMPS_A_SECOND
    }
    files = {
        "model.bin": write_model(_rows(read_model(directory / "model.bin"), order)),
        "config.json": _config(json.loads((directory / "config.json").read_text()), place, echoes),
        "tokenizer.json": _tokenizer(json.loads((directory / "tokenizer.json").read_text()), place),
        name: _written(name, [tokens[t] if place[t] == at else f"{tokens[t]} again" for at, t in enumerate(order)]),
    }
    preprocessor = directory / "preprocessor_config.json"
    if preprocessor.is_file():
        files[preprocessor.name] = preprocessor.read_bytes()
    return Arranged(files, Echoes(echoes))


def _order(tokens: Sequence[str]) -> list[int]:
    """Old numbers in the new order: what leads, text, echoes, the end, no stamps, stamps."""
    begin, none, end = (tokens.index(each) for each in (BEGIN, NO_STAMPS, END))
    stamps = range(none + 1, len(tokens))
    echoed = stamps[: ECHOED_S * STAMPS_A_SECOND + 1]
    text = [number for number in range(end) if latin(tokens[number])]
    return [*range(begin, none), *text, *echoed, end, none, *stamps]


def _rows(model: Model, order: Sequence[int]) -> Model:
    def in_order(name: str, values: Array) -> Array:
        return values[list(order)] if values.ndim and name.startswith((_ROWS, _PROJECTION)) else values

    found = {name: in_order(name, values) for name, values in model.variables.items()}
    return Model(model.revision, found, model.aliases)


def _config(config: dict[str, Any], place: Mapping[int, int], echoes: int) -> bytes:
    for name in _NUMBERED:
        if name in config:
            config[name] = [place[each] for each in config[name] if each in place]
    config["suppress_ids"] = config.get("suppress_ids", []) + list(
        range(echoes, echoes + ECHOED_S * STAMPS_A_SECOND + 1)
    )
    return json.dumps(config).encode()


def _tokenizer(tokenizer: dict[str, Any], place: Mapping[int, int]) -> bytes:
    """Special tokens go into the vocabulary, where numbers are taken as they are told."""
    words = tokenizer["model"]["vocab"]
    words.update({each["content"]: each["id"] for each in tokenizer["added_tokens"]})
    kept = {word: place[number] for word, number in words.items() if number in place}
    pairs = (pair.split(" ") if isinstance(pair, str) else pair for pair in tokenizer["model"]["merges"])
    merges = [pair for pair in pairs if all(each in kept for each in (*pair, "".join(pair)))]
    tokenizer["model"].update(vocab=kept, merges=merges)
    for each in tokenizer["added_tokens"]:
        each["id"] = place[each["id"]]
    tokenizer["post_processor"] = None  # adds special tokens by their old numbers; we write our own prompts
    return json.dumps(tokenizer).encode()


def _written(name: str, tokens: Sequence[str]) -> bytes:
    return json.dumps(tokens).encode() if name.endswith(".json") else "".join(f"{each}\n" for each in tokens).encode()
