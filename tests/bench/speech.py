"""`make bench-speech`: how fast recordings are heard and how well, against the two Whispers used plainly.

The spoken turns of rakor-1, half a second between two, are heard by each in a process of its own: ours as a file is
(voice detection, segments, hints of the meeting, words with times), faster-whisper's `WhisperModel.transcribe` and
openai-whisper's `transcribe` with nothing set but the language and the beam. All have the same weights and one thread.
They take turns; loading is not counted. Then the four whole microphones, mostly silence, by ours.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from minutes.speech.audio import Sound
from minutes.speech.engines.convert import base_checkpoint
from minutes.speech.engines.faster_whisper import FasterWhisper
from minutes.speech.engines.runtimes import LANGUAGE
from minutes.speech.engines.weights import base_weights
from minutes.speech.lexicon import hints
from minutes.speech.listener import Listener
from minutes.speech.ports import AT_ONCE, SAMPLE_RATE_HZ, Samples
from minutes.speech.silero import SileroVad
from tests.bench.noise import joined
from tests.minutes.speech.sounds import DATA, samples_of, subject
from tests.wer import wer

RUNS = 5
PIECE = 10 * SAMPLE_RATE_HZ
Hearing = Callable[[Samples], str]


@dataclass(frozen=True, slots=True)
class Result:
    rtf: float  # seconds of work a second of sound
    wer: float
    rss_mb: float  # at most, with everything that was loaded


def ours(data: Path, beam: int) -> Hearing:
    engine = FasterWhisper("", data, beam=beam)

    def heard(samples: Samples) -> str:
        listener = Listener(engine, SileroVad(), hints=hints(subject()), at_once=AT_ONCE)
        pieces = (Sound(at, samples[at : at + PIECE]) for at in range(0, len(samples), PIECE))
        found = [each for piece in pieces for each in listener.hear(piece)]
        return " ".join(each.text for each in [*found, *listener.finish()])

    return heard


def plain(data: Path, beam: int) -> Hearing:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(base_weights(data)), device="cpu", compute_type="int8", cpu_threads=1)

    def heard(samples: Samples) -> str:
        segments, _ = model.transcribe(samples, language=LANGUAGE, beam_size=beam)
        return " ".join(segment.text.strip() for segment in segments)

    return heard


def openai(data: Path, beam: int) -> Hearing:
    import torch
    import whisper

    torch.set_num_threads(1)
    model = whisper.load_model(str(base_checkpoint(data)), device="cpu")

    def heard(samples: Samples) -> str:
        search = {"beam_size": beam} if beam > 1 else {}
        return str(model.transcribe(samples, language=LANGUAGE, fp16=False, verbose=None, **search)["text"])

    return heard


KINDS: dict[str, Callable[[Path, int], Hearing]] = {"ours": ours, "plain": plain, "openai": openai}
BEAMS = (5, 1)


def measure(kind: str, beam: int, data: Path) -> Result:
    heard = KINDS[kind](data, beam)
    samples, reference = joined()
    start = time.perf_counter()
    text = heard(samples)
    took = time.perf_counter() - start
    return Result(took / len(samples) * SAMPLE_RATE_HZ, wer(reference, text), most_memory_mb())


def most_memory_mb() -> float:
    """Of this process since it runs this program: `getrusage` would count what its parent had when it made it."""
    told = Path("/proc/self/status").read_text()
    return int(told.split("VmHWM:")[1].split()[0]) * 1024 / 1e6


def silent_tracks(data: Path) -> float:
    """Real-time factor of four whole microphones."""
    heard = ours(data, 5)
    tracks = [samples_of(DATA / "rakor-1" / f"{name}.flac") for name in ("ratna", "bambang", "maria", "wulan")]
    start = time.perf_counter()
    for track in tracks:
        heard(track)
    return (time.perf_counter() - start) / sum(map(len, tracks)) * SAMPLE_RATE_HZ


def child(kind: str, beam: int, data: Path) -> Result:
    command = [sys.executable, "-m", "tests.bench.speech", "--child", kind, str(beam), str(data)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return Result(**json.loads(told.stdout.splitlines()[-1]))


def tell(found: dict[tuple[str, int], list[Result]]) -> dict[tuple[str, int], Result]:
    print(f"{'':<10}{'beam':>6}{'RTF':>8}{'of runs':>20}{'WER':>8}{'MB':>8}")
    middle = {}
    for (kind, beam), results in found.items():
        each = middle[kind, beam] = Result(*(median(column) for column in zip(*map(_row, results), strict=True)))
        runs = f"{min(r.rtf for r in results):.3f} to {max(r.rtf for r in results):.3f}"
        print(f"{kind:<10}{beam:>6}{each.rtf:>8.3f}{runs:>20}{each.wer:>8.3f}{each.rss_mb:>8.0f}")
    return middle


def _row(result: Result) -> tuple[float, ...]:
    return (result.rtf, result.wer, result.rss_mb)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.speech", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--child", nargs=3, metavar=("KIND", "BEAM", "DATA"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child is not None:
        kind, beam, data = options.child
        print(json.dumps(asdict(measure(kind, int(beam), Path(data)))))
        return
    with tempfile.TemporaryDirectory(prefix="rakor-bench-") as folder:
        data = Path(folder)
        base_weights(data)
        base_checkpoint(data)
        found: dict[tuple[str, int], list[Result]] = {(kind, beam): [] for beam in BEAMS for kind in KINDS}
        for _ in range(options.runs):
            for (kind, beam), results in found.items():
                results.append(child(kind, beam, data))
        middle = tell(found)
        print(f"four whole microphones, mostly silence, ours: RTF {silent_tracks(data):.3f}")
    best = middle["ours", 5]
    figures = {
        "rtf_ours": best.rtf,
        "rtf_openai": middle["openai", 5].rtf,
        "speedup_beam5": middle["openai", 5].rtf / best.rtf,
        "speedup_beam1": middle["openai", 1].rtf / middle["ours", 1].rtf,
        "wer_ours": best.wer,
        "wer_openai": middle["openai", 5].wer,
        "wer_plain": middle["plain", 5].wer,
        "rss_mb": best.rss_mb,
    }
    print(json.dumps({name: round(figure, 3) for name, figure in figures.items()}))


if __name__ == "__main__":
    main()
