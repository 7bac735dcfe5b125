"""Who was there for an item of the agenda."""

from __future__ import annotations

from dataclasses import replace

from server.attendance.items import by_item
from server.proceedings.course import Stretch
from server.proceedings.presence import Attendee

MARIA = Attendee("p1", "Maria", "Anggota", "kaltara", "KPU Kaltara", "participant", False, ((0, 50),), 0)
WULAN = replace(MARIA, person="p2", office_id="sumbar", present=((10, 30), (60, 90)))
HALL = replace(MARIA, person="p3", office_id="bali", shared=True, present=((40, 100),))
ANI = replace(HALL, person="p3/ani", device="p3")
GUEST = replace(MARIA, person="g1", office_id="", role="guest", present=((0, 100),))
STRETCHES = (
    Stretch("item", "Pembukaan", 0, 30),
    Stretch("floor", "Maria", 5, 20),
    Stretch("item", "Paparan", 30, 60),
    Stretch("item", "Penutup", 60),
)
INVITED = ("kaltara", "sumbar", "bali")


def test_people_and_offices_are_counted_item_by_item() -> None:
    found = by_item(STRETCHES, [MARIA, WULAN, HALL, ANI, GUEST], INVITED, 100)
    assert [(each.number, each.title, each.start, each.end) for each in found] == [
        (1, "Pembukaan", 0, 30),
        (2, "Paparan", 30, 60),
        (3, "Penutup", 60, 100),
    ]
    assert [each.offices for each in found] == [2, 2, 2]
    assert [each.people for each in found] == [("p1", "p2", "g1"), ("p1", "p3/ani", "g1"), ("p2", "p3/ani", "g1")]


def test_a_hall_that_names_nobody_stands_for_itself() -> None:
    (found,) = by_item(STRETCHES[:1], [replace(HALL, present=((0, 10),))], INVITED, 100)
    assert (found.offices, found.people) == (1, ("p3",))


def test_who_comes_as_an_item_ends_was_not_there_for_it() -> None:
    (found,) = by_item(STRETCHES[:1], [replace(MARIA, present=((30, 40),))], INVITED, 100)
    assert (found.offices, found.people) == (0, ())
