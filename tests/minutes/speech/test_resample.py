from __future__ import annotations

import numpy as np
import pytest

from minutes.speech.resample import Decimator
from tests.minutes.speech.sounds import tone


def test_pieces_give_what_the_whole_gives() -> None:
    sound = tone(0.5, 1000, 48_000)
    decimator = Decimator()
    pieces = np.concatenate([decimator.process(piece) for piece in np.split(sound, 25)])
    assert len(pieces) == len(sound) // 3
    assert pieces == pytest.approx(Decimator().process(sound), abs=1e-6)


@pytest.mark.parametrize(("hz", "low", "high"), [(300, 0.98, 1.02), (6500, 0.95, 1.02), (9500, 0.0, 0.01)])
def test_speech_passes_and_what_would_fold_does_not(hz: int, low: float, high: float) -> None:
    settled = Decimator().process(tone(0.5, hz, 48_000))[200:]
    assert low <= float(np.sqrt(np.mean(np.square(settled)))) / (0.5 / np.sqrt(2)) <= high


def test_nothing_in_nothing_out() -> None:
    assert len(Decimator().process(np.zeros(0, np.float32))) == 0
