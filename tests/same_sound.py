"""Whether a sound is that part of a spoken fixture, by cross-correlation."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from minutes.speech.ports import SAMPLE_RATE_HZ, Samples
from tests.minutes.speech.sounds import samples_of

DATA = Path(__file__).parent / "data"
LONGEST_LAG_S = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """`likeness`: 1 for the very same sound, about 0 for another. `lag`: seconds that it comes later."""

    likeness: float
    lag: float


def decoded(sound: bytes) -> Samples:
    """16,000 samples a second of any file; holes in its times are silence."""
    resampler = av.AudioResampler("flt", "mono", SAMPLE_RATE_HZ)
    parts: list[tuple[int, Samples]] = []
    with av.open(io.BytesIO(sound), "r") as container:
        for frame in container.decode(audio=0):
            at = round(float(frame.time or 0.0) * SAMPLE_RATE_HZ)
            parts += [(at, each.to_ndarray().reshape(-1).astype(np.float32)) for each in resampler.resample(frame)]
    whole = np.zeros(max(at + len(part) for at, part in parts), np.float32)
    for at, part in parts:
        whole[at : at + len(part)] = part
    return whole


def compared(sound: Samples, speaker: str, start: float, end: float) -> Match:
    """A sound that should be what a speaker of rakor-1 says in [start, end)."""
    whole = samples_of(DATA / "rakor-1" / f"{speaker}.flac")
    return alike(sound, whole[round(start * SAMPLE_RATE_HZ) : round(end * SAMPLE_RATE_HZ)])


def alike(one: Samples, other: Samples) -> Match:
    """Both at 16 kHz; `lag` is how much later `one` says the same."""
    size = 1 << int(np.ceil(np.log2(len(one) + len(other))))
    product: npt.NDArray[np.complex128] = np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size))
    correlation = np.fft.irfft(product, size)
    most = round(LONGEST_LAG_S * SAMPLE_RATE_HZ)
    near = np.concatenate([correlation[-most:], correlation[: most + 1]])
    best = int(np.argmax(near))
    norm = float(np.linalg.norm(one) * np.linalg.norm(other)) or 1.0
    return Match(float(near[best]) / norm, (best - most) / SAMPLE_RATE_HZ)
