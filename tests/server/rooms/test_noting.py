"""Outcomes are noted in the moment, corrected, and never deleted."""

from __future__ import annotations

import pytest

from server.rooms.room import decide
from server.rooms.state import Note, Refused
from server.rooms.words.agenda import BeginItem, Item
from server.rooms.words.notes import ChangeNote, MakeNote, NoteChanged, NoteMade, NoteWithdrawn, Said, WithdrawNote
from server.rooms.words.seats import Open
from tests.server.rooms.people import SEATED, after, go_on

DECISION = Said("decision", "Jadwal klarifikasi ditetapkan 12 Juli.")
TASK = Said("follow_up", "Kirim daftar alat bukti", "KPU Kaltara", "2026-12-01")


def test_an_outcome_is_tied_to_the_item_and_the_second_it_came_from() -> None:
    room, _ = after(Open((Item("1", "Paparan"),)), *SEATED[1:], BeginItem("a", "1"))
    room, log = go_on(room, MakeNote("a", TASK), now=65.5)
    assert log == [NoteMade("c1", TASK, "1", "a", 65.5)]
    assert room.notes == {"c1": Note("c1", TASK, "1", 65.5)}
    assert list(go_on(room, MakeNote("a", DECISION))[0].notes) == ["c1", "c2"]


def test_it_is_corrected_and_withdrawn_and_stands_again() -> None:
    room, _ = after(*SEATED, MakeNote("a", DECISION))
    better = Said("decision", "Jadwal klarifikasi ditetapkan 13 Juli.")
    room, log = go_on(room, ChangeNote("a", "c1", better), ChangeNote("a", "c1", better))
    assert log == [NoteChanged("c1", better, "a")]
    room, log = go_on(room, WithdrawNote("a", "c1", True), WithdrawNote("a", "c1", True))
    assert log == [NoteWithdrawn("c1", "a", True)]
    assert room.notes["c1"] == Note("c1", better, None, 0.0, withdrawn=True)
    assert not go_on(room, WithdrawNote("a", "c1", False))[0].notes["c1"].withdrawn


@pytest.mark.parametrize(
    ("said", "code"), [(Said("decision", "  "), "empty_note"), (Said("follow_up", "Kirim", due="besok"), "bad_date")]
)
def test_what_says_nothing_is_refused(said: Said, code: str) -> None:
    room, _ = after(*SEATED, MakeNote("a", DECISION))
    for command in (MakeNote("a", said), ChangeNote("a", "c1", said)):
        with pytest.raises(Refused) as refused:
            decide(room, command, 0.0)
        assert refused.value.code == code


def test_what_nobody_noted_cannot_be_changed() -> None:
    room, _ = after(*SEATED)
    for command in (ChangeNote("a", "c1", DECISION), WithdrawNote("a", "c1", True)):
        with pytest.raises(Refused) as refused:
            decide(room, command, 0.0)
        assert refused.value.code == "unknown_note"
