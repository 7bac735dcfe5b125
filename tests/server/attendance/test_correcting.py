"""What cannot be corrected is refused, with a code that stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.attendance.correcting import AROUND, MOST, Period, wanted, withdrawable
from server.attendance.corrections import Change, Kind, Subject
from server.attendance.listing import Listing
from server.errors import RakorError
from tests.server.attendance.lists import HOST, LASTED_S, OPENED, PROVINCES, attendee, correction, listed, of

ACEH, SUMUT = PROVINCES[:2]
HELD = Period(OPENED, OPENED + timedelta(seconds=LASTED_S))
FOUND = listed([ACEH, SUMUT], [attendee("a", ACEH, (600, 3_600))])


def asked(
    change: Change, kind: Kind = "person", id: str | None = "a", found: Listing = FOUND
) -> tuple[Subject, Change]:
    return wanted(found, kind, id, change, "added-9", HELD)


@pytest.mark.parametrize(
    ("change", "kind", "id", "code"),
    [
        (Change(), "person", "a", "nothing_set"),
        (Change(note="x"), "person", "z", "unknown_subject"),
        (Change(note="x"), "office", "bali", "unknown_subject"),
        (Change(note="x"), "office", None, "unknown_subject"),
        (Change(name="x"), "office", ACEH.id, "not_of_an_office"),
        (Change(name=""), "person", "a", "no_name"),
        (Change(office_id=SUMUT.id), "person", "a", "fixed_office"),
        (Change(status="represented"), "person", "a", "no_representative"),
        (Change(status="represented", represented_by=""), "office", ACEH.id, "no_representative"),
        (Change(came_at=OPENED - AROUND - timedelta(seconds=1)), "person", "a", "bad_times"),
        (Change(left_at=HELD.end + AROUND + timedelta(seconds=1)), "person", "a", "bad_times"),
        (Change(came_at=OPENED + timedelta(seconds=3_601)), "person", "a", "bad_times"),
        (Change(left_at=OPENED + timedelta(seconds=599)), "person", "a", "bad_times"),
        (Change(office_id=ACEH.id), "person", None, "no_name"),
        (Change(name="Siti"), "person", None, "no_office"),
        (Change(name="Siti", office_id="bali"), "person", None, "no_office"),
    ],
)
def test_what_cannot_be_is_refused(change: Change, kind: Kind, id: str | None, code: str) -> None:
    with pytest.raises(RakorError) as refused:
        asked(change, kind, id)
    assert refused.value.code == code


def test_what_can_be_is_taken() -> None:
    both = Change(came_at=OPENED, left_at=OPENED + timedelta(seconds=60))
    assert asked(both) == (of("a"), both)
    assert asked(Change(status="excused"), "office", HOST.id)[0] == Subject("office", HOST.id)


def test_whoever_is_added_stands_under_the_name_of_the_list() -> None:
    subject, change = asked(Change(name="Siti", office_id=ACEH.id, office="Ngarang"), id=None)
    assert (subject, change.office_id, change.office) == (of("added-9"), ACEH.id, ACEH.short_name)
    _, outside = asked(Change(name="Andi", office="Bawaslu RI"), id=None)
    assert (outside.office_id, outside.office) == ("", "Bawaslu RI")


def test_what_is_withdrawn_is_not_withdrawn_again() -> None:
    history = [correction(1, of("a"), Change(note="x")), correction(2, of("a"), withdraws=1)]
    found = listed([ACEH], [attendee("a", ACEH)], history)
    assert withdrawable(found, 2) == 2
    for number, code in [(1, "already_withdrawn"), (0, "unknown_correction"), (3, "unknown_correction")]:
        with pytest.raises(RakorError) as refused:
            withdrawable(found, number)
        assert refused.value.code == code


def test_a_list_takes_only_so_many() -> None:
    full = listed([ACEH], [attendee("a", ACEH)], [correction(1, of("a"), Change(note="x"))] * MOST)
    for ask in (lambda: asked(Change(note="y"), found=full), lambda: withdrawable(full, 1)):
        with pytest.raises(RakorError) as refused:
            ask()
        assert refused.value.code == "too_many_corrections"
