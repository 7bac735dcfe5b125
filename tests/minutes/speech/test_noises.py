"""Where nobody speaks, nothing is written: neither a line nor a draft."""

from __future__ import annotations

import numpy as np
import pytest

from minutes.speech.audio import Sound
from minutes.speech.drafting import Drafting
from minutes.speech.lexicon import hints
from minutes.speech.listener import Listener
from minutes.speech.ports import SAMPLE_RATE_HZ, Drafter, Engine
from minutes.speech.silero import SileroVad
from tests.minutes.speech.noises import NOISES
from tests.minutes.speech.sounds import subject

TEN_MINUTES, MINUTE = 600.0, 60.0
PLAYS = (  # level in dB: as loud as a voice, faint, clipped
    (0.0, 2 * MINUTE),
    (-30.0, MINUTE),
    (20.0, MINUTE),
    *(pytest.param(level, TEN_MINUTES, marks=pytest.mark.full) for level in (0.0, -30.0, 20.0)),
)
PIECE = SAMPLE_RATE_HZ
HINTS = hints(subject())


@pytest.mark.parametrize(("level", "seconds"), PLAYS)
@pytest.mark.parametrize("noise", NOISES)
def test_noise_is_no_word(whisper: Engine, noise: str, level: float, seconds: float) -> None:
    assert isinstance(whisper, Drafter)
    samples = np.clip(NOISES[noise](seconds) * np.float32(10 ** (level / 20)), -1, 1)
    listener, drafting = Listener(whisper, SileroVad(), hints=HINTS), Drafting(whisper)
    written: list[str] = []
    for at in range(0, len(samples), PIECE):
        written += [each.text for each in listener.hear(Sound(at, samples[at : at + PIECE]))]
        if (span := listener.span) is not None and drafting.news(*span, listener.quiet):
            draft = drafting.look(listener.open())
            written += [text for text in (draft.settled, draft.open) if text]
    written += [each.text for each in listener.finish()]
    assert written == []
