"""A file of unknown origin to sound placed in its own time. The one file here that opens what strangers made.

Only containers and audio codecs that meetings are recorded with are looked into: FFmpeg knows hundreds more, some of
which read other files or addresses that a file names (playlists), and many of which few people have ever looked at.
Pictures are never decoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer

from media.intake.errors import CutShort, NoSound, NotMedia, TooLong, UnknownCodec
from media.rtp.opus import RATE_HZ

Samples = npt.NDArray[np.int16]

CONTAINERS = "mov,matroska,webm,ogg,wav,flac,mp3,aac,amr"
"""Demuxers by FFmpeg's names; `mov` reads mp4, m4a and 3gp too."""
CODECS = (
    "aac,mp3,mp3float,opus,libopus,vorbis,libvorbis,flac,alac,amrnb,libopencore_amrnb,amrwb,libopencore_amrwb,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_u8,pcm_alaw,pcm_mulaw"
)
LONGEST_S = 24 * 3600.0
HOLE_S = 0.1
"""Times of compressed sound breathe a little; from here on it is a hole, and stays one."""
SLOWEST_HZ, FASTEST_HZ = 4_000, 384_000
FRAME = 960  # samples: 20 ms
_ALIVE_EVERY = 1_000  # packets: some seconds of work at most
_GUESSED = ("aac", "amr")  # files that name no length: FFmpeg guesses it from the first packets
_TOLD_APART_S = 3.0  # less than the length that the file names: containers round, encoders pad


@dataclass(frozen=True, slots=True)
class Stretch:
    """20 ms of sound, mono at 48 kHz, padded with silence where it stops.

    `position`: where it begins, in samples of the file's time. `share`: how much of the file has been read, 0 to 1.
    """

    position: int
    samples: Samples
    share: float


class Reading:
    """One file, read once.

    Known at the end: `cut_short`, it names a greater length than it holds; `intact`, the share of its sound that could
    be decoded.
    """

    def __init__(self, file: Path, alive: Callable[[], None] = lambda: None) -> None:
        """`alive` is called now and then.

        Raises `NotMedia`, `CutShort` (its index is missing), `NoSound`, `UnknownCodec`.
        """
        self.cut_short = False
        self._alive = alive
        self._size = max(1, file.stat().st_size)
        self._container = _opened(file)
        self._stream = self._container.streams.best("audio")
        if self._stream is None:
            raise NoSound
        if self._stream.codec_context is None or self._stream.codec_context.codec.name not in CODECS.split(","):
            raise UnknownCodec
        self._share = 0.0
        self._packets = self._damaged = 0

    @property
    def intact(self) -> float:
        return 1.0 - self._damaged / max(1, self._packets)

    def close(self) -> None:
        self._container.close()

    def stretches(self) -> Iterator[Stretch]:
        """In order, without overlap. Damaged packets are holes. Raises `TooLong`."""
        run: _Run | None = None
        for at, frame in self._frames():
            if run is None or not run.continues(at, frame):
                yield from self._placed(run.close() if run is not None else ())
                run = _Run(frame, max(round(at * RATE_HZ), run.end if run is not None else 0))
            yield from self._placed(run.add(frame))
        if run is not None:
            yield from self._placed(run.close())
            self.cut_short = self.cut_short or self._named - run.end / RATE_HZ > _TOLD_APART_S

    def _placed(self, pieces: Iterator[tuple[int, Samples]] | tuple[()]) -> Iterator[Stretch]:
        for position, samples in pieces:
            if position > LONGEST_S * RATE_HZ:
                raise TooLong
            yield Stretch(position, samples, self._share)

    def _frames(self) -> Iterator[tuple[float, av.AudioFrame]]:
        """Every decodable frame and when it sounds; a frame without a time follows the one before."""
        origin, expected = self._origin, 0.0
        for frame in self._decoded():
            if not SLOWEST_HZ <= frame.sample_rate <= FASTEST_HZ:
                continue
            if origin is None:
                origin = frame.time or 0.0
            at = expected if frame.time is None else max(0.0, float(frame.time) - origin)
            if at > LONGEST_S:
                raise TooLong
            expected = at + frame.samples / frame.sample_rate
            yield at, frame

    def _decoded(self) -> Iterator[av.AudioFrame]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except av.FFmpegError:  # the rest of the file cannot be found any more
                self.cut_short = True
                return
            if packet.pos is not None:
                self._share = max(self._share, min(1.0, packet.pos / self._size))
            self._packets += 1
            if self._packets % _ALIVE_EVERY == 0:
                self._alive()
            try:
                frames = packet.decode()
            except av.FFmpegError:
                self._damaged += 1
                continue
            yield from (frame for frame in frames if isinstance(frame, av.AudioFrame))

    @property
    def _origin(self) -> float | None:
        """Where the file's time begins: sound may begin later than pictures, and time need not begin at 0."""
        start = self._container.start_time
        return start / av.time_base if start is not None else None

    @property
    def _named(self) -> float:
        duration = self._container.duration
        if duration is None or self._container.format.name in _GUESSED:
            return 0.0
        return duration / av.time_base


class _Run:
    """Sound without a hole, in one format: resampled, cut into stretches."""

    def __init__(self, first: av.AudioFrame, position: int) -> None:
        self.end = position
        self._shape = _shape(first)
        self._until = position / RATE_HZ
        self._resampler = av.AudioResampler("s16", "mono", RATE_HZ, frame_size=FRAME)

    def continues(self, at: float, frame: av.AudioFrame) -> bool:
        """Sound whose time has gone back runs on: it is never laid over what was said before."""
        return _shape(frame) == self._shape and at - self._until <= HOLE_S

    def add(self, frame: av.AudioFrame) -> Iterator[tuple[int, Samples]]:
        self._until += frame.samples / frame.sample_rate
        frame.pts = None  # the resampler would fill or cut by times that were already looked at
        yield from self._pieces(frame)

    def close(self) -> Iterator[tuple[int, Samples]]:
        yield from self._pieces(None)

    def _pieces(self, frame: av.AudioFrame | None) -> Iterator[tuple[int, Samples]]:
        for piece in self._resampler.resample(frame):
            samples = piece.to_ndarray().reshape(-1)
            if len(samples) == 0:
                continue
            position, self.end = self.end, self.end + FRAME
            yield position, np.pad(samples, (0, FRAME - len(samples)))


def _shape(frame: av.AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _opened(file: Path) -> InputContainer:
    options = {"format_whitelist": CONTAINERS, "codec_whitelist": CODECS, "protocol_whitelist": "file"}
    try:
        return av.open(f"file:{file}", options=options)
    except (av.FFmpegError, ValueError) as error:
        raise (CutShort if _begins_like_mp4(file) else NotMedia) from error


def _begins_like_mp4(file: Path) -> bool:
    """ISO/IEC 14496-12: the first box says so. What cannot be opened all the same lacks its index, kept at the end."""
    with file.open("rb") as opened:
        return opened.read(8)[4:] in (b"ftyp", b"mdat", b"wide", b"free", b"skip", b"moov")
