"""Every role asks for everything, in every state of a meeting: the table says what happens."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from server.rooms.powers import POWERS, Power, may
from server.rooms.room import decide
from server.rooms.state import REFUSALS, Refused, Room
from server.rooms.words import Command
from server.rooms.words.agenda import BeginItem, Item, SetAgenda
from server.rooms.words.company import Companion, NameCompany
from server.rooms.words.door import Admit, SetDoor, TurnAway
from server.rooms.words.floor import ExtendFloor, GiveFloor, LowerHand, RaiseHand
from server.rooms.words.leading import Appoint, LockMics, LockRoom, Pardon, Remove, Stop
from server.rooms.words.notes import Carried, MakeNote, Said, SettleCarried
from server.rooms.words.people import Occupant, Office, Role
from server.rooms.words.roll import BeginRoll
from server.rooms.words.seats import End, Open, Switch
from server.rooms.words.sitting import PauseRecord, Suspend
from server.rooms.words.talking import LimitChat, Write
from server.rooms.words.voting import CallOffice, CastVote, CloseVote, OpenVote
from tests.server.rooms.people import CHAIR, GUEST, MARIA, PEOPLE, WULAN, after, enter, go_on

WAITER = Occupant("p20", "Yusuf Hidayat", "Staf", "riau", "KPU Riau", "participant")
HALL = Occupant("p21", "Lina Marlina", "Operator", "ntb", "KPU NTB", "participant")
# What takes each power, asked from seat "n". Seat "b" shares its screen, has its hand up and its microphone on; seat
# "c" has the floor; microphones are locked; the guest is banned.
ASKS: dict[Power, tuple[Command, ...]] = {
    "end": (End("n"),),
    "suspend": (Suspend("n", True),),
    "pause_record": (PauseRecord("n", True, "Doa"),),
    "lead_agenda": (SetAgenda("n", (Item("1", "Pembukaan"), Item("2", "Paparan"))), BeginItem("n", "1")),
    "note": (MakeNote("n", Said("decision", "Disepakati.")), SettleCarried("n", "m0:c1", "done")),
    "give_floor": (GiveFloor("n", "b", 60), ExtendFloor("n", 60), BeginRoll("n", 60)),
    "lead_vote": (CallOffice("n", "kaltara"), CastVote("n", "agree", "kaltara"), CloseVote("n")),
    "vote": (CastVote("n", "agree"),),
    "chat": (Write("n", "leaders", "Mohon waktu."),),
    "order_chat": (LimitChat("n", "leaders"),),
    "order_hands": (LowerHand("n", "b"), LowerHand("n", None)),
    "stop": (Stop("n", "b", "mic"), Stop("n", None, "screen")),
    "lock_mics": (LockMics("n", False),),
    "lock_room": (LockRoom("n", True),),
    "admit": (SetDoor("n", "guests"), Admit("n", WAITER.person), Admit("n", None), TurnAway("n", WAITER.person)),
    "name_people": (NameCompany("n", "h", (Companion("Ani Lestari"),)),),
    "remove": (Remove("n", "b", ban=False), Pardon("n", GUEST.person)),
    "appoint": (Appoint("n", "b", "moderator"),),
    "take_screen": (Switch("n", screen=True),),
    "share": (Switch("n", screen=True),),
    "speak": (Switch("n", mic=True),),
    "speak_locked": (Switch("n", mic=True),),
    "raise_hand": (RaiseHand("n"),),
}


def busy(role: Role, presides: bool) -> Room:
    """A room in which all that is asked would change something. Without `presides` somebody else does."""
    room, _ = after(
        Open(
            (Item("1", "Pembukaan"),),
            tuple(Office(each.office_id, each.office) for each in PEOPLE.values()),
            carried=(Carried("m0:c1", "Kirim daftar bukti.", "KPU Kaltara", "", "Rakor lalu", "2026-11-01"),),
        ),
        *([] if presides else [enter(CHAIR, "a")]),
        enter(MARIA, "b"),
        enter(WULAN, "c"),
        enter(PEOPLE["secretariat"], "s"),
        enter(GUEST, "g"),
        Switch("b", screen=True),
        RaiseHand("b"),
        Remove("s", "g", ban=True),
        GiveFloor("s", "c", 60),
        LockMics("s", True),
        OpenVote("s", "Setuju?", "roll_call"),
        CallOffice("s", PEOPLE[role].office_id),
    )
    who = PEOPLE[role]
    again = {MARIA.person: "q", GUEST.person: "r", CHAIR.person: "t", PEOPLE["secretariat"].person: "u"}
    return go_on(
        room,
        enter(replace(who, person=again.get(who.person, who.person)), "n", mic=False),
        enter(HALL, "h", mic=False, shared=True),
        SetDoor("s", "everybody"),
        enter(WAITER, "z"),
    )[0]


@pytest.mark.parametrize("power", list(ASKS))
@pytest.mark.parametrize("role", get_args(Role))
def test_a_role_does_what_the_table_says_and_nothing_else(role: Role, power: Power) -> None:
    room = busy(role, presides=False)
    for command in ASKS[power]:
        needed: set[Power] = {power}
        if isinstance(command, Switch):
            needed |= {"share", "take_screen"} if command.screen else {"speak", "speak_locked"}
        if all(may(role, each) for each in needed):
            assert decide(room, command, 0.0)
        else:
            with pytest.raises(Refused) as refused:
                decide(room, command, 0.0)
            assert refused.value.code in ("forbidden", "screen_taken", "mics_locked")
            assert refused.value.detail


@pytest.mark.parametrize("power", list(ASKS))
def test_who_presides_has_all_the_powers_of_the_chair(power: Power) -> None:
    room, _ = go_on(busy("moderator", presides=True))
    assert room.presiding == "n"
    for command in ASKS[power]:
        assert decide(room, command, 0.0)


@pytest.mark.parametrize("role", get_args(Role))
def test_nobody_does_anything_before_the_opening_or_after_the_end(role: Role) -> None:
    over, _ = go_on(busy(role, presides=False), End("s"))
    for commands in ASKS.values():
        for command in commands:
            for room, code in ((Room(), "meeting_not_open"), (over, "meeting_ended")):
                if isinstance(command, End) and room is over:
                    assert decide(room, command, 0.0) == []
                    continue
                with pytest.raises(Refused) as refused:
                    decide(room, command, 0.0)
                assert refused.value.code == code


def test_every_role_every_power_and_every_refusal_is_told() -> None:
    assert set(POWERS) == set(get_args(Role))
    assert set(REFUSALS) == set(get_args(Power)) == {*ASKS, "see_quality", "react"}
