"""The default engine: Whisper on CTranslate2, int8 on the CPU.

Whisper was trained on windows of 30 s, and its own transcription pads every sound to one: most of an utterance's cost
is then silence that is encoded. Here the window is as long as the sound and two seconds: cheaper and, on rakor-1, with
fewer wrong words. Words known already are read at once, and only Latin script is written (`arranged`).
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from minutes.speech.engines.arranged import STAMPS_A_SECOND, arranged
from minutes.speech.engines.device import chosen, device_name
from minutes.speech.engines.provenance import described, digest, versions
from minutes.speech.engines.records import NotFetched
from minutes.speech.engines.timing import trimmed
from minutes.speech.engines.weights import model_directory, model_name
from minutes.speech.ports import SAMPLE_RATE_HZ, Recognition, Samples, Utterance, Word

if TYPE_CHECKING:
    import ctranslate2

LANGUAGE = "id"
BEAM = 5
PATIENCE = 0.4  # two of five finished transcripts are enough to choose from
# Retries with more randomness when a result repeats itself or is unlikely. Few: each costs a whole decode.
TEMPERATURES = (0.0, 0.2, 0.4)
HYPOTHESES, SEED = 5, 2020  # of a retry
REPETITIVE, UNLIKELY, SILENT = 2.4, -1.0, 0.6  # zlib's ratio, mean log probability of a token, probability of no speech
FRAMES_A_SECOND, MOST_FRAMES, STEP = 100, 3_000, 100
BEHIND_S = 2.0  # of silence behind the sound: Whisper ends a sentence better when it hears that nothing follows
LONGEST_S = 28.0
LATEST_S = 1.0  # by which somebody speaks, in a sound that begins with a voice
TOKENS_A_SECOND, LEAST_TOKENS = 16, 16  # six words of a second are said by nobody: what runs on is a loop
# Of somebody who is still speaking: quick, and what runs on is stopped sooner.
DRAFT_BEAM, DRAFT_BEHIND_S, DRAFT_TOKENS_A_SECOND = 5, 1.0, 10
OPTIONS = {
    "language": LANGUAGE,
    "beam": BEAM,
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
OPENING, CLOSING = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one decoding found."""

    tokens: list[int]  # of text
    bounds: tuple[float, float] | None  # seconds between which something was said, where it tells
    probability: float  # log, mean of a token
    silence: float  # probability that nobody spoke
    repetition: float

    @property
    def silent(self) -> bool:
        return self.silence > SILENT and self.probability < UNLIKELY

    @property
    def settled(self) -> bool:
        return self.silent or (self.repetition <= REPETITIVE and self.probability >= UNLIKELY)


class FasterWhisper:
    """An `Engine` and a `Drafter`. `model` and `data` as in `weights.model_directory`, whose WeightsError it raises."""

    def __init__(self, model: str, data: Path, threads: int = 1, beam: int = BEAM) -> None:
        import ctranslate2
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.utils import download_model

        directory = Path(model_directory(model, data))
        if not directory.is_dir():
            directory = Path(download_model(str(directory)))
        found = arranged(directory)
        self._beam, self._echo = beam, found.echo
        ctranslate2.set_random_seed(SEED)  # retries are random, and the same ones each time a recording is heard
        gpus = ctranslate2.get_cuda_device_count()
        device = chosen(gpus, ctranslate2.get_supported_compute_types(device_name(gpus)))
        self._whisper = WhisperModel(
            str(directory),
            device=device.device,
            compute_type=device.compute,
            cpu_threads=threads,
            files=found.files,
        )
        self.recognition = Recognition(
            versions("rakor", "faster-whisper", "ctranslate2"),
            model_name(model),
            digest(directory / "model.bin"),
            described({**OPTIONS, **asdict(device), "beam": beam}),
        )
        multilingual = self._whisper.model.is_multilingual
        self._tokenizer = Tokenizer(self._whisper.hf_tokenizer, multilingual, task="transcribe", language=LANGUAGE)

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        most = round(LONGEST_S * SAMPLE_RATE_HZ)
        pieces = (
            self._heard(samples[at : at + most], at / SAMPLE_RATE_HZ, prompt) for at in range(0, len(samples), most)
        )
        return tuple(piece for piece in pieces if piece is not None)

    def draft(self, samples: Samples, settled: Sequence[Word]) -> tuple[Word, ...]:
        """Without retries: what is wrong now is heard again when its utterance is over."""
        seconds = len(samples) / SAMPLE_RATE_HZ
        encoded = self._whisper.encode(self._features(samples, DRAFT_BEHIND_S))
        text = " ".join(word.text for word in settled)
        known = self._tokenizer.encode(" " + text) if text else []
        begin = self._begin("") + self._known(known, settled)
        unknown = seconds - (settled[-1].end if settled else 0.0)
        most = _most_tokens(unknown, DRAFT_TOKENS_A_SECOND)
        found = self._attempt(encoded, begin, most, DRAFT_BEAM, latest=seconds)
        if not found.tokens or found.silent or found.repetition > REPETITIVE:
            return ()
        behind = _behind(text, self._words(encoded, known + found.tokens, None, seconds))
        return behind if _says_something(" ".join(word.text for word in behind)) else ()

    def _known(self, tokens: list[int], words: Sequence[Word]) -> list[int]:
        """As a transcript that goes on behind the last word."""
        return [self._echo(0.0), *tokens, self._echo(words[-1].end)] if tokens else []

    def _heard(self, samples: Samples, start: float, prompt: str) -> Utterance | None:
        encoded = self._whisper.encode(self._features(samples))
        seconds = len(samples) / SAMPLE_RATE_HZ
        found = self._decode(encoded, self._begin(prompt), seconds)
        text = self._tokenizer.decode(found.tokens).strip()
        if found.silent or not _says_something(text):
            return None
        words = self._words(encoded, found.tokens, found.bounds, seconds)
        placed = (replace(word, start=start + word.start, end=start + word.end) for word in words)
        return Utterance(start, start + seconds, text, tuple(placed))

    def _features(self, samples: Samples, behind: float = BEHIND_S) -> Any:
        """Log-mel, (bands, frames): of the sound, and zeros behind it."""
        frames = window(len(samples) / SAMPLE_RATE_HZ, behind)
        found = self._whisper.feature_extractor(samples)[:, :frames]
        return np.pad(found, ((0, 0), (0, frames - found.shape[1])))

    def _begin(self, prompt: str) -> list[int]:
        before = self._tokenizer.encode(" " + prompt.strip()) if prompt else []
        return list(self._whisper.get_prompt(self._tokenizer, before))

    def _decode(self, encoded: ctranslate2.StorageView, begin: list[int], seconds: float) -> Attempt:
        attempts: list[Attempt] = []
        for temperature in TEMPERATURES:
            attempt = self._attempt(encoded, begin, _most_tokens(seconds), self._beam, temperature)
            if attempt.settled or not _says_something(self._tokenizer.decode(attempt.tokens)):
                return attempt  # of silence, asked again, it would say something at last
            attempts.append(attempt)
        varied = [each for each in attempts if each.repetition <= REPETITIVE]
        return max(varied or attempts, key=lambda each: each.probability)

    def _attempt(
        self,
        encoded: ctranslate2.StorageView,
        begin: list[int],
        most: int,
        beam: int,
        temperature: float = 0.0,
        latest: float = LATEST_S,
    ) -> Attempt:
        """`most`: tokens; `latest`: seconds by which what is heard begins."""
        search: dict[str, Any] = {"beam_size": beam, "patience": max(PATIENCE, 1 / beam)}
        if temperature:
            search = {
                "beam_size": 1,
                "num_hypotheses": HYPOTHESES,
                "sampling_topk": 0,
                "sampling_temperature": temperature,
            }
        (result,) = self._whisper.model.generate(
            encoded,
            [begin],
            max_length=min(max(len(begin) + most, 2 * most), self._whisper.max_length),  # of which it takes half
            return_scores=True,
            return_no_speech_prob=True,
            max_initial_timestamp_index=math.ceil(latest * STAMPS_A_SECOND),
            **search,
        )
        tokens = list(result.sequences_ids[0])
        heard = [token for token in tokens if token < self._tokenizer.eot]
        stamps = [token - self._tokenizer.timestamp_begin for token in tokens]
        told = [stamp / STAMPS_A_SECOND for stamp in stamps if stamp >= 0]
        bounds = (told[0], told[-1]) if told and told[-1] > told[0] else None
        mean = result.scores[0] * len(tokens) / (len(tokens) + 1)  # with the end, which is no part of the sequence
        return Attempt(heard, bounds, mean, result.no_speech_prob, _repetition(self._tokenizer.decode(heard)))

    def _words(
        self, encoded: ctranslate2.StorageView, tokens: list[int], bounds: tuple[float, float] | None, seconds: float
    ) -> list[Word]:
        from faster_whisper.transcribe import merge_punctuations

        frames = min(MOST_FRAMES, math.ceil(seconds * FRAMES_A_SECOND))
        (aligned,) = self._whisper.find_alignment(self._tokenizer, [tokens], encoded, frames)
        merge_punctuations(aligned, OPENING, CLOSING)
        return trimmed(_joined([each for each in aligned if each["word"].strip()]), bounds)


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


def _joined(aligned: list[dict[str, Any]]) -> list[Word]:
    """What no space parts is one word: "hak-hak" comes as "hak" and "-hak"."""
    words: list[Word] = []
    for each in aligned:
        word = _word(each)
        if words and not each["word"].startswith(" "):
            before = words.pop()
            least = min(before.probability, word.probability)
            word = Word(before.text + word.text, before.start, word.end, least)
        words.append(word)
    return words


def _word(aligned: dict[str, Any]) -> Word:
    """The engine's numbers are numpy's; ours are Python's."""
    start, end, probability = (float(aligned[name]) for name in ("start", "end", "probability"))
    return Word(aligned["word"].strip(), start, end, probability)


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
