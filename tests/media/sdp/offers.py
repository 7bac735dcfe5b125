"""Offers as Chromium and Firefox write them, for a plan of one voice and one camera."""

from __future__ import annotations

import re
from collections.abc import Callable

from media import sdp
from media.ice import Credentials
from media.ports import Kind, SlotPlan
from media.sdp import SlotIdentity
from tests.media import client

PLAN = SlotPlan(1, 1)
FINGERPRINT = ":".join(["AB"] * 32)
OURS = ":".join(["01"] * 32)
EXTMAP = "urn:ietf:params:rtp-hdrext:"
GOOD = client.offer(PLAN, FINGERPRINT, full=True)
MIC, CAMERA, SCREEN, SCREEN_AUDIO, VOICE, SHARED_SOUND, PICTURE, SHARED = range(8)  # the sections of PLAN

FIREFOX_TOP = [
    "v=0",
    "o=mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0",
    "s=-",
    "t=0 0",
    f"a=fingerprint:sha-256 {FINGERPRINT.lower()}",
    "a=ice-ufrag:fox00000",
    "a=ice-pwd:00112233445566778899aabbccddeeff",
    "a=setup:actpass",
    "a=group:BUNDLE 0 1 2 3 4 5 6 7",
]


def firefox() -> str:
    """Parameters before their codecs, ways in extmaps, sections that only live in the bundle, other payload types."""
    lines = list(FIREFOX_TOP)
    for number, (kind, uplink, _) in enumerate(sdp.layout(PLAN)):
        bundled = number > 0
        if kind in sdp.VIDEO:
            lines += [f"m=video {0 if bundled else 9} UDP/TLS/RTP/SAVPF 120 124 121 125", "c=IN IP4 0.0.0.0"]
            lines += ["a=sendonly" if uplink else "a=recvonly", f"a=extmap:3 {sdp.MID}"]
            lines += [f"a=extmap:4/recvonly {sdp.ABS_SEND_TIME}", f"a=extmap:7 {sdp.TWCC}"]
            lines += [f"a=extmap:9/sendonly {sdp.RID}", f"a=extmap:10/sendonly {sdp.REPAIRED_RID}"]
            lines += ["a=fmtp:120 max-fs=12288;max-fr=60", "a=fmtp:125 apt=121", "a=fmtp:124 rtx-time=500; apt=120"]
            lines += ["a=rtpmap:120 VP8/90000", "a=rtpmap:124 rtx/90000"]
            lines += ["a=rtpmap:121 VP9/90000", "a=rtpmap:125 rtx/90000"]
            lines += ["a=simulcast:send q;h;f"] if kind is Kind.CAMERA and uplink else []
        else:
            lines += [f"m=audio {0 if bundled else 9} UDP/TLS/RTP/SAVPF 109 9", "c=IN IP4 0.0.0.0"]
            lines += ["a=sendonly" if uplink else "a=recvonly", f"a=extmap:1 {sdp.AUDIO_LEVEL}"]
            lines += [f"a=extmap:2/recvonly {EXTMAP}csrc-audio-level", f"a=extmap:3 {sdp.MID}"]
            lines += [
                "a=fmtp:109 maxplaybackrate=48000;stereo=1",
                "a=rtpmap:109 opus/48000/2",
                "a=rtpmap:9 G722/8000/1",
            ]
        lines += ["a=bundle-only"] if bundled else []
        lines += [f"a=mid:{number}", "a=rtcp-mux"]
    return "\r\n".join(lines) + "\r\n"


def changed(number: int | None, change: Callable[[str], str]) -> str:
    """GOOD with one of its sections changed, or what stands above them."""
    head, *sections = GOOD.split("\r\nm=")
    if number is None:
        head = change(head)
    else:
        sections[number] = change(sections[number])
    return "\r\nm=".join([head, *sections])


def answer_to(text: str, rtx: bool = True, addresses: tuple[tuple[str, int], ...] = (("10.0.0.7", 9000),)) -> list[str]:
    """The sections of the answer, what stands above them first."""
    offer = sdp.parse_offer(text, PLAN)
    slots = {
        section.mid: SlotIdentity(1000 + number, 2000 + number if rtx and section.video else None, f"stream{number}")
        for number, section in enumerate(offer.sections)
        if not section.uplink
    }
    ours = sdp.Answering(Credentials("ours", "p" * 22), OURS, addresses, slots)
    written = sdp.answer(offer, ours, 42)
    assert written.endswith("\r\n")
    return re.split(r"\r\n(?=m=)", written.removesuffix("\r\n"))


def lines(section: str, start: str) -> list[str]:
    return [line.removeprefix(start) for line in section.split("\r\n") if line.startswith(start)]
