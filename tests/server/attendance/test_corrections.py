"""Corrections over what was measured: newest first, field by field, and nothing measured is ever lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from server.attendance.corrections import NOTHING, Change, Correction, Subject, counting, held
from server.attendance.listing import Listing
from server.attendance.persons import Person
from tests.server.attendance.lists import OPENED, PROVINCES, attendee, correction, listed, of

ACEH, SUMUT, SUMBAR = PROVINCES[:3]
PEOPLE = [attendee("a", ACEH, (0, 600), (900, 3_600)), attendee("b", SUMUT, (1_200, 3_600), name="Bambang")]


def person(found: Listing, id: str) -> Person:
    (one,) = [each for office in found.offices for each in office.people if each.id == id]
    return one


def corrected(*corrections: Correction) -> Listing:
    return listed([ACEH, SUMUT, SUMBAR], PEOPLE, corrections)


def test_the_newest_of_a_field_holds_and_others_stay() -> None:
    found = corrected(
        correction(1, of("a"), Change(name="Maria T.", note="satu")), correction(2, of("a"), Change(note="dua"))
    )
    maria = person(found, "a")
    assert (maria.name, maria.note, maria.corrections) == ("Maria T.", "dua", (1, 2))
    assert maria.measured == PEOPLE[0]


def test_what_is_withdrawn_counts_no_more_and_again_when_that_is_withdrawn() -> None:
    first, second = correction(1, of("a"), Change(note="satu")), correction(2, of("a"), Change(note="dua"))
    undo, redo = correction(3, of("a"), withdraws=2), correction(4, of("a"), withdraws=3)
    assert person(corrected(first, second, undo), "a").note == "satu"
    assert person(corrected(first, second, undo, redo), "a").note == "dua"
    assert [each.number for each in counting([first, second, undo, redo])] == [1, 2]


def test_corrected_times_keep_the_gaps_between() -> None:
    found = corrected(correction(1, of("a"), Change(came_at=OPENED - timedelta(minutes=5))))
    assert person(found, "a").minutes == 5 + 60 - 5
    found = corrected(correction(1, of("a"), Change(left_at=OPENED + timedelta(minutes=12))))
    assert person(found, "a").minutes == 10
    crossed = corrected(correction(1, of("b"), Change(came_at=OPENED + timedelta(hours=5))))
    assert person(crossed, "b").minutes == 0


def test_who_comes_late_by_the_clock_is_not_late_when_it_was_wrong() -> None:
    assert person(corrected(), "b").status == "late"
    mended = person(corrected(correction(1, of("b"), Change(came_at=OPENED))), "b")
    assert (mended.status, mended.measured is not None and mended.measured.late) == ("present", True)


def test_an_absence_has_no_times_and_what_was_measured_stays() -> None:
    change = Change(status="represented", represented_by="Yusuf Wenda, Kabag")
    bambang = person(corrected(correction(1, of("b"), change)), "b")
    assert (bambang.status, bambang.represented_by, bambang.mode) == ("represented", "Yusuf Wenda, Kabag", None)
    assert (bambang.came_at, bambang.minutes, bambang.measured) == (None, None, PEOPLE[1])


def test_who_sat_in_the_same_room_is_added_and_makes_the_office_present() -> None:
    change = Change(name="Siti", office_id=SUMBAR.id, office="KPU Sumbar", mode="onsite", came_at=OPENED)
    found = corrected(correction(1, of("added-1"), change))
    siti = person(found, "added-1")
    assert (siti.name, siti.mode, siti.status, siti.minutes, siti.measured) == ("Siti", "onsite", "present", None, None)
    assert [each.status for each in found.offices] == ["absent", "present", "late", "present"]
    gone = corrected(correction(1, of("added-1"), change), correction(2, of("added-1"), withdraws=1))
    assert gone.offices == corrected().offices


def test_an_outside_institution_stands_behind_the_offices() -> None:
    change = Change(name="Andi", office_id="", office="Bawaslu RI")
    (*_, last) = corrected(correction(1, of("added-1"), change)).offices
    assert (last.id, last.name, last.invited, last.people[0].role) == ("", "Bawaslu RI", False, "guest")


def test_a_device_that_has_named_its_people_is_none_of_them() -> None:
    device = attendee("d", ACEH, name="KIP Aceh", shared=True)
    sitting = [replace(attendee(f"d/{name}", ACEH, name=name, shared=True), device="d") for name in ("Agus", "Rina")]
    (_, aceh) = listed([ACEH], [device, *sitting]).offices
    assert [(each.name, each.mode) for each in aceh.people] == [("Agus", "shared_device"), ("Rina", "shared_device")]
    assert [each.name for each in listed([ACEH], [device]).offices[1].people] == ["KIP Aceh"]
    kept = listed([ACEH], [device, *sitting], [correction(1, of("d"), Change(name="Siti"))])
    assert [each.name for each in kept.offices[1].people] == ["Agus", "Rina", "Siti"]


def test_an_office_is_what_is_said_of_it_and_on_time_with_its_first() -> None:
    late = attendee("c", ACEH, (2_000, 3_600))
    assert listed([ACEH], [*PEOPLE, late]).offices[1].status == "present"
    assert listed([ACEH], [late]).offices[1].status == "late"
    present = correction(1, Subject("office", ACEH.id), Change(status="present"))
    assert listed([ACEH], [late], [present]).offices[1].status == "late"
    assert listed([ACEH], [], [present]).offices[1].status == "present"


def test_who_is_represented_counts_as_having_come_and_is_told_apart() -> None:
    change = Change(status="represented", represented_by="KPU Provinsi")
    found = corrected(correction(1, Subject("office", SUMBAR.id), change)).of_offices
    assert (found.total, found.attended, found.present, found.late, found.represented) == (3, 3, 2, 1, 1)
    excused = corrected(correction(1, Subject("office", SUMBAR.id), Change(status="excused"))).of_offices
    assert (excused.attended, excused.excused, excused.absent) == (2, 1, 0)


SUBJECTS = st.sampled_from([of("a"), of("b"), of("added-1"), Subject("office", ACEH.id), Subject("office", SUMBAR.id)])
TIMES = st.integers(-60, 300).map(lambda minutes: OPENED + timedelta(minutes=minutes))
CHANGES = st.builds(
    Change,
    status=st.sampled_from([None, "present", "excused", "represented", "absent"]),
    represented_by=st.sampled_from([None, "", "Yusuf"]),
    mode=st.sampled_from([None, "online", "onsite"]),
    came_at=st.none() | TIMES,
    left_at=st.none() | TIMES,
    name=st.sampled_from([None, "Siti"]),
    note=st.sampled_from([None, "", "tugas"]),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Correction]:
    """Anything the endpoints let in, and more: also what is withdrawn twice."""
    found: list[Correction] = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        if draw(st.booleans()) and found:
            back = draw(st.integers(1, len(found)))
            found.append(correction(number, found[back - 1].subject, withdraws=back))
            continue
        subject, change = draw(SUBJECTS), draw(CHANGES)
        if subject == of("added-1"):
            change = replace(change, name="Siti", office_id=SUMBAR.id, office="KPU Sumbar")
        found.append(correction(number, subject, change))
    return found


@settings(deadline=None)  # the machine may be busy, and every test has a deadline of its own
@given(histories())
def test_nothing_measured_is_lost(history: list[Correction]) -> None:
    found = corrected(*history)
    measured = [each.measured for office in found.offices for each in office.people if each.measured is not None]
    assert sorted(measured, key=lambda each: each.person) == PEOPLE
    assert [each.id for each in found.offices[:4]] == ["kpuri", ACEH.id, SUMUT.id, SUMBAR.id]
    counts = found.of_offices
    assert counts.total == 3 == counts.present + counts.represented + counts.excused + counts.absent
    assert all(each.minutes is None or each.minutes >= 0 for office in found.offices for each in office.people)


@settings(deadline=None)
@given(histories(), SUBJECTS, CHANGES)
def test_withdrawing_the_newest_restores_what_was(history: list[Correction], subject: Subject, change: Change) -> None:
    number = len(history) + 1
    undone = [*history, correction(number, subject, change), correction(number + 1, subject, withdraws=number)]
    assert corrected(*undone).offices == corrected(*history).offices
    assert held(undone) == held(history)


@settings(deadline=None)
@given(histories())
def test_what_counts_is_what_nobody_who_counts_took_back(history: list[Correction]) -> None:
    """Said the long way round, from the newest down."""
    stands: dict[int, bool] = {}
    for each in reversed(history):
        stands[each.number] = not any(later.withdraws == each.number and stands[later.number] for later in history)
    assert [each.number for each in counting(history)] == [
        each.number for each in history if each.withdraws is None and stands[each.number]
    ]
    assert NOTHING.set() == {}
