from __future__ import annotations

import math

import numpy as np
import pytest

from minutes.speech.clarity import CLEAR_DB, above_noise_db
from minutes.speech.ports import SAMPLE_RATE_HZ
from minutes.speech.segmenter import WINDOW, Segment
from tests.minutes.speech.noises import NOISES, silence, white
from tests.minutes.speech.sounds import tone

SECONDS = 125 * WINDOW / SAMPLE_RATE_HZ
VOICED = (*[1.0] * 80, *[0.0] * 45)


def talk(noise: float) -> Segment:
    """A voice of 0.125 (mean square), then a pause; noise of that mean square under both."""
    voice = tone(SECONDS)
    voice[80 * WINDOW :] = 0
    hiss = white(SECONDS)
    return Segment(0, voice + hiss * np.float32(math.sqrt(noise / float(np.mean(np.square(hiss))))), VOICED)


@pytest.mark.parametrize(("noise", "decibels"), [(0.0125, 10.4), (0.00125, 20.0), (0.0000125, 40.0)])
def test_a_voice_is_measured_against_what_is_behind_it(noise: float, decibels: float) -> None:
    assert above_noise_db(talk(noise)) == pytest.approx(decibels, abs=1.0)


def test_in_silence_nothing_is_behind_it() -> None:
    assert above_noise_db(talk(0.0)) == math.inf


def test_where_nobody_speaks_or_the_voice_is_unknown_it_is_clear() -> None:
    hiss = white(SECONDS)
    assert above_noise_db(Segment(0, hiss, (0.1,) * 125)) == math.inf
    assert above_noise_db(Segment(0, hiss)) == math.inf
    assert above_noise_db(Segment(0, silence(SECONDS), VOICED)) == math.inf


def test_noise_that_is_always_there_is_told_from_none() -> None:
    voice = tone(SECONDS)
    voice[80 * WINDOW :] = 0
    noises = {name: 2 * made(2 * SECONDS)[: len(voice)] for name, made in NOISES.items()}
    found = {name: above_noise_db(Segment(0, voice + noise, VOICED)) for name, noise in noises.items()}
    assert {name for name, decibels in found.items() if decibels < CLEAR_DB} == {"white", "pink", "hum", "music"}
