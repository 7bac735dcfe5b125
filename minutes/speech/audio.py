"""Encoded sound to samples at their place in meeting time: live Opus packets, a track's recording, any media file.

A position is an index of samples since the meeting (or file) began: 16,000 a second unless all of them are asked for.
"""

from __future__ import annotations

import logging
import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.resampler import AudioResampler

from minutes.speech.ports import SAMPLE_RATE_HZ, Samples
from minutes.speech.resample import Decimator

log = logging.getLogger(__name__)

OPUS_RATE_HZ = 48_000
# Timestamps are rounded to milliseconds on disk and breathe a little while a source's clock is being learned. Below
# this distance a packet continues the one before; above it, its own time wins.
TOLERANCE_S = 0.01
# After a silence this long the decoder's memory of the sound before has nothing to do with the sound after.
FORGET_AFTER_S = 0.1
TimedPacket = tuple[float, float, bytes]  # meeting time, duration, payload
_CHUNK_NAME = re.compile(r"(\d{10,})-(\d{10,})\.webm")


class UnreadableAudio(ValueError):
    """The file holds no sound that can be decoded."""


@dataclass(frozen=True, slots=True)
class Sound:
    position: int
    samples: Samples

    @property
    def end(self) -> int:
        return self.position + len(self.samples)


class OpusDecoder:
    """Opus packets of one track (RFC 6716), mono or stereo, to mono samples placed by the packets' times.

    The decoder never fills a hole: consecutive `Sound`s leave exactly the gap that was in the packets' times.
    `whole`: as many samples as were sent, 48,000 a second, for people; else 16,000 for who transcribes.
    """

    def __init__(self, whole: bool = False) -> None:
        self._codec = _opus_codec()
        self._whole = whole
        self._rate = OPUS_RATE_HZ if whole else SAMPLE_RATE_HZ
        self._decimator = Decimator()
        self._next: int | None = None

    def decode(self, at: float, payload: bytes) -> Sound | None:
        """None for a damaged packet or one whose time has been heard already (a duplicate)."""
        position = self._place(round(at * self._rate))
        try:
            frames = self._codec.decode(av.Packet(payload))
        except av.FFmpegError:
            return None
        samples = _joined([_mono(frame) for frame in frames])
        samples = samples if self._whole else self._decimator.process(samples)
        return self._after_what_was_heard(position, samples)

    def _place(self, wanted: int) -> int:
        if self._next is None or wanted - self._next > self._rate * FORGET_AFTER_S:
            self._codec.flush_buffers()
            self._decimator = Decimator()
        if self._next is not None and abs(wanted - self._next) <= self._rate * TOLERANCE_S:
            return self._next
        return wanted

    def _after_what_was_heard(self, position: int, samples: Samples) -> Sound | None:
        overlap = 0 if self._next is None else max(0, self._next - position)
        if overlap >= len(samples):
            return None
        sound = Sound(position + overlap, samples[overlap:])
        self._next = sound.end
        return sound


@dataclass(frozen=True, slots=True)
class Chunk:
    """One finished file of a recording; start and end in meeting seconds."""

    path: Path
    start: float
    end: float


class RecordedTrack:
    """The recording of one track: `<start_ms>-<end_ms>.webm` files in one directory. Read anew each time."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def chunks(self, start: float = 0.0, end: float = math.inf) -> list[Chunk]:
        """Chunks that touch [start, end), by start. A file still being written (`.part`) is not there yet."""
        names = self.directory.iterdir() if self.directory.is_dir() else iter(())
        found = [chunk for path in names if (chunk := _chunk(path)) is not None]
        return sorted((c for c in found if c.end > start and c.start < end), key=lambda chunk: (chunk.start, chunk.end))

    def packets(self, start: float = 0.0, end: float = math.inf) -> Iterator[tuple[float, bytes]]:
        """Opus packets that touch [start, end), as (meeting time, payload). A damaged chunk gives what is readable."""
        for chunk in self.chunks(start, end):
            for at, duration, payload in _demuxed(chunk):
                if at + duration > start and at < end:
                    yield at, payload

    @property
    def until(self) -> float:
        """Meeting time up to which sound is on disk; 0.0 when there is none."""
        return max((chunk.end for chunk in self.chunks()), default=0.0)


def decode_file(path: Path) -> Iterator[tuple[Sound, float]]:
    """Sound of any audio or video file with the file's length in seconds (0.0 if it does not say).

    Raises UnreadableAudio when the file cannot be opened or holds no audio.
    """
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise UnreadableAudio(f"{path.name} holds no audio")
            length = container.duration / av.time_base if container.duration else 0.0
            for sound in _resampled(container.decode(audio=0)):
                yield sound, length
    except (av.FFmpegError, OSError) as error:
        raise UnreadableAudio(f"{path.name} cannot be decoded: {type(error).__name__}") from error


def _resampled(frames: Iterator[av.AudioFrame]) -> Iterator[Sound]:
    resampler, position, expected = _resampler(), 0, -math.inf
    for frame in frames:
        at = expected if frame.time is None else float(frame.time)
        if at - expected > 0.1:  # the first frame, or a hole in the file
            for out in () if math.isinf(expected) else resampler.resample(None):
                yield Sound(position, _mono(out))
            resampler, position = _resampler(), max(0, round(at * SAMPLE_RATE_HZ)) if math.isfinite(at) else 0
        for out in resampler.resample(frame):
            yield Sound(position, _mono(out))
            position += out.samples
        expected = (at if math.isfinite(at) else 0.0) + frame.samples / frame.sample_rate
    if math.isfinite(expected):
        for out in resampler.resample(None):
            yield Sound(position, _mono(out))
            position += out.samples


def _resampler() -> AudioResampler:
    return AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)


def _opus_codec() -> AudioCodecContext:
    codec = av.CodecContext.create("libopus", "r")
    assert isinstance(codec, AudioCodecContext)
    codec.sample_rate = OPUS_RATE_HZ
    codec.layout = "mono"
    return codec


def _mono(frame: av.AudioFrame) -> Samples:
    """Of one channel, 16-bit numbers or floats. From the frame's memory: `to_ndarray` takes twice as long."""
    plane = memoryview(frame.planes[0])
    if frame.format.bytes == 2:
        return np.frombuffer(plane, np.int16, frame.samples).astype(np.float32) / np.float32(32768)
    return np.frombuffer(plane, np.float32, frame.samples).copy()


def _joined(parts: list[Samples]) -> Samples:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _chunk(path: Path) -> Chunk | None:
    match = _CHUNK_NAME.fullmatch(path.name)
    return Chunk(path, int(match[1]) / 1000, int(match[2]) / 1000) if match else None


def _demuxed(chunk: Chunk) -> list[TimedPacket]:
    """Every packet of a chunk that can be read. In a damaged one times may be anything: one far ahead would let a
    listener step over all that was said until then."""
    found: list[TimedPacket] = []
    try:
        with av.open(str(chunk.path), format="matroska") as container:
            for packet in container.demux(audio=0):
                if packet.pts is not None and packet.size and packet.time_base:
                    tick = float(packet.time_base)
                    found.append((chunk.start + packet.pts * tick, (packet.duration or 0) * tick, bytes(packet)))
    except (av.FFmpegError, OSError, IndexError, ValueError) as error:
        log.warning("a chunk of the recording cannot be read: %s (%s)", chunk.path.name, type(error).__name__)
    return _in_order([packet for packet in found if chunk.start <= packet[0] < chunk.end])


def _in_order(packets: list[TimedPacket]) -> list[TimedPacket]:
    """As many as there can be whose times never run back: the longest non-decreasing subsequence."""
    ends: list[float] = []  # least time that ends a sequence of each length
    lengths: list[int] = []  # of the longest sequence that each packet ends
    for at, _, _ in packets:
        length = bisect_right(ends, at)
        ends[length : length + 1] = [at]
        lengths.append(length)
    kept: list[TimedPacket] = []
    for packet, length in zip(reversed(packets), reversed(lengths), strict=True):
        if length == len(ends) - 1 - len(kept) and (not kept or packet[0] <= kept[-1][0]):
            kept.append(packet)
    return kept[::-1]
