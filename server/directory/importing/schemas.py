"""Imports over HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pydantic import BaseModel, Field

from server.directory.importing.columns import Kind, title_of
from server.directory.importing.plan import Outcome, Planned

MOST_SHOWN = 1_000
_FIRST: tuple[Outcome, ...] = ("wrong", "changed", "new", "same")


class ChangeOut(BaseModel):
    column: str = Field(examples=["Jabatan"])
    before: str
    after: str


class WrongOut(BaseModel):
    column: str
    code: str
    detail: str = Field(description="What is wrong and what to do, in Indonesian")


class RowOut(BaseModel):
    number: int = Field(description="As the spreadsheet counts, the header is 1")
    label: str
    outcome: Outcome
    changes: list[ChangeOut]
    wrong: list[WrongOut]


class Counts(BaseModel):
    new: int
    changed: int
    same: int
    wrong: int


class Preview(BaseModel):
    counts: Counts
    rows: list[RowOut] = Field(description=f"The wrong ones first; {MOST_SHOWN} at most, `counts` counts all")
    ignored: list[str] = Field(description="Headers that nobody knows")
    token: str


class Applied(BaseModel):
    counts: Counts


def preview(kind: Kind, rows: Sequence[Planned], ignored: Sequence[str], token: str) -> Preview:
    ordered = sorted(rows, key=lambda row: (_FIRST.index(row.outcome), row.number))
    shown = [_row(kind, each) for each in ordered[:MOST_SHOWN]]
    return Preview(counts=_counts(rows), rows=shown, ignored=list(ignored), token=token)


def applied(rows: Sequence[Planned]) -> Applied:
    return Applied(counts=_counts(rows))


def _counts(rows: Sequence[Planned]) -> Counts:
    found = Counter(row.outcome for row in rows)
    return Counts(**{outcome: found[outcome] for outcome in _FIRST})


def _row(kind: Kind, row: Planned) -> RowOut:
    changes = [ChangeOut(column=title_of(kind, each.key), before=each.before, after=each.after) for each in row.changes]
    wrong = [WrongOut(column=title_of(kind, each.key), code=each.code, detail=each.detail) for each in row.wrong]
    return RowOut(number=row.number, label=row.label, outcome=row.outcome, changes=changes, wrong=wrong)
