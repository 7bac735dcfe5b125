"""A process of its own that mixes one meeting. It gives way to everybody who speaks or listens; ends with its parent.

Asked by one line of JSON on standard input: {seconds, sound, peaks, parts: [{directory, silent}]}, paths of what is
made and of what it is made from. It says how much it has done, 0 to 1, a line each. Files are made aside and moved:
there is all of one, or none.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream

from minutes.speech.audio import OPUS_RATE_HZ
from minutes.speech.clips import Span
from minutes.speech.family import die_with_parent
from minutes.speech.mixing import Part, mixed
from minutes.speech.peaks import peaks
from minutes.speech.ports import Samples

BITS = 32_000  # a second: one voice in full band
EFFORT = {"compression_level": "5"}  # of 10: half the time, and nobody hears it
FRAME = OPUS_RATE_HZ // 50
CLUSTER_MS = 5000  # a player finds its place to the cluster
NICE = 15
NO_ROOM = errno.ENOSPC  # this process ends with it when the disk is full


@dataclass(frozen=True, slots=True)
class Order:
    seconds: float
    sound: Path
    peaks: Path
    parts: tuple[Part, ...]

    def to_json(self) -> str:
        parts = [{"directory": str(part.directory), "silent": part.silent} for part in self.parts]
        return json.dumps({"seconds": self.seconds, "sound": str(self.sound), "peaks": str(self.peaks), "parts": parts})

    @classmethod
    def from_json(cls, text: str) -> Order:
        asked = json.loads(text)
        parts = tuple(Part(Path(part["directory"]), _spans(part["silent"])) for part in asked["parts"])
        return cls(asked["seconds"], Path(asked["sound"]), Path(asked["peaks"]), parts)


def make(order: Order) -> Iterator[float]:
    """Both files; yields how much is done."""
    aside = order.sound.with_suffix(".part")
    looks = bytearray()
    options = {"cluster_time_limit": str(CLUSTER_MS), "fflags": "bitexact"}
    with av.open(str(aside), "w", format="webm", options=options) as container:
        stream = container.add_stream("libopus", rate=OPUS_RATE_HZ, layout="mono", options=EFFORT)
        assert isinstance(stream, AudioStream)
        stream.bit_rate = BITS
        for number, block in enumerate(mixed(order.parts, order.seconds)):
            looks += peaks(block)
            for frame in _frames(block, number * len(block)):
                container.mux(stream.encode(frame))
            yield min(1.0, (number + 1) / max(1.0, order.seconds))
        container.mux(stream.encode(None))
    _keep(aside, order.sound)
    aside = order.peaks.with_suffix(".part")
    aside.write_bytes(looks)
    _keep(aside, order.peaks)  # last: where it is, both are


def _keep(aside: Path, file: Path) -> None:
    with aside.open("rb") as written:
        os.fsync(written.fileno())
    aside.replace(file)


def _frames(block: Samples, at: int) -> Iterator[av.AudioFrame]:
    for start in range(0, len(block), FRAME):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block[None, start : start + FRAME]), "flt", "mono")
        frame.sample_rate, frame.pts = OPUS_RATE_HZ, at + start
        yield frame


def _spans(found: list[list[float]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in found)


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    os.nice(NICE)
    order = Order.from_json(sys.stdin.readline())
    try:
        clear(order.sound.parent)
        said = -1
        for share in make(order):
            if int(share * 100) > said:
                said = int(share * 100)
                print(f"{share:.3f}", flush=True)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        clear(order.sound.parent)  # the half file would take what is left of the disk
        sys.exit(NO_ROOM)


def clear(directory: Path) -> None:
    """What was made of other words, or half made before a power cut. Who reads such a file reads it to its end."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)


if __name__ == "__main__":
    main()
