from __future__ import annotations

import math

import numpy as np
import pytest

from minutes.speech.loudness import MOST, USUAL, above_noise_db, levelled
from minutes.speech.ports import SAMPLE_RATE_HZ, Samples
from minutes.speech.segmenter import WINDOW, Segment
from tests.minutes.speech.noises import NOISES, silence, white
from tests.minutes.speech.sounds import tone

VOICED = (*[1.0] * 80, *[0.1] * 45)
SECONDS = len(VOICED) * WINDOW / SAMPLE_RATE_HZ


def talk(louder: float = 1.0) -> Samples:
    """A voice with a mean square of 0.125, and a pause behind it."""
    voice = tone(SECONDS) * np.float32(louder)
    voice[80 * WINDOW :] = 0
    return voice


def behind(mean_square: float) -> Samples:
    hiss = white(SECONDS)
    return hiss * np.float32(math.sqrt(mean_square / float(np.mean(np.square(hiss)))))


@pytest.mark.parametrize("louder", [0.25, 0.1, 0.01, 0.004])
def test_a_faint_voice_gets_the_usual_level(louder: float) -> None:
    found = levelled(Segment(0, talk(louder), VOICED))
    assert float(np.sqrt(np.mean(np.square(found[: 80 * WINDOW])))) == pytest.approx(USUAL, rel=0.06)
    assert found.dtype == np.float32


def test_whoever_thinks_a_window_to_be_no_voice_gives_the_same_sound() -> None:
    faint = talk(0.01) * np.linspace(0.9, 1.1, len(talk()), dtype=np.float32)
    without = (0.4, *VOICED[1:])
    assert np.array_equal(levelled(Segment(0, faint, VOICED)), levelled(Segment(0, faint, without)))


def test_a_loud_voice_stays_as_it_is() -> None:
    loud = talk()
    assert levelled(Segment(0, loud, VOICED)) is loud


def test_a_sound_is_made_louder_so_much_and_no_more() -> None:
    assert levelled(Segment(0, talk(1e-6), VOICED)) == pytest.approx(talk(1e-6) * MOST)


def test_where_nobody_speaks_nothing_is_changed() -> None:
    hiss, nothing = behind(1e-6), silence(SECONDS)
    assert levelled(Segment(0, hiss, (0.1,) * 125)) is hiss
    assert levelled(Segment(0, hiss)) is hiss
    assert levelled(Segment(0, nothing, VOICED)) is nothing


@pytest.mark.parametrize(("noise", "decibels"), [(0.0125, 10.4), (0.00125, 20.0), (0.0000125, 40.0)])
def test_a_voice_is_measured_against_what_is_behind_it(noise: float, decibels: float) -> None:
    assert above_noise_db(Segment(0, talk() + behind(noise), VOICED)) == pytest.approx(decibels, abs=1.0)


def test_where_nobody_speaks_or_the_voice_is_unknown_nothing_is_behind_it() -> None:
    hiss = behind(0.01)
    assert above_noise_db(Segment(0, talk(), VOICED)) == math.inf
    assert above_noise_db(Segment(0, hiss, (0.1,) * 125)) == math.inf
    assert above_noise_db(Segment(0, hiss)) == math.inf
    assert above_noise_db(Segment(0, silence(SECONDS), VOICED)) == math.inf


def test_noise_that_is_always_there_is_told_from_none() -> None:
    noises = {name: 2 * made(2 * SECONDS)[: 125 * WINDOW] for name, made in NOISES.items()}
    found = {name: above_noise_db(Segment(0, talk() + noise, VOICED)) for name, noise in noises.items()}
    assert {name for name, decibels in found.items() if decibels < 25} == {"white", "pink", "hum", "music"}
