"""What is kept of a source for those who ask again."""

from __future__ import annotations

from media.ports import Packet
from media.rtp.cache import PacketRing


def filled(*indexes: int) -> PacketRing:
    ring = PacketRing(4)
    for index in indexes:
        ring.put(Packet(b"", index, 0, False, 0, 0, float(index)))
    return ring


def held(ring: PacketRing) -> list[int]:
    return [index for index in range(-2, 12) if ring.get(index) is not None]


def test_the_newest_are_kept_in_whatever_order_they_came() -> None:
    assert held(filled(0, 1, 3, 2, 5, 4)) == [2, 3, 4, 5]
    assert held(filled(8, 1)) == [8]


def test_what_is_old_is_let_go_and_does_not_come_back() -> None:
    ring = filled(0, 1, 2, 3)
    ring.forget(2.0)
    assert held(ring) == [2, 3]
    assert ring.highest == 3
