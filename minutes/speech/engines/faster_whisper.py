"""The default engine: faster-whisper's models, vocabulary and features, in windows as long as the sound.

Whisper was trained on windows of 30 s, and its own transcription pads every sound to one: most of an utterance's cost
is then silence that is encoded. Here the window is as long as the sound and a second or two: cheaper and, on rakor-1,
with fewer wrong words. A GPU runs them on CTranslate2, a processor on ONNX Runtime.
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from minutes.speech.engines.captioning import Captioning
from minutes.speech.engines.provenance import described, digest, versions
from minutes.speech.engines.records import NotFetched
from minutes.speech.engines.runtimes import (
    HYPOTHESES,
    LANGUAGE,
    SEED,
    STAMPS_A_SECOND,
    Asked,
    Beginning,
    Floats,
    Runtime,
    Search,
    Written,
)
from minutes.speech.engines.timing import trimmed
from minutes.speech.engines.weights import model_directory, model_name
from minutes.speech.engines.wording import joined, placed
from minutes.speech.ports import AT_ONCE, SAMPLE_RATE_HZ, Recognition, Samples, Utterance, Word

BEAM = 5
PATIENCE = 0.4  # two of five finished transcripts are enough to choose from
# Retries with more randomness when a result repeats itself or is unlikely. Few: each costs a whole decode.
TEMPERATURES = (0.0, 0.2, 0.4)
REPETITIVE, UNLIKELY, SILENT = 2.4, -1.0, 0.6  # zlib's ratio, mean log probability of a token, probability of no speech
FRAMES_A_SECOND, MOST_FRAMES, STEP = 100, 2_944, 128
BEHIND_S = 1.0  # of silence behind the sound: Whisper ends a sentence better when it hears that nothing follows
LONGEST_S = 28.0
LATEST_S = 1.0  # by which somebody speaks, in a sound that begins with a voice
TOKENS_A_SECOND, LEAST_TOKENS = 16, 16  # six words of a second are said by nobody: what runs on is a loop
# Of somebody who is still speaking: quick, and what runs on is stopped sooner.
DRAFT_BEAM, DRAFT_BEHIND_S, DRAFT_TOKENS_A_SECOND = 5, 1.0, 10
# Of clear voice, half of what a slow one says: Whisper takes a sentence's end for the end of all.
DRAFT_LEAST_A_SECOND = 2
OPTIONS = {
    "language": LANGUAGE,
    "beam": BEAM,
    "most_at_once": AT_ONCE,
    "patience": PATIENCE,
    "script": "latin",
    "temperatures": TEMPERATURES,
    "hypotheses": HYPOTHESES,
    "seed": SEED,
    "repetitive": REPETITIVE,
    "unlikely": UNLIKELY,
    "silent": SILENT,
    "behind": BEHIND_S,
    "longest": LONGEST_S,
    "tokens_a_second": TOKENS_A_SECOND,
    "least_tokens": LEAST_TOKENS,
}
Run = Callable[[Path, int], Runtime]
"""A model's directory and threads."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one decoding found."""

    tokens: list[int]  # of text
    bounds: tuple[float, float] | None  # seconds between which something was said, where it tells
    written: Written
    repetition: float

    @property
    def probability(self) -> float:
        return self.written.probability

    @property
    def silent(self) -> bool:
        return self.written.silence > SILENT and self.probability < UNLIKELY

    @property
    def settled(self) -> bool:
        return self.silent or (self.repetition <= REPETITIVE and self.probability >= UNLIKELY)


@dataclass(frozen=True, slots=True)
class _Piece:
    """As much of a sound as is heard at once."""

    number: int
    """Of the sound."""
    start: float
    """Seconds into it."""
    samples: Samples
    hints: str

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE_HZ


def _pieces(number: int, samples: Samples, hints: str) -> list[_Piece]:
    most = round(LONGEST_S * SAMPLE_RATE_HZ)
    return [_Piece(number, at / SAMPLE_RATE_HZ, samples[at : at + most], hints) for at in range(0, len(samples), most)]


class FasterWhisper:
    """An `Engine`, a `Batcher` and a `Drafter`. `model` and `data` as in `weights.model_directory`, whose WeightsError
    it raises."""

    def __init__(self, model: str, data: Path, threads: int = 1, beam: int = BEAM, run: Run | None = None) -> None:
        from faster_whisper.utils import download_model

        directory = Path(model_directory(model, data))
        if not directory.is_dir():
            directory = Path(download_model(str(directory)))
        self._beam = beam
        self._whisper = (run or fitting())(directory, threads)
        self._tokenizer = self._whisper.tokenizer
        self._captioning = Captioning()
        self.recognition = Recognition(
            versions("rakor", "faster-whisper", *self._whisper.packages),
            model_name(model),
            digest(directory / "model.bin"),
            described({**OPTIONS, **self._whisper.options, "runtime": self._whisper.name, "beam": beam}),
        )

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        (found,) = self.transcribe_all([(samples, prompt)])
        return found

    def transcribe_all(self, asked: Sequence[tuple[Samples, str]]) -> list[tuple[Utterance, ...]]:
        pieces = [piece for number, (samples, hints) in enumerate(asked) for piece in _pieces(number, samples, hints)]
        found: list[list[Utterance]] = [[] for _ in asked]
        for at in range(0, len(pieces), AT_ONCE):
            some = pieces[at : at + AT_ONCE]
            for piece, heard in zip(some, self._heard(some), strict=True):
                found[piece.number] += [] if heard is None else [heard]
        return [tuple(each) for each in found]

    def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
        """Without retries: what is wrong now is heard again when its utterance is over."""
        seconds = len(samples) / SAMPLE_RATE_HZ
        sound = self._whisper.encode(self._features(samples, DRAFT_BEHIND_S))
        text, until = _text(settled), settled[-1].end if settled else 0.0
        beginning = Beginning("", tuple(self._tokenizer.encode(" " + text)) if text else (), until)
        most = _most_tokens(seconds - until, DRAFT_TOKENS_A_SECOND)
        least = min(most - 1, int(voiced * DRAFT_LEAST_A_SECOND))
        search = Search(most, DRAFT_BEAM, PATIENCE, latest=seconds, least=least)
        (found,) = self._attempts([Asked(sound, beginning, search)])
        if not found.tokens or found.silent or found.repetition > REPETITIVE:
            return ()
        behind = _behind(text, self._words(sound, [*beginning.known, *found.tokens], found, seconds))
        if not _says_something(_text(behind)):
            return ()
        return self._captioning.written(behind, text)

    def _heard(self, pieces: Sequence[_Piece]) -> list[Utterance | None]:
        asked = [Asked(self._whisper.encode(self._features(each.samples)), *self._search(each)) for each in pieces]
        first = self._attempts(asked)
        found = [self._settled(*each) for each in zip(asked, first, strict=True)]
        return [self._said(*each) for each in zip(pieces, asked, found, strict=True)]

    def _search(self, piece: _Piece) -> tuple[Beginning, Search]:
        return Beginning(piece.hints), Search(_most_tokens(piece.seconds), self._beam, PATIENCE, LATEST_S)

    def _said(self, piece: _Piece, asked: Asked, found: Attempt) -> Utterance | None:
        text = self._tokenizer.decode(found.tokens).strip()
        if found.silent or not _says_something(text):
            return None
        words = trimmed(self._words(asked.sound, found.tokens, found, piece.seconds), found.bounds)
        moved = (replace(word, start=piece.start + word.start, end=piece.start + word.end) for word in words)
        return Utterance(piece.start, piece.start + piece.seconds, text, tuple(moved))

    def _features(self, samples: Samples, behind: float = BEHIND_S) -> Floats:
        """Log-mel, (bands, frames): of the sound, and zeros behind it."""
        frames = window(len(samples) / SAMPLE_RATE_HZ, behind)
        found = self._whisper.features(samples)[:, :frames]
        return np.pad(found, ((0, 0), (0, frames - found.shape[1])))

    def _settled(self, asked: Asked, first: Attempt) -> Attempt:
        attempts = [first]
        for temperature in TEMPERATURES[1:]:
            if self._enough(attempts[-1]):
                break
            attempts += self._attempts([replace(asked, search=replace(asked.search, temperature=temperature))])
        if self._enough(attempts[-1]):
            return attempts[-1]
        varied = [each for each in attempts if each.repetition <= REPETITIVE]
        return max(varied or attempts, key=lambda each: each.probability)

    def _enough(self, attempt: Attempt) -> bool:
        """Of silence, asked again, it would say something at last."""
        return attempt.settled or not _says_something(self._tokenizer.decode(attempt.tokens))

    def _attempts(self, asked: Sequence[Asked]) -> list[Attempt]:
        return [self._attempt(written) for written in self._whisper.write(asked)]

    def _attempt(self, found: Written) -> Attempt:
        heard = [token for token in found.tokens if token < self._tokenizer.eot]
        stamps = [token - self._tokenizer.timestamp_begin for token in found.tokens]
        told = [stamp / STAMPS_A_SECOND for stamp in stamps if stamp >= 0]
        bounds = (told[0], told[-1]) if told and told[-1] > told[0] else None
        return Attempt(heard, bounds, found, _repetition(self._tokenizer.decode(heard)))

    def _words(self, sound: Any, tokens: list[int], found: Attempt, seconds: float) -> list[Word]:
        """Of text tokens, known and found."""
        frames = min(MOST_FRAMES, math.ceil(seconds * FRAMES_A_SECOND))
        aligned = self._whisper.align(sound, found.written, frames)
        texts, parts = self._tokenizer.split_to_word_tokens([*tokens, self._tokenizer.eot])
        return joined(placed(texts[:-1], [len(part) for part in parts[:-1]], aligned))


def fitting() -> Run:
    """CTranslate2 where there is a GPU for it."""
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        from minutes.speech.engines.ctranslate2_runtime import Ctranslate2Runtime

        return Ctranslate2Runtime
    from minutes.speech.engines.onnx_runtime import OnnxRuntime

    return OnnxRuntime


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _says_something(text: str) -> bool:
    """Not "... ..."."""
    return any(letter.isalnum() for letter in text)


def _most_tokens(seconds: float, a_second: int = TOKENS_A_SECOND) -> int:
    return max(LEAST_TOKENS, math.ceil(seconds * a_second))


def _behind(settled: str, words: list[Word]) -> tuple[Word, ...]:
    """Those that follow the settled ones, with which all begin."""
    rest = len(settled.replace(" ", ""))
    for number, word in enumerate(words):
        if rest <= 0:
            return tuple(words[number:])
        if _says_something(word.text[rest:]):  # a hyphen joined it to the last settled one
            return (replace(word, text=word.text[rest:]), *words[number + 1 :])
        rest -= len(word.text)
    return ()


def window(seconds: float, behind: float = BEHIND_S) -> int:
    """Frames of the window in which a sound is heard."""
    return min(MOST_FRAMES, math.ceil((seconds + behind) * FRAMES_A_SECOND / STEP) * STEP)


def _repetition(text: str) -> float:
    """How well it can be packed: the more, the more it repeats itself."""
    raw = text.strip().encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def fetch(name: str, directory: Path) -> None:
    """A hub's model into `directory`; goes on where it was broken off. Raises NotFetched."""
    from faster_whisper.utils import download_model
    from huggingface_hub.errors import HfHubHTTPError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the two libraries' own matters
            download_model(name, output_dir=str(directory))
    except (OSError, ValueError, HfHubHTTPError) as error:
        raise NotFetched(f"{name}: {error}") from error
