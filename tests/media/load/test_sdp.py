"""Offers and answers, held against the server's own reader and aiortc's."""

from __future__ import annotations

import pytest
from aiortc.sdp import SessionDescription

from media import sdp as server_sdp
from media.load import sdp
from media.ports import Kind, SlotPlan

OURS = sdp.Identity("ufra", "p" * 24, ":".join(["AB"] * 32), ("127.0.0.1", 5000))
PLAN = SlotPlan(2, 2)
JANUS_LIKE = "\r\n".join(
    [
        *("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1", "a=ice-lite"),
        "a=fingerprint:sha-256 CD:EF",
        *("m=audio 9 UDP/TLS/RTP/SAVPF 111", "a=sendonly", "a=mid:0", "a=ice-ufrag:abcd", "a=ice-pwd:secret"),
        *("a=setup:actpass", "a=rtcp-mux", "a=rtpmap:111 opus/48000/2", "a=ssrc:5 cname:janus"),
        "a=candidate:1 1 udp 2015363327 127.0.0.1 33247 typ host",
        *("m=video 9 UDP/TLS/RTP/SAVPF 96 97", "a=sendonly", "a=mid:1", "a=ice-ufrag:abcd", "a=ice-pwd:secret"),
        *("a=setup:actpass", "a=rtcp-mux", "a=rtpmap:96 VP8/90000", "a=rtcp-fb:96 nack", "a=rtpmap:97 rtx/90000"),
        *("a=fmtp:97 apt=96", f"a=extmap:2 {sdp.ABS_SEND_TIME}", "a=ssrc-group:FID 6 7", "a=ssrc:6 cname:janus"),
        "a=ssrc:7 cname:janus",
    ]
)


def test_the_server_reads_a_pages_offer() -> None:
    text = sdp.offer(sdp.sections_of(PLAN, 640), OURS)
    read = server_sdp.parse_offer(text, PLAN)
    mic, camera, screen = read.sections[:3]
    assert (read.ufrag, read.fingerprint) == (OURS.ufrag, OURS.fingerprint)
    assert (mic.kind, mic.payload_type, mic.ids.level, mic.ids.twcc, mic.ids.mid) == (Kind.MIC, 111, 1, 3, 4)
    assert (camera.payload_type, camera.rtx_type, camera.rids) == (96, 97, ("q", "h", "f"))
    assert (camera.ids.rid, camera.ids.repaired_rid) == (10, 11)
    assert screen.rids == ("q", "f")


def test_its_own_streams_are_told_where_there_are_no_rids() -> None:
    sections = [sdp.Section("0", Kind.MIC, True, (), 640), sdp.Section("1", Kind.CAMERA, True, (), 642)]
    read = SessionDescription.parse(sdp.offer(sections, OURS))
    assert [each.ssrc for each in read.media[0].ssrc] == [640]
    assert [each.ssrc for each in read.media[1].ssrc] == [642, 643]
    assert read.media[1].ssrc_group[0].items == [642, 643]


def test_answers_take_everything_a_server_offers() -> None:
    read = SessionDescription.parse(sdp.answer(JANUS_LIKE, OURS))
    assert [each.direction for each in read.media] == ["recvonly", "recvonly"]
    assert [codec.mimeType for codec in read.media[1].rtp.codecs] == ["video/VP8", "video/rtx"]
    assert read.media[1].rtp.headerExtensions[0].uri == sdp.ABS_SEND_TIME
    assert read.media[0].dtls is not None
    assert read.media[0].dtls.role == "client"
    assert read.media[0].ice_candidates[0].port == 5000


def test_reads_what_it_needs_of_the_other_side() -> None:
    remote = sdp.read(JANUS_LIKE)
    assert (remote.ufrag, remote.password, remote.fingerprint) == ("abcd", "secret", "CD:EF")
    assert remote.dtls_server
    assert remote.candidates == (("127.0.0.1", 33247),)
    sound, picture = remote.sections["0"], remote.sections["1"]
    assert (sound.video, sound.payload_type, sound.rtx_payload_type, sound.ssrcs) == (False, 111, None, (5,))
    assert (picture.payload_type, picture.rtx_payload_type, picture.ssrcs) == (96, 97, (6,))
    assert picture.repairs == {7: 6}
    assert picture.ids == {sdp.ABS_SEND_TIME: 2}


def test_the_best_candidate_comes_first() -> None:
    other = "a=candidate:2 1 udp 2130706431 192.0.2.1 4000 typ host\r\n"
    remote = sdp.read(JANUS_LIKE.replace("m=video", other + "m=video"))
    assert remote.candidates == (("192.0.2.1", 4000), ("127.0.0.1", 33247))


def test_a_description_without_credentials_is_an_error() -> None:
    with pytest.raises(ValueError, match="ice-ufrag"):
        sdp.read(JANUS_LIKE.replace("a=ice-ufrag:abcd\r\n", ""))
