"""How loud a meeting is from moment to moment, as a page draws it. PURE."""

from __future__ import annotations

import numpy as np

from minutes.speech.audio import OPUS_RATE_HZ
from minutes.speech.ports import Samples

PER_SECOND = 20


def peaks(block: Samples) -> bytes:
    """Of 48,000 samples a second, in whole twentieths of a second: the loudest of each, 0 to 255."""
    loudest = np.abs(block).reshape(-1, OPUS_RATE_HZ // PER_SECOND).max(axis=1)
    return bytes(np.round(np.clip(loudest, 0.0, 1.0) * 255).astype(np.uint8))
