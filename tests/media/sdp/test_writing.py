"""Answers, line by line."""

from __future__ import annotations

import pytest

from media import sdp
from tests.media import client
from tests.media.client import REPAIRED_RID_ID, RID_ID, RTX, STAMP_ID, TWCC_ID, Answered
from tests.media.packets import LEVEL_ID, MID_ID, OPUS, VP8
from tests.media.sdp.offers import (
    CAMERA,
    FINGERPRINT,
    GOOD,
    MIC,
    OURS,
    PICTURE,
    PLAN,
    SCREEN,
    SCREEN_AUDIO,
    SHARED_SOUND,
    VOICE,
    answer_to,
    lines,
)


def test_what_all_sections_share_stands_once() -> None:
    head, first, *others = answer_to(GOOD, addresses=(("10.0.0.7", 9000), ("2001:db8::7", 9001)))
    assert lines(head, "a=") == [
        "ice-lite",
        "group:BUNDLE 0 1 2 3 4 5 6 7",
        "msid-semantic: WMS *",
        "ice-ufrag:ours",
        f"ice-pwd:{'p' * 22}",
        f"fingerprint:sha-256 {OURS}",
        "setup:passive",
    ]
    assert lines(head, "c=") == ["IN IP4 10.0.0.7"]
    assert lines(first, "a=candidate:") == [
        "1 1 udp 2130706431 10.0.0.7 9000 typ host",
        "2 1 udp 2130706175 2001:db8::7 9001 typ host",
    ]
    assert all(" 9000 UDP/TLS/RTP/SAVPF " in section and "candidate" not in section for section in others)
    assert all("a=rtcp-mux\r\n" in section for section in (first, *others))


def test_an_address_may_be_of_ipv6() -> None:
    head, *_ = answer_to(GOOD, addresses=(("2001:db8::7", 9001),))
    assert lines(head, "c=") == ["IN IP6 2001:db8::7"]


def test_the_camera_is_taken_with_its_layers() -> None:
    camera = answer_to(GOOD)[1 + CAMERA]
    assert camera.split("\r\n") == [
        f"m=video 9000 UDP/TLS/RTP/SAVPF {VP8} {RTX}",
        "a=mid:1",
        "a=rtcp-mux",
        f"a=extmap:{MID_ID} {sdp.MID}",
        f"a=extmap:{RID_ID} {sdp.RID}",
        f"a=extmap:{REPAIRED_RID_ID} {sdp.REPAIRED_RID}",
        f"a=extmap:{TWCC_ID} {sdp.TWCC}",
        f"a=rtpmap:{VP8} VP8/90000",
        f"a=rtcp-fb:{VP8} nack",
        f"a=rtcp-fb:{VP8} nack pli",
        f"a=rtcp-fb:{VP8} ccm fir",
        f"a=rtcp-fb:{VP8} transport-cc",
        f"a=rtpmap:{RTX} rtx/90000",
        f"a=fmtp:{RTX} apt={VP8}",
        "a=recvonly",
        "a=rid:q recv",
        "a=rid:h recv",
        "a=rid:f recv",
        "a=simulcast:recv q;h;f",
    ]
    assert "a=simulcast:recv q;f" in answer_to(GOOD)[1 + SCREEN]


def test_a_picture_slot_says_who_it_is_and_asks_for_estimates() -> None:
    picture = answer_to(GOOD)[1 + PICTURE]
    assert picture.split("\r\n") == [
        f"m=video 9000 UDP/TLS/RTP/SAVPF {VP8} {RTX}",
        "a=mid:6",
        "a=rtcp-mux",
        f"a=extmap:{MID_ID} {sdp.MID}",
        f"a=extmap:{STAMP_ID} {sdp.ABS_SEND_TIME}",
        f"a=rtpmap:{VP8} VP8/90000",
        f"a=rtcp-fb:{VP8} nack",
        f"a=rtcp-fb:{VP8} nack pli",
        f"a=rtcp-fb:{VP8} ccm fir",
        f"a=rtcp-fb:{VP8} goog-remb",
        f"a=rtpmap:{RTX} rtx/90000",
        f"a=fmtp:{RTX} apt={VP8}",
        "a=sendonly",
        "a=msid:stream6 6",
        "a=ssrc-group:FID 1006 2006",
        "a=ssrc:1006 cname:rakor",
        "a=ssrc:2006 cname:rakor",
    ]


def test_sound_is_asked_for_as_it_is_needed() -> None:
    answered = answer_to(GOOD)
    speech, screen = answered[1 + MIC], answered[1 + SCREEN_AUDIO]
    assert lines(speech, "a=fmtp:") == [f"{OPUS} minptime=10;useinbandfec=1;usedtx=1;maxaveragebitrate=24000"]
    assert lines(screen, "a=fmtp:") == [
        f"{OPUS} minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1;maxaveragebitrate=64000"
    ]
    assert lines(speech, "a=rtcp-fb:") == [f"{OPUS} nack", f"{OPUS} transport-cc"]
    assert lines(speech, "a=extmap:") == [
        f"{MID_ID} {sdp.MID}",
        f"{LEVEL_ID} {sdp.AUDIO_LEVEL}",
        f"{TWCC_ID} {sdp.TWCC}",
    ]


def test_a_sound_slot_has_no_more_than_it_needs() -> None:
    answered = answer_to(GOOD)
    voice, shared = answered[1 + VOICE], answered[1 + SHARED_SOUND]
    assert lines(voice, "a=extmap:") == [f"{MID_ID} {sdp.MID}"]
    assert lines(voice, "a=rtcp-fb:") == [f"{OPUS} nack"]
    assert lines(voice, "a=ssrc:") == ["1004 cname:rakor"]
    assert lines(voice, "a=fmtp:") == [f"{OPUS} minptime=10;useinbandfec=1"]
    assert lines(shared, "a=fmtp:") == [f"{OPUS} minptime=10;useinbandfec=1;sprop-stereo=1"]


@pytest.mark.parametrize(("text", "rtx"), [(client.offer(PLAN, FINGERPRINT), True), (GOOD, False)])
def test_a_slot_is_not_repaired_unless_both_sides_can(text: str, rtx: bool) -> None:
    picture = answer_to(text, rtx)[1 + PICTURE]
    assert picture.startswith(f"m=video 9000 UDP/TLS/RTP/SAVPF {VP8}\r\n")
    assert "rtx" not in picture
    assert lines(picture, "a=ssrc") == [":1006 cname:rakor"]


def test_nothing_is_answered_that_was_not_offered() -> None:
    plain = answer_to(client.offer(PLAN, FINGERPRINT))
    camera = plain[1 + CAMERA]
    assert lines(camera, "a=extmap:") == [f"{MID_ID} {sdp.MID}"]
    assert not any(word in camera for word in ("transport-cc", "rtx", "a=rid", "simulcast", "goog-remb"))


def test_the_tests_own_client_reads_it() -> None:
    text = "\r\n".join(answer_to(GOOD, addresses=(("127.0.0.1", 9000),)))
    read = Answered.read(text)
    assert (read.ufrag, read.address, read.fingerprint) == ("ours", ("127.0.0.1", 9000), OURS)
    assert read.slots == {1004: "4", 1005: "5", 1006: "6", 1007: "7"}
    assert read.repairs == {2006: 1006, 2007: 1007}
