"""`make bench-doubt`: how well the doubt of words tells which are wrong, on rakor-1, quiet and noisy.

Every figure of the score is of words of a speaker whom its weights have not seen. The weights of all speakers together
are told last: they are the constants of `minutes.record.doubt`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from minutes.record.doubt import DOUBTFUL, log_odds
from minutes.search.vocabulary import known
from minutes.speech.audio import Sound
from minutes.speech.engines.loading import load_engine
from minutes.speech.listener import Listener
from minutes.speech.ports import Engine, Samples, Word
from minutes.speech.silero import SileroVad
from tests.bench.captions import MEETING, SPEAKERS
from tests.bench.ranking import Numbers, among_first, auc, fitted, held_out, right
from tests.minutes.speech.sounds import samples_of, spoken
from tests.wer import words

SHARES = (0.1, 0.2, 0.3)
BINS = 5
SEED = 20


@dataclass(frozen=True, slots=True)
class Noise:
    """`slope`: power falls with frequency to this power: 0 is white, 1 pink."""

    name: str
    db: float | None = None  # of the voice above it
    slope: float = 0.0


QUIET = Noise("quiet")
CONDITIONS = (QUIET, Noise("pink noise, 20 dB", 20.0, 1.0), Noise("white noise, 10 dB", 10.0))


@dataclass(frozen=True, slots=True)
class Row:
    """One heard word."""

    noise: str
    speaker: str
    probability: float
    line: float  # mean probability of its line
    unknown: bool
    wrong: bool

    @property
    def features(self) -> tuple[float, float, float]:
        return -log_odds(self.probability), -log_odds(self.line), float(self.unknown)


def heard(engine: Engine, samples: Samples) -> list[tuple[Word, ...]]:
    listener = Listener(engine, SileroVad())
    return [said.words for said in listener.hear(Sound(0, samples)) + listener.finish()]


def noisy(samples: Samples, noise: Noise) -> Samples:
    """Loudness is that of the voice alone: of what is not nearly silent."""
    if noise.db is None:
        return samples
    spectrum = np.fft.rfft(np.random.default_rng(SEED).standard_normal(samples.size))
    spectrum /= np.maximum(np.arange(spectrum.size), 1) ** (noise.slope / 2)
    added = np.fft.irfft(spectrum, samples.size)
    voice = samples[np.abs(samples) > 0.01]
    loudness = np.sqrt(np.mean(voice**2)) * 10 ** (-noise.db / 20)
    return np.asarray(samples + added * loudness / np.sqrt(np.mean(added**2)), np.float32)


def rows(speaker: str, noise: Noise, lines: Sequence[Sequence[Word]]) -> Iterator[Row]:
    said = words(" ".join(turn.text for turn in spoken(speaker, 0.0, np.inf)))
    parts = [(line, word, words(word.text)) for line in lines for word in line]
    stands = iter(right(said, [part for _, _, found in parts for part in found]))
    for line, word, found in parts:
        stood = [next(stands) for _ in found]
        mean = float(np.mean([each.probability for each in line]))
        yield Row(noise.name, speaker, word.probability, mean, not known(word.text), not all(stood))


def gather(engine: Engine) -> list[Row]:
    return [
        row
        for noise in CONDITIONS
        for speaker in SPEAKERS
        for row in rows(speaker, noise, heard(engine, noisy(samples_of(MEETING / f"{speaker}.flac"), noise)))
    ]


@dataclass(frozen=True, slots=True)
class Score:
    name: str
    values: list[float]  # the higher, the more doubtful


def tell(some: Sequence[Row], scores: Sequence[Score], places: Sequence[int], name: str) -> dict[str, float]:
    """A line for each score; the figures of the last."""
    wrong = [some[place].wrong for place in places]
    figures: dict[str, float] = {}
    for score in scores:
        values = [score.values[place] for place in places]
        first = [among_first(values, wrong, share) for share in SHARES]
        figures = {"auc": auc(values, wrong)} | {f"caught_{s:.0%}": c for s, (_, c) in zip(SHARES, first, strict=True)}
        told = "".join(f"{precise:>8.2f}{caught:>7.2f}" for precise, caught in first)
        print(f"{name:<20}{score.name:<13}{len(wrong):>6}{sum(wrong):>6}{figures['auc']:>8.3f}{told}")
    return figures


def reliability(chances: Numbers, wrong: Numbers) -> float:
    """Told for bins of as many words each; the mean distance of chance and share, over all words."""
    order = np.argsort(chances)
    distance = 0.0
    print("\nchance told   wrong")
    for places in np.array_split(order, BINS):
        told, share = float(chances[places].mean()), float(wrong[places].mean())
        distance += abs(told - share) * len(places) / len(order)
        print(f"{told:>11.3f}{share:>8.3f}")
    return distance


def shown(chances: Numbers, wrong: Numbers) -> tuple[float, float, float]:
    """What is shown as doubtful: its share of all words, how much of it is wrong, and its share of all wrong words."""
    marked = chances >= DOUBTFUL
    return float(marked.mean()), float(wrong[marked].mean()), float(marked[wrong > 0].mean())


def report(found: Sequence[Row]) -> None:
    features = np.array([row.features for row in found])
    wrong = np.array([float(row.wrong) for row in found])
    groups = [row.speaker for row in found]
    chances = held_out(features, wrong, groups)
    alone = [-row.probability for row in found]
    scores = [
        Score("probability", alone),
        Score("and the word", list(held_out(features[:, [0, 2]], wrong, groups))),
        Score("and the line", list(chances)),
    ]
    print(f"{'':<33}{'words':>6}{'wrong':>6}{'AUC':>8}" + "".join(f"{f'of {s:.0%}':>8}{'caught':>7}" for s in SHARES))
    figures: dict[str, float] = {}
    for noise in reversed(CONDITIONS):
        places = [place for place, row in enumerate(found) if row.noise == noise.name]
        figures = tell(found, scores, places, noise.name)
    quiet = np.array([row.noise == QUIET.name for row in found])
    raw = auc(
        [alone[place] for place in np.flatnonzero(quiet)], [row.wrong for row in found if row.noise == QUIET.name]
    )
    tell(found, scores, range(len(found)), "all")
    distance = reliability(chances, wrong)
    marked = shown(chances[quiet], wrong[quiet])
    print("\nshown as doubtful: {:.2f} of all words, {:.2f} of them wrong, {:.2f} of the wrong ones".format(*marked))
    names = ("base", "unlikely", "unlikely_line", "unknown")
    weights = dict(zip(names, (round(float(each), 2) for each in fitted(features, wrong)), strict=True))
    print(f"weights: {weights}")
    told = {"auc_probability": raw, **figures, "reliability": distance}
    told |= dict(zip(("marked", "marked_wrong", "wrong_marked"), marked, strict=True))
    print(json.dumps({name: round(value, 3) for name, value in told.items()} | {"weights": weights}))


def main() -> None:
    options = argparse.ArgumentParser(prog="tests.bench.doubt", description=__doc__)
    options.add_argument("--model", default="", help="as RAKOR_WHISPER_MODEL; base where none is named")
    model = options.parse_args().model
    with tempfile.TemporaryDirectory(prefix="rakor-bench-") as folder:
        report(gather(load_engine("faster_whisper", model, Path(folder))))


if __name__ == "__main__":
    main()
