"""What a microphone hears while nobody speaks. Mono at 16 kHz, made anew, the same every time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from minutes.speech.ports import SAMPLE_RATE_HZ, Samples

Waves = npt.NDArray[np.float64]
Noise = Callable[[float], Samples]  # seconds -> samples with a root mean square of LOUDNESS
LOUDNESS = 0.05  # -26 dBFS: a voice at a usual distance
SEED = 2020


def silence(seconds: float) -> Samples:
    return np.zeros(_count(seconds), np.float32)


def white(seconds: float) -> Samples:
    """An air conditioner, a bad cable."""
    return _levelled(_random().standard_normal(_count(seconds)))


def pink(seconds: float) -> Samples:
    """Rain on a roof: as much in every octave."""
    spectrum = np.fft.rfft(_random().standard_normal(_count(seconds)))
    frequencies = np.arange(len(spectrum))
    return _levelled(np.fft.irfft(spectrum / np.sqrt(np.maximum(frequencies, 1)), _count(seconds)))


def hum(seconds: float) -> Samples:
    """The mains, 50 Hz, with its overtones and a little hiss."""
    time = _time(seconds)
    tones = sum(np.sin(2 * np.pi * 50 * order * time + order) / order for order in range(1, 12))
    return _levelled(tones + 0.02 * _random().standard_normal(len(time)))


def keyboard(seconds: float) -> Samples:
    """Somebody types beside the microphone: about six strokes a second, in bursts."""
    random, samples = _random(), np.zeros(_count(seconds))
    stroke = np.exp(-np.arange(_count(0.03)) / _count(0.005))
    at = 0.0
    while at < seconds - 0.1:
        begin = _count(at)
        samples[begin : begin + len(stroke)] += stroke * random.standard_normal(len(stroke)) * random.uniform(0.4, 1.0)
        at += random.uniform(0.08, 0.25) if random.random() > 0.1 else random.uniform(0.5, 3.0)
    return _levelled(samples)


def music(seconds: float) -> Samples:
    """While people wait: chords and a tune above them, plucked."""
    random, samples = _random(), np.zeros(_count(seconds), np.float64)
    beat = 0.4
    for number in range(int(seconds / beat) - 2):
        root = 220.0 * 2 ** ((0, 5, 7, 3)[number // 8 % 4] / 12)
        notes = [root * 2 ** (step / 12) for step in (0, 4, 7)] if number % 4 == 0 else []
        notes.append(root * 2 ** ((0, 2, 4, 7, 9, 12)[random.integers(6)] / 12 + 1))
        for note in notes:
            _pluck(samples, number * beat, note)
    return _levelled(samples)


NOISES: dict[str, Noise] = {
    "silence": silence,
    "white": white,
    "pink": pink,
    "hum": hum,
    "keyboard": keyboard,
    "music": music,
}


def mixed(voice: Samples, noise: Samples, ratio_db: float) -> Samples:
    """The voice with the noise that much below it; both measured where the voice speaks."""
    speaks = np.abs(voice) > 0.01
    level = float(np.sqrt(np.mean(np.square(voice[speaks])))) if speaks.any() else LOUDNESS
    loud = float(np.sqrt(np.mean(np.square(noise)))) or 1.0
    return (voice + noise[: len(voice)] * (level / loud) * 10 ** (-ratio_db / 20)).astype(np.float32)


def _pluck(samples: Waves, at: float, hertz: float) -> None:
    time = _time(0.8)
    sound = sum(np.sin(2 * np.pi * hertz * order * time) / order**2 for order in range(1, 5)) * np.exp(-time * 4)
    begin = _count(at)
    samples[begin : begin + len(sound)] += sound


def _levelled(samples: Waves) -> Samples:
    louder = LOUDNESS / float(np.sqrt(np.mean(np.square(samples))))
    return (samples * louder).astype(np.float32)


def _time(seconds: float) -> Waves:
    return np.linspace(0.0, seconds, _count(seconds), endpoint=False)


def _count(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)


def _random() -> np.random.Generator:
    return np.random.default_rng(SEED)
