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


LOST_S = 0.4
CLOCK_S = 4_000_000_000.0  # what the sender's own clock shows when ours shows 0


def play_with_reports(clock: SourceClock, seconds: list[int], late: float = 0.0, set_by: float = 0.0) -> None:
    """Whole seconds of packets, all of them `late`, and a report behind each; `set_by`: its clock has been set."""
    for second in seconds:
        run(clock, second * 50, steady(second * 50, 50, late))
        ends = 10.0 + second + 1 + late
        clock.on_report(CLOCK_S + ends + set_by, (second + 1) * 50 * STEP, ends)


def test_sound_that_a_busy_computer_has_lost_is_missed_at_once() -> None:
    """Its timestamps have fallen behind: seen in its reports, and in packets that all come late by as much."""
    clock = SourceClock(RATE)
    play_with_reports(clock, [0, 1, 2])
    play_with_reports(clock, [3, 4, 5], late=LOST_S)
    assert clock.capture(250 * STEP) == pytest.approx(10.0 + 250 * 0.02 + LOST_S, abs=0.001)
    play_with_reports(clock, [6, 7, 8], late=2 * LOST_S)
    assert clock.capture(400 * STEP) == pytest.approx(10.0 + 400 * 0.02 + 2 * LOST_S, abs=0.001)


def test_a_senders_clock_that_was_set_is_not_believed() -> None:
    clock = SourceClock(RATE)
    play_with_reports(clock, [0, 1, 2])
    play_with_reports(clock, [3, 4, 5], set_by=LOST_S)
    play_with_reports(clock, [6, 7, 8], set_by=-LOST_S)
    assert clock.capture(400 * STEP) == pytest.approx(10.0 + 400 * 0.02, abs=0.001)


def test_a_line_that_has_become_slow_is_no_loss_of_sound() -> None:
    clock = SourceClock(RATE)
    play_with_reports(clock, [0, 1, 2])
    for second in (3, 4, 5):
        run(clock, second * 50, steady(second * 50, 50, late=LOST_S))
        clock.on_report(CLOCK_S + 10.0 + second + 1, (second + 1) * 50 * STEP, 11.0 + second + LOST_S)
    assert clock.capture(250 * STEP) == pytest.approx(10.0 + 250 * 0.02, abs=0.001)


def test_a_layer_that_comes_again_goes_on_in_its_time() -> None:
    """It was stopped for a minute, its timestamps ran on. It begins with a key frame, which takes long to send."""
    clock = SourceClock(RATE)
    run(clock, 0, steady(0, 100))
    run(clock, 3100, steady(3100, 1, late=0.2))
    assert clock.capture(3100 * STEP) == pytest.approx(10.0 + 3100 * 0.02, abs=0.001)


def test_an_old_second_is_forgotten() -> None:
    """A way that has become longer for good."""
    clock = SourceClock(RATE)
    run(clock, 0, steady(0, 100))
    run(clock, 100, steady(100, 1100, late=0.2))
    assert clock.capture(1200 * STEP) == pytest.approx(10.0 + 1200 * 0.02 + 0.2, abs=0.001)
