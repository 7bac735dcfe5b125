"""All microphones of a meeting as one sound, for people to hear and to look at. Block by block, so that hours take no
more memory than seconds do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from minutes.speech.audio import OPUS_RATE_HZ, OpusDecoder, RecordedTrack, Sound
from minutes.speech.clips import Span
from minutes.speech.ports import Samples

BLOCK = OPUS_RATE_HZ  # a second
FADE = OPUS_RATE_HZ // 100  # before and behind a silenced stretch: a hard edge clicks
USUAL = 0.1  # root mean square of a voice, -20 dBFS
VOICE = 0.003  # below, -50 dBFS, nobody is taken to speak
MOST = 4.0  # times that a faint microphone is raised; what a fan says is raised with it
SLOWLY = 0.02  # of a new level that the gain follows at once: some seconds of talk until it is all there
KNEE = 0.7  # from here on loud sounds are bent, so that two voices together do not clip


@dataclass(frozen=True, slots=True)
class Part:
    """One microphone: its chunks, and when nothing of it may be heard."""

    directory: Path
    silent: tuple[Span, ...] = ()


def mixed(parts: Sequence[Part], seconds: float) -> Iterator[Samples]:
    """Blocks of a second, 48,000 samples each, from meeting time 0 until `seconds`; the last one is filled up."""
    voices = [_Voice(part) for part in parts]
    for start in range(0, int(np.ceil(seconds * OPUS_RATE_HZ)), BLOCK):
        block = np.zeros(BLOCK, np.float32)
        for voice in voices:
            voice.add_to(block, start)
        yield limited(block)


def limited(samples: Samples) -> Samples:
    """Never louder than 1; unchanged below the knee."""
    loud = np.abs(samples)
    if loud.max(initial=0.0) <= KNEE:
        return samples
    bent = KNEE + (1 - KNEE) * np.tanh((loud - KNEE) / (1 - KNEE))
    return np.where(loud > KNEE, np.sign(samples) * bent, samples).astype(np.float32)


def silenced(sound: Sound, silent: Sequence[Span]) -> Sound:
    """Without these stretches: nothing is left in them, and what is beside them fades out and in."""
    gain: Samples | None = None
    for since, until in silent:
        first, last = round(since * OPUS_RATE_HZ), round(until * OPUS_RATE_HZ)
        if first - FADE < sound.end and last + FADE > sound.position:
            at = np.arange(sound.position, sound.end)
            away = np.maximum(first - at, at - last + 1)  # samples outside the stretch; 0 and less: inside
            part = np.clip(away / FADE, 0.0, 1.0).astype(np.float32)
            gain = part if gain is None else gain * part
    return sound if gain is None else Sound(sound.position, sound.samples * gain)


class _Voice:
    def __init__(self, part: Part) -> None:
        self._sounds = _sounds(part)
        self._level = USUAL
        self._ahead = self._raised(next(self._sounds, None))

    def add_to(self, block: Samples, start: int) -> None:
        end = start + len(block)
        while (sound := self._ahead) is not None and sound.position < end:
            samples = sound.samples[max(0, start - sound.position) : end - sound.position]
            at = max(0, sound.position - start)
            block[at : at + len(samples)] += samples
            if sound.end > end:
                return
            self._ahead = self._raised(next(self._sounds, None))

    def _raised(self, sound: Sound | None) -> Sound | None:
        if sound is None or not len(sound.samples):
            return sound
        level = math.sqrt(float(np.dot(sound.samples, sound.samples)) / len(sound.samples))
        if level > VOICE:
            self._level += SLOWLY * (level - self._level)
        gain = min(MOST, USUAL / self._level)
        return sound if gain <= 1.0 else Sound(sound.position, sound.samples * np.float32(gain))


def _sounds(part: Part) -> Iterator[Sound]:
    decoder = OpusDecoder(whole=True)
    for at, payload in RecordedTrack(part.directory).packets():
        sound = decoder.decode(at, payload)
        if sound is not None:
            yield silenced(sound, part.silent)
