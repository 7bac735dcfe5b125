"""The second engine: openai-whisper on torch. An extra; the same weights, so it can be held against the first."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from minutes.speech.engines.convert import base_checkpoint
from minutes.speech.engines.faster_whisper import BEAM, LANGUAGE, TEMPERATURES
from minutes.speech.engines.provenance import described, digest, versions
from minutes.speech.engines.weights import BASE, model_name
from minutes.speech.ports import Recognition, Samples, Utterance, Word

OPTIONS = {"language": LANGUAGE, "beam": BEAM, "temperatures": TEMPERATURES, "compute": "float32"}


class _Word(TypedDict):
    word: str
    start: float
    end: float
    probability: float


class _Segment(TypedDict):
    start: float
    end: float
    text: str
    words: list[_Word]


class OpenAIWhisper:
    """An `Engine`. `model` is a `.pt` checkpoint; empty means the base model, converted below `data` on first use."""

    def __init__(self, model: str, data: Path, threads: int = 1) -> None:
        import torch
        import whisper

        torch.set_num_threads(threads)
        checkpoint = str(base_checkpoint(data)) if model in ("", "base", BASE) else model
        self._model = whisper.load_model(checkpoint, device="cpu")
        self.recognition = Recognition(
            versions("openai-whisper", "torch"), model_name(model), digest(Path(checkpoint)), described(OPTIONS)
        )

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        result = self._model.transcribe(
            samples,
            language=LANGUAGE,
            beam_size=BEAM,
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            initial_prompt=prompt or None,
            word_timestamps=True,
            fp16=False,
            verbose=None,
        )
        segments: list[_Segment] = result["segments"]
        return tuple(_utterance(segment) for segment in segments if segment["text"].strip())


def _utterance(segment: _Segment) -> Utterance:
    words = (
        Word(word["word"].strip(), float(word["start"]), float(word["end"]), float(word["probability"]))
        for word in segment.get("words", [])
        if word["word"].strip()
    )
    return Utterance(float(segment["start"]), float(segment["end"]), segment["text"].strip(), tuple(words))
