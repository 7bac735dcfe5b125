"""What was discussed when, who had the floor, and what came of it: to the second, as it happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from server.proceedings.course import Moment, Outcome, Stretch, course
from server.rooms.room import decide, replay
from server.rooms.state import Room
from server.rooms.words import Command
from server.rooms.words.agenda import BeginItem, Item
from server.rooms.words.floor import CloseFloor, ExtendFloor, GiveFloor, NameSpeaker
from server.rooms.words.notes import ChangeNote, MakeNote, Said, WithdrawNote
from server.rooms.words.people import Office
from server.rooms.words.seats import End, Enter, Leave, Open
from server.rooms.words.sitting import PauseRecord, Suspend
from tests.server.rooms.people import MARIA, SEATED

OPENED = 1_000.0
ITEMS = (Item("1", "Pembukaan"), Item("2", "Pembacaan doa", recorded=False), Item("3", "Paparan"))


def happened(*play: tuple[float, Command]) -> list[Moment]:
    """Commands at their seconds of meeting time, behind an opening with three people."""
    room, log = Room(), list[Moment]()
    begun: Iterable[tuple[float, Command]] = [(0.0, Open(ITEMS)), *((0.0, each) for each in SEATED[1:])]
    for at, command in [*begun, *play]:
        events = decide(room, command, OPENED + at)
        room = replay(room, events)
        log += [(OPENED + at, event) for event in events]
    return log


def test_items_follow_each_other_and_an_anthem_is_off_the_record() -> None:
    log = happened((10, BeginItem("a", "1")), (60, BeginItem("a", "2")), (90, BeginItem("a", "3")), (200, End("a")))
    assert course(log, OPENED).stretches == (
        Stretch("item", "Pembukaan", 10, 60),
        Stretch("item", "Pembacaan doa", 60, 90),
        Stretch("off_record", "Pembacaan doa", 60, 90),
        Stretch("item", "Paparan", 90, 200),
    )


def test_a_floor_is_told_with_its_time_and_who_of_a_delegation_spoke() -> None:
    log = happened(
        (5, GiveFloor("a", "b", 60)), (50, ExtendFloor("a", 60)), (110, CloseFloor("b")), (120, GiveFloor("a", "c", 30))
    )
    assert course(log, OPENED).stretches == (
        Stretch("floor", "Maria Tandilangi", 5, 110, granted=120),
        Stretch("floor", "Wulan Prasetyo", 120, None, granted=30),
    )


def test_a_delegation_hands_its_floor_on_and_each_speaker_has_a_stretch() -> None:
    hall = Enter(replace(MARIA, person="p30"), True, False, False, "h", notice=1)
    log = happened(
        (0, hall), (5, GiveFloor("a", "h", 60, "Ani")), (30, NameSpeaker("h", "Budi")), (50, CloseFloor("h"))
    )
    assert course(log, OPENED).stretches == (
        Stretch("floor", "KPU Kaltara", 5, 30, "Ani", 60),
        Stretch("floor", "KPU Kaltara", 30, 50, "Budi", 60),
    )


def test_too_few_offices_are_a_stretch_from_the_opening_and_whenever_they_are_too_few_again() -> None:
    room, log = Room(), list[Moment]()
    play: list[tuple[float, Command]] = [
        (0, Open((), (Office("kaltara", "KPU Kaltara"),), quorum=1)),
        (20, SEATED[2]),
        (90, Leave("b")),
        (120, End()),
    ]
    for at, command in play:
        events = decide(room, command, OPENED + at)
        room, log = replay(room, events), [*log, *((OPENED + at, event) for event in events)]
    assert course(log, OPENED).stretches == (Stretch("no_quorum", "", 0, 20), Stretch("no_quorum", "", 90)), (
        "it was not met by the end"
    )


def test_a_floor_that_ends_with_its_seat_or_by_skors_ends_there() -> None:
    log = happened(
        (5, GiveFloor("a", "b", 60)), (9, Leave("b")), (20, GiveFloor("a", "c", 60)), (30, Suspend("a", True))
    )
    assert course(log, OPENED).stretches == (
        Stretch("floor", "Maria Tandilangi", 5, 9, granted=60),
        Stretch("floor", "Wulan Prasetyo", 20, 30, granted=60),
        Stretch("suspended", "", 30, None),
    )


def test_what_goes_on_ends_with_the_meeting() -> None:
    log = happened((5, PauseRecord("a", True, "Jeda")), (8, BeginItem("a", "1")), (40, End("a")))
    assert [each.end for each in course(log, OPENED).stretches] == [40, 40]


def test_outcomes_stand_as_they_were_last_said_under_what_was_discussed() -> None:
    first, better = Said("decision", "Sabtu"), Said("decision", "Minggu")
    log = happened(
        (5, MakeNote("a", first)),
        (8, BeginItem("a", "1")),
        (12.5, MakeNote("a", first)),
        (20, BeginItem("a", "3")),
        (22, ChangeNote("a", "c2", better)),
        (23, WithdrawNote("a", "c1", True)),
    )
    found = course(log, OPENED).outcomes
    assert [(each.note.said, each.note.withdrawn, each.at, each.item) for each in found] == [
        (first, True, 5, ""),
        (better, False, 12.5, "Pembukaan"),
    ]
    assert isinstance(found[0], Outcome)


def test_a_meeting_in_which_nothing_happened_has_no_course() -> None:
    assert course([], 0.0).stretches == ()
