"""How far a voice stands out of what is behind it. PURE."""

from __future__ import annotations

import math

import numpy as np

from minutes.speech.segmenter import WINDOW, Segment

VOICE = 0.5
"""Speech probability from which a window counts as voice."""
QUIETEST = 10
"""Percent of the windows that are taken for what is heard between words."""
CLEAR_DB = 25.0
"""A voice that stands out less is a voice in noise. With a fan, rain, hum or music 10 dB below it the voice of rakor-1
stands out by 7 to 18 dB, with a keyboard or nothing by 58 and more."""


def above_noise_db(segment: Segment) -> float:
    """Decibels between the windows with voice and the quietest; infinite where either is silent or unknown."""
    energy = np.mean(np.square(segment.samples[: len(segment.probabilities) * WINDOW].reshape(-1, WINDOW)), axis=1)
    voiced = np.array(segment.probabilities) >= VOICE
    if not voiced.any():
        return math.inf
    voice, noise = float(np.mean(energy[voiced])), float(np.percentile(energy, QUIETEST))
    return 10 * math.log10(voice / noise) if voice > 0 and noise > 0 else math.inf
