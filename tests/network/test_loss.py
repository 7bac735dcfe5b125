"""One packet in ten is lost: what is missing is asked for again, and hardly a word is."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import pytest

from tests.network.conftest import Meeting
from tests.network.measures import lapse, look_over, recorded_packets
from tests.network.venue import Guest

PERCENT = 10.0
LOOKS = 3  # and their median: a browser that stands still for a moment on a busy machine is not the line's doing
SETTLE_S = 4.0  # browsers learn how long to wait for what was lost
ON_DISK_AFTER_S = 4.0  # silence closes what is open


def down(meeting: Meeting, seconds: float) -> None:
    traveller = meeting.traveller
    traveller.line.loss(PERCENT, "down")
    lapse(SETTLE_S)
    looks = [look_over(seconds / LOOKS, traveller)[0] for _ in range(LOOKS)]
    concealed = [heard.concealed() for heard in looks]
    print(f"concealed {concealed}, {looks[0].frames():.1f} frames/s, sound waits {looks[0].wait_s():.3f} s")
    assert sum(heard.grown("inbound", "audio", "nackCount") for heard in looks) > 0
    assert sum(heard.grown("inbound", "video", "retransmittedPacketsReceived") for heard in looks) > 0
    assert median(concealed) < 0.01
    assert median(heard.frames() for heard in looks) > 5


def up(meeting: Meeting, seconds: float) -> None:
    """What the others hear, and what is on disk of it."""
    traveller, seat = meeting.traveller, meeting.traveller.person.read("window.rakor.seat")
    sent_before, kept_before = muted(meeting)
    traveller.person.switch("mikrofon", True)
    traveller.line.loss(PERCENT, "up")
    lapse(SETTLE_S)
    looks = [look_over(seconds / LOOKS, meeting.host, traveller) for _ in range(LOOKS)]
    sent, kept = muted(meeting)
    traveller.person.switch("mikrofon", True)
    missing, whole = (sent - sent_before) - (kept - kept_before), sent - sent_before
    concealed = [heard.concealed(seat) for heard, _ in looks]
    print(f"concealed {concealed}, {looks[0][0].frames(seat):.1f} frames/s, {missing} of {whole} not on disk")
    assert sum(spoken.grown("outbound", "audio", "retransmittedPacketsSent") for _, spoken in looks) > 0
    assert median(concealed) < 0.01
    assert median(heard.frames(seat) for heard, _ in looks) > 5
    assert missing <= max(1, whole / 1_000)


def muted(meeting: Meeting) -> tuple[int, int]:
    """The traveller falls silent; packets of their microphone so far: (sent for the first time, on disk)."""
    traveller = meeting.traveller
    traveller.person.switch("mikrofon", False)
    lapse(ON_DISK_AFTER_S)
    kept = recorded_packets(meeting.venue.recording_of(str(traveller.person.read("window.rakor.peer"))))
    return _sent(traveller), kept


def _sent(guest: Guest) -> int:
    rows = [row for row in guest.stats()["outbound"] if row["kind"] == "audio"]
    return sum(row["packetsSent"] - row["retransmittedPacketsSent"] for row in rows)


def test_a_lossy_downlink_is_mended(meeting: Meeting) -> None:
    down(meeting, 12)


def test_a_lossy_uplink_is_mended(meeting: Meeting) -> None:
    up(meeting, 12)


@pytest.mark.full
@pytest.mark.parametrize("way", [down, up])
def test_a_lossy_line_is_mended_for_a_minute(meeting: Meeting, way: Callable[[Meeting, float], None]) -> None:
    way(meeting, 60)
