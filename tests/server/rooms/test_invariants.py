"""Whatever many peers ask in whatever order, with lines that drop at any point, the room's rules hold."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from media.ports import VoiceUse
from server.rooms import codec
from server.rooms.powers import RANKS
from server.rooms.room import apply, decide
from server.rooms.seating import waits
from server.rooms.silence import voice_use
from server.rooms.sitting import GRACE_S
from server.rooms.state import Refused, Room
from server.rooms.words import Command, RoomEvent
from server.rooms.words.agenda import BeginItem, Item, SetAgenda
from server.rooms.words.company import Companion, NameCompany
from server.rooms.words.door import Admit, Admitted, Knocked, SetDoor, StopWaiting, TurnAway, TurnedAway, WaitEnded
from server.rooms.words.floor import (
    CloseFloor,
    ExtendFloor,
    FloorClosed,
    FloorGiven,
    GiveFloor,
    LowerHand,
    NameSpeaker,
    RaiseHand,
)
from server.rooms.words.leading import Appoint, LockMics, LockRoom, Pardon, Remove, Stop
from server.rooms.words.notes import Carried, ChangeNote, MakeNote, Said, SettleCarried, WithdrawNote
from server.rooms.words.people import Given, Office
from server.rooms.words.roll import BeginRoll, CallNext, EndRoll
from server.rooms.words.seats import (
    Connect,
    Disconnect,
    End,
    Enter,
    Expire,
    Leave,
    LoseLine,
    Open,
    Restart,
    SeatLeft,
    SeatTaken,
    Switch,
)
from server.rooms.words.sitting import PauseRecord, Presided, Suspend
from server.rooms.words.talking import LimitChat, Write
from server.rooms.words.voting import CallOffice, CastVote, CloseVote, OpenVote
from tests.server.rooms.people import PEOPLE, enter

# Everybody is seated to begin with, and who leads asks more often than others: else little of what is asked happens.
SEATED = [enter(who, seat) for who, seat in zip(PEOPLE.values(), "abcdefgh", strict=True)]
seats = st.sampled_from("aaabcdefgh")
peers = st.sampled_from(["p", "q", "r"])
others = seats | st.none()
on = st.booleans()
items = st.lists(
    st.builds(Item, st.sampled_from("123"), st.sampled_from(["Pembukaan", "Doa", ""]), recorded=on), max_size=4
)
said = st.builds(
    Said,
    st.sampled_from(["decision", "follow_up"]),
    st.sampled_from(["Disepakati.", ""]),
    due=st.sampled_from(["", "2026-12-01", "besok"]),
)
notes = st.sampled_from(["c1", "c2"])
seconds = st.sampled_from([0, 60, 3_600])
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(Enter, st.sampled_from(list(PEOPLE.values())), on, on, on, seats, st.just(1), on),
    st.builds(Connect, seats, peers),
    st.builds(Disconnect, peers),
    st.builds(Switch, seats, on | st.none(), on | st.none(), on | st.none()),
    st.builds(LoseLine, seats),
    st.builds(Leave, seats),
    st.just(Restart()),
    st.just(Expire()),
    st.builds(RaiseHand, seats, st.sampled_from(["speak", "interrupt"])),
    st.builds(LowerHand, seats, others),
    st.builds(GiveFloor, seats, seats, seconds),
    st.builds(ExtendFloor, seats, seconds),
    st.builds(CloseFloor, seats),
    st.builds(Stop, seats, others, st.sampled_from(["mic", "camera", "screen"])),
    st.builds(LockMics, seats, on),
    st.builds(LockRoom, seats, on),
    st.builds(Remove, seats, seats, on),
    st.builds(Pardon, seats, st.sampled_from([each.person for each in PEOPLE.values()])),
    st.builds(Appoint, seats, seats, st.sampled_from(get_args(Given))),
    st.builds(Suspend, seats, on),
    st.builds(PauseRecord, seats, on, st.sampled_from(["", "Doa"])),
    st.builds(SetAgenda, seats, items.map(tuple)),
    st.builds(BeginItem, seats, st.sampled_from("123") | st.none()),
    st.builds(MakeNote, seats, said),
    st.builds(ChangeNote, seats, notes, said),
    st.builds(WithdrawNote, seats, notes, on),
)
talk: st.SearchStrategy[Command] = st.one_of(
    st.builds(Write, seats, st.sampled_from(["all", "leaders", "one"]), st.sampled_from(["", "Baik."]), seats),
    st.builds(LimitChat, seats, st.sampled_from(["all", "leaders"])),
)
offices = st.sampled_from(["kpuri", "kaltara", "jatim", "aceh"])
votes: st.SearchStrategy[Command] = st.one_of(
    st.builds(OpenVote, seats, st.sampled_from(["Setuju?", ""]), st.sampled_from(["hands", "roll_call"])),
    st.builds(CallOffice, seats, offices | st.none()),
    st.builds(CastVote, seats, st.sampled_from(["agree", "disagree", "abstain"]), offices | st.just("")),
    st.builds(CloseVote, seats, on),
)
people = st.sampled_from([each.person for each in PEOPLE.values()])
doors: st.SearchStrategy[Command] = st.one_of(
    st.builds(SetDoor, seats, st.sampled_from(["nobody", "guests", "everybody"])),
    st.builds(Admit, seats, people | st.none()),
    st.builds(TurnAway, seats, people),
    st.builds(StopWaiting, people),
)
companies = st.lists(st.builds(Companion, st.sampled_from(["Ani", "Budi", "ani", ""])), max_size=3).map(tuple)
delegations: st.SearchStrategy[Command] = st.one_of(
    st.builds(NameCompany, seats, seats, companies),
    st.builds(NameSpeaker, seats, st.sampled_from(["Ani", ""])),
    st.builds(BeginRoll, seats, seconds),
    st.builds(CallNext, seats, offices | st.just("")),
    st.builds(EndRoll, seats),
    st.builds(SettleCarried, seats, st.sampled_from(["m0:c1", "m0:c9"]), st.sampled_from(["open", "done", "dropped"])),
)
ends = st.builds(End, seats)


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(commands | talk | votes | doors | delegations, st.sampled_from([0.0, 1.0, GRACE_S + 1, 60.0])),
        min_size=20,
        max_size=80,
    ),
    st.none() | ends,
)
def test_the_rules_of_a_room_hold_whatever_is_asked(play: list[tuple[Command, float]], end: End | None) -> None:
    room, log, now = Room(), list[tuple[str, dict[str, object]]](), 1_000.0
    happened: list[RoomEvent] = []
    invited = tuple(Office(id, id) for id in ("kpuri", "kaltara", "jatim"))
    left = (Carried("m0:c1", "Kirim daftar bukti.", "KPU Kaltara", "", "Rakor lalu", "2026-11-01"),)
    begun: list[Command] = [Open((), invited, "nobody", 2, left), *SEATED]
    over: list[Command] = [end] if end is not None else []
    for command, passed in [*((each, 0.0) for each in begun), *play, *((each, 0.0) for each in over)]:
        now += passed
        try:
            events = decide(room, command, now)
        except Refused:
            continue
        for event in events:
            room = apply(room, event)
            log.append(codec.to_row(event))
        happened += events
        holds(room, now)
    assert rebuilt(log) == room
    follows(happened)


def holds(room: Room, now: float) -> None:
    people = [seat.occupant.person for seat in room.seats.values()]
    assert len(set(people)) == len(people), "one person in two seats"
    assert not {*people} & {*room.banned}, "somebody banned is inside"
    assert all(room.seats[seat].peer == peer for peer, seat in room.seat_by_peer.items())
    assert not {*people} & {*room.waiting}, "somebody waits outside who is inside"
    assert all(waits(room, each.occupant) for each in room.waiting.values()), "nobody waits who need not"
    assert all(seat.shared or not seat.company for seat in room.seats.values())
    assert room.ended or room.quorate == (room.present >= room.quorum)
    assert room.roll is None or (not room.ended and {*room.roll.answers} <= {each.id for each in room.roll.offices})
    hands = [hand.seat for hand in room.hands]
    assert len(set(hands)) == len(hands)
    assert set(hands) <= set(room.seats)
    assert sorted(room.hands, key=lambda hand: hand.request != "interrupt") == list(room.hands)
    assert sum(seat.screen for seat in room.seats.values()) <= 1
    if room.grant is not None:
        assert room.may(room.seats[room.grant.seat], "speak")
        assert room.suspended is None
        assert not room.ended
    if room.presiding is not None:
        assert room.seats[room.presiding].occupant.role in RANKS
    for seat in room.seats.values():
        assert not seat.mic or room.may(seat, "speak")
        assert not seat.screen or room.may(seat, "share")
        assert seat.recorded or seat.occupant.role == "guest"
        assert seat.recorded or voice_use(room, seat) is not VoiceUse.KEPT
        off_record = room.suspended is not None or room.pause is not None
        assert voice_use(room, seat) is not VoiceUse.KEPT or not off_record
    assert sum(not vote.closed for vote in room.votes.values()) <= 1
    for vote in room.votes.values():
        assert {*vote.casts} <= {office.id for office in vote.roll}
        assert vote.called is None or (vote.method == "roll_call" and not vote.closed)
    assert not room.ended or room.open_vote is None
    assert room.item is None or room.item in {item.id for item in room.agenda}
    assert not room.ended or not (room.seats or room.waiting)


def rebuilt(log: list[tuple[str, dict[str, object]]]) -> Room:
    room = Room()
    for type_name, body in log:
        room = apply(room, codec.from_row(type_name, body))
    return room


def follows(happened: list[RoomEvent]) -> None:
    """Seats are left as often as taken, floors closed as often as given, and nobody presides twice in a row."""
    inside: set[str] = set()
    outside: set[str] = set()
    holder: str | None = None
    presided: list[str | None] = [None]
    for event in happened:
        match event:
            case SeatTaken(seat=seat):
                inside.add(seat)
            case SeatLeft(seat=seat):
                inside.remove(seat)
            case Knocked(occupant=who):
                assert who.person not in outside
                outside.add(who.person)
            case Admitted(person=person) | TurnedAway(person=person) | WaitEnded(person=person):
                outside.remove(person)
            case FloorGiven(seat=seat):
                assert holder is None
                holder = seat
            case FloorClosed(seat=seat):
                assert holder == seat
                holder = None
            case Presided(seat=chair):
                assert chair != presided[-1]
                presided.append(chair)
