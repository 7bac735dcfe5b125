"""What pages ask of a room that is led: each message knows its command. `seat` is always the page's own."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.rooms.words import Command, agenda, floor, leading, notes, seats, sitting, talking, voting
from server.rooms.words.people import Given
from server.signalling.shapes import Message, SeatId, Switched

Line = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
Seconds = Annotated[int, Field(ge=1, le=3600)]
ItemId = Annotated[str, Field(min_length=1, max_length=40)]


class Asked(Message):
    """A message that is a command to the room."""

    @abstractmethod
    def command(self, seat: str) -> Command: ...


class SetMic(Asked):
    type: Literal["set_mic"] = "set_mic"
    on: bool

    def command(self, seat: str) -> Command:
        return seats.Switch(seat, mic=self.on)


class SetCamera(Asked):
    type: Literal["set_camera"] = "set_camera"
    on: bool

    def command(self, seat: str) -> Command:
        return seats.Switch(seat, camera=self.on)


class SetScreen(Asked):
    """Share a screen. Refused with `screen_taken` while somebody else does; who may takes over."""

    type: Literal["set_screen"] = "set_screen"
    on: bool

    def command(self, seat: str) -> Command:
        return seats.Switch(seat, screen=self.on)


class End(Asked):
    """End the meeting for all."""

    type: Literal["end"] = "end"

    def command(self, seat: str) -> Command:
        return seats.End(seat)


# --- order ---


class Stop(Asked):
    """Switch off what is another's; null: of everybody who does not lead."""

    type: Literal["stop"] = "stop"
    seat: SeatId | None
    what: Switched

    def command(self, seat: str) -> Command:
        return leading.Stop(seat, self.seat, self.what)


class LockMics(Asked):
    """Nobody but who leads or has the floor may switch a microphone on. What is on stays on."""

    type: Literal["lock_mics"] = "lock_mics"
    on: bool

    def command(self, seat: str) -> Command:
        return leading.LockMics(seat, self.on)


class LockRoom(Asked):
    """Nobody else comes in, but who leads and those whose seat is kept."""

    type: Literal["lock_room"] = "lock_room"
    on: bool

    def command(self, seat: str) -> Command:
        return leading.LockRoom(seat, self.on)


class Remove(Asked):
    """Show somebody out; `ban`: for good."""

    type: Literal["remove"] = "remove"
    seat: SeatId
    ban: bool

    def command(self, seat: str) -> Command:
        return leading.Remove(seat, self.seat, self.ban)


class Pardon(Asked):
    """Let somebody come back; `person` as the room's `order` names them."""

    type: Literal["pardon"] = "pardon"
    person: SeatId

    def command(self, seat: str) -> Command:
        return leading.Pardon(seat, self.person)


class Appoint(Asked):
    """Give a role. Chair, secretariat and guests keep theirs."""

    type: Literal["appoint"] = "appoint"
    seat: SeatId
    role: Given

    def command(self, seat: str) -> Command:
        return leading.Appoint(seat, self.seat, self.role)


class Suspend(Asked):
    """Skors, and its end."""

    type: Literal["suspend"] = "suspend"
    on: bool

    def command(self, seat: str) -> Command:
        return sitting.Suspend(seat, self.on)


class PauseRecord(Asked):
    """Off the record, with a reason that stands in it; and on it again."""

    type: Literal["pause_record"] = "pause_record"
    on: bool
    why: Line = ""

    def command(self, seat: str) -> Command:
        return sitting.PauseRecord(seat, self.on, self.why)


# --- the floor ---


class RaiseHand(Asked):
    """Ask to speak, or interrupt. Hands stand in order, for everybody to see."""

    type: Literal["raise_hand"] = "raise_hand"
    request: floor.Request = "speak"

    def command(self, seat: str) -> Command:
        return floor.RaiseHand(seat, self.request)


class LowerHand(Asked):
    """One's own, or, for who leads, somebody else's; null: all."""

    type: Literal["lower_hand"] = "lower_hand"
    seat: SeatId | None

    def command(self, seat: str) -> Command:
        return floor.LowerHand(seat, self.seat)


class GiveFloor(Asked):
    """For so many seconds; `speaker`: who of a delegation that shares its seat."""

    type: Literal["give_floor"] = "give_floor"
    seat: SeatId
    seconds: Seconds
    speaker: Line = ""

    def command(self, seat: str) -> Command:
        return floor.GiveFloor(seat, self.seat, self.seconds, self.speaker)


class ExtendFloor(Asked):
    type: Literal["extend_floor"] = "extend_floor"
    seconds: Seconds

    def command(self, seat: str) -> Command:
        return floor.ExtendFloor(seat, self.seconds)


class CloseFloor(Asked):
    """By who leads, or who has it."""

    type: Literal["close_floor"] = "close_floor"

    def command(self, seat: str) -> Command:
        return floor.CloseFloor(seat)


# --- agenda and outcomes ---


class Item(Message):
    """One item. `id` is made by the page and stays; `recorded` false: an anthem, a prayer."""

    id: ItemId
    title: Annotated[Line, Field(min_length=1)]
    presenter: Line = ""
    minutes: int = Field(default=0, ge=0, le=600, description="0: as long as it takes")
    recorded: bool = True


class SetAgenda(Asked):
    type: Literal["set_agenda"] = "set_agenda"
    items: Annotated[list[Item], Field(max_length=60)]

    def command(self, seat: str) -> Command:
        return agenda.SetAgenda(seat, tuple(agenda.Item(**item.model_dump()) for item in self.items))


class BeginItem(Asked):
    """What is under discussion from now on; null: nothing."""

    type: Literal["begin_item"] = "begin_item"
    item: ItemId | None

    def command(self, seat: str) -> Command:
        return agenda.BeginItem(seat, self.item)


class Outcome(Message):
    """`who` and `due` (ISO date): of a follow-up; `stage`: of a problem."""

    kind: notes.Outcome
    text: Text
    who: Line = ""
    due: Annotated[str, Field(max_length=10)] = ""
    stage: Line = ""

    def said(self) -> notes.Said:
        return notes.Said(**self.model_dump())


class MakeNote(Asked):
    type: Literal["make_note"] = "make_note"
    outcome: Outcome

    def command(self, seat: str) -> Command:
        return notes.MakeNote(seat, self.outcome.said())


class ChangeNote(Asked):
    type: Literal["change_note"] = "change_note"
    note: ItemId
    outcome: Outcome

    def command(self, seat: str) -> Command:
        return notes.ChangeNote(seat, self.note, self.outcome.said())


class WithdrawNote(Asked):
    """Nothing is deleted. `on` false: it stands again."""

    type: Literal["withdraw_note"] = "withdraw_note"
    note: ItemId
    on: bool

    def command(self, seat: str) -> Command:
        return notes.WithdrawNote(seat, self.note, self.on)


# --- chat ---


class Write(Asked):
    """`to`: the seat of whom it is for, where it is for one."""

    type: Literal["write"] = "write"
    audience: talking.Audience
    text: Text
    to: SeatId = ""

    def command(self, seat: str) -> Command:
        return talking.Write(seat, self.audience, self.text, self.to)


class LimitChat(Asked):
    """To whom others may write: to all, or to who leads only."""

    type: Literal["limit_chat"] = "limit_chat"
    to: talking.Allowed

    def command(self, seat: str) -> Command:
        return talking.LimitChat(seat, self.to)


# --- votes ---


class OpenVote(Asked):
    """One voice for every office that was invited."""

    type: Literal["open_vote"] = "open_vote"
    question: Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
    method: voting.Method

    def command(self, seat: str) -> Command:
        return voting.OpenVote(seat, self.question, self.method)


class CallOffice(Asked):
    """Roll call: whose turn it is; null: nobody's."""

    type: Literal["call_office"] = "call_office"
    office_id: SeatId | None

    def command(self, seat: str) -> Command:
        return voting.CallOffice(seat, self.office_id)


class CastVote(Asked):
    """With one's own office's voice; with `office_id` that of another, entered by who leads."""

    type: Literal["cast_vote"] = "cast_vote"
    choice: voting.Choice
    office_id: SeatId = ""

    def command(self, seat: str) -> Command:
        return voting.CastVote(seat, self.choice, self.office_id)


class CloseVote(Asked):
    """`cancel`: without a result."""

    type: Literal["close_vote"] = "close_vote"
    cancel: bool = False

    def command(self, seat: str) -> Command:
        return voting.CloseVote(seat, self.cancel)
