"""Nothing gets through for three seconds, as in a lift: then it goes on, with the same connection."""

from __future__ import annotations

import pytest

from tests.network.conftest import Meeting
from tests.network.measures import Watch, lapse, pictures_are_back, sound_is_back

pytestmark = pytest.mark.full
GAP_S = 3.0
SOUND_WITHIN_S, PICTURES_WITHIN_S = 2.0, 4.0


def test_a_gap_of_three_seconds_is_soon_forgotten(meeting: Meeting) -> None:
    traveller = meeting.traveller
    peer = traveller.person.read("window.rakor.peer")
    traveller.line.blackout()
    lapse(GAP_S)
    watch = Watch(*meeting.both)
    traveller.line.restore()
    for guest in meeting.both:
        sound = watch.seconds_until(guest, sound_is_back, SOUND_WITHIN_S, "no sound")
        print(f"{guest.username}: sound after {sound:.1f} s")
    for guest in meeting.both:
        pictures = watch.seconds_until(guest, pictures_are_back, PICTURES_WITHIN_S, "no pictures")
        print(f"{guest.username}: pictures after {pictures:.1f} s")
    assert traveller.person.read("window.rakor.peer") == peer
