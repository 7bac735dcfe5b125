"""How long the way to a receiver and back takes: measured by sender reports, once each, often where it matters."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from media import rtcp
from media.delivery import MOST_REPORTED, MOST_WATCHED
from media.ports import Kind
from media.rtp.stats import ReceptionReport
from tests.media.pair import Pair, report

WALL = 1_700_000_000.25
SENDER_REPORT = 200


@pytest.fixture
def pair() -> Pair:
    return Pair()


def middle(data: bytes) -> int:
    """Of a sender report: the part of its NTP time that is reported back."""
    return int.from_bytes(data[10:14], "big")


def watch(pair: Pair, on: bool = True) -> None:
    decision = pair.delivery.decide([], pair.house.now)
    pair.delivery.decision = replace(decision, watch=on, padding_bps=0, again_at=pair.house.now + 100)


def test_reports_tell_loss_and_round_trip(pair: Pair) -> None:
    now = pair.house.now
    sent = pair.delivery.sender_reports(now, 1_700_000_000.25)
    assert len(sent) == 2
    middle = int.from_bytes(sent[0][10:14], "big")
    blocks = [
        report(pair.slot(Kind.CAMERA).ssrc, 64, middle, 65_536 // 10),
        report(pair.slot(Kind.MIC).ssrc, 0),
        report(1, 255),  # not one of ours
    ]
    pair.delivery.on_reports(blocks, now + 0.35)
    assert pair.delivery.loss == pytest.approx(0.125)
    assert pair.delivery.rtt == pytest.approx(0.25, abs=0.001)
    assert not pair.delivery.on_reports([report(1, 255)], now)
    assert pair.delivery.loss == pytest.approx(0.125)


def test_only_the_last_sender_reports_are_remembered(pair: Pair) -> None:
    for second in range(20):
        pair.delivery.sender_reports(pair.house.now + second, 1_700_000_000.0 + second)
    first = (1_700_000_000 + 2_208_988_800 & 0xFFFF) << 16
    pair.delivery.on_reports([report(pair.slot(Kind.MIC).ssrc, 0, first)], pair.house.now + 20)
    assert pair.delivery.rtt is None


def test_a_sender_report_is_measured_once(pair: Pair) -> None:
    now, slot = pair.house.now, pair.slot(Kind.CAMERA)
    lsr = middle(pair.delivery.sender_reports(now, WALL)[0])
    pair.delivery.on_reports([report(slot.ssrc, 0, lsr)], now + 0.1)
    pair.delivery.on_reports([report(slot.ssrc, 0, lsr)], now + 0.9)
    assert pair.delivery.rtt == pytest.approx(0.1)
    assert pair.delivery.link.reports.queue == inf  # 0.8 s ago says nothing of now


@pytest.mark.parametrize("repairs", [True, False])
def test_a_slot_that_shows_nothing_tells_round_trips_and_no_loss(pair: Pair, repairs: bool) -> None:
    now, slot = pair.house.now, pair.slot(Kind.CAMERA)
    lsr = middle(pair.delivery.sender_reports(now, WALL)[0])
    slot.want(None)
    ssrc = slot.stream.rtx_ssrc if repairs else slot.ssrc
    pair.delivery.on_reports([report(ssrc, 200, lsr)], now + 0.3)
    assert pair.delivery.rtt == pytest.approx(0.3)
    assert pair.delivery.loss == 0.0
    assert pair.delivery.link.reports.queue == 0.0
    assert pair.delivery.link.reports.heard is None


def test_only_watched_ways_are_asked_often(pair: Pair) -> None:
    pair.delivery.sender_reports(pair.house.now, WALL)
    watch(pair, on=False)
    assert pair.delivery.watched(pair.house.now + 0.5) == []
    watch(pair)
    assert pair.delivery.watched(pair.house.now + 0.09) == []
    sent = pair.delivery.watched(pair.house.now + 0.11)
    assert pair.delivery.watched(pair.house.now + 0.12) == []
    assert [int.from_bytes(each[4:8], "big") for each in sent] == [
        pair.slot(Kind.CAMERA).ssrc,
        pair.slot(Kind.MIC).ssrc,
    ]
    pair.delivery.on_reports([report(1, 0, middle(sent[0]))], pair.house.now + 0.31)
    assert pair.delivery.rtt == pytest.approx(0.2, abs=0.001)


def test_few_slots_are_reported_of_and_few_reports_remembered(pair: Pair) -> None:
    watch(pair)
    pair.delivery.sender_reports(pair.house.now, WALL)
    for slot in pair.delivery.slots.values():
        source = pair.maria.source(Kind.CAMERA if slot.video else Kind.MIC)
        slot.want(source.layers[0])
    pair.play(2)
    rounds = [pair.delivery.watched(pair.house.now + 1 + number / 5) for number in range(2 * MOST_REPORTED)]
    assert {len(each) for each in rounds} == {MOST_WATCHED}
    for back, known in ((MOST_REPORTED + 1, False), (MOST_REPORTED, True)):
        pair.delivery.on_reports([report(1, 0, middle(rounds[-back][0]))], pair.house.now + 20)
        assert (pair.delivery.rtt is not None) is known


def test_a_paused_slot_that_is_padded_has_reports_on_which_its_pictures_go_on(pair: Pair) -> None:
    """Round trips are measured while nothing but padding comes; and lips are not torn from words by it."""
    slot, start = pair.slot(Kind.CAMERA), pair.house.now
    pair.delivery.sender_reports(start, WALL)
    watch(pair)
    before = ticks_at(pair, start + 0.2)
    track = slot.track
    slot.want(None)
    assert ticks_at(pair, start + 1.2) - before == pytest.approx(90_000, abs=2)
    slot.want(track)
    pair.play(1)
    assert slot.track is track
    assert ticks_at(pair, start + 2.2) - before == pytest.approx(180_000, abs=2)


def test_a_slot_that_never_showed_anything_is_reported_of_as_it_will_go_on(pair: Pair) -> None:
    slot = next(each for each in pair.delivery.pictures if each.track is None)
    first = slot.sender_report(pair.house.now, WALL, idle=True)
    assert slot.sender_report(pair.house.now, WALL) is None
    slot.want(pair.maria.source(Kind.CAMERA).layers[0])
    pair.play(1)
    later = slot.sender_report(pair.house.now + 1, WALL)
    assert first is not None
    assert later is not None
    assert ticks(later) - ticks(first) == pytest.approx(91_800, abs=2)


def ticks_at(pair: Pair, now: float) -> int:
    """The RTP time of the picture slot, as a report of this moment has it."""
    sent = pair.delivery.watched(now)[0]
    assert int.from_bytes(sent[4:8], "big") == pair.delivery.pictures[0].ssrc
    return ticks(sent)


def ticks(sender_report: bytes) -> int:
    return int.from_bytes(sender_report[16:20], "big")


def test_a_way_in_trouble_is_watched_in_the_course_of_time(pair: Pair) -> None:
    slot, house = pair.slot(Kind.CAMERA), pair.house
    lossy = rtcp.receiver_report([ReceptionReport(slot.ssrc, 100, 0, 0, 0, 0, 0)])
    for _ in range(2):
        pair.wulan.say(lossy)
        house.tick(50)
    pair.wulan.received()
    house.tick(25)
    sent = [each for each in pair.wulan.received() if each[1] == SENDER_REPORT]
    assert 4 <= len(sent) <= 6
