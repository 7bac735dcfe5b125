"""When each token was said, by where a model looked in the sound as it wrote it. PURE.

As in openai-whisper's timing.py: attention of chosen heads, standardised over the tokens, smoothed over time, averaged;
then the cheapest way through tokens and frames (dynamic time warping; Sakoe and Chiba, 1978).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from minutes.speech.engines.runtimes import Floats

_REACH = 3  # frames to each side of a median of seven
# A selection network: the seventh part of sorting that leaves the median in the middle.
_NETWORK = ((0, 5), (0, 3), (1, 6), (2, 4), (0, 1), (3, 5), (2, 6), (2, 3), (3, 6), (4, 5), (1, 4), (1, 3), (3, 4))


def beginnings(looks: Floats) -> npt.NDArray[np.int64]:
    """The frame at which each row begins. `looks`: (heads, rows, frames) before softmax; each row writes a token."""
    shares = np.exp(looks - looks.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    shares -= shares.mean(axis=-2, keepdims=True)
    shares /= shares.std(axis=-2, keepdims=True) + 1e-12
    return _warped(-_smooth(shares).mean(axis=0))


def _smooth(values: Floats) -> Floats:
    padded = np.pad(values, ((0, 0), (0, 0), (_REACH, _REACH)), mode="reflect")
    count = values.shape[-1]
    shifted = [padded[..., at : at + count] for at in range(2 * _REACH + 1)]
    for low, high in _NETWORK:
        shifted[low], shifted[high] = np.minimum(shifted[low], shifted[high]), np.maximum(shifted[low], shifted[high])
    return shifted[_REACH]


def _warped(costs: Floats) -> npt.NDArray[np.int64]:
    """The first frame of each row on the cheapest way that goes on by a row, a frame or both."""
    rows, frames = costs.shape
    ways = np.full((rows + 1, frames + 1), np.inf)
    ways[0, 0] = 0.0
    for row in range(rows):
        above = np.minimum(ways[row, 1:], ways[row, :-1])
        along = np.cumsum(costs[row], dtype=np.float64)
        before = np.concatenate(([0.0], along[:-1]))
        ways[row + 1, 1:] = along + np.minimum.accumulate(above - before)
    return _back(ways)


def _back(ways: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    row, frame = ways.shape[0] - 1, ways.shape[1] - 1
    first = np.zeros(row, dtype=np.int64)
    while row > 0 and frame > 0:
        first[row - 1] = frame - 1
        both, above, left = ways[row - 1, frame - 1], ways[row - 1, frame], ways[row, frame - 1]
        if both < above and both < left:
            row, frame = row - 1, frame - 1
        elif above < both and above < left:
            row -= 1
        else:
            frame -= 1
    return first
