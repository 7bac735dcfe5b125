"""Offers as Chromium and Firefox write them, read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import sdp
from media.errors import BadOffer
from media.sdp import Extensions
from tests.media.client import REPAIRED_RID_ID, RID_ID, RTX, STAMP_ID, TWCC_ID
from tests.media.packets import LEVEL_ID, MID_ID, OPUS, VP8
from tests.media.sdp.offers import (
    CAMERA,
    FINGERPRINT,
    GOOD,
    MIC,
    PICTURE,
    PLAN,
    SCREEN,
    VOICE,
    answer_to,
    changed,
    firefox,
    lines,
)


def refused(text: str) -> str:
    with pytest.raises(BadOffer) as caught:
        sdp.parse_offer(text, PLAN)
    return str(caught.value)


def test_an_offer_of_chromium() -> None:
    offer = sdp.parse_offer(GOOD, PLAN)
    assert (offer.fingerprint, offer.ufrag) == (FINGERPRINT, "client")
    assert [(each.kind, each.uplink, each.number) for each in offer.sections] == sdp.layout(PLAN)
    assert [each.mid for each in offer.sections] == list("01234567")
    mic, camera, picture = offer.sections[MIC], offer.sections[CAMERA], offer.sections[PICTURE]
    assert (mic.payload_type, mic.rtx_type, mic.rids, mic.rate_hz) == (OPUS, None, (), 48_000)
    assert mic.ids == Extensions(mid=MID_ID, level=LEVEL_ID, twcc=TWCC_ID)
    assert (camera.payload_type, camera.rtx_type, camera.rids, camera.rate_hz) == (VP8, RTX, ("q", "h", "f"), 90_000)
    assert camera.ids == Extensions(mid=MID_ID, rid=RID_ID, repaired_rid=REPAIRED_RID_ID, twcc=TWCC_ID)
    assert (picture.payload_type, picture.rtx_type, picture.rids) == (VP8, RTX, ())
    assert picture.ids == Extensions(mid=MID_ID, abs_send_time=STAMP_ID)
    assert offer.sections[SCREEN].rids == ("q", "f")
    assert offer.sections[VOICE].ids == Extensions(mid=MID_ID)


def test_an_offer_of_firefox() -> None:
    offer = sdp.parse_offer(firefox(), PLAN)
    assert (offer.fingerprint, offer.ufrag) == (FINGERPRINT, "fox00000")
    camera, picture = offer.sections[CAMERA], offer.sections[PICTURE]
    assert (camera.payload_type, camera.rtx_type, camera.rids) == (120, 124, ("q", "h", "f"))
    assert camera.ids == Extensions(mid=3, rid=9, repaired_rid=10, twcc=7)
    assert picture.ids == Extensions(mid=3, abs_send_time=4)
    assert offer.sections[MIC].ids == Extensions(mid=3, level=1)


def test_line_ends_may_be_newlines_alone() -> None:
    assert sdp.parse_offer(GOOD.replace("\r\n", "\n"), PLAN) == sdp.parse_offer(GOOD, PLAN)


def test_every_section_keeps_its_own_ids() -> None:
    text = changed(CAMERA, lambda section: section.replace(f"extmap:{MID_ID} ", "extmap:9 "))
    sections = sdp.parse_offer(text, PLAN).sections
    assert (sections[CAMERA].ids.mid, sections[SCREEN].ids.mid) == (9, MID_ID)


def test_an_offer_of_what_was_answered_only_reads_the_same() -> None:
    """Browsers restart ICE with an offer that has lost every extension the answer passed over."""
    kept = {line for section in answer_to(GOOD) for line in lines(section, "a=extmap:")}
    again = [line for line in GOOD.split("\r\n") if not line.startswith("a=extmap:")]
    extmaps = iter(answer_to(GOOD)[1:])
    restored = []
    for line in again:
        restored.append(line)
        if line.startswith("m="):
            restored += [f"a=extmap:{each}" for each in lines(next(extmaps), "a=extmap:")]
    assert kept
    assert sdp.parse_offer("\r\n".join(restored), PLAN).sections == sdp.parse_offer(GOOD, PLAN).sections


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (f"extmap:{MID_ID} ", "extmap:0 ", "mid"),
        (f"extmap:{MID_ID} ", "extmap:15 ", "mid"),
        (f"extmap:{MID_ID} ", "extmap:x ", "mid"),
        (f"extmap:{MID_ID} ", "extmap:\u0664 ", "mid"),
        (f"extmap:{TWCC_ID} ", f"extmap:{TWCC_ID}/recvonly ", "twcc"),
        (f"extmap:{TWCC_ID} ", f"extmap:{TWCC_ID}/inactive ", "twcc"),
        (sdp.TWCC, f"{sdp.TWCC}x", "twcc"),
    ],
)
def test_an_extension_that_is_of_no_use_is_not_there(old: str, new: str, field: str) -> None:
    section = sdp.parse_offer(changed(CAMERA, lambda text: text.replace(old, new)), PLAN).sections[CAMERA]
    assert getattr(section.ids, field) is None
    assert section.ids.rid == RID_ID


@pytest.mark.parametrize(
    ("offered", "rids"),
    [
        ("send q;h;f", ("q", "h", "f")),
        ("send f", ("f",)),
        ("recv x send ~low,other;High_2-x", ("low", "High_2-x")),
        ("recv q;h;f", ()),
        ("send", ()),
        ("", ()),
    ],
)
def test_layers_come_in_the_order_offered(offered: str, rids: tuple[str, ...]) -> None:
    text = changed(CAMERA, lambda section: section.replace("simulcast:send q;h;f", f"simulcast:{offered}"))
    assert sdp.parse_offer(text, PLAN).sections[CAMERA].rids == rids


@pytest.mark.parametrize("offered", ["a;b;c;d", "a;a", "a;", "é", "a" * 17])
def test_layers_that_cannot_be_told_apart_are_refused(offered: str) -> None:
    text = changed(CAMERA, lambda section: section.replace("simulcast:send q;h;f", f"simulcast:send {offered}"))
    assert "simulcast" in refused(text)


def test_layers_without_an_extension_to_name_them_are_one_stream() -> None:
    text = changed(CAMERA, lambda section: section.replace(sdp.RID, "urn:other"))
    assert sdp.parse_offer(text, PLAN).sections[CAMERA].rids == ()


def test_of_several_codecs_the_first_that_is_ours_counts_with_its_own_rtx() -> None:
    def several(section: str) -> str:
        more = "a=rtpmap:100 VP9/90000\r\na=rtpmap:101 rtx/90000\r\na=fmtp:101 apt=100\r\na=rtpmap:102 vp8/90000\r\n"
        more += "a=rtpmap:103 rtx/90000\r\na=fmtp:103 apt=102\r\n"
        return more.join(section.replace(f" {VP8} {RTX}", f" 101 100 103 102 {VP8} {RTX}").split("a=rtcp-mux\r\n"))

    camera = sdp.parse_offer(changed(CAMERA, several), PLAN).sections[CAMERA]
    assert (camera.payload_type, camera.rtx_type) == (102, 103)


def test_what_is_not_on_the_media_line_is_not_offered() -> None:
    without = sdp.parse_offer(changed(CAMERA, lambda text: text.replace(f" {RTX}\r\n", "\r\n", 1)), PLAN)
    assert without.sections[CAMERA].rtx_type is None
    assert "vp8" in refused(changed(CAMERA, lambda text: text.replace(f" {VP8} {RTX}\r\n", f" {RTX}\r\n", 1)))


@pytest.mark.parametrize(
    ("number", "old", "new", "reason"),
    [
        (None, "BUNDLE 0 1", "BUNDLE 0", "bundle"),
        (None, "a=group", "a=no-group", "bundle"),
        (MIC, "audio 9", "audio 0", "rejected"),
        (MIC, "audio 9", "video 9", "another kind"),
        (MIC, "UDP/TLS/RTP/SAVPF", "RTP/AVP", "another kind"),
        (MIC, f"audio 9 UDP/TLS/RTP/SAVPF {OPUS}", "audio", "another kind"),
        (MIC, "sendonly", "recvonly", "wrong way"),
        (MIC, "sendonly", "inactive", "wrong way"),
        (VOICE, "recvonly", "sendonly", "wrong way"),
        (MIC, "mid:0", "mid:1", "one mid"),
        (MIC, "mid:0", "mid:", "mid is not"),
        (MIC, "mid:0", "mid:" + "a" * 17, "mid is not"),
        (MIC, "mid:0", "mid:\u0661", "mid is not"),
        (MIC, "a=mid:0", "a=middle:0", "mid is not"),
        (MIC, "opus/48000/2", "opus/16000", "opus"),
        (MIC, f"{OPUS}", "72", "opus"),
        (MIC, f"{OPUS}", "128", "opus"),
        (MIC, "setup:actpass", "setup:passive", "DTLS"),
        (MIC, "setup:actpass", "setup:", "DTLS"),
        (MIC, "a=setup:actpass\r\n", "", "DTLS"),
        (MIC, "sha-256", "sha-1", "fingerprint"),
        (MIC, FINGERPRINT, FINGERPRINT[:-1], "fingerprint"),
        (MIC, FINGERPRINT, FINGERPRINT.replace("A", "G"), "fingerprint"),
        (MIC, "ice-ufrag:client", "ice-ufrag:abc", "ICE"),
        (MIC, "ice-ufrag:client", "ice-ufrag:" + "a" * 257, "ICE"),
        (MIC, "ice-ufrag:client", "ice-ufrag:cli ent", "ICE"),
        (MIC, "a=ice-ufrag:client\r\n", "", "ICE"),
    ],
)
def test_what_we_cannot_answer_is_refused(number: int | None, old: str, new: str, reason: str) -> None:
    text = changed(number, lambda part: part.replace(old, new))
    assert text != GOOD
    assert reason in refused(text)


def test_a_length_and_a_count_are_looked_at_first() -> None:
    assert "too long" in refused(GOOD + "a=x\r\n" * 20_000)
    assert "8" in refused(GOOD + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n")
    assert "0 sections" in refused("v=0")


def test_who_offers_to_be_the_dtls_client_is_welcome() -> None:
    text = changed(MIC, lambda section: section.replace("setup:actpass", "setup:active"))
    assert sdp.parse_offer(text, PLAN).sections == sdp.parse_offer(GOOD, PLAN).sections


PIECES = st.sampled_from([*GOOD.split("\r\n"), *firefox().split("\r\n"), "m=", "a=", "a=fmtp:97 apt=", "a=extmap:/"])


@given(st.lists(PIECES | st.text(max_size=20), max_size=40), st.integers(0, 7), st.integers(0, 12))
def test_nothing_but_bad_offer_comes_of_strange_lines(strange: list[str], number: int, at: int) -> None:
    def put(section: str) -> str:
        parts = section.split("\r\n")
        return "\r\n".join([*parts[:at], *strange, *parts[at + 1 :]])

    try:
        offer = sdp.parse_offer(changed(number, put), PLAN)
    except BadOffer:
        return
    assert [(each.kind, each.uplink, each.number) for each in offer.sections] == sdp.layout(PLAN)


def test_people_with_one_browser_keep_their_own_credentials() -> None:
    """What their offers have in common is read once."""
    other = GOOD.replace("ice-ufrag:client", "ice-ufrag:somebody").replace(FINGERPRINT, FINGERPRINT[::-1])
    first, second = sdp.parse_offer(GOOD, PLAN), sdp.parse_offer(other, PLAN)
    assert (second.ufrag, second.fingerprint) == ("somebody", FINGERPRINT[::-1])
    assert (first.ufrag, first.fingerprint) == ("client", FINGERPRINT)
    assert first.sections is second.sections
    assert "mid" in refused(GOOD.replace("a=mid:1\r\n", "a=mid:0\r\n"))
