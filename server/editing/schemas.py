"""Edits of a transcript over HTTP: a union by `kind`, each made for one version of the lines it names."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from minutes.record.editing import edits
from minutes.record.editing.history import Entry
from minutes.record.editing.operations import MOST_CHARACTERS
from minutes.record.editing.states import State
from server.archive.schemas import LineOut
from server.auth.schemas import Closed

MOST_LINES = 2000  # that one replacement names
MOST_HITS = 500
MOST_VERSIONS = 2**31
UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs"))  # Unicode's control, format, private and surrogate characters
KEPT = "\u200c\u200d"  # which join and part letters of some scripts


def cleaned(text: str) -> str:
    """NFC, with single spaces, and without what nobody sees."""
    composed = unicodedata.normalize("NFC", text)
    seen = (" " if each.isspace() else each for each in composed)
    return " ".join("".join(c for c in seen if c in KEPT or unicodedata.category(c) not in UNSEEN).split())


Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
EditId = Annotated[str, StringConstraints(min_length=8, max_length=64, pattern=r"^[\w.:-]+$")]
Version = Annotated[int, Field(ge=1, le=MOST_VERSIONS)]
Place = Annotated[int, Field(ge=0, le=MOST_CHARACTERS, description="Character of the line's text")]
Text = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS), AfterValidator(cleaned)]
Find = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(cleaned), Field(min_length=1)]
Put = Annotated[str, StringConstraints(max_length=500), AfterValidator(cleaned)]
Name = Annotated[str, StringConstraints(max_length=120), AfterValidator(cleaned), Field(min_length=2)]
Position = Annotated[str, StringConstraints(max_length=120), AfterValidator(cleaned)]
Why = Annotated[str, StringConstraints(max_length=500), AfterValidator(cleaned), Field(min_length=3)]


class OneEdit(Closed):
    id: EditId = Field(description="Made by who asks; the same when it is asked again")


class OfLine(OneEdit):
    line: Id
    version: Version


class OfRange(OfLine):
    start: Place
    end: Place


class TextEdit(OfLine):
    kind: Literal["text"]
    text: Text

    def edit(self) -> edits.Edit:
        return edits.Retext(self.line, self.version, self.text)


class SplitEdit(OfLine):
    kind: Literal["split"]
    at: Place

    def edit(self) -> edits.Edit:
        return edits.Split(self.line, self.version, self.at)


class MergeEdit(OfLine):
    kind: Literal["merge"]
    next: Id
    next_version: Version

    def edit(self) -> edits.Edit:
        return edits.Merge(self.line, self.version, self.next, self.next_version)


class SpeakerEdit(OfLine):
    kind: Literal["speaker"]
    name: Name
    position: Position = ""

    def edit(self) -> edits.Edit:
        return edits.Name(self.line, self.version, self.name, self.position)


class InaudibleEdit(OfRange):
    kind: Literal["inaudible"]

    def edit(self) -> edits.Edit:
        return edits.Inaudible(self.line, self.version, self.start, self.end)


class RedactEdit(OfRange):
    kind: Literal["redact"]
    why: Why

    def edit(self) -> edits.Edit:
        return edits.Redact(self.line, self.version, self.start, self.end, self.why)


class CheckEdit(OfRange):
    kind: Literal["check"]

    def edit(self) -> edits.Edit:
        return edits.Check(self.line, self.version, self.start, self.end)


class LineVersion(Closed):
    line: Id
    version: Version


class Wanted(Closed):
    """What is looked for, and what is to stand there instead."""

    find: Find
    put: Put
    match_case: bool = False
    whole_words: bool = False

    def wanted(self) -> edits.Wanted:
        return edits.Wanted(self.find, self.match_case, self.whole_words)


class ReplaceEdit(Wanted, OneEdit):
    kind: Literal["replace"]
    lines: list[LineVersion] = Field(min_length=1, max_length=MOST_LINES)

    def edit(self) -> edits.Edit:
        meant = {each.line: each.version for each in self.lines}
        return edits.Replace(self.wanted(), self.put, tuple(meant.items()))


class UndoEdit(OneEdit):
    kind: Literal["undo"]
    edit_id: EditId = Field(alias="edit", description="Id of the edit to take back")

    def edit(self) -> edits.Edit:
        return edits.Undo(self.edit_id)


EditIn = Annotated[
    TextEdit | SplitEdit | MergeEdit | SpeakerEdit | InaudibleEdit | RedactEdit | CheckEdit | ReplaceEdit | UndoEdit,
    Field(discriminator="kind"),
]


class EditOut(BaseModel):
    edit: str
    change: int = Field(description="Of the record: whoever has read up to the one before has it all now")
    lines: list[LineOut] = Field(description="What it changed, as it stands now")
    gone: list[str]
    conflicts: list[LineOut] = Field(description="Named by a replacement and left: they have changed since, as shown")


class Hit(BaseModel):
    line: str
    version: int
    before: str
    after: str


class Preview(BaseModel):
    hits: list[Hit] = Field(description=f"In the order spoken; {MOST_HITS} at most")
    more: bool = Field(description="There are others: they are found when these are done")


class EditedBy(BaseModel):
    name: str
    position: str


class Stood(BaseModel):
    """A line as it stood. `known_by`: as of a line."""

    text: str
    speaker: str | None
    position: str | None
    known_by: str
    start: float
    end: float
    version: int
    edited: bool


class HistoryEntry(BaseModel):
    edit: str
    kind: str
    at: datetime
    by: EditedBy
    line: str = Field(description="Another id where the line came of that one, or took it up")
    before: Stood | None = Field(description="Of the first entry the machine's words; None where the line came of it")
    after: Stood | None = Field(description="None where it is gone since")
    why: str = Field(description="Of a redaction; else empty")
    undoes: str | None = Field(description="Id of the edit that it took back")


def entry(found: Entry) -> HistoryEntry:
    asked: dict[str, Any] = found.edit.asked
    return HistoryEntry(
        edit=found.edit.id,
        kind=found.edit.kind,
        at=datetime.fromtimestamp(found.edit.at, UTC),
        by=EditedBy(name=found.edit.by_name, position=found.edit.by_position),
        line=found.line,
        before=_stood(found.before),
        after=_stood(found.after),
        why=asked.get("why", ""),
        undoes=asked.get("edit"),
    )


def _stood(state: State | None) -> Stood | None:
    if state is None:
        return None
    return Stood(
        text=state.text,
        speaker=state.person_name,
        position=state.position,
        known_by=state.known_by,
        start=state.start,
        end=state.end,
        version=state.version,
        edited=state.edited,
    )
