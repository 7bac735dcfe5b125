from __future__ import annotations

import numpy as np
import pytest

from minutes.speech.ports import Samples
from minutes.speech.silero import WINDOW, SileroVad
from tests.minutes.speech.sounds import DATA, samples_of, tone, voice


def probabilities(samples: Samples) -> list[float]:
    vad = SileroVad()
    return vad.probabilities(samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW))


def voiced(samples: Samples) -> float:
    found = probabilities(samples)
    return sum(each > 0.5 for each in found) / len(found)


def test_voices_are_heard_human_and_made() -> None:
    assert voiced(samples_of(DATA / "jfk.flac")) > 0.6
    assert voiced(voice("maria", 103.0, 110.0)) > 0.6


def test_silence_noise_and_hum_are_not() -> None:
    noise = np.random.default_rng(1).normal(0, 0.05, 5 * 16_000).astype(np.float32)
    hum = tone(5.0, 50.0)
    assert voiced(np.zeros(5 * 16_000, np.float32)) == voiced(noise) == voiced(hum) == 0.0


def test_each_track_has_its_own_memory() -> None:
    speech = voice("maria", 103.0, 105.0)
    one, other = SileroVad(), SileroVad()
    one.probabilities(speech[: 40 * WINDOW].reshape(-1, WINDOW))
    silence = np.zeros((1, WINDOW), np.float32)
    assert one.probabilities(silence) != other.probabilities(silence)


def test_windows_are_heard_the_same_one_by_one_and_together() -> None:
    speech = voice("maria", 103.0, 105.0)[: 40 * WINDOW].reshape(-1, WINDOW)
    alone, together = SileroVad(), SileroVad()
    apart = [alone.probabilities(speech[at : at + 1])[0] for at in range(40)]
    parts = (speech[:7], speech[7:7], speech[7:])
    assert [each for part in parts for each in together.probabilities(part)] == pytest.approx(apart, abs=1e-5)
