"""Sound as the tests need it: known samples, as Opus packets, as chunks of a recording."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from minutes.speech.audio import decode_file
from minutes.speech.lexicon import Subject
from minutes.speech.ports import SAMPLE_RATE_HZ, Samples

DATA = Path(__file__).parents[2] / "data"
PACKET = 0.02
TimedPacket = tuple[float, bytes]


@dataclass(frozen=True, slots=True)
class Turn:
    start: float
    end: float
    text: str


def spoken(speaker: str, start: float, end: float) -> list[Turn]:
    """The turns of a speaker of rakor-1 that lie inside [start, end)."""
    manifest = json.loads((DATA / "rakor-1" / "manifest.json").read_text())
    turns = [Turn(t["start"], t["end"], t["text"]) for t in manifest["turns"] if t["speaker"] == speaker]
    return [turn for turn in turns if turn.start >= start and turn.end <= end]


def subject() -> Subject:
    """What a server would know of rakor-1."""
    manifest = json.loads((DATA / "rakor-1" / "manifest.json").read_text())
    speakers = manifest["speakers"].values()
    offices = dict.fromkeys(each["office"].removeprefix("KPU Provinsi ") for each in speakers)
    return Subject(manifest["title"], tuple(reversed(offices)), tuple(each["name"] for each in speakers))


def samples_of(path: Path) -> Samples:
    return np.concatenate([sound.samples for sound, _ in decode_file(path)])


def voice(speaker: str, start: float, end: float) -> Samples:
    """That cut of a speaker's microphone."""
    whole = samples_of(DATA / "rakor-1" / f"{speaker}.flac")
    return whole[round(start * SAMPLE_RATE_HZ) : round(end * SAMPLE_RATE_HZ)]


def tone(seconds: float, hz: float = 440.0, rate: int = SAMPLE_RATE_HZ) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def opus(samples: Samples, at: float = 0.0) -> list[TimedPacket]:
    """20 ms packets of 48 kHz Opus, the first at meeting time `at`."""
    encoder = av.CodecContext.create("libopus", "w")
    assert isinstance(encoder, AudioCodecContext)
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = 48_000, "mono", "flt", 32_000
    packets: list[bytes] = []
    for frame in _frames_at_48_khz(samples):
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return [(at + PACKET * index, payload) for index, payload in enumerate(packets)]


def _frames_at_48_khz(samples: Samples) -> list[av.AudioFrame]:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=48_000, frame_size=960)
    whole = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="flt", layout="mono")
    whole.sample_rate = SAMPLE_RATE_HZ
    frames = resampler.resample(whole) + resampler.resample(None)
    return [frame for frame in frames if frame.samples == 960]


def chunk(directory: Path, start_ms: int, packets: list[TimedPacket]) -> Path:
    """A finished chunk of a recording, in the form the recorder leaves it."""
    directory.mkdir(parents=True, exist_ok=True)
    end_ms = round((packets[-1][0] + PACKET) * 1000)
    target = io.BytesIO()
    with av.open(target, "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono")
        for at, payload in packets:
            packet = av.Packet(payload)
            packet.stream, packet.time_base = stream, Fraction(1, 1000)
            packet.pts = packet.dts = round(at * 1000) - start_ms
            container.mux(packet)
    path = directory / f"{start_ms:010d}-{end_ms:010d}.webm"
    path.write_bytes(target.getvalue())
    return path


def record(directory: Path, packets: list[TimedPacket], longest: float = 10.0, pause: float = 2.0) -> None:
    """A whole recording: chunks of at most `longest` seconds, a new one after a pause."""
    current: list[TimedPacket] = []
    for at, payload in packets:
        if current and (at - current[0][0] >= longest or at - current[-1][0] > pause):
            chunk(directory, round(current[0][0] * 1000), current)
            current = []
        current.append((at, payload))
    if current:
        chunk(directory, round(current[0][0] * 1000), current)
