"""How late the loop is."""

from __future__ import annotations

from media.lag import KEPT, LagMeter


def test_nothing_is_late_before_the_second_tick() -> None:
    meter = LagMeter(0.02)
    assert meter.summary() == {"p50": 0.0, "p99": 0.0, "max": 0.0}
    meter.ticked(5.0)
    assert meter.summary() == {"p50": 0.0, "p99": 0.0, "max": 0.0}


def test_lateness_is_what_a_tick_takes_beyond_its_period() -> None:
    meter = LagMeter(0.02)
    at = 0.0
    for late in [0.0] * 60 + [0.005] * 38 + [0.1, 0.25]:
        meter.ticked(at)
        at += 0.02 + late
    meter.ticked(at)
    meter.ticked(at)  # the one after comes early: that is not late
    assert meter.summary() == {"p50": 0.0, "p99": 100.0, "max": 250.0}


def test_only_the_last_minute_counts() -> None:
    meter = LagMeter(0.02)
    meter.ticked(0.0)
    meter.ticked(9.0)
    for number in range(KEPT):
        meter.ticked(9.0 + 0.02 * (number + 1))
    assert meter.summary()["max"] == 0.0
