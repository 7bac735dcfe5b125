"""The second engine: openai-whisper on torch. An extra; the same weights, so it can be held against the first."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from minutes.speech.engines.convert import base_checkpoint
from minutes.speech.engines.device import device_name
from minutes.speech.engines.faster_whisper import BEAM, TEMPERATURES
from minutes.speech.engines.provenance import described, digest, versions
from minutes.speech.engines.records import NotFetched, recorded, verify
from minutes.speech.engines.runtimes import LANGUAGE
from minutes.speech.engines.weights import is_base, model_name, place
from minutes.speech.ports import Recognition, Samples, Utterance, Word

OPTIONS = {"language": LANGUAGE, "beam": BEAM, "temperatures": TEMPERATURES}


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
    """An `Engine`. `model` is a `.pt` checkpoint; empty means the base model, converted below `data` on first use.

    Raises WeightsError for a checkpoint that is not as it came.
    """

    def __init__(self, model: str, data: Path, threads: int = 1) -> None:
        import torch
        import whisper

        torch.set_num_threads(threads)
        checkpoint = base_checkpoint(data) if is_base(model) else place(model, data)
        verify(checkpoint.parent, recorded(checkpoint))
        device = device_name(torch.cuda.device_count())
        self._fp16 = device == "cuda"
        self._model = whisper.load_model(str(checkpoint), device=device)
        options = {**OPTIONS, "device": device, "compute": "float16" if self._fp16 else "float32"}
        self.recognition = Recognition(
            versions("rakor", "openai-whisper", "torch"), model_name(model), digest(checkpoint), described(options)
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
            fp16=self._fp16,
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


def fetch(name: str, directory: Path) -> None:
    """A hub's checkpoint into `directory`; openai-whisper knows its SHA-256. Raises NotFetched."""
    import whisper

    try:
        whisper.load_model(name, device="cpu", download_root=str(directory))
    except (OSError, RuntimeError) as error:
        raise NotFetched(f"{name}: {error}") from error
