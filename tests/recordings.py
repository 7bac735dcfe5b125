"""Recordings as other programs leave them: made here, of sound that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import av
import numpy as np
import numpy.typing as npt

DATA = Path(__file__).parent / "data"
FORMATS = {
    "mp4": "aac",
    "m4a": "aac",
    "mp3": "libmp3lame",
    "webm": "libopus",
    "ogg": "libopus",
    "wav": "pcm_s16le",
    "flac": "flac",
}
RATE_HZ = 48_000
Samples = npt.NDArray[np.int16]


def speech(name: str, start: float, end: float) -> Samples:
    """Some seconds of a spoken fixture, mono at 48 kHz."""
    resampler, parts = av.AudioResampler("s16", "mono", RATE_HZ), []
    with av.open(str(DATA / name)) as container:
        for frame in container.decode(audio=0):
            if frame.time is not None and frame.time > end:
                break
            parts += [each.to_ndarray().reshape(-1) for each in resampler.resample(frame)]
    whole: Samples = np.concatenate(parts)
    return whole[round(start * RATE_HZ) : round(end * RATE_HZ)]


def write(path: Path, samples: Samples, pictures: bool = False, options: dict[str, str] | None = None) -> Path:
    """`samples`: mono at 48 kHz, kept in stereo; the format is what the name ends with. `pictures`: ten a second."""
    codec = FORMATS[path.suffix[1:]]
    with av.open(str(path), "w", options=options or {}) as container:
        sound = cast(av.AudioStream, container.add_stream(codec, rate=RATE_HZ, layout="stereo"))
        film = container.add_stream("libvpx" if path.suffix == ".webm" else "mpeg4", rate=10) if pictures else None
        if film is not None:
            film.width, film.height, film.pix_fmt = 160, 96, "yuv420p"
        for number, frame in enumerate(_frames(samples)):
            if film is not None and number % 5 == 0:
                container.mux(film.encode(_picture(number // 5)))
            container.mux(sound.encode(frame))
        for stream in (sound, film):
            if stream is not None:
                container.mux(stream.encode(None))
    return path


def write_film(path: Path, seconds: float) -> Path:
    """Pictures without a sound."""
    with av.open(str(path), "w") as container:
        film = container.add_stream("mpeg4", rate=10)
        film.width, film.height, film.pix_fmt = 160, 96, "yuv420p"
        for number in range(round(seconds * 10)):
            container.mux(film.encode(_picture(number)))
        container.mux(film.encode(None))
    return path


def _frames(samples: Samples) -> Iterator[av.AudioFrame]:
    """20 ms each."""
    for at in range(0, len(samples), 960):
        piece = np.repeat(samples[None, at : at + 960], 2, axis=1)[:, : 2 * len(samples[at : at + 960])]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece.reshape(1, -1)), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = RATE_HZ, at
        yield frame


def _picture(number: int) -> av.VideoFrame:
    grey = np.full((96, 160, 3), number * 7 % 256, np.uint8)
    frame = av.VideoFrame.from_ndarray(grey, format="rgb24").reformat(format="yuv420p")
    frame.pts = number
    return frame
