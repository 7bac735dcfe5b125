"""Who leads may stop others, lock microphones and the door, show people out and give roles."""

from __future__ import annotations

import pytest

from media.ports import VoiceUse
from server.rooms.room import apply, decide
from server.rooms.silence import voice_use
from server.rooms.state import Refused
from server.rooms.words.floor import HandLowered, RaiseHand
from server.rooms.words.leading import (
    Appoint,
    LockMics,
    LockRoom,
    Pardon,
    Remove,
    Removed,
    RoleGiven,
    SeatStopped,
    Stop,
)
from server.rooms.words.seats import Connect, Enter, Leave, LoseLine, PeerGone, SeatLeft, SeatTaken, Switch
from tests.server.rooms.people import CHAIR, DEWI, GUEST, MARIA, PEOPLE, SEATED, after, enter, go_on


def test_who_leads_stops_one() -> None:
    room, _ = after(*SEATED, Switch("b", camera=True, screen=True))
    for what in ("mic", "camera", "screen"):
        (event,) = decide(room, Stop("a", "b", what), 0.0)
        assert event == SeatStopped("b", "a", what)
        seat = apply(room, event).seats["b"]
        assert [name for name in ("mic", "camera", "screen") if not getattr(seat, name)] == [what]
    assert decide(room, Stop("a", "c", "camera"), 0.0) == []
    with pytest.raises(Refused, match="tidak berada"):
        decide(room, Stop("a", "gone", "mic"), 0.0)


def test_who_leads_stops_everybody_who_does_not() -> None:
    room, _ = after(*SEATED, enter(DEWI, "d"))
    assert decide(room, Stop("d", None, "mic"), 0.0) == [SeatStopped("b", "d", "mic"), SeatStopped("c", "d", "mic")]


def test_nothing_of_a_stopped_microphone_is_heard_until_it_is_switched_on_again() -> None:
    room, _ = after(*SEATED, Stop("a", "b", "mic"))
    assert voice_use(room, room.seats["b"]) is VoiceUse.BARRED
    room, _ = go_on(room, enter(MARIA, "z", mic=False))  # a page loaded anew changes nothing
    assert voice_use(room, room.seats["b"]) is VoiceUse.BARRED
    room, _ = go_on(room, Switch("b", mic=True), Switch("b", mic=False))
    assert voice_use(room, room.seats["b"]) is VoiceUse.KEPT


def test_locked_microphones_stay_off_for_all_but_who_leads() -> None:
    locked, _ = after(*SEATED, Switch("b", mic=False), Switch("a", mic=False), LockMics("a", True))
    assert decide(locked, Switch("a", mic=True), 0.0)
    with pytest.raises(Refused) as refused:
        decide(locked, Switch("b", mic=True), 0.0)
    assert refused.value.code == "mics_locked"
    assert voice_use(locked, locked.seats["b"]) is VoiceUse.BARRED
    assert locked.seats["c"].mic  # what was on stays on
    assert voice_use(locked, locked.seats["c"]) is VoiceUse.KEPT
    assert decide(locked, Switch("c", mic=False), 0.0)
    assert decide(locked, Switch("b", camera=True), 0.0)
    free, _ = go_on(locked, LockMics("a", False))
    assert decide(free, Switch("b", mic=True), 0.0)


def test_who_comes_while_microphones_are_locked_comes_silent_but_who_leads() -> None:
    room, _ = after(*SEATED, LockMics("a", True))
    taken = [decide(room, Enter(who, False, True, True, "n", notice=1), 0.0)[0] for who in (GUEST, DEWI)]
    assert [(each.mic, each.camera) for each in taken if isinstance(each, SeatTaken)] == [(False, True), (True, True)]


def test_behind_a_locked_door_only_who_leads_or_has_a_seat_comes_in() -> None:
    room, _ = after(*SEATED, LoseLine("b"), LockRoom("a", True))
    assert decide(room, enter(MARIA, "z"), 0.0)
    assert decide(room, enter(DEWI, "z"), 0.0)
    with pytest.raises(Refused) as refused:
        decide(room, enter(GUEST, "z"), 0.0)
    assert refused.value.code == "room_locked"
    room, _ = go_on(room, LockRoom("a", False))
    assert decide(room, enter(GUEST, "z"), 0.0)


def test_who_is_shown_out_may_come_back_and_who_is_banned_may_not_until_pardoned() -> None:
    room, log = after(*SEATED, Connect("b", "peer"), Remove("a", "b", ban=False))
    assert log[-3:] == [Removed("b", "p2", "a", False), PeerGone("b", "peer"), SeatLeft("b", "removed")]
    assert decide(room, enter(MARIA, "z"), 0.0)
    room, _ = go_on(room, Remove("a", "c", ban=True))
    assert room.banned == {"p3": "Wulan Prasetyo"}
    with pytest.raises(Refused) as refused:
        go_on(room, enter(PEOPLE["guest"], "z"), enter(after(*SEATED)[0].seats["c"].occupant, "y"))
    assert refused.value.code == "banned"
    room, _ = go_on(room, Pardon("a", "p3"))
    assert go_on(room, enter(after(*SEATED)[0].seats["c"].occupant, "y"))[0].seats["y"]
    assert decide(room, Pardon("a", "p3"), 0.0) == []


def test_nobody_shows_out_who_leads() -> None:
    room, _ = after(*SEATED, enter(DEWI, "d"), enter(PEOPLE["operator"], "o"))
    for by, of in (("o", "a"), ("o", "d"), ("d", "a"), ("a", "d")):
        with pytest.raises(Refused) as refused:
            decide(room, Remove(by, of, ban=True), 0.0)
        assert refused.value.code == "leads"


def test_a_role_given_holds_for_the_person_wherever_they_sit() -> None:
    room, log = after(*SEATED, Appoint("a", "b", "presenter"))
    assert log[-1] == RoleGiven("b", "p2", "presenter", "a")
    assert room.may(room.seats["b"], "take_screen")
    room, _ = go_on(room, Leave("b"), enter(MARIA, "z"))
    assert room.seats["z"].occupant.role == "presenter"
    assert decide(room, Appoint("a", "z", "presenter"), 0.0) == []
    room, _ = go_on(room, Appoint("a", "z", "participant"))
    assert not room.may(room.seats["z"], "take_screen")


def test_chair_secretariat_and_guests_are_what_they_are() -> None:
    room, _ = after(*SEATED, enter(DEWI, "d"), enter(GUEST, "g"))
    for of in ("a", "d", "g"):
        with pytest.raises(Refused) as refused:
            decide(room, Appoint("a", of, "observer"), 0.0)
        assert refused.value.code == "role_fixed"


def test_who_becomes_an_observer_falls_silent_and_lowers_the_hand() -> None:
    room, log = after(*SEATED, Switch("b", screen=True), RaiseHand("b"), Appoint("a", "b", "observer"))
    assert log[-3:] == [HandLowered("b", "b"), SeatStopped("b", None, "mic"), SeatStopped("b", None, "screen")]
    assert voice_use(room, room.seats["b"]) is VoiceUse.BARRED
    for command in (Switch("b", mic=True), Switch("b", screen=True), RaiseHand("b")):
        with pytest.raises(Refused) as refused:
            decide(room, command, 0.0)
        assert refused.value.code == "forbidden"
    assert decide(room, Switch("b", camera=True), 0.0)


def test_an_observer_comes_without_a_microphone() -> None:
    room, _ = after(*SEATED, enter(PEOPLE["observer"], "o"))
    assert not room.seats["o"].mic
    assert CHAIR.role == "chair"
