"""What belongs to one picture goes together, and waits for the rest of it a moment at most."""

from __future__ import annotations

import pytest

from media.forwarder import FOLLOWS_S
from media.ports import Kind
from tests.media.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_packets_of_one_picture_and_size_go_together(desk: Desk) -> None:
    for number in (1, 2, 3, 5, 6, 7):
        desk.film(number, keyframe=number == 1, size=90 if number != 3 else 80, of=7 if number == 7 else 1)
    assert not desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 2, 3, 5, 6, 7]
    assert desk.engine.runs == [3, 2, 1], "a hole and another picture begin another run"
    assert (desk.camera.forwarded, desk.camera.octets) == (6, 5 * 90 + 80)
    assert desk.camera.newest is desk.camera.picture is desk.engine.sent[-1][1]


def test_a_picture_waits_for_its_last_packet_if_that_comes_at_once(desk: Desk) -> None:
    desk.film(1, keyframe=True, size=90)
    desk.film(2, size=90, last=False)
    assert not desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1]
    desk.film(3, size=90, of=2)
    desk.forwarder.work()
    assert desk.engine.runs == [1, 2]
    desk.film(4, last=False)
    desk.engine.now += FOLLOWS_S + 0.001
    assert not desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 2, 3, 4]


def test_no_picture_waits_longer_because_more_of_it_comes(desk: Desk) -> None:
    """Nor do those behind it: whoever never ends a picture holds up nobody."""
    desk.film(1, keyframe=True)
    for number in range(2, 8):
        desk.film(number, of=2, last=False)
        desk.forwarder.work()
        desk.engine.now += 0.4 * FOLLOWS_S
    assert [index for _, index in desk.sent] == [1, 2, 3, 4]
    assert desk.forwarder.waiting


def test_a_key_frame_begins_a_run_wherever_it_stands(desk: Desk) -> None:
    desk.film(1, keyframe=True, size=90, of=1)
    desk.film(2, keyframe=True, size=90, of=1)
    desk.forwarder.work()
    assert desk.engine.runs == [1, 1]


def test_few_go_together_to_hundreds(desk: Desk) -> None:
    for _ in range(699):
        desk.slot(Kind.CAMERA).want(desk.camera)
    for number in range(1, 6):
        desk.film(number, keyframe=number == 1, size=90, of=1)
    desk.forwarder.work()
    assert desk.engine.runs == [2, 2, 1]


def test_a_packet_that_came_again_waits_for_nothing(desk: Desk) -> None:
    for number in (1, 3):
        desk.film(number, keyframe=number == 1)
    desk.forwarder.work()
    desk.film(2, last=False)
    desk.forwarder.work()
    assert [index for _, index in desk.sent] == [1, 3, 2]
