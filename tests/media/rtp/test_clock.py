"""Capture times through delays, pauses and drift."""

from __future__ import annotations

import pytest

from media.rtp.clock import SourceClock

RATE = 48_000
STEP = 960


def run(clock: SourceClock, first: int, arrivals: list[float]) -> None:
    for number, arrival in enumerate(arrivals, first):
        clock.observe(number * STEP, arrival)


def steady(first: int, count: int, late: float = 0.0) -> list[float]:
    return [10.0 + number * 0.02 + late for number in range(first, first + count)]


@pytest.mark.parametrize("stall", [0.4, 0.9, 1.5, 3.0])
def test_a_burst_that_was_held_up_does_not_make_time_late(stall: float) -> None:
    clock = SourceClock(RATE)
    run(clock, 0, steady(0, 100))
    held = int(stall / 0.02)
    until = 10.0 + (100 + held) * 0.02
    run(clock, 100, [until + number * 0.0005 for number in range(held)])
    run(clock, 100 + held, steady(100 + held, 50))
    assert clock.capture(120 * STEP) == pytest.approx(10.0 + 120 * 0.02, abs=0.01)
    assert not clock.settling(until + 1.0)


def test_after_a_pause_time_begins_anew() -> None:
    """A muted browser's timestamps stand still: the same ticks mean a later moment."""
    clock = SourceClock(RATE)
    run(clock, 0, steady(0, 100))
    run(clock, 100, steady(100, 50, late=58.0))
    assert clock.capture(120 * STEP) == pytest.approx(10.0 + 120 * 0.02 + 58.0, abs=0.01)


def test_whether_it_was_a_pause_is_in_doubt_for_a_moment() -> None:
    clock = SourceClock(RATE)
    run(clock, 0, steady(0, 100))
    resumed = 10.0 + 100 * 0.02 + 5.0
    clock.observe(100 * STEP, resumed)
    assert clock.settling(resumed + 0.1)
    assert not clock.settling(resumed + 0.5)
