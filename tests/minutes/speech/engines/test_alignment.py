from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.speech.engines.alignment import _smooth, _warped, beginnings


def looks(seed: int, rows: int, frames: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(3, rows, frames)).astype(np.float32)


@given(st.integers(0, 1_000), st.integers(1, 4), st.integers(4, 40))
def test_the_network_gives_the_median_of_seven(seed: int, rows: int, frames: int) -> None:
    values = looks(seed, rows, frames)
    padded = np.pad(values, ((0, 0), (0, 0), (3, 3)), mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 7, axis=-1)
    assert np.array_equal(_smooth(values), np.median(windows, axis=-1))


def cheapest(costs: npt.NDArray[np.float32]) -> float:
    """Of all ways by a row, a frame or both, found cell by cell."""
    rows, frames = costs.shape
    ways = np.full((rows + 1, frames + 1), np.inf)
    ways[0, 0] = 0.0
    for row in range(rows):
        for frame in range(frames):
            before = min(ways[row, frame], ways[row, frame + 1], ways[row + 1, frame])
            ways[row + 1, frame + 1] = costs[row, frame] + before
    return float(ways[-1, -1])


def price(costs: npt.NDArray[np.float32], first: npt.NDArray[np.int64]) -> float:
    """Of the way on which rows begin there, each lasting to where the next begins, or a frame less."""
    rows, frames = costs.shape
    least = np.full((rows, frames), np.inf)
    least[0] = np.cumsum(costs[0].astype(np.float64)) if first[0] == 0 else np.inf
    for row in range(1, rows):
        start = first[row]
        entry = min(least[row - 1, start], least[row - 1, start - 1] if start else np.inf)
        least[row, start:] = entry + np.cumsum(costs[row, start:].astype(np.float64))
    return float(least[-1, -1])


@given(st.integers(0, 1_000), st.integers(1, 8), st.integers(4, 40))
def test_rows_begin_on_a_cheapest_way(seed: int, rows: int, frames: int) -> None:
    costs = looks(seed, rows, frames)[0]
    assert np.isclose(price(costs, _warped(costs)), cheapest(costs))


@given(st.integers(0, 1_000), st.integers(1, 20), st.integers(4, 60))
@settings(max_examples=50)
def test_what_is_written_later_never_begins_sooner(seed: int, rows: int, frames: int) -> None:
    found = beginnings(looks(seed, rows, frames))
    assert len(found) == rows
    assert np.all(np.diff(found) >= 0)
    assert found[0] >= 0
    assert found[-1] < frames


def test_a_row_begins_where_it_looks() -> None:
    where = np.full((2, 3, 60), -5.0, np.float32)
    for row, frame in enumerate((2, 20, 40)):
        where[:, row, frame : frame + 15] = 5.0
    found = beginnings(where)
    assert found[0] <= 2
    assert abs(found[1] - 20) <= 4
    assert abs(found[2] - 40) <= 4


def slowly(costs: npt.NDArray[np.float32]) -> list[int]:
    """Cell by cell, from the first to the last, remembering by which step each was reached; a frame where two tie."""
    rows, frames = costs.shape
    ways = np.full((rows + 1, frames + 1), np.inf)
    ways[0, 0] = 0.0
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    for row, frame in np.ndindex(rows, frames):
        before = {step: ways[row + 1 - step[0], frame + 1 - step[1]] for step in ((1, 1), (1, 0), (0, 1))}
        least = min(before.values())
        cheapest = [step for step, cost in before.items() if cost == least]
        steps[row, frame] = cheapest[0] if len(cheapest) == 1 else (0, 1)
        ways[row + 1, frame + 1] = costs[row, frame] + least
    row, frame, first = rows - 1, frames - 1, [0] * rows
    while row >= 0 and frame >= 0:
        first[row] = frame
        row, frame = row - steps[row, frame][0], frame - steps[row, frame][1]
    return first


@given(st.integers(0, 1_000), st.integers(1, 8), st.integers(1, 30), st.integers(1, 4))
def test_of_ways_that_cost_the_same_one_is_chosen_by_rule(seed: int, rows: int, frames: int, most: int) -> None:
    costs = np.random.default_rng(seed).integers(-most, most + 1, (rows, frames)).astype(np.float32)
    assert _warped(costs).tolist() == slowly(costs)


def plainly(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Costs of looks, in whole steps and in float64."""
    shares = np.exp(values.astype(np.float64))
    shares /= shares.sum(axis=2, keepdims=True)
    standard = (shares - shares.mean(axis=1, keepdims=True)) / shares.std(axis=1, keepdims=True)
    padded = np.pad(standard, ((0, 0), (0, 0), (3, 3)), mode="reflect")
    smooth = np.median(np.lib.stride_tricks.sliding_window_view(padded, 7, axis=-1), axis=-1)
    return np.asarray(-smooth.mean(axis=0))


def test_looks_are_standardised_smoothed_and_averaged() -> None:
    """Nearly all: rounding decides between ways that cost the same."""
    alike = []
    for seed in range(40):
        values = looks(seed, 8, 60)
        alike += (beginnings(values) == slowly(plainly(values).astype(np.float32))).tolist()
    assert np.mean(alike) > 0.97
