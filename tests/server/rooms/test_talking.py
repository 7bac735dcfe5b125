"""Chat reaches whom it is for, and nobody else."""

from __future__ import annotations

import pytest

from server.rooms.room import decide
from server.rooms.state import Refused, Room
from server.rooms.talking import LONGEST, reads
from server.rooms.telling import greeting, told
from server.rooms.words.leading import Appoint
from server.rooms.words.seats import Leave
from server.rooms.words.talking import ChatLimited, LimitChat, Write, Written
from server.signalling.standing import Chat, ChatWritten
from tests.server.rooms.people import DEWI, MARIA, PEOPLE, SEATED, after, enter, go_on


def readers(room: Room) -> list[str]:
    """Seats at which the newest message is read."""
    return [seat.id for seat in room.seats.values() if reads(room, seat, room.chat[-1])]


def test_a_message_is_read_by_whom_it_is_for() -> None:
    room, _ = after(*SEATED, enter(DEWI, "d"))
    room, (event,) = go_on(room, Write("b", "all", " Selamat pagi. "), now=5.0)
    assert event == Written("m1", "p2", "Maria Tandilangi", "all", "", "", "Selamat pagi.", 5.0)
    assert readers(room) == ["a", "b", "c", "d"]
    assert readers(go_on(room, Write("b", "leaders", "Mohon waktu."))[0]) == ["a", "b", "d"]
    assert readers(go_on(room, Write("b", "one", "Untuk Ibu.", "c"))[0]) == ["b", "c"]


def test_it_is_told_to_their_pages_only_and_to_those_who_come_later() -> None:
    room, _ = after(*SEATED)
    events = decide(room, Write("b", "one", "Untuk Ibu.", "c"), 5.0)
    later, _ = go_on(room, Write("b", "one", "Untuk Ibu.", "c"), now=5.0)
    tellings = list(told(room, later, events[0], 1.0))
    assert [each.to for each in tellings] == ["b", "c"]
    assert [each.message.message.own for each in tellings if isinstance(each.message, ChatWritten)] == [True, False]
    again, _ = go_on(later, Leave("b"), enter(MARIA, "z"), enter(DEWI, "d"))
    seen = {seat: _read(again, seat) for seat in ("z", "c", "a", "d")}
    assert seen == {"z": ["Untuk Ibu."], "c": ["Untuk Ibu."], "a": [], "d": []}


def _read(room: Room, seat: str) -> list[str]:
    (chat,) = [each for each in greeting(room, room.seats[seat], 0.0) if isinstance(each, Chat)]
    return [each.text for each in chat.messages]


def test_who_comes_to_lead_reads_at_once_what_is_for_who_leads() -> None:
    """And whoever does not any more reads it no more; a page need not be loaded anew for either."""
    room, _ = after(*SEATED, Write("b", "leaders", "Mohon waktu."))
    appointed, dismissed = Appoint("a", "c", "moderator"), Appoint("a", "c", "participant")
    for command, texts in ((appointed, ["Mohon waktu."]), (dismissed, [])):
        (event,) = decide(room, command, 0.0)
        before, (room, _) = room, go_on(room, command)
        tellings = [(each.to, each.message) for each in told(before, room, event, 0.0)]
        chats = [(to, chat.messages) for to, chat in tellings if isinstance(chat, Chat)]
        assert [(to, [each.text for each in messages]) for to, messages in chats] == [("c", texts)]


def test_who_leads_limits_chat_and_is_still_written_to() -> None:
    room, log = after(*SEATED, LimitChat("a", "leaders"), LimitChat("a", "leaders"))
    assert log[-1] == ChatLimited("a", "leaders")
    for command in (Write("b", "all", "Baik."), Write("b", "one", "Baik.", "c")):
        with pytest.raises(Refused) as refused:
            decide(room, command, 0.0)
        assert refused.value.code == "chat_limited"
    for command in (Write("b", "leaders", "Baik."), Write("b", "one", "Baik.", "a"), Write("a", "one", "Baik.", "b")):
        assert decide(room, command, 0.0)
    assert decide(go_on(room, LimitChat("a", "all"))[0], Write("b", "all", "Baik."), 0.0)


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1)])
def test_a_message_says_something_and_ends(text: str) -> None:
    with pytest.raises(Refused) as refused:
        after(*SEATED, Write("b", "all", text))
    assert refused.value.code == "bad_chat"


def test_an_observer_may_write_and_to_nobody_who_has_left() -> None:
    room, _ = after(*SEATED, enter(PEOPLE["observer"], "o"), Appoint("a", "b", "observer"))
    assert decide(room, Write("o", "leaders", "Sambungan terputus."), 0.0)
    with pytest.raises(Refused) as refused:
        decide(room, Write("o", "one", "Baik.", "gone"), 0.0)
    assert refused.value.code == "participant_gone"
