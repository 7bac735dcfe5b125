"""Sound to a track on disk: Opus in chunks, as the recorder writes them. Goes on where an earlier try ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av

from media.intake.reading import FRAME, Samples, Stretch
from media.recorder import PAUSE_S, Chunk, store
from media.reorder import Sound
from media.rtp.opus import RATE_HZ

BIT_RATE = 32_000
"""Several voices, often a room: more than browsers take for one microphone."""
EFFORT = "5"
"""Of 10: a third of the time that 10 takes, for as many bytes."""
CHUNK_S = 10.0
STRETCH_S = FRAME / RATE_HZ
_WARM_UP = 4 * FRAME  # an encoder needs 80 ms to be itself (RFC 7845, 4.6)
_CHUNK_NAME = re.compile(r"\d{10}-(\d{10})\.webm")


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the file has been read (0 to 1), and up to which second its sound is on disk."""

    share: float
    until: float


def write(stretches: Iterable[Stretch], directory: Path) -> Iterator[Progress]:
    """One step for every chunk that is on disk. What is there already is not written again."""
    waiting: list[Sound] = []
    share = 0.0
    for stretch, payload in encoded(stretches, round(written_until(directory) * RATE_HZ)):
        start = stretch.position / RATE_HZ
        if waiting and (start - waiting[-1].end > PAUSE_S or start + STRETCH_S - waiting[0].start > CHUNK_S):
            yield _stored(directory, waiting, share)
            waiting = []
        waiting.append(Sound(start, start + STRETCH_S, payload))
        share = stretch.share
    if waiting:
        yield _stored(directory, waiting, 1.0)


def written_until(directory: Path) -> float:
    """Seconds up to which a track is on disk."""
    names = directory.iterdir() if directory.is_dir() else iter(())
    return max((int(found[1]) / 1000 for path in names if (found := _CHUNK_NAME.fullmatch(path.name))), default=0.0)


def _stored(directory: Path, sounds: list[Sound], share: float) -> Progress:
    store(Chunk(directory, tuple(sounds)))
    return Progress(share, sounds[-1].end)


def encoded(stretches: Iterable[Stretch], begin: int) -> Iterator[tuple[Stretch, bytes]]:
    """Decoding anew costs a fraction of encoding, and finds the same samples in every format; seeking does not."""
    encoder = _encoder()
    for stretch in stretches:
        if stretch.position + _WARM_UP < begin:
            continue
        for packet in encoder.encode(framed(stretch.samples)):
            if stretch.position >= begin - RATE_HZ // 1000:  # names of chunks are rounded to milliseconds
                yield stretch, bytes(packet)


def _encoder() -> av.AudioCodecContext:
    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = RATE_HZ, "mono", "s16", BIT_RATE
    encoder.options = {"compression_level": EFFORT}
    encoder.open()
    return encoder


def framed(samples: Samples) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
    frame.sample_rate = RATE_HZ
    return frame
