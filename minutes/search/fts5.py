"""The index on SQLite: FTS5 over normalised words and their stems. The one file that speaks FTS5."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from minutes.record.models import Line
from minutes.search import stemmer
from minutes.search.analysis import tokens
from minutes.search.query import Query, Term
from minutes.search.ranking import score
from minutes.search.scope import Scope

# The words come normalised: the tokenizer only has to split them at spaces.
UP = ("CREATE VIRTUAL TABLE line_fts USING fts5(surface, stem, tokenize='unicode61 remove_diacritics 0')",)
DOWN = ("DROP TABLE line_fts",)

MOST_RANKED = 2_000  # the newest candidates are ranked; a query that finds more needs another word
MOST_COUNTED = 10_000
NEWEST = 2**63 - 1  # SQLite has no greater row number
FORMS = ("AND", "OR")  # lines with all words; if there are none, those with some
Key = tuple[int | float | str, ...]
_Candidate = tuple[int, str, float, str]  # number, meeting's date, start, surface


class BadCursor(ValueError):
    """This cursor was not given out by us."""

    code = "bad_cursor"


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, best first. `total` is at most 10,000; `total_is_exact` is False beyond."""

    items: tuple[Line, ...]
    next: str | None
    total: int
    total_is_exact: bool


class Fts5Index:
    """`minutes.record.ports.LineIndex`, and the search over it."""

    def stems(self, text: str) -> str:
        return stemmer.stems(text)

    async def add(self, session: AsyncSession, lines: Sequence[Line]) -> None:
        """Index lines in the caller's transaction."""
        rows = [{"number": line.number, "surface": _surface(line.text), "stem": line.stem} for line in lines]
        if rows:
            await session.execute(
                text("INSERT INTO line_fts(rowid, surface, stem) VALUES (:number, :surface, :stem)"), rows
            )

    async def remove(self, session: AsyncSession, lines: Sequence[Line]) -> None:
        if rows := [{"number": line.number} for line in lines]:
            await session.execute(text("DELETE FROM line_fts WHERE rowid = :number"), rows)

    async def search(
        self,
        session: AsyncSession,
        query: Query,
        scope: Scope,
        cursor: str | None = None,
        limit: int = 20,
        meeting: str | None = None,
    ) -> Page:
        """Lines with every term and phrase; if none has them all, those with some. Raises `BadCursor`."""
        place = _decode(cursor) if cursor is not None else None
        allowed = _Allowed.of(scope, meeting, place.newest if place is not None else NEWEST)
        for form in FORMS if place is None else (place.form,):
            match = _match(query, form)
            total = await self._count(session, match, allowed)
            if total:
                break
        candidates = await self._candidates(session, match, allowed) if total else []
        # 2,000 lines and 16 terms take half a second, and meetings go on meanwhile.
        ranked = await asyncio.to_thread(_ranked, candidates, query)
        rest = [(key, number) for key, number in ranked if place is None or key > place.key]
        lines = await _lines(session, [number for _, number in rest[:limit]])
        following = None
        if len(rest) > limit:
            following = _encode(_Place(form, max(number for _, number in ranked), rest[limit - 1][0]))
        return Page(tuple(lines), following, min(total, MOST_COUNTED), total <= MOST_COUNTED)

    async def _count(self, session: AsyncSession, match: str, allowed: _Allowed) -> int:
        found = allowed.statement("SELECT count(*) FROM (SELECT 1 {} LIMIT :most)")
        return int(await session.scalar(found, {"match": match, "most": MOST_COUNTED + 1, **allowed.values}) or 0)

    async def _candidates(self, session: AsyncSession, match: str, allowed: _Allowed) -> Sequence[_Candidate]:
        """The newest, newest first."""
        wanted = "SELECT line.number, line.meeting_date, line.start, line_fts.surface {}"
        found = allowed.statement(wanted + " ORDER BY line.number DESC LIMIT :most")
        rows = await session.execute(found, {"match": match, "most": MOST_RANKED, **allowed.values})
        return [(number, date, start, surface) for number, date, start, surface in rows.all()]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page ended, and what the first page found: pages of one search are cut from one list.

    `newest` is the number of the newest candidate. What is said later would change the form, or push the oldest of the
    2,000 out.
    """

    form: str
    newest: int
    key: Key


@dataclass(frozen=True, slots=True)
class _Allowed:
    """The part of every statement that keeps what may not be seen out, before anything is counted or ranked.

    Of lines that came after `newest` nothing is seen either.
    """

    condition: str
    values: dict[str, object]
    lists: tuple[str, ...] = ()

    @classmethod
    def of(cls, scope: Scope, meeting: str | None, newest: int) -> _Allowed:
        until: dict[str, object] = {"newest": newest}
        if meeting is not None:
            if not (scope.everything or meeting in scope.meetings):
                return cls("0", until)
            return cls("line.meeting_id = :meeting", {"meeting": meeting, **until})
        if scope.everything:
            return cls("1", until)
        return cls("line.meeting_id IN :meetings", {"meetings": sorted(scope.meetings), **until}, ("meetings",))

    def statement(self, shape: str) -> TextClause:
        """`shape` with its `{}` replaced by the part that joins and filters; no value of a caller is in the text."""
        body = (
            "FROM line_fts JOIN line ON line.number = line_fts.rowid "
            f"WHERE line_fts MATCH :match AND line_fts.rowid <= :newest AND {self.condition}"
        )
        made = text(shape.format(body))
        return made.bindparams(*(bindparam(name, expanding=True) for name in self.lists))


def _ranked(candidates: Sequence[_Candidate], query: Query) -> list[tuple[Key, int]]:
    """Keys and numbers, best first. Pure and slow."""
    return sorted(
        ((*astuple(score(query, surface.split())), _newest_first(date), start, number), number)
        for number, date, start, surface in candidates
    )


def _match(query: Query, form: str) -> str:
    """Tokens are letters and digits only, and quoted: nothing typed becomes FTS5 syntax."""
    phrases = ['surface:"' + " ".join(phrase) + '"' for phrase in query.phrases]
    return f" {form} ".join([*map(_term, query.terms), *phrases])


def _term(term: Term) -> str:
    prefix = f' OR surface:"{term.surface}"*' if term.prefix else ""
    return f'(surface:"{term.surface}" OR stem:"{term.stem}"{prefix})'


def _surface(written: str) -> str:
    return " ".join(token.text for token in tokens(written))


def _newest_first(date: str) -> int:
    return -int(date.replace("-", "") or 0)


async def _lines(session: AsyncSession, numbers: list[int]) -> list[Line]:
    rows = await session.scalars(select(Line).where(col(Line.number).in_(numbers)))
    found = {line.number: line for line in rows.all()}
    return [found[number] for number in numbers if number in found]


def _encode(place: _Place) -> str:
    return base64.urlsafe_b64encode(json.dumps([place.form, place.newest, *place.key]).encode()).decode().rstrip("=")


def _decode(cursor: str) -> _Place:
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise BadCursor("this page of results does not exist") from None
    match parts:
        case [str(form), int(newest), *key] if form in FORMS and 0 < newest <= NEWEST and len(key) == 6:
            if all(isinstance(part, int | float) for part in key):
                return _Place(form, newest, tuple(key))
    raise BadCursor("this page of results does not exist")
