"""Whisper on ONNX Runtime: processors. The graphs of `graphs`, and the rows that a decoding has read.

A decoder's step reads all its weights to write one token. CTranslate2 packs them anew in each step; here they lie
packed, and a step of five hypotheses takes half as long and less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from minutes.speech.engines import graphs
from minutes.speech.engines.alignment import beginnings
from minutes.speech.engines.checkpoint import read_checkpoint
from minutes.speech.engines.lanes import Decoder, Sound
from minutes.speech.engines.reading import Reading, Together
from minutes.speech.engines.runtimes import (
    HYPOTHESES,
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
from minutes.speech.engines.search import Hypothesis, Rules, Searching, Told, beam_search, sample, together
from minutes.speech.engines.spelling import Spelling, Writing
from minutes.speech.engines.wordlist import SPELLING, costs, unknown_cost, words_of
from minutes.speech.onnx_session import session

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

    def write(self, asked: Sequence[Asked]) -> list[Written]:
        begun = [self._begun(each) for each in asked]
        readings = [reading for reading, _ in begun]
        found = together([search for _, search in begun], Together(readings).step)
        return [self._written(*each) for each in zip(asked, readings, found, strict=True)]

    def _begun(self, asked: Asked) -> tuple[Reading, Searching]:
        begin, search = self._begin(asked.beginning), asked.search
        reading = Reading(self._decoder, asked.sound, DRAWN if search.temperature else max(BEST, search.beam + 1))
        first = reading.begin(begin, begin.index(self._tokens.begin[0]))
        first = replace(first, writing=Writing(opens=not asked.beginning.known))
        most = min(search.most, self._tokens.most - len(begin))
        return reading, self._searching(first, self._rules(asked), search, most)

    def _rules(self, asked: Asked) -> Rules:
        tokens, beginning = self._tokens, asked.beginning
        starts = tokens.starts if beginning.known else None
        spelt = self._spelling.knowing(words_of([beginning.hints])).after
        latest = round(asked.search.latest * STAMPS_A_SECOND)
        return Rules(tokens.end, tokens.first_stamp, latest, asked.search.least, starts, spelt)

    def _searching(self, first: Hypothesis, rules: Rules, search: Search, most: int) -> Searching:
        if search.temperature:
            return sample(first, rules, HYPOTHESES, search.temperature, most, np.random.default_rng(SEED))
        return beam_search(first, rules, search.beam, max(1, round(search.beam * search.patience)), most)

    def _written(self, asked: Asked, reading: Reading, found: Hypothesis) -> Written:
        known = range(reading.length - len(asked.beginning.known), reading.length)
        return Written(found.tokens, found.mean, reading.silence, Trace(reading, found.node, known))

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
