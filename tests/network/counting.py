"""Somebody counts from one to a hundred: at which stage of the whole way was each number lost? Pure.

A number is lost at the uplink or by the recorder when most of its packets are not in the recording, at the voice
activity detection when none of its sound counts as voice, by the segmenter when no segment holds most of it, and
afterwards when no line stands at its time. One that stands there and was misunderstood is not lost.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from minutes.speech.audio import OpusDecoder
from minutes.speech.ports import SAMPLE_RATE_HZ
from minutes.speech.segmenter import WINDOW, Segment, Segmenter, SegmenterOptions
from minutes.speech.silero import SileroVad

DATA = Path(__file__).parent.parent / "data" / "angka"
PACKET_S = 0.02
MOST = 0.5
TOUCHES_S = 0.1  # of a line that stands at a number's time
NEAR_S = 0.5  # silence is the same packet again and again


class Fate(StrEnum):
    UPLINK = "lost at the uplink"
    RECORDER = "lost by the recorder"
    VAD = "lost at voice activity detection"
    SEGMENTER = "lost by the segmenter"
    LINE = "no line at its time"
    MISHEARD = "misunderstood"
    HEARD = "heard"


LOST = (Fate.UPLINK, Fate.RECORDER, Fate.VAD, Fate.SEGMENTER, Fate.LINE)


@dataclass(frozen=True, slots=True)
class Number:
    """One of them in the file; seconds."""

    n: int
    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Span:
    """Meeting seconds."""

    start: float
    end: float

    def share_of(self, other: Span) -> float:
        return max(0.0, min(self.end, other.end) - max(self.start, other.start)) / (other.end - other.start)


@dataclass(frozen=True, slots=True)
class Line:
    span: Span
    heard: tuple[str, ...]  # words as they were heard


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a play left. `offset`: meeting time of the file's first second; `uplink_lost`: packets, by the server."""

    offset: float
    packets: dict[int, float]  # those in the recording: number in the file, meeting time
    uplink_lost: int
    missing: int  # in the recording
    voiced: npt.NDArray[np.float64]  # meeting times of the windows that begin or go on as voice
    segments: tuple[Span, ...]
    lines: tuple[Line, ...]


def numbers(until: float = float("inf")) -> list[Number]:
    """Those that end by `until`."""
    items = json.loads((DATA / "manifest.json").read_text())["items"]
    return [Number(each["n"], each["text"], each["start"], each["end"]) for each in items if each["end"] <= until]


def recognised(recorded: Iterable[tuple[float, bytes]], said: Sequence[bytes], offset: float) -> dict[int, float]:
    """Which packets of the file the recording holds, by their very bytes, and where."""
    places: dict[bytes, list[int]] = {}
    for number, payload in enumerate(said):
        places.setdefault(payload, []).append(number)
    found: dict[int, float] = {}
    for at, payload in recorded:
        nearest = min(places.get(payload, ()), key=lambda n: abs(offset + n * PACKET_S - at), default=None)
        if nearest is not None and abs(offset + nearest * PACKET_S - at) < NEAR_S:
            found[nearest] = at
    return found


def listened(recorded: Iterable[tuple[float, bytes]]) -> tuple[npt.NDArray[np.float64], tuple[Span, ...]]:
    """Voiced windows and segments of a recording, by the product's own detector and segmenter."""
    decoder, options = OpusDecoder(), SegmenterOptions()
    sounds = [sound for at, payload in recorded if (sound := decoder.decode(at, payload)) is not None]
    begin = sounds[0].position
    samples = np.zeros((sounds[-1].end - begin) // WINDOW * WINDOW + WINDOW * 64, np.float32)
    for sound in sounds:
        samples[sound.position - begin : sound.end - begin] = sound.samples
    vad, segmenter = SileroVad(), Segmenter(begin, options)
    voiced: list[float] = []
    segments: list[Segment] = []
    windows = samples.reshape(-1, WINDOW)
    for number, (window, probability) in enumerate(zip(windows, vad.probabilities(windows), strict=True)):
        if probability >= options.onset:
            voiced.append((begin + number * WINDOW) / SAMPLE_RATE_HZ)
        segments += segmenter.process(window, probability)
    segments += segmenter.flush()
    return np.array(voiced), tuple(Span(s.start / SAMPLE_RATE_HZ, s.end / SAMPLE_RATE_HZ) for s in segments)


def fates(counted: Sequence[Number], evidence: Evidence) -> dict[int, Fate]:
    understood = _understood(counted, evidence.lines)
    found = {each.n: _lost(each, evidence) for each in counted}
    return {n: fate or (Fate.HEARD if n in understood else Fate.MISHEARD) for n, fate in found.items()}


def table(counted: Sequence[Number], evidence: Evidence) -> str:
    """For people: how many came to which end, and which."""
    came = fates(counted, evidence)
    late = [at - (evidence.offset + n * PACKET_S) for n, at in evidence.packets.items()]
    rows = [
        f"{len(evidence.packets)} packets recorded, {evidence.missing} missing ({evidence.uplink_lost} at the uplink)"
    ]
    rows += [f"placed {min(late) * 1000:+.0f} to {max(late) * 1000:+.0f} ms from where they were said"]
    for fate, count in Counter(came.values()).most_common():
        which = [str(n) for n, its in came.items() if its is fate] if fate is not Fate.HEARD else []
        rows.append(f"{count:4} {fate} {' '.join(which)}")
    return "\n".join(rows)


def _lost(number: Number, evidence: Evidence) -> Fate | None:
    span = Span(evidence.offset + number.start, evidence.offset + number.end)
    wanted = range(round(number.start / PACKET_S), round(number.end / PACKET_S))
    if sum(n in evidence.packets for n in wanted) < MOST * len(wanted):
        return Fate.UPLINK if evidence.missing <= evidence.uplink_lost else Fate.RECORDER
    if not np.any((evidence.voiced >= span.start) & (evidence.voiced < span.end)):
        return Fate.VAD
    if sum(each.share_of(span) for each in evidence.segments) < MOST:
        return Fate.SEGMENTER
    touched = sum(line.span.share_of(span) for line in evidence.lines) * (span.end - span.start)
    return None if touched >= TOUCHES_S else Fate.LINE


def _understood(counted: Sequence[Number], lines: Sequence[Line]) -> set[int]:
    """The numbers whose every word stands in the lines, in order."""
    said = [(number.n, word) for number in counted for word in number.text.split()]
    in_words = {str(number.n): number.text.split() for number in counted}
    heard: list[str] = []
    for word in (token for line in lines for each in line.heard for token in re.findall(r"\w+", each.lower())):
        heard += in_words.get(word, [word])
    matcher = SequenceMatcher(None, [word for _, word in said], heard, autojunk=False)
    matched = {at for block in matcher.get_matching_blocks() for at in range(block.a, block.a + block.size)}
    missed = {n for at, (n, _) in enumerate(said) if at not in matched}
    return {number.n for number in counted} - missed
