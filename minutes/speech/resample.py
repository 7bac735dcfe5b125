"""48 kHz to 16 kHz in a stream, sample for sample.

A generic resampler buffers an amount of its own choosing and gives it back at a flush; here every 3 samples that go in
give exactly 1 that comes out at once, so positions need no correction.
"""

from __future__ import annotations

import numpy as np

from minutes.speech.ports import Samples

FACTOR = 3
TAPS = 96
_CUTOFF = 7_400 / 48_000  # cycles per sample: speech up to 7.4 kHz passes, what would fold below it is 60 dB down


def _low_pass() -> Samples:
    place = np.arange(TAPS) - (TAPS - 1) / 2
    kernel = np.sinc(2 * _CUTOFF * place) * np.kaiser(TAPS, 6.0)
    unity: Samples = (kernel / kernel.sum()).astype(np.float32)
    return unity


class Decimator:
    """Keeps the filter's tail between calls. Delays sound by 1 ms, which is below what word times can resolve."""

    def __init__(self) -> None:
        self._kernel = _low_pass()
        self._tail: Samples = np.zeros(TAPS - 1, np.float32)

    def process(self, samples: Samples) -> Samples:
        """`samples` at 48 kHz, a multiple of 3 long (every Opus frame is); a third of them at 16 kHz."""
        if len(samples) == 0:
            return samples
        padded: Samples = np.concatenate([self._tail, samples])
        self._tail = padded[-(TAPS - 1) :]
        filtered = np.convolve(padded, self._kernel, mode="valid")
        thirds: Samples = filtered[FACTOR - 1 :: FACTOR].astype(np.float32)
        return thirds
