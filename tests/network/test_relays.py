"""Offices block UDP, or everything but TCP to a few ports: then a meeting goes on through the relay."""

from __future__ import annotations

import pytest

from tests.network.conftest import Meeting
from tests.network.coturn import TLS_PORT
from tests.network.measures import flow, lapse, look_over
from tests.network.venue import MEETING

LOOK_S, FLOWS_WITHIN_S = 3.0, 10.0
SETTLE_S = 4.0  # a page that has just come takes a core for itself, and its browser keeps no time for playing sound


@pytest.mark.parametrize("way", ["tcp", "tls"])
def test_a_blocked_office_meets_through_the_relay(meeting: Meeting, way: str) -> None:
    venue, traveller = meeting.venue, meeting.traveller
    traveller.person.leave()
    if way == "tcp":
        traveller.line.block_udp()
    else:
        traveller.line.let_only_tcp([venue.stage.port, TLS_PORT])
    traveller.person.enter(venue.url, MEETING, camera=True)
    route = traveller.stats()["route"]
    assert (route["candidateType"], route["relayProtocol"]) == ("relay", way)
    flow(FLOWS_WITHIN_S, *meeting.both)
    lapse(SETTLE_S)
    for guest, heard in zip(meeting.both, look_over(LOOK_S, *meeting.both), strict=True):
        print(f"{guest.username} over {way}: concealed {heard.concealed():.4f}, {heard.frames():.1f} frames/s")
        assert heard.concealed() < 0.02
        assert heard.frames() > 5
