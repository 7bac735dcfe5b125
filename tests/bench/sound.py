"""`make bench-sound`: what it costs to mix a meeting's sound and to draw it.

Microphones say rakor-1 again and again. "Led" is a meeting as most are: who does not speak is muted, so nothing of
them is recorded. "Open" is the worst: all are on all the time. Each is mixed by a process of its own, as the server
does it, and the sound at its end is compared with the fixture, since an hour of small errors would show there.

CPU is the process's own (`wait4`), memory the most it held (VmHWM; `ru_maxrss` would be what we hold, who start it);
`a minute` is CPU per minute of meeting.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from minutes.speech.mixing import Part
from minutes.speech.mixing_worker import Order
from minutes.speech.ports import SAMPLE_RATE_HZ, Samples
from tests.minutes.speech.sounds import DATA, PACKET, TimedPacket, Turn, opus, record, samples_of, spoken
from tests.same_sound import Match, compared

ROUND_S = 200.0  # of rakor-1, before it is said again
SPEAKERS = ("ratna", "maria", "bambang", "wulan")


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    tracks: int
    minutes: int
    muted: bool

    @property
    def seconds(self) -> float:
        return self.minutes * 60.0


KINDS = (Kind("led", 8, 120, True), Kind("open", 8, 10, False), Kind("open, forty", 40, 3, False))


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_s: float
    mb: float
    sound_mb: float
    peaks_kb: float
    squeezed_kb: float
    match: Match


def microphones(directory: Path, kind: Kind) -> tuple[Part, ...]:
    said = {
        name: opus(samples_of(DATA / "rakor-1" / f"{name}.flac")[: int(ROUND_S) * SAMPLE_RATE_HZ]) for name in SPEAKERS
    }
    parts = tuple(Part(directory / f"t{number}") for number in range(kind.tracks))
    for number, part in enumerate(parts):
        name = SPEAKERS[number % len(SPEAKERS)]
        turns = spoken(name, 0.0, ROUND_S) if kind.muted else [Turn(0.0, ROUND_S, "")]
        once = [
            packet for packet in said[name] if any(turn.start - 0.5 <= packet[0] < turn.end + 0.5 for turn in turns)
        ]
        # In a led meeting two who have the same voice take turns, or it would be said twice at once.
        turn, of = (number // len(SPEAKERS), kind.tracks // len(SPEAKERS)) if kind.muted else (0, 1)
        record(part.directory, list(_again(once, kind.seconds, turn, of)))
    return parts


def _again(once: Sequence[TimedPacket], seconds: float, turn: int, of: int) -> Iterator[TimedPacket]:
    for number in range(turn, int(np.ceil(seconds / ROUND_S)), of):
        for at, payload in once:
            if at + number * ROUND_S + PACKET <= seconds:
                yield round(at + number * ROUND_S, 3), payload


def cost(directory: Path, kind: Kind) -> Cost:
    parts = microphones(directory, kind)
    order = Order(kind.seconds, directory / "made" / "m.webm", directory / "made" / "m.peaks", parts)
    worker = [sys.executable, "-m", "minutes.speech.mixing_worker", str(os.getpid())]
    process = subprocess.Popen(worker, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(order.to_json().encode() + b"\n")
    process.stdin.close()
    most_mb = 0.0
    for _ in process.stdout:  # a line for each hundredth
        most_mb = max(most_mb, held_mb(process.pid))
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the process that mixes ended with {process.returncode}")
    peaks = order.peaks.read_bytes()
    return Cost(
        cpu_s=used.ru_utime + used.ru_stime,
        mb=most_mb,
        sound_mb=order.sound.stat().st_size / 1e6,
        peaks_kb=len(peaks) / 1e3,
        squeezed_kb=len(gzip.compress(peaks)) / 1e3,
        match=last_turn(order.sound, kind),
    )


def held_mb(process: int) -> float:
    """The most that it has held so far; 0 where it has ended."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def last_turn(sound: Path, kind: Kind) -> Match:
    """The last long turn of ratna that is all in it, against the fixture."""
    turns = [turn for turn in spoken("ratna", 0.0, ROUND_S) if turn.end - turn.start > 5.0]
    rounds = range(int(np.ceil(kind.seconds / ROUND_S)))
    places = [(number * ROUND_S + turn.start, turn) for number in rounds for turn in turns]
    at, turn = max((place for place in places if place[0] + 5.0 < kind.seconds), key=lambda place: place[0])
    return compared(stretch(sound, at, 5.0), "ratna", turn.start, turn.start + 5.0)


def stretch(file: Path, start: float, seconds: float) -> Samples:
    """Found by the file's own index, as a player does."""
    resampler = av.AudioResampler("flt", "mono", SAMPLE_RATE_HZ)
    whole = np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)
    with av.open(str(file), "r") as container:
        container.seek(round((start - 0.5) * av.time_base))
        for frame in container.decode(audio=0):
            at = round((float(frame.time or 0.0) - start) * SAMPLE_RATE_HZ)
            for each in resampler.resample(frame):
                part = each.to_ndarray().reshape(-1)[max(0, -at) :][: max(0, len(whole) - max(0, at))]
                whole[max(0, at) : max(0, at) + len(part)] = part
            if at > len(whole):
                break
    return whole


def tell(kind: Kind, found: Cost) -> None:
    minute = found.cpu_s / kind.minutes
    print(
        f"{kind.name:<12}{kind.tracks:>7}{kind.minutes:>8}{found.cpu_s:>8.1f}{minute:>10.2f}{found.mb:>8.0f}"
        f"{found.sound_mb:>10.1f}{found.peaks_kb:>9.0f}{found.squeezed_kb:>7.0f}"
        f"{found.match.likeness:>10.2f}{found.match.lag * 1000:>7.1f}",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(prog="tests.bench.sound", description=__doc__)
    options.add_argument("--share", type=float, default=1.0, help="of the minutes, for a quick look")
    share = options.parse_args().share
    print(
        f"{'':<12}{'tracks':>7}{'minutes':>8}{'CPU s':>8}{'a minute':>10}{'MB':>8}"
        f"{'sound MB':>10}{'peaks kB':>9}{'gzip':>7}{'likeness':>10}{'lag ms':>7}"
    )
    told: dict[str, dict[str, float]] = {}
    for each in KINDS:
        kind = Kind(each.name, each.tracks, max(1, round(each.minutes * share)), each.muted)
        with tempfile.TemporaryDirectory(prefix="rakor-bench-") as folder:
            found = cost(Path(folder), kind)
        tell(kind, found)
        told[kind.name] = {
            "minutes": kind.minutes,
            "cpu_s": round(found.cpu_s, 1),
            "mb": round(found.mb),
            "sound_mb": round(found.sound_mb, 2),
            "peaks_kb": round(found.peaks_kb, 1),
            "likeness": round(found.match.likeness, 3),
            "lag_ms": round(found.match.lag * 1000, 1),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
