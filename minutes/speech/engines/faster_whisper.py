"""The default engine: Whisper on CTranslate2, int8 on the CPU."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from minutes.speech.engines.weights import model_directory
from minutes.speech.ports import Samples, Utterance, Word

LANGUAGE = "id"
BEAM = 5
# Retries with more randomness when a result repeats itself or is unlikely. Few: each costs a whole decode.
TEMPERATURES = (0.0, 0.2, 0.4)


class _Word(Protocol):
    word: str
    start: float
    end: float
    probability: float


class _Segment(Protocol):
    start: float
    end: float
    text: str
    words: list[_Word] | None


class FasterWhisper:
    """An `Engine`. `model` and `data` as in `weights.model_directory`, whose WeightsError it raises."""

    name = "faster_whisper"

    def __init__(self, model: str, data: Path, threads: int = 1) -> None:
        from faster_whisper import WhisperModel

        self._model = WhisperModel(model_directory(model, data), device="cpu", compute_type="int8", cpu_threads=threads)

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        segments, _ = self._model.transcribe(
            samples,
            language=LANGUAGE,
            beam_size=BEAM,
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            initial_prompt=prompt or None,
            vad_filter=False,  # done before, on the stream
            word_timestamps=True,
        )
        return _utterances(segments)


def _utterances(segments: Iterable[_Segment]) -> tuple[Utterance, ...]:
    return tuple(
        Utterance(
            float(segment.start),
            float(segment.end),
            segment.text.strip(),
            tuple(_word(word) for word in segment.words or () if word.word.strip()),
        )
        for segment in segments
        if segment.text.strip()
    )


def _word(word: _Word) -> Word:
    """The engine's numbers are numpy's; ours are Python's."""
    return Word(word.word.strip(), float(word.start), float(word.end), float(word.probability))
