"""A new address in the middle of a meeting, in Chromium; `test_browsers.py` has the same for Firefox."""

from __future__ import annotations

import pytest

from tests.network.conftest import Meeting
from tests.network.roaming import Limits, move

NOTICED = Limits(sound_s=6, pictures_s=12)
UNNOTICED = Limits(sound_s=10, pictures_s=12)


def test_another_network_is_the_same_participant(meeting: Meeting) -> None:
    move(meeting.venue, meeting.traveller, meeting.both, True, NOTICED)


@pytest.mark.full
def test_an_address_that_changes_unnoticed_is_the_same_participant(meeting: Meeting) -> None:
    move(meeting.venue, meeting.traveller, meeting.both, False, UNNOTICED)
