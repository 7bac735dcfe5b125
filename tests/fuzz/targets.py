"""Everything that reads bytes from the network, as functions of bytes that must return, whatever they get.

Only the errors that each parser promises are caught here. Whatever else escapes is a finding.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from pydantic import ValidationError

from media import ice, rtcp, sdp
from media.delivery import Delivery
from media.errors import BadOffer, BadPacket
from media.fanout_python import PythonEngine
from media.rtp import header, opus, rtx, vp8
from media.rtp.twcc import TwccRecorder
from media.stun import parse_check
from media.uplink import Uplink
from server.signalling.asked import FROM_PAGE
from tests.fuzz.seeds import OFFER, PLAN

MOST_MEMORY = 64


def rtp(data: bytes) -> None:
    """One decrypted RTP packet, and what lies in it."""
    with contextlib.suppress(BadPacket):
        parsed = header.parse(data)
        assert 12 <= parsed.start <= parsed.end <= len(data)
        opus.duration(data[parsed.start : parsed.end])
        rtx.restore(parsed, data, 96, 1)
        vp8.parse(data, parsed.start, parsed.end)


def uplink(data: bytes) -> None:
    """A publisher's packets, one after the other, as hostile as they come: length, then bytes."""
    made = Uplink("peer", sdp.parse_offer(OFFER, PLAN), lambda source, track: None)
    now = 0.0
    for packet in _pieces(data):
        now += 0.01
        with contextlib.suppress(BadPacket):
            made.receive(packet, now)
    made.due(now + 0.2)
    made.reports(now + 1.0)
    assert len(made.tracks) <= MOST_MEMORY


def feedback(data: bytes) -> None:
    """Decrypted RTCP of a receiver."""
    delivery = Delivery(sdp.parse_offer(OFFER, PLAN), PythonEngine({}))
    buffer = memoryview(bytearray(2048))
    now = 1.0
    for compound in _pieces(data):
        now += 0.1
        with contextlib.suppress(BadPacket):
            for packet in rtcp.parse(compound):
                if isinstance(packet, rtcp.RtcpSrPacket | rtcp.RtcpRrPacket):
                    delivery.on_reports(packet.reports, now)
                elif isinstance(packet, rtcp.RtcpRtpfbPacket):
                    list(delivery.resend(packet.media_ssrc, packet.lost, now, buffer))
                elif isinstance(packet, rtcp.RtcpPsfbPacket):
                    delivery.on_picture_feedback(packet, now)
    delivery.decide([], now)


def stun(data: bytes) -> None:
    """A datagram that looks like STUN."""
    if (check := parse_check(data)) is not None:
        ice.IceLite().on_check(check, ("198.18.0.1", 9), 0.0)


def offer(data: bytes) -> None:
    """A page's SDP, answered where it is good."""
    with contextlib.suppress(BadOffer):
        read = sdp.parse_offer(data.decode("utf-8", "replace"), PLAN)
        slots = {s.mid: sdp.SlotIdentity(1, 2, "slot") for s in read.sections if not s.uplink}
        sdp.answer(read, sdp.Answering(ice.Credentials(), "AA", (("198.18.0.1", 9),), slots), 1)


def message(data: bytes) -> None:
    """A WebSocket frame of a page."""
    with contextlib.suppress(ValidationError):
        FROM_PAGE.validate_json(data)


def counters(data: bytes) -> None:
    """Transport-wide numbers and their times, in any order."""
    recorder = TwccRecorder()
    now = 0.0
    for at in range(0, len(data) - 3, 4):
        now += data[at + 2] / 10 - (data[at + 3] / 100)
        recorder.received(data[at] << 8 | data[at + 1], max(0.0, now))
    packets = recorder.feedback(1)
    assert all(len(packet) <= 1_400 and len(packet) % 4 == 0 for packet in packets)


def _pieces(data: bytes) -> list[bytes]:
    """Cut into packets: one byte of length in units of four, then as many bytes."""
    found = []
    at = 0
    while at < len(data):
        length = 4 * data[at]
        found.append(data[at + 1 : at + 1 + length])
        at += 1 + length
    return found


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (rtp, uplink, feedback, stun, offer, message, counters)
}
