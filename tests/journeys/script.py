"""The spoken meeting: who says which words when, the sound of it, and the files that play as cameras."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

DATA = Path(__file__).parent.parent / "data" / "rakor-1"
RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the script; times in seconds from the beginning of the (cut) script."""

    speaker: str
    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class SpokenWord:
    speaker: str
    text: str
    end: float


@dataclass(frozen=True, slots=True)
class Script:
    """A part of rakor-1, from `start` to `end` of the whole."""

    start: float
    end: float
    turns: tuple[Turn, ...]
    words: tuple[SpokenWord, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        return ("ratna", "bambang", "maria", "wulan")

    def said(self, speaker: str) -> str:
        """Everything one speaker says, in order."""
        return " ".join(turn.text for turn in self.turns if turn.speaker == speaker)


def script(start: float = 0.0, end: float | None = None) -> Script:
    """The turns that lie whole between `start` and `end` (seconds of rakor-1)."""
    manifest = json.loads((DATA / "manifest.json").read_text())
    stop = float(manifest["duration"]) if end is None else end
    turns = tuple(
        Turn(t["speaker"], t["start"] - start, t["end"] - start, t["text"])
        for t in manifest["turns"]
        if t["start"] >= start and t["end"] <= stop
    )
    words = tuple(
        SpokenWord(w["speaker"], w["word"], w["end"] - start)
        for w in json.loads((DATA / "words.json").read_text())
        if any(t.speaker == w["speaker"] and t.start < w["end"] - start <= t.end + 0.3 for t in turns)
    )
    return Script(start, stop, turns, words)


def voice(speaker: str, part: Script, rate_hz: int = RATE_HZ) -> npt.NDArray[np.int16]:
    """One speaker's sound of the part, mono."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
    pieces: list[npt.NDArray[np.int16]] = []
    with av.open(str(DATA / f"{speaker}.flac")) as source:
        for frame in source.decode(audio=0):
            pieces += [out.to_ndarray()[0] for out in resampler.resample(frame)]
    pieces += [out.to_ndarray()[0] for out in resampler.resample(None)]
    samples = np.concatenate(pieces)[int(part.start * rate_hz) : int(part.end * rate_hz)]
    return samples.astype(np.int16)


def write_camera(path: Path, hue: int, seconds: int = 4, width: int = 320, height: int = 180, fps: int = 10) -> None:
    """A moving picture as MJPEG, 320x180 at 10 frames/s; `hue` tells one camera from another."""
    with av.open(str(path), "w", format="mjpeg") as out:
        stream = out.add_stream("mjpeg", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        stream.time_base = Fraction(1, fps)
        across = np.arange(width)[None, :]
        down = np.arange(height)[:, None]
        for index in range(seconds * fps):
            wave_ = (across * 2 + down + index * 16) % 256
            image = np.stack([wave_, np.full_like(wave_, hue), 255 - wave_], axis=-1).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuvj420p")
            frame.pts = index
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
