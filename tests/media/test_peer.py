"""What a connection does between two ticks."""

from __future__ import annotations

from media.ports import Kind
from tests.media.house import Guest, House


def asked_for(guest: Guest) -> list[int]:
    """First numbers of the NACKs (RFC 4585 section 6.2.1) that came to this guest since the last call."""
    return [int.from_bytes(each[12:14], "big") for each in guest.received() if (each[0] & 0x1F, each[1]) == (1, 205)]


def skip(guest: Guest, kind: Kind) -> None:
    """A packet is lost on its way here."""
    guest.counts[kind, 0] += 1


def test_lost_sound_is_asked_for_before_the_next_tick() -> None:
    house = House()
    maria = house.join("maria")
    maria.speak(packets=2)
    house.tick()
    maria.received()
    skip(maria, Kind.MIC)
    maria.speak()
    assert asked_for(maria) == [3]
    maria.speak()
    assert asked_for(maria) == [], "not again with every packet"


def test_pictures_in_disorder_get_a_moment() -> None:
    house = House()
    maria = house.join("maria")
    maria.film((0,))
    house.tick()
    maria.received()
    skip(maria, Kind.CAMERA)
    maria.film((0,), keyframe=False)
    assert asked_for(maria) == []
    house.tick()
    assert asked_for(maria) == [2]
