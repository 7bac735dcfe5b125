"""Hands stand in order, and who has the floor may speak until it is over, whatever happens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from media.ports import VoiceUse
from server.rooms.room import decide
from server.rooms.silence import voice_use
from server.rooms.state import AWAY_S, Grant, Hand, Refused
from server.rooms.words.floor import (
    CloseFloor,
    ExtendFloor,
    FloorClosed,
    FloorExtended,
    FloorGiven,
    GiveFloor,
    HandLowered,
    HandRaised,
    LowerHand,
    RaiseHand,
)
from server.rooms.words.leading import Appoint, LockMics, Remove, SeatStopped
from server.rooms.words.seats import End, Expire, Leave, LoseLine, Restart, Switch
from server.rooms.words.sitting import Suspend
from tests.server.rooms.people import MARIA, PEOPLE, SEATED, after, enter, go_on


def test_hands_stand_in_the_order_in_which_they_were_raised() -> None:
    room, log = after(*SEATED, RaiseHand("c"), RaiseHand("b"), RaiseHand("c"))
    assert [hand.seat for hand in room.hands] == ["c", "b"]
    assert log[-2:] == [HandRaised("c"), HandRaised("b")]
    assert go_on(room, LowerHand("c", "c"))[0].hands == (Hand("b", "speak"),)


def test_an_interruption_stands_before_those_who_ask_to_speak() -> None:
    room, _ = after(*SEATED, RaiseHand("c"), RaiseHand("a"), RaiseHand("b", "interrupt"))
    assert room.hands == (Hand("b", "interrupt"), Hand("c", "speak"), Hand("a", "speak"))
    room, log = go_on(room, RaiseHand("a", "interrupt"))
    assert log == [HandLowered("a", "a"), HandRaised("a", "interrupt")]
    assert room.hands == (Hand("b", "interrupt"), Hand("a", "interrupt"), Hand("c", "speak"))


def test_who_leads_lowers_the_hands_of_others_one_by_one_or_all() -> None:
    room, _ = after(*SEATED, RaiseHand("c"), RaiseHand("b"))
    assert decide(room, LowerHand("a", "b"), 0.0) == [HandLowered("b", "a")]
    assert decide(room, LowerHand("a", None), 0.0) == [HandLowered("c", "a"), HandLowered("b", "a")]
    assert decide(room, LowerHand("b", "b"), 0.0) == [HandLowered("b", "b")]
    assert decide(room, LowerHand("a", "gone"), 0.0) == []
    for of in ("c", None):
        with pytest.raises(Refused):
            decide(room, LowerHand("b", of), 0.0)


def test_a_hand_outlives_a_lost_line_and_a_restart_and_leaves_with_its_seat() -> None:
    raised, _ = after(*SEATED, RaiseHand("b"))
    assert go_on(raised, LoseLine("b"), Restart(), enter(MARIA, "z"))[0].hands == raised.hands
    assert go_on(raised, Leave("b"))[0].hands == ()
    room, _ = go_on(raised, LoseLine("b"))
    assert go_on(room, Expire(), now=AWAY_S + 1)[0].hands == ()


def test_the_floor_opens_a_locked_microphone_and_lowers_the_hand() -> None:
    room, _ = after(*SEATED, Switch("b", mic=False), LockMics("a", True), RaiseHand("b"))
    room, log = go_on(room, GiveFloor("a", "b", 180), now=7.0)
    assert log == [HandLowered("b", "a"), FloorGiven("b", "a", "", 180, 7.0)]
    assert room.grant == Grant("b", "", 7.0, 180)
    room, _ = go_on(room, Switch("b", mic=True))
    assert voice_use(room, room.seats["b"]) is VoiceUse.KEPT
    room, log = go_on(room, CloseFloor("a"))
    assert log == [FloorClosed("b", "a", "done"), SeatStopped("b", "a", "mic")]
    assert voice_use(room, room.seats["b"]) is VoiceUse.BARRED


def test_without_a_lock_the_microphone_stays_on_when_the_floor_is_closed() -> None:
    room, _ = after(*SEATED, GiveFloor("a", "b", 60))
    assert decide(room, CloseFloor("b"), 0.0) == [FloorClosed("b", "b", "done")]
    with pytest.raises(Refused):
        decide(room, CloseFloor("c"), 0.0)
    assert decide(after(*SEATED)[0], CloseFloor("c"), 0.0) == []


def test_one_at_a_time_has_the_floor() -> None:
    room, log = after(*SEATED, GiveFloor("a", "b", 60), GiveFloor("a", "c", 90))
    assert log[-2:] == [FloorClosed("b", "a", "done"), FloorGiven("c", "a", "", 90, 0.0)]
    assert room.grant is not None
    assert room.grant.seat == "c"


def test_a_delegation_is_told_who_of_it_speaks_and_one_person_is_not() -> None:
    room, _ = after(*SEATED[:3], enter(replace(MARIA, person="hall"), "h", shared=True))
    room, _ = go_on(room, GiveFloor("a", "h", 60, " Yusuf Rante "))
    assert room.grant is not None
    assert room.grant.speaker == "Yusuf Rante"
    room, _ = go_on(room, GiveFloor("a", "b", 60, "Yusuf Rante"))
    assert room.grant is not None
    assert room.grant.speaker == ""


def test_time_may_be_added_up_to_an_hour() -> None:
    room, _ = after(*SEATED, GiveFloor("a", "b", 3_000))
    assert decide(room, ExtendFloor("a", 600), 0.0) == [FloorExtended("a", 600)]
    assert go_on(room, ExtendFloor("a", 600))[0].grant == Grant("b", "", 0.0, 3_600)
    for seconds in (0, 601):
        with pytest.raises(Refused) as refused:
            decide(room, ExtendFloor("a", seconds), 0.0)
        assert refused.value.code == "bad_time"
    with pytest.raises(Refused) as refused:
        decide(after(*SEATED)[0], ExtendFloor("a", 60), 0.0)
    assert refused.value.code == "no_floor"


def test_the_floor_outlives_a_lost_line_and_ends_with_its_seat() -> None:
    room, _ = after(*SEATED, GiveFloor("a", "b", 60), LoseLine("b"), Restart(), enter(MARIA, "z"))
    assert room.grant is not None
    for gone in (Leave("b"), Remove("a", "b", ban=False)):
        assert FloorClosed("b", None, "left") in decide(room, gone, 0.0)
    assert FloorClosed("b", None, "left") in decide(room, Appoint("a", "b", "observer"), 0.0)
    assert FloorClosed("b", None, "suspended") in decide(room, Suspend("a", True), 0.0)
    assert FloorClosed("b", None, "ended") in decide(room, End("a"), 0.0)


def test_an_observer_has_no_floor_nor_anybody_while_the_meeting_is_suspended() -> None:
    room, _ = after(*SEATED, enter(PEOPLE["observer"], "o"))
    with pytest.raises(Refused) as refused:
        decide(room, GiveFloor("a", "o", 60), 0.0)
    assert refused.value.code == "may_not_speak"
    with pytest.raises(Refused) as refused:
        go_on(room, Suspend("a", True), GiveFloor("a", "b", 60))
    assert refused.value.code == "suspended"
