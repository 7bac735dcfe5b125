"""Who sits together at a device, offices called to speak, quorum, and what earlier meetings left to be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.rooms.carrying import left_over
from server.rooms.room import decide
from server.rooms.state import Refused, Room
from server.rooms.words import Command
from server.rooms.words.company import Companion, NameCompany
from server.rooms.words.floor import FloorClosed, FloorGiven, GiveFloor, NameSpeaker, SpeakerNamed
from server.rooms.words.leading import Appoint
from server.rooms.words.notes import Carried, MakeNote, Said, SettleCarried, WithdrawNote
from server.rooms.words.people import Office
from server.rooms.words.roll import BeginRoll, CallNext, EndRoll, RollCalled, RollEnded
from server.rooms.words.seats import End, Leave, LoseLine, Open
from server.rooms.words.sitting import QuorumChanged, Suspend
from tests.server.rooms.people import CHAIR, MARIA, WULAN, after, enter, go_on

ANI, BUDI = Companion("Ani Lestari", "Kasubbag Hukum"), Companion("Budi Santoso")
OFFICES = (Office("sumbar", "KPU Sumbar"), Office("aceh", "KIP Aceh"), Office("kaltara", "KPU Kaltara"))
HALL = (Open((), OFFICES), enter(CHAIR, "a"), enter(MARIA, "b", shared=True), enter(WULAN, "c"))


def refused(room: Room, command: Command, now: float = 0.0) -> str:
    with pytest.raises(Refused) as caught:
        decide(room, command, now)
    return caught.value.code


# --- at one device ---


@pytest.mark.parametrize("by", ["a", "b"])
def test_a_hall_names_who_sits_there_itself_or_by_who_leads(by: str) -> None:
    room, _ = after(*HALL, NameCompany(by, "b", (ANI, replace(BUDI, name=" Budi Santoso "))))
    assert room.seats["b"].company == (ANI, BUDI)


def test_others_do_not_name_them() -> None:
    room, _ = after(*HALL)
    assert refused(room, NameCompany("c", "b", (ANI,))) == "forbidden"


@pytest.mark.parametrize(
    ("of", "people", "code"),
    [
        ("c", (ANI,), "not_shared"),
        ("b", (ANI, replace(ANI, name="ani lestari")), "named_twice"),
        ("b", (replace(ANI, name=" "),), "bad_company"),
        ("b", tuple(Companion(f"Nama {n}") for n in range(41)), "bad_company"),
        ("z", (ANI,), "participant_gone"),
    ],
)
def test_a_company_that_cannot_be_is_refused(of: str, people: tuple[Companion, ...], code: str) -> None:
    assert refused(after(*HALL)[0], NameCompany("a", of, people)) == code


def test_they_are_still_there_when_the_hall_comes_back_and_not_when_one_person_does() -> None:
    room, _ = after(*HALL, NameCompany("b", "b", (ANI, BUDI)), LoseLine("b"), enter(MARIA, "x", shared=True))
    assert room.seats["b"].company == (ANI, BUDI)
    room, _ = go_on(room, enter(MARIA, "x", shared=False))
    assert room.seats["b"].company == ()


def test_the_floor_of_a_hall_with_one_name_is_theirs() -> None:
    _, log = after(*HALL, NameCompany("b", "b", (ANI,)), GiveFloor("a", "b", 60))
    assert log[-1] == FloorGiven("b", "a", "Ani Lestari", 60, 0.0)


def test_a_hall_hands_its_microphone_on() -> None:
    room, _ = after(*HALL, NameCompany("b", "b", (ANI, BUDI)), GiveFloor("a", "b", 60, "Ani Lestari"))
    room, log = go_on(room, NameSpeaker("b", "Budi Santoso"))
    assert log == [SpeakerNamed("b", "Budi Santoso", "b")]
    assert room.grant is not None
    assert room.grant.speaker == "Budi Santoso"
    assert refused(room, NameSpeaker("c", "Wulan")) == "forbidden"


def test_nobody_speaks_for_a_hall_without_the_floor_and_for_somebody_alone() -> None:
    room, _ = after(*HALL)
    assert refused(room, NameSpeaker("b", "Ani")) == "no_floor"
    assert refused(go_on(room, GiveFloor("a", "c", 60))[0], NameSpeaker("c", "Ani")) == "not_shared"


# --- the roll ---


def test_offices_are_called_one_after_another_and_who_is_not_here_is_passed_over() -> None:
    room, _ = after(*HALL, BeginRoll("a", 90))
    room, log = go_on(room, CallNext("a"), now=1.0)
    assert log == [RollCalled("sumbar", True, "a", 1.0), FloorGiven("c", "a", "", 90, 1.0)]
    room, log = go_on(room, CallNext("a"), now=2.0)
    assert log == [
        RollCalled("aceh", False, "a", 2.0),
        RollCalled("kaltara", True, "a", 2.0),
        FloorClosed("c", "a", "done"),
        FloorGiven("b", "a", "", 90, 2.0),
    ]
    assert room.roll is not None
    assert room.roll.answers == {"sumbar": True, "aceh": False, "kaltara": True}
    room, log = go_on(room, CallNext("a"), now=3.0)
    assert log == [RollEnded("a", 3.0)]
    assert room.roll is None


def test_who_has_come_since_is_called_out_of_turn() -> None:
    room, _ = after(*HALL, BeginRoll("a", 60), CallNext("a"), CallNext("a"))
    late = replace(WULAN, person="p9", office_id="aceh", office="KIP Aceh")
    room, log = go_on(room, enter(late, "d"), CallNext("a", "aceh"))
    assert RollCalled("aceh", True, "a", 0.0) in log
    assert room.roll is not None
    assert room.roll.called == "aceh"


def test_a_hall_speaks_before_a_single_person_and_an_observer_never() -> None:
    room, _ = after(*HALL, enter(replace(MARIA, person="p9"), "d"), BeginRoll("a", 60))
    _, log = go_on(room, CallNext("a", "kaltara"))
    assert log[-1] == FloorGiven("b", "a", "", 60, 0.0)
    _, log = go_on(room, Appoint("a", "c", "observer"), CallNext("a", "sumbar"))
    assert log[-1] == RollCalled("sumbar", False, "a", 0.0)


def test_a_roll_that_cannot_be_is_refused() -> None:
    room, _ = after(*HALL)
    assert refused(room, CallNext("a")) == "no_roll"
    assert refused(room, EndRoll("a")) == "no_roll"
    assert refused(room, BeginRoll("a", 0)) == "bad_time"
    assert refused(go_on(room, Suspend("a", True))[0], BeginRoll("a", 60)) == "suspended"
    room, _ = go_on(room, BeginRoll("a", 60))
    assert refused(room, BeginRoll("a", 60)) == "roll_open"
    assert refused(room, CallNext("a", "bali")) == "not_on_roll"
    assert go_on(room, EndRoll("a"))[0].roll is None


# --- quorum ---


def test_the_moment_of_quorum_stands_on_the_record_and_so_does_its_end() -> None:
    room, log = after(Open((), OFFICES, quorum=2), enter(CHAIR, "a"), enter(MARIA, "b"), now=1.0)
    assert not room.quorate
    assert not [each for each in log if isinstance(each, QuorumChanged)], "the host is not one of those invited"
    room, log = go_on(room, enter(WULAN, "c"), now=2.0)
    assert log[-1] == QuorumChanged(True, 2, 2.0)
    room, log = go_on(room, LoseLine("c"), now=3.0)
    assert room.quorate, "a line that is lost for a moment is no reason to stop"
    room, log = go_on(room, Leave("c"), now=4.0)
    assert log[-1] == QuorumChanged(False, 1, 4.0)
    _, log = go_on(go_on(room, enter(WULAN, "c"))[0], End("a"))
    assert not [each for each in log if isinstance(each, QuorumChanged)], "an end is not a lack of quorum"


# --- what earlier meetings left ---


def test_what_one_meeting_agreed_on_is_on_the_table_of_the_next_until_it_is_settled() -> None:
    first, _ = after(
        Open(),
        enter(CHAIR, "a"),
        MakeNote("a", Said("follow_up", "Kirim daftar bukti.", "KPU Kaltara", "2026-12-01")),
        MakeNote("a", Said("decision", "Disepakati.")),
        MakeNote("a", Said("follow_up", "Salah tulis.")),
        WithdrawNote("a", "c3", True),
    )
    left = left_over(first, "m1", "Rakor I", "2026-11-01")
    assert left == (Carried("m1:c1", "Kirim daftar bukti.", "KPU Kaltara", "2026-12-01", "Rakor I", "2026-11-01"),)
    second, _ = after(Open(carried=left), enter(CHAIR, "a"), MakeNote("a", Said("follow_up", "Susun jawaban.")))
    assert [each.id for each in left_over(second, "m2", "Rakor II", "2026-11-08")] == ["m1:c1", "m2:c1"]
    settled, _ = go_on(second, SettleCarried("a", "m1:c1", "done", " Sudah diterima. "))
    assert settled.carried["m1:c1"].remark == "Sudah diterima."
    assert [each.id for each in left_over(settled, "m2", "Rakor II", "2026-11-08")] == ["m2:c1"]


def test_what_nobody_left_cannot_be_settled() -> None:
    assert refused(after(*HALL)[0], SettleCarried("a", "m1:c1", "done")) == "unknown_note"
