"""What one participant receives: answers to what its browser says, within bounds, and nothing that was not agreed."""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import replace

import pytest
from aiortc.rtp import pack_remb_fci

from media import rtcp
from media.delivery import (
    INSURED_S,
    LEAST_REPAIRS,
    MOST_PADDING_AT_ONCE,
    PADDING_COST,
    RESENT_AT_ONCE,
    WORDS_A_SECOND,
    Delivery,
)
from media.downtrack import stamp
from media.ports import Kind
from media.rtp import header
from tests.media.client import RTX, STAMP_ID
from tests.media.house import Guest, House
from tests.media.pair import BUFFER, Pair, report


@pytest.fixture
def pair() -> Pair:
    return Pair()


# --- what is asked for again ---


def test_pictures_are_repaired_by_rtx_and_voices_repeated(pair: Pair) -> None:
    (picture,) = pair.resent(Kind.CAMERA, 1)
    (voice,) = pair.resent(Kind.MIC, 1)
    repair, again = header.parse(picture), header.parse(voice)
    slot = pair.slot(Kind.CAMERA)
    assert (repair.ssrc, repair.payload_type) == (slot.stream.rtx_ssrc, RTX)
    assert picture[repair.start : repair.start + 2] == (pair.newest(Kind.CAMERA) - 1 & 0xFFFF).to_bytes(2, "big")
    assert repair.extensions[STAMP_ID] == stamp(pair.house.now).to_bytes(3, "big")
    assert (again.ssrc, again.sequence) == (pair.slot(Kind.MIC).ssrc, pair.newest(Kind.MIC) - 1 & 0xFFFF)


def test_what_was_never_sent_is_not_invented(pair: Pair) -> None:
    assert not any(pair.resent(Kind.CAMERA, -1, 500))
    assert not any(pair.resent(Kind.MIC, -1, 500))
    assert list(pair.delivery.resend(1, [1, 2, 3], pair.house.now, BUFFER)) == []


def test_pictures_of_before_a_switch_are_not_sent_again_but_last_words_are(pair: Pair) -> None:
    camera, voice = pair.slot(Kind.CAMERA), pair.slot(Kind.MIC)
    pair.wulan.film([0])
    pair.wulan.speak()
    camera.want(pair.wulan.source(Kind.CAMERA).layers[0])
    voice.want(pair.wulan.source(Kind.MIC).layers[0])
    for _ in range(2):
        pair.wulan.film([0])
        pair.wulan.speak()
        pair.house.work()
    assert [len(each) > 0 for each in pair.resent(Kind.CAMERA, 0, 1)] == [True, True]
    assert pair.resent(Kind.CAMERA, 2, 3) == []
    assert all(pair.resent(Kind.MIC, 0, 1, 2, 3))
    newest = pair.newest(Kind.CAMERA)
    camera.want(None)
    assert list(pair.delivery.resend(camera.ssrc, [newest & 0xFFFF], pair.house.now, BUFFER)) == []


def test_answers_have_a_budget(pair: Pair) -> None:
    assert len(pair.resent(Kind.MIC, *[1] * 1_000)) == RESENT_AT_ONCE
    assert pair.resent(Kind.MIC, 1) == []
    pair.house.now += 0.1
    assert len(pair.resent(Kind.MIC, *[1] * 1_000)) in (49, 50)


def test_repairs_of_pictures_do_not_fill_a_narrow_way(pair: Pair) -> None:
    assert pair.delivery.decision is not None
    pair.delivery.decision = replace(pair.delivery.decision, repair_bps=8_000)
    pair.resent(Kind.CAMERA, 1)
    size = len(pair.resent(Kind.CAMERA, 1)[0])
    pair.house.now += 10
    assert len(pair.resent(Kind.CAMERA, *[1] * 200)) == pytest.approx(LEAST_REPAIRS / size, abs=1.01)
    pair.house.now += 0.5
    assert len(pair.resent(Kind.CAMERA, *[1] * 200)) == pytest.approx(500 / size, abs=1.01)


def test_where_there_is_room_for_voices_at_best_few_are_repeated(pair: Pair) -> None:
    decision = pair.delivery.decision
    assert decision is not None
    assert not pair.delivery.starved
    pair.delivery.decision = replace(decision, layers=dict.fromkeys(decision.layers))
    assert pair.delivery.starved
    assert len(pair.resent(Kind.MIC, *[1] * 100)) == WORDS_A_SECOND


# --- voices sent twice ---


def test_voices_that_get_lost_unasked_are_sent_twice_for_a_while(pair: Pair) -> None:
    now = pair.house.now
    assert not pair.delivery.insured(now)
    pair.delivery.on_reports([report(pair.slot(Kind.MIC).ssrc, 5)], now)
    assert not pair.delivery.insured(now)
    pair.delivery.on_reports([report(pair.slot(Kind.MIC).ssrc, 30)], now)
    assert pair.delivery.insured(now + INSURED_S - 1)
    assert not pair.delivery.insured(now + INSURED_S + 1)
    list(pair.delivery.again(BUFFER))
    pair.play(3)
    again = [header.parse(bytes(BUFFER[:length])) for length in pair.delivery.again(BUFFER)]
    newest = pair.newest(Kind.MIC)
    assert [each.sequence for each in again] == [newest - back & 0xFFFF for back in (3, 2, 1)]
    assert {each.ssrc for each in again} == {pair.slot(Kind.MIC).ssrc}
    assert list(pair.delivery.again(BUFFER)) == []


def test_who_asks_for_voices_again_is_not_sent_them_twice(pair: Pair) -> None:
    pair.delivery.on_reports([report(pair.slot(Kind.MIC).ssrc, 30)], pair.house.now)
    pair.resent(Kind.MIC, 1)
    assert not pair.delivery.insured(pair.house.now)


# --- what its browser says ---


def feedback(kind: int, fci: bytes, media_ssrc: int = 0) -> rtcp.RtcpPsfbPacket:
    return rtcp.RtcpPsfbPacket(fmt=kind, ssrc=1, media_ssrc=media_ssrc, fci=fci)


def test_key_frames_are_asked_of_what_is_coming(pair: Pair) -> None:
    slot, now = pair.slot(Kind.CAMERA), pair.house.now
    assert slot.track is not None
    assert not slot.track.keyframe_due(now)
    fir = struct.pack("!II", slot.ssrc, 1 << 24)
    for asked in (feedback(rtcp.RTCP_PSFB_PLI, b"", slot.ssrc), feedback(rtcp.RTCP_PSFB_FIR, fir)):
        now += 1
        assert not pair.delivery.on_picture_feedback(asked, now)
        assert slot.track.keyframe_due(now)
    pair.delivery.on_picture_feedback(feedback(rtcp.RTCP_PSFB_PLI, b"", 12_345), now + 1)
    assert not slot.track.keyframe_due(now + 1)


@pytest.mark.parametrize(("silent_s", "asked"), [(1.5, False), (2.5, True)])
def test_after_a_break_pictures_begin_anew(pair: Pair, silent_s: float, asked: bool) -> None:
    slot, now = pair.slot(Kind.CAMERA), pair.house.now + 1
    assert slot.track is not None
    pair.delivery.on_reports([report(slot.ssrc, 0)], now)
    assert not slot.track.keyframe_due(now)
    pair.delivery.on_reports([report(slot.ssrc, 0)], now + silent_s)
    assert slot.track.keyframe_due(now + silent_s) is asked


def test_pictures_that_begin_after_a_silence_have_their_key_frame(pair: Pair) -> None:
    slot, now = pair.slot(Kind.CAMERA), pair.house.now + 1
    track = slot.track
    assert track is not None
    slot.want(None)
    pair.delivery.on_reports([report(pair.slot(Kind.MIC).ssrc, 0)], now)
    slot.want(track)
    pair.play(1)
    track.keyframe_due(now)
    pair.delivery.on_reports([report(slot.ssrc, 0)], now + 5)
    assert not track.keyframe_due(now + 5)


def test_an_estimate_counts_and_anything_else_does_not(pair: Pair) -> None:
    assert not pair.delivery.on_picture_feedback(feedback(rtcp.RTCP_PSFB_APP, b"REMBx"), pair.house.now)
    assert not pair.delivery.on_picture_feedback(feedback(rtcp.RTCP_PSFB_APP, b"OTHERAPP"), pair.house.now)
    fci = pack_remb_fci(20_000, [pair.slot(Kind.CAMERA).ssrc])
    assert pair.delivery.on_picture_feedback(feedback(rtcp.RTCP_PSFB_APP, fci), pair.house.now)


# --- probes ---


def test_padding_goes_out_at_the_pace_of_its_probe(pair: Pair) -> None:
    decision = pair.delivery.decide([], pair.house.now)
    assert pair.delivery.padding_due(pair.house.now) == 0
    start = pair.house.now
    pair.delivery.decision = replace(decision, padding_bps=300_000, again_at=start + 90)
    due = [pair.delivery.padding_due(start + 0.02 * number) for number in range(1, 51)]
    assert sum(due) == pytest.approx(300_000 / PADDING_COST, abs=1.01)
    assert max(due) <= 4
    assert pair.delivery.padding_due(start + 100) == MOST_PADDING_AT_ONCE
    assert pair.delivery.padding_due(start + 100.001) == 0


def test_a_probe_gets_all_its_padding_though_the_tick_comes_behind_its_end(pair: Pair) -> None:
    start = pair.house.now
    decision = pair.delivery.decide([], start)
    pair.delivery.decision = replace(decision, padding_bps=800_000, again_at=start + 0.04)
    assert pair.delivery.padding_due(start) == 0
    assert pair.delivery.padding_due(start + 0.06) == int(0.04 * 800_000 / PADDING_COST)


def test_padding_is_valid_and_is_nobodys_picture(pair: Pair) -> None:
    packet = header.parse(bytes(BUFFER[: pair.delivery.pad(pair.house.now, BUFFER)]))
    assert packet.payload_type == RTX
    assert packet.ssrc in {slot.stream.rtx_ssrc for slot in pair.delivery.pictures}
    assert packet.start == packet.end


def test_a_browser_without_rtx_is_not_probed() -> None:
    house = House()
    sections = tuple(replace(section, rtx_type=None) for section in house.join("maria").peer.offer.sections)
    bare = Delivery(replace(house.invite("wulan").offer, sections=sections), house.engine)
    assert bare.pad(house.now, BUFFER) == 0
    assert {slot.stream.rtx_type for slot in bare.slots.values()} == {None}


def test_streams_of_a_receiver_have_numbers_of_their_own(pair: Pair) -> None:
    streams = [slot.stream for slot in pair.delivery.slots.values()]
    ssrcs = Counter(each for stream in streams for each in (stream.ssrc, stream.rtx_ssrc))
    assert ssrcs.most_common(1)[0][1] == 1
    assert all(max(each.first_sequence, each.first_rtx_sequence) < 32_768 for each in streams)
    assert [each.stamp_id for each in streams if each.kind is Kind.MIC] == [None] * 2
    assert [each.rtx_type for each in streams if each.kind is Kind.MIC] == [None] * 2


# --- what a peer does with all that ---


def judged(guest: Guest, remb: bytes, times: int) -> int:
    """How often layers are chosen anew for so many estimates in one datagram."""
    before = guest.peer.delivery.decision
    count = 0
    for _ in range(times):
        guest.say(remb)
        count += guest.peer.delivery.decision is not before
        before = guest.peer.delivery.decision
    return count


def test_a_flood_of_estimates_costs_no_more_than_its_share(pair: Pair) -> None:
    fci = pack_remb_fci(50_000, [1])
    remb = struct.pack("!BBHII", 0x8F, 206, 2 + len(fci) // 4, 1, 0) + fci
    assert 0 < judged(pair.wulan, remb, 300) <= 20
    pair.house.now += 0.5
    assert 0 < judged(pair.wulan, remb, 300) <= 11


def test_a_nack_is_answered_on_the_wire(pair: Pair) -> None:
    pair.wulan.received()
    pair.wulan.say(rtcp.nack(pair.slot(Kind.MIC).ssrc, [pair.newest(Kind.MIC) & 0xFFFF]))
    (answer,) = pair.wulan.received()
    assert header.parse(answer).sequence == pair.newest(Kind.MIC) & 0xFFFF


@pytest.mark.parametrize("kind", [Kind.MIC, Kind.CAMERA])
def test_only_what_a_slot_sends_again_as_it_was_goes_by_the_session_of_slots(pair: Pair, kind: Kind) -> None:
    pair.wulan.received()
    pair.wulan.say(rtcp.nack(pair.slot(kind).ssrc, [pair.newest(kind) & 0xFFFF]))
    (answer,) = pair.wulan.received()
    as_it_was = kind is Kind.MIC  # pictures have a stream for repairs
    assert pair.wulan.plain.again == ([header.parse(answer).ssrc] if as_it_was else [])
    assert (header.parse(answer).ssrc == pair.slot(kind).ssrc) == as_it_was


def test_broken_control_packets_are_counted(pair: Pair) -> None:
    pair.wulan.say(b"\x81\xce\x00\x09broken")
    assert pair.wulan.peer.bad_packets == 1
