"""The agenda and its outcomes. Each message knows its command."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from server.rooms.words import Command, agenda, notes
from server.signalling.asks.base import Asked, ItemId, Line, Text
from server.signalling.shapes import Message


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


class SettleCarried(Asked):
    """What became of a follow-up of an earlier meeting."""

    type: Literal["settle_carried"] = "settle_carried"
    carried: Annotated[str, Field(max_length=80)]
    how: notes.Settled
    remark: Line = ""

    def command(self, seat: str) -> Command:
        return notes.SettleCarried(seat, self.carried, self.how, self.remark)


Request = SettleCarried | SetAgenda | BeginItem | MakeNote | ChangeNote | WithdrawNote
