"""Whisper on CTranslate2: GPUs. Known words are read at once, and only Latin script is written (`arranged`)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from minutes.speech.engines.arranged import arranged
from minutes.speech.engines.device import chosen, device_name
from minutes.speech.engines.runtimes import (
    HYPOTHESES,
    LANGUAGE,
    SEED,
    STAMPS_A_SECOND,
    Aligned,
    Asked,
    Beginning,
    Floats,
    Search,
    Tokenizer,
    Written,
)

if TYPE_CHECKING:
    import ctranslate2


class Ctranslate2Runtime:
    """A `Runtime`. `directory`: of a CTranslate2 model; raises WeightsError for what is none."""

    def __init__(self, directory: Path, threads: int = 1) -> None:
        import ctranslate2
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer as WhisperTokenizer

        found = arranged(directory)
        self._echo = found.echo
        ctranslate2.set_random_seed(SEED)
        gpus = ctranslate2.get_cuda_device_count()
        device = chosen(gpus, ctranslate2.get_supported_compute_types(device_name(gpus)))
        self.name: str = f"ctranslate2 {device.device} {device.compute}"
        self.packages: tuple[str, ...] = ("ctranslate2",)
        self.options: Mapping[str, object] = {}
        self._whisper = WhisperModel(
            str(directory),
            device=device.device,
            compute_type=device.compute,
            cpu_threads=threads,
            files=found.files,
        )
        multilingual = self._whisper.model.is_multilingual
        self._prompted = WhisperTokenizer(
            self._whisper.hf_tokenizer, multilingual, task="transcribe", language=LANGUAGE
        )
        self.tokenizer: Tokenizer = self._prompted

    def features(self, samples: Floats) -> Floats:
        found: Floats = self._whisper.feature_extractor(samples)
        return found

    def encode(self, features: Floats) -> ctranslate2.StorageView:
        return self._whisper.encode(features)

    def write(self, asked: Sequence[Asked]) -> list[Written]:
        return [self._write(each.sound, each.beginning, each.search) for each in asked]

    def _write(self, sound: ctranslate2.StorageView, beginning: Beginning, search: Search) -> Written:
        begin = self._begin(beginning)
        options: dict[str, Any] = {"beam_size": search.beam, "patience": max(search.patience, 1 / search.beam)}
        if search.temperature:
            options = {
                "beam_size": 1,
                "num_hypotheses": HYPOTHESES,
                "sampling_topk": 0,
                "sampling_temperature": search.temperature,
            }
        (result,) = self._whisper.model.generate(
            sound,
            [begin],
            max_length=min(max(len(begin) + search.most, 2 * search.most), self._whisper.max_length),  # it takes half
            return_scores=True,
            return_no_speech_prob=True,
            max_initial_timestamp_index=math.ceil(search.latest * STAMPS_A_SECOND),
            **options,
        )
        tokens = tuple(result.sequences_ids[0])
        mean = result.scores[0] * len(tokens) / (len(tokens) + 1)  # with the end, which is no part of the sequence
        return Written(tokens, mean, result.no_speech_prob, beginning.known)

    def _begin(self, beginning: Beginning) -> list[int]:
        hints, known = beginning.hints.strip(), beginning.known
        begin = list(self._whisper.get_prompt(self._prompted, self.tokenizer.encode(" " + hints) if hints else []))
        return [*begin, self._echo(0.0), *known, self._echo(beginning.until)] if known else begin

    def align(self, sound: ctranslate2.StorageView, written: Written, frames: int) -> Aligned:
        tokens = [*written.trace, *(token for token in written.tokens if token < self.tokenizer.eot)]
        (result,) = self._whisper.model.align(
            sound, self._prompted.sot_sequence, [tokens], frames, median_filter_width=7
        )
        pairs = np.array(result.alignments).reshape(-1, 2)
        begins = np.pad(np.diff(pairs[:, 0]), (1, 0), constant_values=1).astype(bool)
        return Aligned(pairs[begins, 1], np.array(result.text_token_probs, dtype=np.float32))
