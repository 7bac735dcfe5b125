"""A room is its events: what they tell is what was, also after a restart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.ports import VoiceUse
from server.rooms import codec
from server.rooms.room import apply, decide
from server.rooms.silence import voice_use
from server.rooms.state import AWAY_S, Refused, Room
from server.rooms.words import Command
from server.rooms.words.people import Occupant
from server.rooms.words.seats import (
    Connect,
    Disconnect,
    End,
    Enter,
    Expire,
    Leave,
    LoseLine,
    Open,
    PeerGone,
    Restart,
    SeatAway,
    SeatLeft,
    SeatSwitched,
    SeatTaken,
    Switch,
)
from tests.server.rooms.people import CHAIR, GUEST, MARIA, WULAN, after, enter, go_on


def test_nobody_sits_down_before_the_opening_or_after_the_end() -> None:
    with pytest.raises(Refused, match="belum dibuka"):
        after(enter(CHAIR, "a"))
    with pytest.raises(Refused, match="sudah diakhiri"):
        after(Open(), enter(CHAIR, "a"), End("a"), enter(MARIA, "b"))


def test_a_person_has_one_seat() -> None:
    room, _ = after(Open(), enter(MARIA, "a"), LoseLine("a"), enter(MARIA, "b"))
    assert list(room.seats) == ["a"]
    assert room.seats["a"].away_since is None


def test_a_lost_line_is_given_up_in_time() -> None:
    room, _ = after(Open(), enter(MARIA, "a"), Connect("a", "peer"), LoseLine("a"), now=100.0)
    assert decide(room, Expire(), 100.0 + AWAY_S) == []
    assert decide(room, Expire(), 101.0 + AWAY_S) == [PeerGone("a", "peer"), SeatLeft("a", "lost")]


def test_a_new_connection_replaces_the_old_one() -> None:
    room, log = after(Open(), enter(MARIA, "a"), Connect("a", "one"), Connect("a", "two"))
    assert PeerGone("a", "one") in log
    assert room.seats["a"].peer == "two"
    assert decide(room, Disconnect("one"), 0.0) == []


def test_after_a_restart_nobody_has_a_line() -> None:
    room, _ = after(Open(), enter(CHAIR, "a"), enter(MARIA, "b"), Connect("b", "peer"), Restart(), now=5.0)
    assert {seat.away_since for seat in room.seats.values()} == {5.0}
    assert all(seat.peer is None for seat in room.seats.values())
    assert decide(room, Restart(), 6.0) == []


def test_a_participant_may_not_end_for_all() -> None:
    room, _ = after(Open(), enter(MARIA, "b"))
    with pytest.raises(Refused) as refused:
        decide(room, End("b"), 0.0)
    assert refused.value.code == "forbidden"


def sharing(who: Occupant, seat: str, shared: bool = False) -> list[Command]:
    return [Open(), Enter(who, shared, True, False, seat), Switch(seat, screen=True)]


@pytest.mark.parametrize(("shared", "told"), [(False, "Maria Tandilangi"), (True, "KPU Kaltara")])
def test_one_screen_at_a_time(shared: bool, told: str) -> None:
    room, _ = after(*sharing(MARIA, "a", shared), enter(WULAN, "b"))
    with pytest.raises(Refused) as refused:
        decide(room, Switch("b", screen=True), 0.0)
    assert (refused.value.code, refused.value.detail) == ("screen_taken", f"{told} sedang berbagi layar.")
    assert decide(room, Switch("a", screen=True), 0.0) == []
    free, _ = after(
        *sharing(MARIA, "a", shared), enter(WULAN, "b"), Switch("a", screen=False), Switch("b", screen=True)
    )
    assert free.sharing == free.seats["b"]


def test_who_leads_takes_the_screen_over() -> None:
    room, log = after(*sharing(MARIA, "a"), enter(CHAIR, "b"), Switch("b", screen=True))
    assert log[-2:] == [SeatSwitched("a", True, False, False), SeatSwitched("b", True, False, True)]
    assert room.sharing == room.seats["b"]


def test_a_screen_does_not_change_with_the_microphone() -> None:
    room, _ = after(*sharing(MARIA, "a"), Switch("a", mic=False))
    assert (room.seats["a"].screen, room.seats["a"].mic) == (True, False)


def test_a_lost_line_ends_a_screen() -> None:
    room, _ = after(*sharing(MARIA, "a"))
    assert decide(room, LoseLine("a"), 5.0) == [SeatSwitched("a", True, False, False), SeatAway("a", 5.0)]
    assert decide(room, Restart(), 6.0) == [SeatSwitched("a", True, False, False), SeatAway("a", 6.0)]
    for end in (LoseLine("a"), Restart(), Leave("a"), enter(MARIA, "z")):
        left, _ = after(*sharing(MARIA, "a"), end, now=5.0)
        assert left.sharing is None


def test_a_screen_outlives_its_connection() -> None:
    room, _ = after(*sharing(MARIA, "a"), Connect("a", "one"), Disconnect("one"), Connect("a", "two"))
    assert room.sharing == room.seats["a"]


def test_events_from_before_screens_were_shared_can_be_read() -> None:
    stored: dict[str, object] = {"seat": "a", "mic": True, "camera": False}
    assert codec.from_row("SeatSwitched", stored) == SeatSwitched("a", True, False, screen=False)


seats = st.sampled_from(["a", "b", "c"])
commands = st.one_of(
    st.just(Open()),
    st.just(Restart()),
    st.just(Expire()),
    st.builds(enter, st.sampled_from([CHAIR, MARIA, WULAN]), seats),
    st.builds(Connect, seats, st.sampled_from(["p", "q", "r"])),
    st.builds(Disconnect, st.sampled_from(["p", "q", "r"])),
    st.builds(Switch, seats, *[st.booleans() | st.none()] * 3),
    st.builds(LoseLine, seats),
    st.builds(Leave, seats),
    st.builds(End, seats | st.none()),
)


@given(st.lists(st.tuples(commands, st.floats(0, 1000)), max_size=40))
def test_events_read_back_from_the_table_make_the_same_room(play: list[tuple[Command, float]]) -> None:
    room, log = Room(), []
    for command, now in play:
        try:
            events = decide(room, command, now)
        except Refused:
            continue
        for event in events:
            room = apply(room, event)
            log.append(codec.to_row(event))
    again = Room()
    for type_name, body in log:
        again = apply(again, codec.from_row(type_name, body))
    assert again == room
    people = [seat.occupant.person for seat in room.seats.values()]
    assert len(people) == len(set(people))
    assert not (room.ended and room.seats)
    shared = [seat for seat in room.seats.values() if seat.screen]
    assert len(shared) <= 1
    assert all(seat.away_since is None for seat in shared)


def test_whoever_comes_back_keeps_the_media_that_lives() -> None:
    room, log = after(Open(), enter(MARIA, "a"), Connect("a", "peer"), LoseLine("a"), enter(MARIA, "z"))
    assert isinstance(log[-1], SeatTaken)
    assert room.seats["a"].peer == "peer"


def test_a_guest_reads_the_notice_and_may_refuse_to_be_recorded() -> None:
    with pytest.raises(Refused) as refused:
        after(Open(), Enter(GUEST, False, True, False, "g"))
    assert refused.value.code == "notice_unread"
    room, log = after(Open(), Enter(GUEST, False, True, False, "g", notice=1, recorded=False))
    assert log[-1] == SeatTaken("g", GUEST, False, True, False, 1, False)
    assert voice_use(room, room.seats["g"]) is VoiceUse.HEARD
    room, _ = go_on(room, Enter(GUEST, False, True, False, "x", notice=1))
    assert voice_use(room, room.seats["g"]) is VoiceUse.KEPT


def test_who_takes_part_in_office_is_recorded() -> None:
    room, _ = after(Open(), Enter(MARIA, False, True, False, "b", recorded=False))
    assert voice_use(room, room.seats["b"]) is VoiceUse.KEPT
