"""Presence: intervals that never overlap or vanish, whatever lines do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from server.proceedings.course import Moment
from server.proceedings.presence import GAP_S, LATE_S, presence
from server.rooms.room import decide, replay
from server.rooms.state import AWAY_S, Room
from server.rooms.words import Command
from server.rooms.words.company import Companion, NameCompany
from server.rooms.words.leading import Appoint
from server.rooms.words.seats import End, Enter, Expire, Leave, LoseLine, Open, Restart
from tests.server.rooms.people import CHAIR, MARIA, PEOPLE, enter

OPENED = 5_000.0


def played(*play: tuple[float, Command]) -> list[Moment]:
    room, log = Room(), list[Moment]()
    for at, command in [(0.0, Open()), *play]:
        events = decide(room, command, OPENED + at)
        room = replay(room, events)
        log += [(OPENED + at, event) for event in events]
    return log


def test_a_reload_is_no_absence_and_an_hour_is() -> None:
    log = played(
        (10, enter(MARIA, "b")),
        (100, LoseLine("b")),
        (103, enter(MARIA, "x")),
        (600, Leave("b")),
        (600 + GAP_S + 1, enter(MARIA, "c")),
        (4_000, LoseLine("c")),
        (4_000 + AWAY_S + 1, Expire()),
    )
    (maria,) = presence(log, OPENED, OPENED + 5_000)
    assert maria.present == ((10, 600), (600 + GAP_S + 1, 4_000))
    assert (maria.came, maria.left, maria.reconnects, maria.late) == (10, 4_000, 1, False)
    assert maria.seconds == 590 + 4_000 - 600 - GAP_S - 1


def test_who_sit_in_a_hall_come_and_go_with_it_and_the_first_named_came_when_it_came() -> None:
    ani, budi = Companion("Ani Lestari", "Kasubbag"), Companion("Budi Santoso")
    log = played(
        (10, enter(MARIA, "b", shared=True)),
        (300, NameCompany("b", "b", (ani,))),
        (700, NameCompany("b", "b", (ani, budi))),
        (1_000, NameCompany("b", "b", (budi,))),
        (1_200, LoseLine("b")),
        (1_200 + GAP_S + 1, enter(MARIA, "b", shared=True)),
        (2_000, End()),
    )
    hall, first, second = presence(log, OPENED, OPENED + 5_000)
    assert hall.present == ((10, 1_200), (1_200 + GAP_S + 1, 2_000))
    assert (first.name, first.position, first.device, first.present) == (
        "Ani Lestari",
        "Kasubbag",
        MARIA.person,
        ((10, 1_000),),
    )
    assert (second.name, second.office_id, second.shared) == ("Budi Santoso", "kaltara", True)
    assert second.present == ((700, 1_200), (1_200 + GAP_S + 1, 2_000))


def test_who_sits_beside_the_chair_does_not_lead_and_goes_when_the_device_is_one_persons() -> None:
    log = played(
        (10, enter(CHAIR, "a", shared=True)),
        (20, NameCompany("a", "a", (Companion("Budi Santoso"), Companion(CHAIR.name)))),
        (600, enter(CHAIR, "a")),
    )
    chair, budi, own = presence(log, OPENED, OPENED + 5_000)
    assert [each.role for each in (chair, budi, own)] == ["chair", "participant", "chair"]
    assert (budi.left, chair.left, chair.shared) == (600, 5_000, False)


def test_who_is_still_there_is_counted_until_now_and_no_longer_than_the_end() -> None:
    log = played((LATE_S + 1, enter(MARIA, "b")))
    (maria,) = presence(log, OPENED, OPENED + 1_000)
    assert (maria.left, maria.late) == (1_000, True)
    (maria,) = presence([*log, *played((950, End()))[1:]], OPENED, OPENED + 1_000)
    assert maria.left == 950


def test_a_role_that_is_given_stands_beside_the_name_at_once() -> None:
    """Also of those who sit at the same device, and of who never comes in again with it."""
    log = played(
        (1, enter(CHAIR, "a")),
        (2, enter(MARIA, "b", shared=True)),
        (3, NameCompany("b", "b", (Companion("Ani Lestari"),))),
        (4, Appoint("a", "b", "presenter")),
    )
    assert [each.role for each in presence(log, OPENED, OPENED + 60)] == ["chair", "presenter", "presenter"]


seats = st.sampled_from("abcd")
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(Enter, st.sampled_from(list(PEOPLE.values())[:4]), st.booleans(), st.just(False), st.just(False), seats),
    st.builds(LoseLine, seats),
    st.builds(Leave, seats),
    st.just(Restart()),
    st.just(Expire()),
)


@settings(max_examples=200)
@given(st.lists(st.tuples(commands, st.sampled_from([0.0, 1.0, 60.0, 200.0])), max_size=40), st.booleans())
def test_intervals_never_overlap_or_vanish(play: list[tuple[Command, float]], ended: bool) -> None:
    room, log, now = Room(), list[Moment](), OPENED
    seen: dict[str, list[float]] = {}  # when each was certainly there
    for command, passed in [(Open(), 0.0), *play, *([(End(), 1.0)] if ended else [])]:
        now += passed
        events = decide(room, command, now)
        room = replay(room, events)
        log += [(now, event) for event in events]
        for seat in room.seats.values():
            if seat.away_since is None:
                seen.setdefault(seat.occupant.person, []).append(now - OPENED)
    found = {each.person: each for each in presence(log, OPENED, now + 10)}
    assert set(found) == set(seen)
    for person, times in seen.items():
        present = found[person].present
        assert all(start <= end for start, end in present)
        assert all(later[0] - before[1] > GAP_S for before, later in pairwise(present))
        assert all(any(start <= time <= end for start, end in present) for time in times)
        assert present[-1][1] <= now + 10 - OPENED
