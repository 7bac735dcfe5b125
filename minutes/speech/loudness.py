"""How loud a voice is, and what is behind it. PURE."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from minutes.speech.ports import Samples
from minutes.speech.segmenter import WINDOW, Segment

VOICE = 0.5
"""Speech probability from which a window counts as voice."""
QUIETEST = 10
"""Percent of the windows without voice that are taken for what is heard between words."""
USUAL = 0.1
"""Root mean square of a voice, -20 dBFS: as loud as most that Whisper learnt from. Its features are logarithms that are
not freed of the level, so a voice 30 dB below is another voice to it."""
STEP_DB = 1.0
"""A voice is raised by whole steps: whoever goes on hears a window or two with another probability, and must still give
the engine the very same sound."""
MOST = 100.0
"""Times that a sound is made louder at most: what is fainter has no resolution left in 16 bits."""


def levelled(segment: Segment) -> Samples:
    """Its samples, a faint voice made about as loud as usual; unchanged where it is loud enough or unknown."""
    voice, _ = _levels(segment)
    steps = round(20 * math.log10(USUAL / math.sqrt(voice)) / STEP_DB) if voice else 0
    return segment.samples * np.float32(min(MOST, 10 ** (steps * STEP_DB / 20))) if steps > 0 else segment.samples


def above_noise_db(segment: Segment) -> float:
    """Decibels between windows with voice and the quietest without; infinite where either is silent or unknown.

    With a fan, rain, hum or music 10 dB below it the voice of rakor-1 stands out by 7 to 18 dB, alone by 58 and more.
    """
    voice, noise = _levels(segment)
    return 10 * math.log10(voice / noise) if voice and noise else math.inf


def _levels(segment: Segment) -> tuple[float, float]:
    """Mean square of the windows with voice, and of the quietest without; 0 where there are none."""
    voiced = np.array(segment.probabilities) >= VOICE
    if not voiced.any():
        return 0.0, 0.0
    energy: npt.NDArray[np.float32] = np.mean(
        np.square(segment.samples[: len(voiced) * WINDOW].reshape(-1, WINDOW)), axis=1
    )
    noise = 0.0 if voiced.all() else float(np.percentile(energy[~voiced], QUIETEST))
    return float(np.mean(energy[voiced])), noise
