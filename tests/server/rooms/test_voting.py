"""One voice an office, whoever lifts the hand; the record keeps each, and the last one before the end counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.rooms.room import decide
from server.rooms.state import Cast, Refused, Room
from server.rooms.words import Command
from server.rooms.words.agenda import BeginItem, Item
from server.rooms.words.people import Office
from server.rooms.words.seats import End, Leave, Open
from server.rooms.words.sitting import Suspend
from server.rooms.words.voting import (
    CallOffice,
    CastVote,
    CloseVote,
    OfficeCalled,
    OpenVote,
    VoteCast,
    VoteClosed,
    VoteOpened,
)
from tests.server.rooms.people import GUEST, MARIA, PEOPLE, SEATED, after, enter, go_on

OFFICES = (Office("sumbar", "KPU Sumbar"), Office("kaltara", "KPU Kaltara"), Office("bali", "KPU Bali"))
ITEMS = (Item("1", "Jadwal"),)
QUESTION = "Setuju jadwal klarifikasi 12 Juli?"


def opened(method: str, *more: Command) -> Room:
    begun = (Open(ITEMS, OFFICES), *SEATED[1:], BeginItem("a", "1"))
    return after(*begun, OpenVote("a", QUESTION, "hands" if method == "hands" else "roll_call"), *more)[0]


def refused(room: Room, command: Command) -> str:
    with pytest.raises(Refused) as refusal:
        decide(room, command, 0.0)
    return refusal.value.code


def test_offices_that_were_invited_have_a_voice_each_whether_or_not_they_are_here() -> None:
    room, log = after(Open(ITEMS, OFFICES), *SEATED[1:], BeginItem("a", "1"), OpenVote("a", f" {QUESTION} ", "hands"))
    assert log[-1] == VoteOpened("v1", QUESTION, "hands", OFFICES, "1", "a", 0.0)
    assert room.open_vote is not None
    room, log = go_on(room, CastVote("b", "agree"), CastVote("c", "abstain"), CastVote("b", "disagree"))
    assert log[0] == VoteCast("v1", "kaltara", "agree", "b", "Maria Tandilangi")
    assert room.votes["v1"].casts == {
        "kaltara": Cast("disagree", "Maria Tandilangi"),
        "sumbar": Cast("abstain", "Wulan Prasetyo"),
    }
    assert decide(room, CastVote("b", "disagree"), 0.0) == []


def test_two_of_one_office_have_one_voice() -> None:
    room = opened("hands", enter(replace(MARIA, person="p9", name="Yusuf Rante"), "y"))
    room, _ = go_on(room, CastVote("b", "agree"), CastVote("y", "disagree"))
    assert room.votes["v1"].casts == {"kaltara": Cast("disagree", "Yusuf Rante")}


def test_whoever_has_no_office_in_the_roll_has_no_voice() -> None:
    room = opened("hands", enter(GUEST, "g"), enter(PEOPLE["observer"], "o"))
    assert refused(room, CastVote("a", "agree")) == "no_voice"
    assert refused(room, CastVote("g", "agree")) == "forbidden"
    assert refused(room, CastVote("o", "agree")) == "forbidden"
    assert refused(room, CastVote("a", "agree", "aceh")) == "no_voice"


def test_in_a_roll_call_an_office_speaks_when_it_is_called_or_whoever_leads_enters_it() -> None:
    room = opened("roll_call")
    assert refused(room, CastVote("b", "agree")) == "not_called"
    room, log = go_on(room, CallOffice("a", "kaltara"), CallOffice("a", "kaltara"), CastVote("b", "agree"))
    assert log == [OfficeCalled("v1", "kaltara", "a"), VoteCast("v1", "kaltara", "agree", "b", "Maria Tandilangi")]
    assert refused(room, CastVote("c", "agree")) == "not_called"
    room, log = go_on(room, CastVote("a", "disagree", "bali"))
    assert log == [VoteCast("v1", "bali", "disagree", "a", "")]
    assert refused(room, CastVote("b", "agree", "bali")) == "forbidden"
    assert refused(room, CallOffice("a", "aceh")) == "no_voice"
    assert refused(opened("hands"), CallOffice("a", "bali")) == "no_roll_call"


def test_one_vote_at_a_time_and_none_after_it_is_closed() -> None:
    room = opened("hands", CastVote("b", "agree"))
    assert refused(room, OpenVote("a", "Lain?", "hands")) == "vote_open"
    room, log = go_on(room, CloseVote("a"), now=9.0)
    assert log == [VoteClosed("v1", "a", False, 9.0)]
    assert (room.votes["v1"].closed, room.votes["v1"].cancelled) == (True, False)
    for command in (CastVote("b", "agree"), CloseVote("a"), CallOffice("a", None)):
        assert refused(room, command) == "no_vote"
    room, _ = go_on(room, OpenVote("a", "Lain?", "hands"), CloseVote("a", cancel=True))
    assert (list(room.votes), room.votes["v2"].cancelled) == (["v1", "v2"], True)


def test_a_vote_waits_while_the_meeting_is_suspended_and_ends_without_a_result_with_it() -> None:
    room = opened("hands", Suspend("a", True))
    assert refused(room, CastVote("b", "agree")) == "suspended"
    assert refused(after(*SEATED, Suspend("a", True))[0], OpenVote("a", "Setuju?", "hands")) == "suspended"
    assert VoteClosed("v1", None, True, 0.0) in decide(room, End("a"), 0.0)


def test_a_voice_stays_when_whoever_lifted_the_hand_leaves() -> None:
    room = opened("hands", CastVote("b", "agree"), Leave("b"))
    assert room.votes["v1"].casts["kaltara"] == Cast("agree", "Maria Tandilangi")


def test_without_invitations_the_offices_that_are_here_have_a_voice() -> None:
    room, _ = after(*SEATED, OpenVote("a", "Setuju?", "hands"))
    assert room.votes["v1"].roll == (
        Office("kpuri", "KPU RI"),
        Office("kaltara", "KPU Kaltara"),
        Office("sumbar", "KPU Sumbar"),
    )
    alone, _ = after(Open(), enter(replace(PEOPLE["secretariat"], office_id=""), "s"))
    assert refused(alone, OpenVote("s", "Setuju?", "hands")) == "no_voters"


@pytest.mark.parametrize("question", ["", "  ", "x" * 501])
def test_a_question_says_something(question: str) -> None:
    assert refused(after(*SEATED)[0], OpenVote("a", question, "hands")) == "bad_question"
