"""The road that takes time keeps what it promises, whatever the clock says."""

from __future__ import annotations

from tests.network.relay import MOST_WAITING, DelayLine

SEED = 7


def packet(host: int, number: int = 0) -> bytes:
    """An IPv4 packet to 198.18.1.`host`."""
    return bytes([0x45, *bytes(15), 198, 18, 1, host]) + number.to_bytes(4, "big")


def test_a_packet_waits_its_delay() -> None:
    line = DelayLine(0.2, 0.0, SEED)
    line.take(packet(2), 10.0)
    assert line.next() == 10.2
    assert line.due(10.19) == []
    assert line.due(10.2) == [packet(2)]
    assert line.next() is None


def test_jitter_stays_within_its_bounds_and_shuffles_nothing() -> None:
    line = DelayLine(0.2, 0.05, SEED)
    sent = [packet(2, number) for number in range(200)]
    arrived: list[tuple[float, bytes]] = []
    for number, each in enumerate(sent):
        line.take(each, number * 0.02)
    for step in range(5_000):
        arrived += [(step / 1000, each) for each in line.due(step / 1000)]
    assert [each for _, each in arrived] == sent
    waits = [at - number * 0.02 for number, (at, _) in enumerate(arrived)]
    assert 0.149 < min(waits) < 0.17
    assert 0.23 < max(waits) < 0.252


def test_ways_do_not_wait_for_each_other() -> None:
    line = DelayLine(0.2, 0.0, SEED)
    line.take(packet(2), 1.0)
    line.take(packet(3), 0.5)
    assert line.due(0.7) == [packet(3)]


def test_the_same_seed_is_the_same_road() -> None:
    lines = [DelayLine(0.1, 0.05, SEED), DelayLine(0.1, 0.05, SEED)]
    for line in lines:
        line.take(packet(2), 1.0)
    assert lines[0].next() == lines[1].next()


def test_a_full_road_drops() -> None:
    line = DelayLine(1.0, 0.0, SEED)
    for number in range(MOST_WAITING + 10):
        line.take(packet(2, number), 0.0)
    assert len(line.due(1.0)) == MOST_WAITING
