"""`make bench-noise`: how many words a quiet or a noisy microphone costs, here and with faster-whisper used plainly.

The spoken turns of rakor-1, half a second between two, are heard from one file per condition: 30 dB quieter, and with
each noise of `tests.minutes.speech.noises` 10 dB below the voice (silence: as they were spoken). "Ours" is
`transcribe_file`, with voice detection and segments; "plain" is `WhisperModel.transcribe` with a beam of five and
nothing else set but the language. Both have the same weights in the same int8, and one thread.

Lost is a reference word that a cheapest alignment (Levenshtein) with the words heard does not match: nothing stands in
its place ("gone" counts these alone), or another word does. The bar: at most 0.05 of the words more than plain.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from minutes.speech.engines.faster_whisper import BEAM
from minutes.speech.engines.loading import load_engine
from minutes.speech.engines.runtimes import LANGUAGE
from minutes.speech.engines.weights import model_directory
from minutes.speech.files import transcribe_file
from minutes.speech.ports import SAMPLE_RATE_HZ, Samples
from minutes.speech.silero import SileroVad
from tests.bench.showing import matched
from tests.minutes.speech.noises import NOISES, mixed
from tests.minutes.speech.sounds import DATA, samples_of
from tests.wer import wer, words

PAUSE_S = 0.5
SHORTEST_S = 4.0  # of a noise: the tune needs so long to begin
RATIO_DB = 10.0
QUIETER_DB = 30.0
QUIET = "-30 dB"
CONDITIONS = (QUIET, *NOISES)
Transcriber = Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the words that were said."""

    wer: float
    lost: float
    gone: float


def joined() -> tuple[Samples, str]:
    """The turns of rakor-1, one after another, and what is said in them."""
    manifest = json.loads((DATA / "rakor-1" / "manifest.json").read_text())
    voices = {name: samples_of(DATA / "rakor-1" / f"{name}.flac") for name in manifest["speakers"]}
    pause = np.zeros(round(PAUSE_S * SAMPLE_RATE_HZ), np.float32)
    parts = [pause]
    for turn in manifest["turns"]:
        start, end = (round(turn[edge] * SAMPLE_RATE_HZ) for edge in ("start", "end"))
        parts += [voices[turn["speaker"]][start:end], pause]
    return np.concatenate(parts), " ".join(turn["text"] for turn in manifest["turns"])


def under(condition: str, voice: Samples) -> Samples:
    if condition == QUIET:
        return voice * np.float32(10 ** (-QUIETER_DB / 20))
    return mixed(voice, NOISES[condition](max(SHORTEST_S, len(voice) / SAMPLE_RATE_HZ)), RATIO_DB)


def write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())


def score(reference: str, heard: str) -> Score:
    said, found = words(reference), words(heard)
    kept = len(matched(said, found))
    # Of a cheapest alignment: errors = replaced + gone + added, and words said + added = words found + gone.
    errors = round(wer(reference, heard) * len(said))
    added = errors - (len(said) - kept)
    return Score(errors / len(said), 1 - kept / len(said), (len(said) - len(found) + added) / len(said))


def ours(data: Path, threads: int) -> Transcriber:
    engine = load_engine("faster_whisper", "", data, threads)

    def heard(path: Path) -> str:
        return " ".join(each.text for each in transcribe_file(path, engine, SileroVad(), lambda done, whole: None))

    return heard


def plain(data: Path, threads: int) -> Transcriber:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(model_directory("", data), device="cpu", compute_type="int8", cpu_threads=threads)

    def heard(path: Path) -> str:
        segments, _ = whisper.transcribe(samples_of(path), language=LANGUAGE, beam_size=BEAM)
        return " ".join(segment.text.strip() for segment in segments)

    return heard


def tell(condition: str, mine: Score, theirs: Score) -> None:
    figures = (mine.wer, mine.lost, mine.gone, theirs.wer, theirs.lost, theirs.gone, mine.lost - theirs.lost)
    print(f"{condition:<12}" + "".join(f"{figure:>8.3f}" for figure in figures), flush=True)


def summary(found: dict[str, tuple[Score, Score]]) -> dict[str, object]:
    lost = {name: round(mine.lost - theirs.lost, 3) for name, (mine, theirs) in found.items()}
    worst = max(lost, key=lambda name: lost[name])
    each = {
        name: {"wer": round(mine.wer, 3), "wer_plain": round(theirs.wer, 3), "lost": lost[name]}
        for name, (mine, theirs) in found.items()
    }
    return {"worst_lost": lost[worst], "worst_condition": worst, "conditions": each}


def measured(conditions: Sequence[str], data: Path, threads: int) -> dict[str, tuple[Score, Score]]:
    voice, reference = joined()
    us, them = ours(data, threads), plain(data, threads)
    found: dict[str, tuple[Score, Score]] = {}
    for condition in conditions:
        path = data / "heard.wav"
        write(path, under(condition, voice))
        found[condition] = score(reference, us(path)), score(reference, them(path))
        tell(condition, *found[condition])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.noise", description=__doc__)
    parser.add_argument("conditions", nargs="*", default=CONDITIONS, help=f"some of: {', '.join(CONDITIONS)}")
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    print(f"{'':<12}{'WER':>8}{'lost':>8}{'gone':>8}{'plain':>8}{'lost':>8}{'gone':>8}{'more':>8}")
    with tempfile.TemporaryDirectory(prefix="rakor-bench-") as folder:
        found = measured(asked.conditions, Path(folder), asked.threads)
    print(json.dumps(summary(found)))


if __name__ == "__main__":
    main()
