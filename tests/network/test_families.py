"""An office without IPv4 meets one that has both."""

from __future__ import annotations

import pytest

from tests.network.conftest import Meeting
from tests.network.measures import Stretch, Watch, flow, lapse, look_over
from tests.network.venue import MEETING
from tests.waiting import until

pytestmark = pytest.mark.full
LOOK_S, FLOWS_WITHIN_S = 3.0, 10.0
SETTLE_S = 5.0  # a browser that has just been started takes a core for itself, and nobody else keeps time


def test_an_office_with_ipv6_only_takes_part(meeting: Meeting) -> None:
    """The others are out: with four browsers two cores keep nobody's time, which looks like a line that is full."""
    others = (meeting.traveller, meeting.colleague)
    for other in others:
        other.person.leave()
    newcomer = meeting.venue.invite("wulan", only_ipv6=True)
    try:
        newcomer.person.enter(meeting.venue.url, MEETING, camera=False)
        seat = newcomer.person.read("window.rakor.seat")
        flow(FLOWS_WITHIN_S, newcomer)
        # A relay, which has both families, is a way as well; the straight one is preferred once it has been checked.
        until(lambda: newcomer.stats()["route"]["family"] == "ipv6", 10, lambda: str(newcomer.stats()["route"]))
        Watch(meeting.host).seconds_until(meeting.host, lambda seen: heard(seen, seat), FLOWS_WITHIN_S, "no newcomer")
        lapse(SETTLE_S)
        there, here = look_over(LOOK_S, newcomer, meeting.host)
        print(f"IPv6 only: concealed {there.concealed():.4f}, {there.frames():.1f} frames/s")
        print(f"who meets them: concealed {here.concealed(seat):.4f}")
        assert max(there.concealed(), here.concealed(seat)) < 0.02
        assert there.frames() > 5
    finally:
        newcomer.person.close()
        for other in others:
            other.person.enter(meeting.venue.url, MEETING, camera=other is not meeting.colleague)


def heard(seen: Stretch, seat: str) -> bool:
    return seen.grown("inbound", "audio", "packetsReceived", seat) >= 50
