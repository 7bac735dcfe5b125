"""Our numbering over changing sources: constants within a stretch, one line of numbers over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from media.rtp.munger import KEPT_STRETCHES, Munger, Running, Stretch

START = Running(index=40_000, timestamp=900, picture_id=77, tl0picidx=5)


@dataclass(frozen=True)
class Play:
    """One stretch: where its source's numbers begin, how many packets it has, when it was captured."""

    begins: Running
    packets: int
    captured: float


numbers = st.builds(Running, *[st.integers(0, 2**32)] * 4)
plays = st.lists(st.builds(Play, numbers, st.integers(1, 40), st.floats(0, 1e5)), min_size=1, max_size=KEPT_STRETCHES)


def later(running: Running, packets: int) -> Running:
    """So many packets on, each a picture of its own."""
    return Running(
        running.index + packets,
        running.timestamp + 3_000 * packets,
        running.picture_id + packets,
        running.tl0picidx + packets,
    )


@given(plays, st.integers(0, 32_767), st.integers(0, 2**32 - 1))
def test_numbers_run_on_over_all_stretches(plays: list[Play], first: int, ticks: int) -> None:
    munger: Munger[int] = Munger(90_000, first, ticks)
    sent: list[Running] = []
    where: list[tuple[int, int]] = []  # the play and the source's index of every number sent
    for number, play in enumerate(plays):
        stretch = munger.begin(play.begins, play.captured, number)
        for packet in range(play.packets):
            source = later(play.begins, packet)
            sent.append(stretch.apply(source))
            where.append((number, source.index))
        munger.end(later(play.begins, play.packets - 1), play.captured)
    assert [each.index for each in sent] == list(range(first, first + len(sent)))
    assert [each.picture_id for each in sent] == list(range(len(sent)))
    assert [each.tl0picidx for each in sent] == list(range(len(sent)))
    assert sent[0].timestamp == ticks
    assert all(one.timestamp < two.timestamp for one, two in pairwise(sent))
    for each, (number, index) in zip(sent, where, strict=True):
        found = munger.find(each.index & 0xFFFF, None)
        assert found is not None
        assert (found[0].source, found[1]) == (number, index)
    assert munger.find((first - 1) & 0xFFFF, None) is None


def test_time_passes_between_two_stretches() -> None:
    munger: Munger[str] = Munger(48_000, 100, 5_000, step=960)
    munger.begin(START, 10.0, "a")
    munger.end(START, 10.0)
    second = munger.begin(Running(7, 123), 10.5, "b")
    assert second.apply(Running(7, 123)) == Running(101, 5_000 + 24_000, 1, 1)
    munger.end(Running(8, 1_083), 10.52)
    assert munger.begin(START, 10.0, "c").apply(START).timestamp == 29_000 + 960 + 960  # never back


def test_a_stretch_in_which_nothing_was_sent_leaves_no_trace() -> None:
    munger: Munger[str] = Munger(90_000, 100, 0)
    munger.begin(START, 1.0, "a")
    munger.end(START, 1.0)
    before = munger.last
    munger.begin(Running(500, 0), 2.0, "silent")
    munger.end(Running(499, 0), 2.0)
    assert munger.last == before
    munger.begin(Running(9, 0), 3.0, "b")
    munger.end(None, 3.0)
    assert munger.last == before
    third = munger.begin(Running(20, 0), 4.0, "c")
    assert third.begins == 101
    assert found(munger, 101, Running(20, 0)) == ("c", 20)
    assert found(munger, 100, Running(20, 0)) == ("a", START.index)


def test_an_end_counts_once() -> None:
    munger: Munger[str] = Munger(90_000, 100, 0)
    munger.begin(START, 1.0, "a")
    munger.end(START, 1.0)
    munger.end(later(START, 5), 2.0)
    assert munger.last.index == 100


def test_what_has_not_been_sent_is_not_found() -> None:
    munger: Munger[str] = Munger(90_000, 100, 0)
    assert munger.find(100, None) is None
    munger.begin(START, 1.0, "a")
    assert munger.find(100, None) is None
    assert munger.find(100, Running(START.index - 1, 0)) is None
    assert found(munger, 103, later(START, 3)) == ("a", START.index + 3)
    assert munger.find(104, later(START, 3)) is None


def test_stretches_long_gone_are_forgotten() -> None:
    munger: Munger[int] = Munger(90_000, 100, 0)
    for number in range(KEPT_STRETCHES + 1):
        munger.begin(START, number, number)
        munger.end(START, number)
    assert munger.find(100, None) is None
    assert found(munger, 101, None) == (1, START.index)


def found(munger: Munger[str] | Munger[int], sequence: int, newest: Running | None) -> tuple[str | int, int]:
    answer: tuple[Stretch[str] | Stretch[int], int] | None = munger.find(sequence, newest)
    assert answer is not None
    return answer[0].source, answer[1]
