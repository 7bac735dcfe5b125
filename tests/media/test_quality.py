"""What reports say, and the one word that is shown for a connection."""

from __future__ import annotations

from math import inf

import pytest

from media.ports import Quality
from media.quality import Gauge, Reports, Signs, judge


@pytest.mark.parametrize(
    ("signs", "quality"),
    [
        (Signs(), Quality.GOOD),
        (Signs(uplink_loss=0.02, downlink_loss=0.02, rtt_s=0.2, silence_s=6.0), Quality.GOOD),
        (Signs(uplink_loss=0.05), Quality.FAIR),
        (Signs(downlink_loss=0.05), Quality.FAIR),
        (Signs(rtt_s=0.5), Quality.FAIR),
        (Signs(limited=True), Quality.FAIR),
        (Signs(uplink_loss=0.12), Quality.POOR),
        (Signs(rtt_s=1.0), Quality.POOR),
        (Signs(downlink_loss=0.5), Quality.LOST),
        (Signs(silence_s=9.0), Quality.LOST),
    ],
)
def test_signs(signs: Signs, quality: Quality) -> None:
    assert judge(signs) is quality


def shown(seen: list[tuple[int, Signs]]) -> list[tuple[int, Quality]]:
    """What a gauge shows, second by second, for so many seconds of each: (when, quality) of every change."""
    gauge, now, changes = Gauge(), 0, []
    for seconds, signs in seen:
        for _ in range(seconds):
            before = gauge.quality
            if gauge.update(signs, float(now)) is not before:
                changes.append((now, gauge.quality))
            now += 1
    return changes


def test_worse_in_two_seconds_better_in_six() -> None:
    assert shown([(10, Signs()), (10, Signs(uplink_loss=0.2)), (10, Signs())]) == [
        (12, Quality.POOR),
        (26, Quality.GOOD),
    ]


def test_a_moment_is_not_shown() -> None:
    assert shown([(5, Signs()), (2, Signs(silence_s=20.0)), (5, Signs())]) == []
    bad = Signs(uplink_loss=0.2)
    assert shown([(5, bad), (5, Signs()), (1, bad), (6, Signs())]) == [(2, Quality.POOR)]


def test_what_is_shown_is_the_nearest_that_held_all_the_time() -> None:
    assert shown([(1, Signs(limited=True)), (2, Signs(silence_s=20.0))]) == [(2, Quality.FAIR)]
    recovering = [(3, Signs(silence_s=20.0)), (3, Signs(uplink_loss=0.05)), (4, Signs())]
    assert shown(recovering) == [(2, Quality.LOST), (9, Quality.FAIR)]


def test_reports_are_gathered_to_seconds() -> None:
    reports = Reports()
    assert reports.add(0.0, 0.0) == 0.0  # the first stands for a second
    assert reports.add(1.0, 0.25) is None
    assert reports.add(0.0, 0.5) is None
    assert reports.add(0.0, 0.75) is None
    assert reports.add(0.0, 1.0) == pytest.approx(0.25)
    assert reports.loss == pytest.approx(0.125)
    assert reports.lossy


def test_a_queue_is_what_round_trips_take_longer_than_the_shortest() -> None:
    reports = Reports()
    reports.add(0.0, 0.0)
    assert reports.queue == inf
    for second, rtt in enumerate((0.2, 0.1, 0.35)):
        reports.add(0.0, float(second), rtt)
    assert reports.rtt == 0.35
    assert reports.queue == pytest.approx(0.25, abs=0.01)
    for second in range(3, 203):
        reports.add(0.0, float(second), 0.35)
    assert reports.queue == 0.0  # the way has become longer


def test_a_radio_links_loss_becomes_usual_and_is_forgotten() -> None:
    reports = Reports()
    for _ in range(60):
        reports.learn(0.1, ours=False)
    assert reports.usual_loss == pytest.approx(0.1, abs=0.01)
    reports.add(0.11, 0.0)
    assert not reports.lossy
    for _ in range(60):
        reports.learn(0.0, ours=True)
    assert reports.usual_loss < 0.001


def test_loss_that_our_pictures_may_have_caused_is_never_thought_usual() -> None:
    reports = Reports()
    reports.learn(0.2, ours=True)
    reports.learn(0.5, ours=False)
    assert reports.usual_loss == 0.0
