"""A meeting's lines in a real database, and edits asked for as a page asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import text

from minutes.record import lines, tracks
from minutes.record.editing import desk, history
from minutes.record.editing.desk import Asked, Done
from minutes.record.editing.edits import Edit
from minutes.record.models import Line
from minutes.search.analysis import tokens
from minutes.search.fts5 import Fts5Index
from minutes.search.query import parse
from minutes.search.scope import Scope
from minutes.speech.ports import Utterance, Word
from tests.minutes.record.conftest import DEWI, Sessions, track

INDEX = Fts5Index()
MEETING = "m1"


def said(start: float, text: str) -> Utterance:
    """A word each half second, of which it speaks for 0.4 s."""
    heard = tuple(Word(word, start + at / 2, start + at / 2 + 0.4, 0.9) for at, word in enumerate(text.split()))
    return Utterance(start, heard[-1].end, text, heard)


@dataclass
class Table:
    sessions: Sessions
    _ids: count[int] = field(default_factory=count)

    async def seat(self, id: str = "t1", **changes: Any) -> None:
        async with self.sessions.begin() as session:
            await tracks.create_track(session, track(id, MEETING, **changes))

    async def hear(self, until: float, *utterances: Utterance, track: str = "t1") -> list[Line]:
        async with self.sessions.begin() as session:
            token = (await tracks.take_lease(session, track)).token
            return await tracks.store(session, track, token, until, utterances, INDEX)

    def asked(self, edit: Edit, id: str = "", **body: Any) -> Asked:
        number = next(self._ids)
        told = {"kind": type(edit).__name__.lower(), **body}
        return Asked(id or f"edit-{number}", edit, told, DEWI, float(number), fresh=f"new-{number}")

    async def ask(self, asked: Asked) -> Done:
        async with self.sessions.begin() as session:
            await desk.lock(session)
            before = await desk.answered(session, MEETING, asked)
            return before or await desk.make(session, MEETING, asked, INDEX)

    async def make(self, edit: Edit) -> Done:
        return await self.ask(self.asked(edit))

    async def lines(self) -> dict[str, Line]:
        async with self.sessions() as session:
            return {line.id: line for line in (await lines.transcript(session, MEETING, None, 10_000)).lines}

    async def texts(self) -> list[str]:
        return [line.text for line in (await self.lines()).values()]

    async def found(self, words: str) -> list[str]:
        async with self.sessions() as session:
            page = await INDEX.search(session, parse(words), Scope(everything=True), limit=10_000)
            return [line.id for line in page.items]

    async def indexed(self) -> dict[int, tuple[str, str]]:
        async with self.sessions() as session:
            rows = await session.execute(text("SELECT rowid, surface, stem FROM line_fts"))
            return {number: (surface, stem) for number, surface, stem in rows.all()}

    async def history(self, line: str) -> list[history.Entry]:
        async with self.sessions() as session:
            return await history.of_line(session, MEETING, line)


def surface(written: str) -> str:
    return " ".join(token.text for token in tokens(written))
