"""An office without IPv4 meets one that has both."""

from __future__ import annotations

import pytest

from tests.network.conftest import Meeting
from tests.network.measures import Stretch, Watch, flow, look_over
from tests.network.venue import MEETING
from tests.waiting import until

pytestmark = pytest.mark.full
LOOK_S, FLOWS_WITHIN_S = 3.0, 10.0


def test_an_office_with_ipv6_only_takes_part(meeting: Meeting) -> None:
    meeting.traveller.person.switch("kamera", False)  # two cores have enough to do with the cameras of two
    newcomer = meeting.venue.invite("wulan", only_ipv6=True)
    try:
        newcomer.person.enter(meeting.venue.url, MEETING, camera=True)
        seat = newcomer.person.read("window.rakor.seat")
        flow(FLOWS_WITHIN_S, newcomer)
        # A relay, which has both families, is a way as well; the straight one is preferred once it has been checked.
        until(lambda: newcomer.stats()["route"]["family"] == "ipv6", 10, lambda: str(newcomer.stats()["route"]))
        Watch(meeting.host).seconds_until(meeting.host, lambda seen: shown(seen, seat), FLOWS_WITHIN_S, "no newcomer")
        for guest, heard in zip((newcomer, meeting.host), look_over(LOOK_S, newcomer, meeting.host), strict=True):
            whose = seat if guest is meeting.host else None
            print(f"{guest.username}: concealed {heard.concealed(whose):.4f}, {heard.frames(whose):.1f} frames/s")
            assert heard.concealed(whose) < 0.02
            assert heard.frames(whose) > 5
    finally:
        newcomer.person.close()
        meeting.traveller.person.switch("kamera", True)


def shown(seen: Stretch, seat: str) -> bool:
    return seen.grown("inbound", "video", "framesDecoded", seat) >= 5
