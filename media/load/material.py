"""Sound and pictures for synthetic participants: really encoded, once, and sent in a loop.

Pictures come as a browser's simulcast does: three sizes of one scene, rate-controlled like WebRTC's encoder, so that
frames differ in size as they do in life and a key frame is a burst. A loop begins with its only key frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

LOOP_S = 10
SOUND_RATE_HZ, SOUND_STEP = 48_000, 960
FRAMES_A_SECOND = 24
WIDTH, HEIGHT = 960, 544
PAYLOAD_BYTES = 1_160  # what Chromium leaves of 1,200 for a VP8 payload without its descriptor
# rid, how much smaller than the scene, bit/s
CAMERA = (("q", 4, 80_000), ("h", 2, 220_000), ("f", 1, 490_000))
# rid, frames a second, bit/s: the same size twice
SCREEN = (("q", 5, 250_000), ("f", 15, 1_200_000))
Plane = npt.NDArray[np.uint8]
Payloads = tuple[bytes, ...]  # of one frame, without VP8 descriptors


@dataclass(frozen=True, slots=True)
class Layer:
    """One encoding of a picture; `frames[0]` is its key frame. `rid` is empty where there is only one."""

    rid: str
    frames_a_second: int
    frames: tuple[Payloads, ...]


@lru_cache
def sound(seed: int) -> Payloads:
    """Opus packets of 20 ms: a voice-like hum of changing pitch and loudness with breath."""
    at = np.arange(SOUND_RATE_HZ * LOOP_S) / SOUND_RATE_HZ
    pitch = 120 + 20 * seed + 25 * np.sin(at * 2.1)
    hum = np.sin(2 * np.pi * np.cumsum(pitch) / SOUND_RATE_HZ) + np.random.default_rng(seed).normal(0, 0.2, at.size)
    return _opus((6_000 * hum * (0.6 + 0.4 * np.sin(at * 19))).astype(np.int16))


@lru_cache
def speech(file: Path) -> Payloads:
    """Opus packets of 20 ms of any audio file, up to its last whole one. Raises `ValueError` without sound."""
    resampler = av.AudioResampler("s16", "mono", SOUND_RATE_HZ)
    try:
        with av.open(str(file)) as container:
            frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
    except (av.FFmpegError, OSError, IndexError) as error:
        raise ValueError(f"{file}: {type(error).__name__}") from error
    return _opus(np.concatenate([out.to_ndarray()[0] for out in [*frames, *resampler.resample(None)]]))


def _opus(samples: npt.NDArray[np.int16]) -> Payloads:
    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = SOUND_RATE_HZ, "mono", "s16", 32_000
    encoder.open()
    packets: list[bytes] = []
    for start in range(0, samples.size - SOUND_STEP + 1, SOUND_STEP):
        piece = samples[None, start : start + SOUND_STEP]
        frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
        frame.sample_rate, frame.pts = SOUND_RATE_HZ, start
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return tuple(packets)


@lru_cache
def camera(seed: int) -> tuple[Layer, ...]:
    """A head that moves before a still background, with a camera's noise; lowest layer first."""
    count = FRAMES_A_SECOND * LOOP_S
    encoders = [(smaller, _encoder(smaller, rate, FRAMES_A_SECOND, count)) for _, smaller, rate in CAMERA]
    frames: list[list[Payloads]] = [[] for _ in CAMERA]
    scene = _Scene(seed)
    for number in range(count):
        picture = scene.picture(number)
        for kept, (smaller, encoder) in zip(frames, encoders, strict=True):
            kept += _encode(encoder, picture[::smaller, ::smaller], number)
    return tuple(Layer(rid, FRAMES_A_SECOND, tuple(each)) for (rid, _, _), each in zip(CAMERA, frames, strict=True))


@lru_cache
def screen(seed: int) -> tuple[Layer, ...]:
    """Text that scrolls; lowest layer first."""
    layers = []
    for rid, rate, bits in SCREEN:
        encoder = _encoder(1, bits, rate, rate * LOOP_S)
        page = _grain(np.random.default_rng(seed), HEIGHT * 2, WIDTH, 4, 220).astype(np.uint8)
        frames: list[Payloads] = []
        for number in range(rate * LOOP_S):
            at = number * 40 // rate
            frames += _encode(encoder, page[at : at + HEIGHT], number)
        layers.append(Layer(rid, rate, tuple(frames)))
    return tuple(layers)


class _Scene:
    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._background = 60 + _grain(self._chance, HEIGHT, WIDTH, 4, 90)
        self._face = 150 + _grain(self._chance, 200, 160, 4, 50)
        self._noise = self._chance.normal(0, 3, (HEIGHT + 64, WIDTH + 64)).astype(np.int16)

    def picture(self, number: int) -> Plane:
        """Luminance."""
        picture = self._background.copy()
        top, left = int(HEIGHT * 0.3 + 20 * np.sin(number / 9)), int(WIDTH * 0.4 + 60 * np.sin(number / 23))
        picture[top : top + 200, left : left + 160] = self._face
        open_by = int(10 + 8 * np.sin(number * 1.3))
        picture[top + 140 : top + 140 + open_by, left + 50 : left + 110] = 40
        down, across = self._chance.integers(0, 64, 2)
        picture += self._noise[down : down + HEIGHT, across : across + WIDTH]
        return np.clip(picture, 0, 255).astype(np.uint8)


def _grain(chance: np.random.Generator, height: int, width: int, size: int, most: int) -> npt.NDArray[np.int16]:
    """Squares of random brightness below `most`."""
    squares = chance.integers(0, most, (height // size, width // size), dtype=np.int16)
    return squares.repeat(size, 0).repeat(size, 1)


def _encoder(smaller: int, bits: int, frames_a_second: int, key_every: int) -> av.VideoCodecContext:
    """WebRTC's own settings of libvpx, as far as they matter for the sizes of frames: constant rate, 1 s of buffer."""
    encoder = av.VideoCodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH // smaller, HEIGHT // smaller, "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(frames_a_second), Fraction(1, frames_a_second)
    encoder.bit_rate, encoder.gop_size = bits, key_every
    rate = str(bits)
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "auto-alt-ref": "0"} | {
        "minrate": rate,
        "maxrate": rate,
        "bufsize": rate,
        "undershoot-pct": "100",
        "overshoot-pct": "15",
    }
    return encoder


def _encode(encoder: av.VideoCodecContext, luminance: Plane, number: int) -> list[Payloads]:
    height, width = luminance.shape
    planes = np.full((height * 3 // 2, width), 128, np.uint8)  # no colour
    planes[:height] = luminance
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.pts = number
    return [_pieces(bytes(packet)) for packet in encoder.encode(frame)]


def _pieces(data: bytes) -> Payloads:
    """Pieces of one size, as Chromium's packetizer makes them."""
    count = -(-len(data) // PAYLOAD_BYTES)
    size = -(-len(data) // count)
    return tuple(data[at : at + size] for at in range(0, len(data), size))
