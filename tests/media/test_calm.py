"""Who only listens, over a way that bears all of it, is reported to every third second: nearly all of a large room."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from media.ports import Wish
from tests.media.pair import Pair, report

SECOND = 50  # ticks of a house
RECEIVER_REPORT = 201  # RFC 3550 section 12.1


@pytest.fixture
def pair() -> Pair:
    """Everything is known of Wulan's way, and it bears all."""
    pair = Pair()
    pair.house.room.wish("wulan", Wish(shown=(("maria", 90),)))
    for _ in range(2):
        answered(pair)
    return pair


def answered(pair: Pair, lost: int = 0, remb: float = 5e6) -> None:
    """A second in which Wulan's browser answers as browsers do."""
    pair.play(SECOND)
    blocks = [report(slot.ssrc, lost) for slot in pair.delivery.filled]
    pair.delivery.on_reports(blocks, pair.house.now)
    pair.delivery.link.on_remb(remb, pair.house.now)


def reported(pair: Pair, second: Callable[[], None], seconds: int = 6) -> int:
    """Receiver reports to Wulan in so many of these seconds."""
    before = sent(pair)
    for _ in range(seconds):
        second()
    return sent(pair) - before


def sent(pair: Pair) -> int:
    datagrams = pair.house.datagrams[pair.wulan.port]
    return sum(each[1] == RECEIVER_REPORT for each in datagrams)


def test_a_calm_listener_is_reported_to_every_third_second(pair: Pair) -> None:
    assert reported(pair, lambda: answered(pair)) in (2, 3)


def test_whoever_loses_packets_is_reported_to_every_second(pair: Pair) -> None:
    assert reported(pair, lambda: answered(pair, lost=20)) >= 5


def test_whoever_says_that_less_comes_through_is_reported_to_every_second(pair: Pair) -> None:
    assert reported(pair, lambda: answered(pair, remb=4_000)) >= 5


def test_whoever_hears_nothing_sees_every_second_that_the_way_still_bears(pair: Pair) -> None:
    pair.house.tick(SECOND)
    assert reported(pair, lambda: pair.house.tick(SECOND)) >= 5


def test_who_speaks_is_told_every_second_what_came(pair: Pair) -> None:
    def second() -> None:
        answered(pair)
        pair.wulan.speak()

    assert reported(pair, second) >= 5
