"""Voices overtake pictures; pictures keep their order, and none is sent that comes too late to be of use."""

from __future__ import annotations

import pytest

from media.downtrack import stamp
from media.forwarder import STALE_S
from media.ports import Kind
from tests.media.desk import Desk
from tests.media.packets import VP8, audio_track, received, rtp, video_track, vp8


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_voice_overtakes_pictures_that_wait() -> None:
    desk = Desk(takes=0.0015)
    for number in range(1, 7):
        desk.film(number, keyframe=number == 1)
    assert desk.forwarder.work()  # a slice of two
    desk.speak(1)
    assert desk.forwarder.work()
    desk.speak(2)
    desk.forwarder.work()
    assert desk.sent == [
        ("film", 1),
        ("film", 2),
        ("voice", 1),
        ("film", 3),
        ("film", 4),
        ("voice", 2),
        ("film", 5),
        ("film", 6),
    ]


def test_a_slice_ends_though_more_is_waiting() -> None:
    """Between two the socket is read."""
    desk = Desk(takes=0.1)
    for number in range(1, 4):
        desk.film(number, keyframe=number == 1)
    assert [(desk.forwarder.work(), len(desk.sent)) for _ in range(4)] == [(True, 1), (True, 2), (True, 3), (False, 3)]


def test_a_voice_overtakes_a_picture_that_is_on_its_way_to_many() -> None:
    desk = Desk(takes=0.0015)
    for _ in range(4):
        desk.slot(Kind.CAMERA).want(desk.camera)
    desk.film(1, keyframe=True)
    assert desk.forwarder.work()  # to two of five
    desk.speak(1)
    assert desk.forwarder.work()
    desk.film(2)
    desk.forwarder.work()
    assert [kind for kind, _ in desk.sent[:6]] == ["film", "film", "voice", "film", "film", "film"]
    while desk.forwarder.work():
        pass
    assert [index for kind, index in desk.sent if kind == "film"] == [1] * 5 + [2] * 5


def test_whoever_comes_or_goes_meanwhile_changes_nothing_of_what_is_on_its_way() -> None:
    desk = Desk(takes=0.1)
    others = [desk.slot(Kind.CAMERA) for _ in range(3)]
    for each in others:
        each.want(desk.camera)
    desk.film(1, keyframe=True)
    desk.film(2)
    assert desk.forwarder.work()
    assert len(desk.sent) == 1
    others[2].want(None)
    assert [index for _, index in desk.sent] == [1, 1, 1, 1]
    while desk.forwarder.work():
        pass
    assert [index for _, index in desk.sent] == [1, 1, 1, 1, 2, 2, 2]
    others[2].want(desk.camera)
    desk.film(3, keyframe=True)
    assert desk.forwarder.work()
    desk.camera.close()
    assert len(desk.sent) == 11
    assert not desk.forwarder.work()


def test_pictures_of_several_sources_keep_their_order(desk: Desk) -> None:
    other, slot = video_track("b", csrc=81), desk.slot(Kind.CAMERA)
    slot.want(other)
    for number in range(1, 4):
        desk.film(number, keyframe=True)
        desk.film(number + 10, keyframe=True, track=other)
    desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 11, 2, 12, 3, 13]


def test_stale_pictures_are_given_up_and_a_key_frame_is_asked_for(desk: Desk) -> None:
    desk.film(1, keyframe=True)
    desk.forwarder.work()
    desk.film(2)
    desk.engine.now += STALE_S + 0.1
    desk.film(3)
    assert not desk.camera.keyframe_due(desk.engine.now)
    desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1]
    assert desk.forwarder.dropped == 1
    assert desk.camera.keyframe_due(desk.engine.now)
    desk.film(4, keyframe=True)
    desk.film(5)
    desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 4, 5]
    assert 4 + desk.screen.lane.sequence == desk.screen.stream.first_sequence + 1  # nobody misses what was given up


def test_whoever_awaits_another_picture_goes_on_awaiting_it_when_this_one_is_given_up(desk: Desk) -> None:
    desk.film(1, keyframe=True)
    desk.forwarder.work()
    other = video_track()
    desk.screen.want(other)
    desk.film(2)
    desk.engine.now += STALE_S + 0.1
    desk.forwarder.work()
    assert (desk.screen.track, desk.screen.pending) == (None, other)


def test_a_key_frame_that_stands_in_line_serves_whoever_comes_to_wait_for_one(desk: Desk) -> None:
    desk.film(1, keyframe=True)
    desk.forwarder.work()
    desk.film(2, keyframe=True)
    desk.camera.await_keyframe()
    assert not desk.camera.keyframe_due(desk.engine.now)
    desk.forwarder.work()
    desk.camera.await_keyframe()
    assert desk.camera.keyframe_due(desk.engine.now)


@pytest.mark.parametrize("given_up", [2, 3])
def test_a_key_frame_behind_what_is_given_up_is_not_asked_for_again(desk: Desk, given_up: int) -> None:
    desk.film(1, keyframe=True)
    desk.forwarder.work()
    for number in range(2, given_up + 1):
        desk.film(number, keyframe=number == 3)
    desk.engine.now += STALE_S + 0.1
    desk.film(4, keyframe=given_up == 2)
    desk.forwarder.work()
    assert desk.camera.keyframe_due(desk.engine.now) is (given_up == 3)
    assert [index for _, index in desk.sent] == ([1, 4] if given_up == 2 else [1])


def test_what_nobody_watches_is_not_put_in_line(desk: Desk) -> None:
    desk.screen.want(None)
    desk.voice.want(None)
    desk.film(1, keyframe=True)
    desk.speak(1)
    assert not desk.forwarder.work()
    assert (desk.sent, desk.camera.newest, desk.mic.newest, desk.camera.forwarded) == ([], None, None, 0)


def test_a_picture_begins_with_a_key_frame_a_voice_at_once(desk: Desk) -> None:
    desk.film(1)
    desk.speak(7)
    desk.forwarder.work()
    assert desk.sent == [("voice", 7)]
    desk.film(2, keyframe=True)
    desk.forwarder.work()
    assert desk.sent == [("voice", 7), ("film", 2)]


def test_nothing_begins_with_padding(desk: Desk) -> None:
    """It says nothing of when its source speaks: a whole slot's timestamps would follow it anywhere."""
    desk.forwarder.forward(desk.mic, received(desk.mic, rtp(1, 1 << 31, b"", padding=8), 1.0))
    assert desk.sent == []
    desk.speak(2)
    assert desk.sent == [("voice", 2)]
    assert desk.mic.ring.since(0.0, 8) == [desk.mic.newest]


def test_a_key_frame_whose_start_was_lost_serves_all_the_same(desk: Desk) -> None:
    """It is sent again and comes behind its other parts: they have gone by, and are sent after it."""
    late = rtp(1, 3_000, vp8(1, 1, keyframe=True), payload_type=VP8)
    for number in (2, 3, 5):
        desk.film(number)
    desk.forwarder.work()
    assert desk.sent == []
    desk.forwarder.forward(desk.camera, received(desk.camera, late, desk.engine.now))
    desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 2, 3, 5]
    desk.film(4)
    desk.film(6)
    desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 2, 3, 5, 4, 6]
    assert desk.screen.lane.first == 1


def test_a_late_packet_goes_only_to_those_who_had_its_stretch(desk: Desk) -> None:
    neighbour = desk.slot(Kind.CAMERA)
    desk.film(1, keyframe=True)
    desk.film(3)
    desk.forwarder.work()
    neighbour.want(desk.camera)
    desk.film(4, keyframe=True)
    desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 3, 4, 4]
    desk.film(2)
    desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 3, 4, 4, 2]
    assert desk.camera.forwarded == 4


def test_a_leap_of_the_source_leaves_no_hole(desk: Desk) -> None:
    desk.film(1, keyframe=True)
    desk.film(1_002)
    desk.forwarder.work()
    assert (desk.screen.lane.first, desk.screen.lane.sequence) == (1_002, 101 - 1_002)
    desk.film(2_002)  # a thousand numbers are a hole as others are
    desk.forwarder.work()
    assert desk.screen.lane.first == 1_002


def test_who_gets_a_voice_hears_what_it_said_just_now(desk: Desk) -> None:
    late = desk.slot(Kind.MIC)
    for number in range(1, 4):
        desk.speak(number)
    late.want(desk.mic)
    desk.forwarder.catch_up(desk.mic, [late, desk.voice], desk.mic.ring.since(0.0, 2))
    assert [index for _, index in desk.sent] == [1, 2, 3, 2, 3]
    desk.speak(4)
    assert [index for _, index in desk.sent] == [1, 2, 3, 2, 3, 4, 4]
    assert (late.packets, late.lane.first, late.lane.sequence) == (3, 2, 100 - 2)


def test_a_slot_that_waits_for_another_is_left_alone(desk: Desk) -> None:
    other, slot = audio_track("b", csrc=71), desk.slot(Kind.MIC)
    desk.speak(1)
    slot.want(other)
    desk.forwarder.catch_up(desk.mic, [slot], desk.mic.ring.since(0.0, 2))
    assert (slot.track, slot.pending) == (None, other)
    assert len(desk.sent) == 1


def test_nobody_may_have_listened_before(desk: Desk) -> None:
    desk.voice.want(None)
    for number in range(1, 4):
        desk.speak(number)
    desk.voice.want(desk.mic)
    desk.forwarder.catch_up(desk.mic, [desk.voice], desk.mic.ring.since(0.0, 8))
    desk.speak(4)
    assert [index for _, index in desk.sent] == [1, 2, 3, 4]
    assert desk.mic.newest is not None
    assert desk.mic.newest.index == 4


def test_a_track_that_ended_while_its_pictures_waited_hurts_nobody(desk: Desk) -> None:
    desk.film(1, keyframe=True)
    desk.camera.close()
    assert not desk.forwarder.work()
    assert desk.sent == []
    assert desk.screen.coming is None


def test_the_time_of_sending_is_written_when_it_is_sent() -> None:
    desk = Desk(takes=0.25)
    desk.film(1, keyframe=True)
    desk.film(2)
    for _ in range(2):
        desk.forwarder.work()
    assert [packet.stamp for _, packet in desk.engine.sent] == [stamp(1.0), stamp(1.25)]
