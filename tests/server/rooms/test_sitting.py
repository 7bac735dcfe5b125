"""Suspended, off the record, and who presides."""

from __future__ import annotations

import pytest

from media.ports import VoiceUse
from server.rooms.room import decide
from server.rooms.silence import voice_use
from server.rooms.sitting import GRACE_S
from server.rooms.state import AWAY_S, Pause, Refused, Room, Seat
from server.rooms.words.agenda import AgendaSet, BeginItem, Item, ItemBegun, SetAgenda
from server.rooms.words.leading import LockRoom, Stop
from server.rooms.words.seats import End, Expire, Leave, LoseLine, Open, Restart
from server.rooms.words.sitting import (
    PauseRecord,
    Presided,
    RecordPaused,
    RecordResumed,
    Resumed,
    Suspend,
    Suspended,
)
from tests.server.rooms.people import CHAIR, DEWI, PEOPLE, SEATED, after, enter, go_on

MODERATOR = PEOPLE["moderator"]
ITEMS = (Item("1", "Pembukaan"), Item("2", "Indonesia Raya", recorded=False), Item("3", "Paparan", "Sari", 30))


def test_nothing_is_recorded_while_the_meeting_is_suspended() -> None:
    room, log = after(*SEATED, Suspend("a", True), now=5.0)
    assert log[-1] == Suspended("a", 5.0)
    assert room.suspended == 5.0
    assert voice_use(room, room.seats["b"]) is VoiceUse.HEARD
    assert decide(room, Suspend("a", True), 6.0) == []
    room, log = go_on(room, Suspend("a", False), now=9.0)
    assert (log, room.suspended) == ([Resumed("a", 9.0)], None)
    assert voice_use(room, room.seats["b"]) is VoiceUse.KEPT


def test_off_the_record_everybody_is_heard_and_a_reason_stands_in_it() -> None:
    room, log = after(*SEATED, PauseRecord("a", True, " Doa "), now=5.0)
    assert log[-1] == RecordPaused("a", "Doa", False, 5.0)
    assert voice_use(room, room.seats["b"]) is VoiceUse.HEARD
    assert voice_use(*_stopped(room)) is VoiceUse.BARRED
    assert go_on(room, PauseRecord("a", False), now=8.0)[1] == [RecordResumed("a", 8.0)]
    with pytest.raises(Refused) as refused:
        after(*SEATED, PauseRecord("a", True, "  "))
    assert refused.value.code == "no_reason"


def _stopped(room: Room) -> tuple[Room, Seat]:
    room, _ = go_on(room, Stop("a", "b", "mic"))
    return room, room.seats["b"]


def test_an_anthem_is_off_the_record_until_the_next_item() -> None:
    room, _ = after(Open(ITEMS), *SEATED[1:])
    assert room.agenda == ITEMS
    room, log = go_on(room, BeginItem("a", "2"), now=10.0)
    assert log == [ItemBegun("2", "Indonesia Raya", "a", 10.0), RecordPaused("a", "Indonesia Raya", True, 10.0)]
    room, log = go_on(room, BeginItem("a", "3"), now=70.0)
    assert log == [ItemBegun("3", "Paparan", "a", 70.0), RecordResumed("a", 70.0)]
    assert (room.item, room.item_since, room.pause) == ("3", 70.0, None)


def test_a_pause_that_somebody_asked_for_outlives_items() -> None:
    room, _ = after(Open(ITEMS), *SEATED[1:], PauseRecord("a", True, "Jeda teknis"), BeginItem("a", "1"))
    assert room.pause == Pause("Jeda teknis", False, 0.0)
    room, _ = go_on(room, BeginItem("a", "2"), BeginItem("a", "3"), BeginItem("a", None))
    assert room.pause is not None


def test_the_agenda_is_changed_and_its_current_item_stays() -> None:
    room, log = after(*SEATED, SetAgenda("a", ITEMS), BeginItem("a", "1"))
    assert AgendaSet(ITEMS, "a") in log
    assert decide(room, SetAgenda("a", ITEMS), 0.0) == []
    renamed = (Item("9", "Sambutan"), Item("1", "Pembukaan dan Sambutan"))
    assert go_on(room, SetAgenda("a", renamed))[0].agenda == renamed
    for items, code in (
        (ITEMS[1:], "item_in_use"),
        ((ITEMS[0], ITEMS[0]), "bad_agenda"),
        ((Item("1", " "),), "bad_agenda"),
    ):
        with pytest.raises(Refused) as refused:
            decide(room, SetAgenda("a", items), 0.0)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        decide(room, BeginItem("a", "nothing"), 0.0)
    assert refused.value.code == "unknown_item"
    with pytest.raises(Refused) as refused:
        go_on(room, Suspend("a", True), BeginItem("a", "2"))
    assert refused.value.code == "suspended"


def test_the_next_in_rank_presides_until_the_chair_is_back() -> None:
    room, log = after(Open(), enter(DEWI, "d"), enter(MODERATOR, "m"), enter(CHAIR, "a"))
    assert [each for each in log if isinstance(each, Presided)] == [Presided("d"), Presided("m"), Presided("a")]
    room, _ = go_on(room, LoseLine("a"), now=100.0)
    assert room.presiding == "a"  # a page that is loaded anew
    room, log = go_on(room, Expire(), now=100.0 + GRACE_S + 1)
    assert log == [Presided("m")]
    assert room.may(room.seats["m"], "end")
    room, log = go_on(room, enter(CHAIR, "z"), now=120.0)
    assert log[-1] == Presided("a")
    assert not room.may(room.seats["m"], "end")
    room, log = go_on(room, Leave("a"), Leave("m"), now=130.0)
    assert [each for each in log if isinstance(each, Presided)] == [Presided("m"), Presided("d")]
    assert go_on(room, Leave("d"), now=131.0)[0].presiding is None


def test_nobody_of_lower_rank_presides() -> None:
    room, _ = after(Open(), *SEATED[2:], enter(PEOPLE["operator"], "o"), enter(PEOPLE["presenter"], "p"))
    assert room.presiding is None
    with pytest.raises(Refused):
        decide(room, LockRoom("b", True), 0.0)


def test_after_a_restart_the_chair_has_time_to_come_back() -> None:
    room, _ = after(*SEATED, enter(DEWI, "d"), Restart(), now=50.0)
    assert room.presiding == "a"
    room, _ = go_on(room, enter(DEWI, "x"), now=55.0)
    assert room.presiding == "a"
    room, _ = go_on(room, Expire(), now=50.0 + GRACE_S + 1)
    assert room.presiding == "d"
    assert go_on(room, Expire(), now=51.0 + AWAY_S)[0].presiding == "d"


def test_nobody_presides_over_a_meeting_that_is_over() -> None:
    assert after(*SEATED, End("a"))[0].presiding is None
