"""How a room that is led stands, part by part, in the words of signalling. Pure.

`opened_at`: Unix seconds at which meeting time begins.
"""

from __future__ import annotations

from itertools import islice

from server.rooms import talking
from server.rooms.state import Note, Roll, Room, Seat, Vote
from server.rooms.words.talking import Written
from server.signalling import standing
from server.signalling.asks.agenda import Item, Outcome

MOST_SHOWN_OUTSIDE = 50  # of hundreds who wait nobody reads the names: they are let in together


def floor(room: Room, opened_at: float) -> standing.Floor:
    grant = room.grant
    return standing.Floor(
        hands=[standing.Hand(seat=hand.seat, request=hand.request) for hand in room.hands],
        grant=None
        if grant is None
        else standing.Grant(
            seat=grant.seat, speaker=grant.speaker, since=_meeting_time(grant.since, opened_at), seconds=grant.seconds
        ),
        mics_locked=room.mics_locked,
    )


def order(room: Room, opened_at: float) -> standing.Order:
    return standing.Order(
        presiding=room.presiding,
        suspended=None if room.suspended is None else _meeting_time(room.suspended, opened_at),
        pause=None
        if room.pause is None
        else standing.Pause(why=room.pause.why, since=_meeting_time(room.pause.since, opened_at)),
        locked=room.locked,
        waits=room.waits,
        quorum=room.quorum,
        quorate=room.quorate,
    )


def agenda(room: Room, opened_at: float) -> standing.Agenda:
    return standing.Agenda(
        items=[
            Item(id=each.id, title=each.title, presenter=each.presenter, minutes=each.minutes, recorded=each.recorded)
            for each in room.agenda
        ],
        item=room.item,
        since=_meeting_time(room.item_since, opened_at),
    )


def notes(room: Room, opened_at: float) -> standing.Notes:
    return standing.Notes(notes=[_note(each, opened_at) for each in room.notes.values()])


def _note(note: Note, opened_at: float) -> standing.Note:
    said = note.said
    return standing.Note(
        id=note.id,
        outcome=Outcome(kind=said.kind, text=said.text, who=said.who, due=said.due, stage=said.stage),
        item=note.item,
        at=_meeting_time(note.at, opened_at),
        withdrawn=note.withdrawn,
    )


def chat_rules(room: Room, opened_at: float) -> standing.ChatRules:
    return standing.ChatRules(to=room.chat_to)


def chat(room: Room, seat: Seat, opened_at: float) -> standing.Chat:
    return standing.Chat(
        messages=[written(each, seat, opened_at) for each in room.chat if talking.reads(room, seat, each)]
    )


def written(message: Written, seat: Seat, opened_at: float) -> standing.ChatMessage:
    return standing.ChatMessage(
        id=message.message,
        name=message.name,
        own=message.person == seat.occupant.person,
        audience=message.audience,
        to=message.to_name,
        text=message.text,
        at=_meeting_time(message.at, opened_at),
    )


def votes(room: Room, opened_at: float) -> standing.Votes:
    return standing.Votes(votes=[vote(each, opened_at) for each in room.votes.values()])


def vote(held: Vote, opened_at: float) -> standing.Vote:
    voices = []
    for office in held.roll:
        cast = held.casts.get(office.id)
        choice, name = (cast.choice, cast.name) if cast is not None else (None, "")
        voices.append(standing.Voice(office_id=office.id, office=office.name, choice=choice, name=name))
    return standing.Vote(
        id=held.id,
        question=held.question,
        method=held.method,
        voices=voices,
        called=held.called,
        item=held.item,
        at=_meeting_time(held.at, opened_at),
        closed=held.closed,
        cancelled=held.cancelled,
    )


def roll(room: Room, opened_at: float) -> standing.Roll:
    going_on = room.roll
    if going_on is None:
        return standing.Roll(offices=[], seconds=0, called=None)
    offices = [
        standing.RollOffice(office_id=each.id, office=each.name, here=going_on.answers.get(each.id))
        for each in going_on.offices
    ]
    return standing.Roll(offices=offices, seconds=going_on.seconds, called=going_on.called)


def called(before: Roll, now: Roll) -> standing.Called:
    """What a call has changed of a round that goes on."""
    answers = [
        standing.Answered(office_id=office, here=here)
        for office, here in now.answers.items()
        if before.answers.get(office) is not here
    ]
    return standing.Called(answers=answers, called=now.called)


def carried(room: Room, opened_at: float) -> standing.Carried:
    return standing.Carried(
        follow_ups=[
            standing.FollowUp(
                id=id,
                text=each.carried.text,
                who=each.carried.who,
                due=each.carried.due,
                of=each.carried.of,
                date=each.carried.date,
                done=each.carried.done,
                offices=each.carried.offices,
                how=each.how,
                remark=each.remark,
            )
            for id, each in room.carried.items()
        ]
    )


def door(room: Room, opened_at: float) -> standing.Door:
    first = islice(room.waiting.items(), MOST_SHOWN_OUTSIDE)
    return standing.Door(
        waiting=len(room.waiting),
        people=[
            standing.Waiter(
                person=person,
                name=each.occupant.name,
                position=each.occupant.position,
                office=each.occupant.office,
                since=_meeting_time(each.since, opened_at),
            )
            for person, each in first
        ],
    )


def powers(room: Room, seat: Seat) -> standing.Powers:
    return standing.Powers(may=sorted(room.powers(seat)))


def outside(room: Room) -> standing.Outside:
    return standing.Outside(people=[standing.Banned(person=person, name=name) for person, name in room.banned.items()])


def _meeting_time(moment: float, opened_at: float) -> float:
    return max(0.0, moment - opened_at)
