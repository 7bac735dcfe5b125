"""The far end of the country: every packet is late, and not equally late."""

from __future__ import annotations

import pytest

from tests.network.conftest import Meeting
from tests.network.measures import Watch, lapse, look_over, pictures_are_back
from tests.network.venue import MEETING

pytestmark = pytest.mark.full
DELAY_MS, JITTER_MS = 100, 15  # each way
BACK_WITHIN_S = 10.0
SETTLE_S, LOOK_S = 3.0, 5.0


def test_a_far_office_hears_and_is_heard(meeting: Meeting) -> None:
    traveller = meeting.traveller
    traveller.person.leave()
    traveller.line.delay(DELAY_MS, JITTER_MS)
    traveller.person.enter(meeting.venue.url, MEETING, camera=True)
    lapse(SETTLE_S)
    assert traveller.stats()["route"]["roundTripTime"] > 2 * (DELAY_MS - JITTER_MS) / 1000
    for guest, heard in zip(meeting.both, look_over(LOOK_S, *meeting.both), strict=True):
        print(f"{guest.username}: concealed {heard.concealed():.4f}, {heard.frames():.1f} frames/s")
        assert heard.concealed() < 0.02
        assert heard.frames() > 5


def test_a_line_that_becomes_longer_keeps_its_pictures(meeting: Meeting) -> None:
    """As after a change of route: a step of delay is no queue that grows."""
    traveller = meeting.traveller
    traveller.line.delay(DELAY_MS, JITTER_MS)
    lapse(SETTLE_S)
    Watch(traveller).seconds_until(traveller, pictures_are_back, BACK_WITHIN_S, "no pictures")
