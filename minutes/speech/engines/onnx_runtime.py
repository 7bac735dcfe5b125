"""Whisper on ONNX Runtime: processors. The graphs of `graphs`, and the rows that a decoding has read.

A decoder's step reads all its weights to write one token. CTranslate2 packs them anew in each step; here they lie
packed, and a step of five hypotheses takes half as long and less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from minutes.speech.engines import graphs
from minutes.speech.engines.alignment import beginnings
from minutes.speech.engines.checkpoint import read_checkpoint
from minutes.speech.engines.reading import Decoder, Reading, Sound, session
from minutes.speech.engines.runtimes import (
    HYPOTHESES,
    SEED,
    STAMPS_A_SECOND,
    Aligned,
    Beginning,
    Floats,
    Search,
    Tokenizer,
    Written,
)
from minutes.speech.engines.search import Hypothesis, Rules, Told, beam_search, sample
from minutes.speech.engines.spelling import Spelling, Writing
from minutes.speech.engines.wordlist import SPELLING, costs, unknown_cost, words_of

BEST = 8  # text tokens whose probabilities a step tells, at least
DRAWN = 64  # and of which one is drawn


@dataclass(frozen=True, slots=True)
class Trace:
    reading: Reading
    node: int
    """Of the last token."""
    known: range
    """Rows of the known tokens."""


class OnnxRuntime:
    """A `Runtime`. `directory`: of a CTranslate2 model; raises WeightsError for what is none."""

    def __init__(self, directory: Path, threads: int = 1) -> None:
        from faster_whisper.feature_extractor import FeatureExtractor

        self.name: str = "onnxruntime cpu int8"
        self.packages: tuple[str, ...] = ("onnxruntime", "wordfreq")
        self.options: Mapping[str, object] = {"spelling": SPELLING}
        checkpoint = read_checkpoint(directory)
        self._tokens = checkpoint.tokens
        self.tokenizer: Tokenizer = checkpoint.tokenizer
        self._extractor = FeatureExtractor(feature_size=checkpoint.bands)
        self._encoder = session(graphs.encoder(checkpoint.weights), threads)
        self._decoder = Decoder(checkpoint, threads)
        self._spelling = Spelling(costs(), unknown_cost(), cache(lambda token: self.tokenizer.decode([token])))
        self._sound = [each.name for each in self._encoder.get_outputs()]

    def features(self, samples: Floats) -> Floats:
        found: Floats = self._extractor(samples)
        return found

    def encode(self, features: Floats) -> Sound:
        found = self._encoder.run(None, {"mel": features[np.newaxis].astype(np.float32)})
        return dict(zip(self._sound, found, strict=True))

    def write(self, sound: Sound, beginning: Beginning, search: Search) -> Written:
        begin = self._begin(beginning)
        reading = Reading(self._decoder, sound, DRAWN if search.temperature else max(BEST, search.beam + 1))
        start = begin.index(self._tokens.begin[0])
        first = replace(reading.begin(begin, start), writing=Writing(opens=not beginning.known))
        found = self._search(first, reading, beginning, search, min(search.most, self._tokens.most - len(begin)))
        known = range(len(begin) - len(beginning.known), len(begin))
        return Written(found.tokens, found.mean, reading.silence, Trace(reading, found.node, known))

    def _search(
        self, first: Hypothesis, reading: Reading, beginning: Beginning, search: Search, most: int
    ) -> Hypothesis:
        tokens = self._tokens
        starts = tokens.starts if beginning.known else None
        spelt = self._spelling.knowing(words_of([beginning.hints])).after
        rules = Rules(tokens.end, tokens.first_stamp, round(search.latest * STAMPS_A_SECOND), starts, spelt)
        if search.temperature:
            random = np.random.default_rng(SEED)
            return sample(first, reading.step, rules, HYPOTHESES, search.temperature, most, random)
        enough = max(1, round(search.beam * search.patience))
        return beam_search(first, reading.step, rules, search.beam, enough, most)

    def _begin(self, beginning: Beginning) -> list[int]:
        tokens, hints = self._tokens, beginning.hints.strip()
        before = self.tokenizer.encode(" " + hints)[-tokens.most // 2 + 1 :] if hints else []
        begin = [tokens.before, *before, *tokens.begin] if before else list(tokens.begin)
        return [*begin, tokens.first_stamp, *beginning.known] if beginning.known else begin

    def align(self, sound: Sound, written: Written, frames: int) -> Aligned:
        """By where the decoder looked as it wrote."""
        trace: Trace = written.trace
        path = trace.reading.path(trace.node)
        text = [at for at, token in enumerate(written.tokens) if token < self._tokens.end]
        writers = [*(row - 1 for row in trace.known), *(path[at] for at in text), path[-1]]
        looks = trace.reading.looks(writers)[:, :, : max(1, frames // 2)]
        likely = [_likely(trace.reading.told(path[at]), written.tokens[at]) for at in text]
        return Aligned(beginnings(looks), np.array([*[1.0] * len(trace.known), *likely], np.float32))


def _likely(told: Told, token: int) -> float:
    """Of all text and the end."""
    score = told.scores[int(np.flatnonzero(told.tokens == token)[0])]
    return float(np.exp(score - np.logaddexp(told.total, told.end)))
