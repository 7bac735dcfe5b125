"""Who waits outside, and who lets them in."""

from __future__ import annotations

import pytest

from server.rooms.room import decide
from server.rooms.state import Refused
from server.rooms.words.door import Admit, Admitted, Knocked, SetDoor, StopWaiting, TurnAway, TurnedAway, Waits
from server.rooms.words.leading import Appoint, LockRoom, Remove
from server.rooms.words.seats import End, Leave, LoseLine, Open, Restart, SeatTaken
from tests.server.rooms.people import CHAIR, DEWI, GUEST, MARIA, after, enter, go_on


@pytest.mark.parametrize(
    ("waits", "guest", "participant"),
    [("nobody", False, False), ("guests", True, False), ("everybody", True, True)],
)
def test_the_door_says_who_waits(waits: Waits, guest: bool, participant: bool) -> None:
    room, _ = after(Open(waits=waits), enter(CHAIR, "a"), enter(DEWI, "d"), enter(GUEST, "g"), enter(MARIA, "b"))
    assert {"a", "d"} <= {*room.seats}, "who lets others in never waits"
    assert (GUEST.person in room.waiting, MARIA.person in room.waiting) == (guest, participant)
    assert ("g" not in room.seats, "b" not in room.seats) == (guest, participant)


def test_who_is_let_in_sits_down_by_entering_again_and_never_waits_anew() -> None:
    room, log = after(Open(waits="everybody"), enter(CHAIR, "a"), enter(MARIA, "b"), Admit("a", MARIA.person))
    assert log[-1] == Admitted(MARIA.person, "a")
    assert not room.waiting
    room, log = go_on(room, enter(MARIA, "b"), Leave("b"), enter(MARIA, "c"))
    assert [type(each) for each in log].count(SeatTaken) == 2


def test_all_are_let_in_at_once_in_the_order_in_which_they_came() -> None:
    room, _ = after(Open(waits="everybody"), enter(CHAIR, "a"), enter(MARIA, "b"), enter(GUEST, "g"))
    room, log = go_on(room, Admit("a", None))
    assert log == [Admitted(MARIA.person, "a"), Admitted(GUEST.person, "a")]


def test_knocking_twice_is_knocking_once() -> None:
    room, log = after(Open(waits="guests"), enter(GUEST, "g"), enter(GUEST, "h"))
    assert [type(each) for each in log].count(Knocked) == 1
    assert not room.seats


def test_who_is_turned_away_may_knock_again() -> None:
    room, log = after(Open(waits="guests"), enter(CHAIR, "a"), enter(GUEST, "g"), TurnAway("a", GUEST.person))
    assert log[-1] == TurnedAway(GUEST.person, "a")
    assert not room.waiting
    assert go_on(room, enter(GUEST, "g"))[0].waiting


def test_an_open_door_lets_in_who_waits() -> None:
    room, _ = after(Open(waits="everybody"), enter(CHAIR, "a"), enter(GUEST, "g"), enter(MARIA, "b"))
    room, log = go_on(room, SetDoor("a", "guests"))
    assert log[1:] == [Admitted(MARIA.person, None)]
    assert [*room.waiting] == [GUEST.person]


def test_a_kept_seat_is_kept_behind_a_closed_door() -> None:
    room, _ = after(Open(), enter(CHAIR, "a"), enter(MARIA, "b"), SetDoor("a", "everybody"), LoseLine("b"))
    room, _ = go_on(room, enter(MARIA, "x"))
    assert "b" in room.seats
    assert not room.waiting


def test_who_was_shown_out_waits_again() -> None:
    room, _ = after(Open(waits="guests"), enter(CHAIR, "a"), enter(GUEST, "g"), Admit("a", None), enter(GUEST, "g"))
    room, _ = go_on(room, Remove("a", "g", ban=False), enter(GUEST, "g"))
    assert [*room.waiting] == [GUEST.person]


def test_a_role_that_lets_others_in_need_not_wait() -> None:
    room, _ = after(Open(), enter(CHAIR, "a"), enter(MARIA, "b"), Appoint("a", "b", "moderator"), Leave("b"))
    room, _ = go_on(room, SetDoor("a", "everybody"), enter(MARIA, "b"))
    assert "b" in room.seats


def test_a_locked_room_is_locked_for_who_would_wait_too() -> None:
    room, _ = after(Open(waits="guests"), enter(CHAIR, "a"), LockRoom("a", True))
    with pytest.raises(Refused) as refused:
        decide(room, enter(GUEST, "g"), 0.0)
    assert refused.value.code == "room_locked"


def test_who_is_let_in_through_a_locked_door_comes_in() -> None:
    room, _ = after(Open(waits="guests"), enter(CHAIR, "a"), enter(GUEST, "g"), LockRoom("a", True), Admit("a", None))
    assert "g" in go_on(room, enter(GUEST, "g"))[0].seats


@pytest.mark.parametrize("command", [Restart(), StopWaiting(GUEST.person), End("a")])
def test_nobody_waits_whose_line_is_gone_or_when_it_is_over(command: Restart | StopWaiting | End) -> None:
    room, _ = after(Open(waits="guests"), enter(CHAIR, "a"), enter(GUEST, "g"), command)
    assert not room.waiting


@pytest.mark.parametrize("command", [Admit("a", "nobody"), TurnAway("a", "nobody")])
def test_who_does_not_wait_is_neither_let_in_nor_turned_away(command: Admit | TurnAway) -> None:
    room, _ = after(Open(waits="guests"), enter(CHAIR, "a"))
    with pytest.raises(Refused) as refused:
        decide(room, command, 0.0)
    assert refused.value.code == "not_waiting"
