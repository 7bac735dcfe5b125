"""What is missing is asked for again, soon and often enough, and not for ever."""

from __future__ import annotations

import pytest

from media.rtp.nack import (
    GIVE_UP_S,
    MOST_MISSING,
    REORDERING_S,
    RETRY_S,
    NackTracker,
)


def with_hole(gap_s: float = 0.02) -> NackTracker:
    """Number 11 is missing, and it is 2.0 s."""
    tracker = NackTracker()
    tracker.received(10, 2.0 - gap_s)
    tracker.received(12, 2.0)
    return tracker


def test_what_is_merely_late_gets_a_moment_to_come() -> None:
    tracker = with_hole()
    assert tracker.due(2.0 + REORDERING_S / 2) == []
    tracker.received(11, 2.0 + REORDERING_S)
    assert tracker.due(2.0 + 2 * REORDERING_S) == []


def test_what_is_lost_is_asked_for_every_other_tick_for_a_second() -> None:
    tracker = with_hole()
    asked = [tick for tick in range(1, 100) if tracker.due(2.0 + 0.02 * tick)]
    assert asked == list(range(1, 50, 2))
    assert tracker.asked == len(asked)
    assert tracker.too_far


def test_sound_is_asked_for_at_once_and_three_times_while_it_can_still_be_heard() -> None:
    tracker = NackTracker(sound=True)
    tracker.received(10, 1.98)
    tracker.received(12, 2.02)  # 40 ms after the one before: 20 ms after what is missing should have come
    held_until, round_trip = 2.00 + 0.1, 0.016
    asked = [step for step in range(100) if tracker.due(2.02 + 0.001 * step)]
    assert asked[0] == 0
    assert sum(2.02 + 0.001 * step + round_trip <= held_until for step in asked) >= 3


def running(until: int, every_s: float = 0.02) -> NackTracker:
    """Sound whose last packet, of number `until`, came at 2.0 s."""
    tracker = NackTracker(sound=True)
    for index in range(until + 1):
        tracker.received(index, 2.0 - every_s * (until - index))
    return tracker


def test_what_may_have_been_lost_last_is_asked_for_when_sound_ends() -> None:
    tracker = running(10)
    asked = {step: found for step in range(1, 100) if (found := tracker.due(2.0 + 0.02 * step))}
    assert list(asked) == [3, 5, 9]
    assert all(found == [11, 12] for found in asked.values())
    assert not tracker.missing
    assert not tracker.too_far


def test_the_end_that_comes_is_not_asked_for_any_more() -> None:
    tracker = running(10)
    assert tracker.due(2.06) == [11, 12]
    tracker.received(11, 2.08)
    assert tracker.due(2.12) == []
    tracker.received(12, 2.09)  # 20 ms each: the end has moved
    assert tracker.due(2.15) == [13, 14]


def test_numbers_behind_the_end_wrap() -> None:
    tracker = NackTracker(sound=True)
    tracker.received(0xFFFE, 1.98)
    tracker.received(0xFFFF, 2.0)
    assert tracker.due(2.06) == [0, 1]


@pytest.mark.parametrize("every_s", [0.4, 0.06], ids=["silence sends 2.5 packets a second", "60 ms packets"])
def test_sound_that_does_not_run_on_has_no_end_to_ask_for(every_s: float) -> None:
    tracker = running(10, every_s)
    assert all(not tracker.due(2.0 + 0.02 * step) for step in range(1, 100))


def test_pictures_have_no_end_to_ask_for() -> None:
    tracker = NackTracker()
    for index in range(10):
        tracker.received(index, 2.0 + index / 100)
    assert all(not tracker.due(2.1 + 0.02 * step) for step in range(1, 100))


def test_an_answer_ends_it() -> None:
    tracker = with_hole()
    assert tracker.due(2.02) == [11]
    tracker.received(11, 2.03)
    assert tracker.due(2.02 + 2 * RETRY_S) == []
    assert not tracker.too_far


@pytest.mark.parametrize(("gap_s", "too_far"), [(0.5, False), (GIVE_UP_S + 0.1, True)])
def test_after_a_long_gap_nobody_waits_a_second_more(gap_s: float, too_far: bool) -> None:
    """Senders have forgotten most of what was lost: pictures need a key frame, and the end of a sentence may come."""
    tracker = with_hole(gap_s)
    assert tracker.too_far is too_far
    assert tracker.due(2.02) == [11]


def test_a_silence_without_a_hole_is_no_gap() -> None:
    tracker = NackTracker()
    tracker.received(10, 2.0)
    tracker.received(11, 9.0)
    assert not tracker.too_far
    assert tracker.due(9.1) == []


def test_a_hole_too_large_to_fill_is_not_asked_for() -> None:
    tracker = with_hole()
    tracker.received(13 + MOST_MISSING, 2.01)
    assert tracker.too_far
    assert tracker.due(2.1) == []
