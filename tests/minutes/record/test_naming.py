"""A person names a speaker while the recording is heard a second time: one of both comes first, never half of each."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import event

from minutes.record import changes, lines, revision
from minutes.record.errors import NoSuchLine
from minutes.record.models import Line
from minutes.speech.ports import Utterance
from tests.minutes.record.conftest import Sessions, name_speaker
from tests.minutes.record.test_revision import INDEX, heard_once, read, said

SHARED = {"known_by": "unassigned", "shared": True, "person_name": None}


async def named(sessions: Sessions, line_id: str) -> Line:
    async with sessions.begin() as session:
        return await name_speaker(session, line_id, "Sari Wibowo", "Kasubbag")


async def named_during(sessions: Sessions, token: int, line_id: str, *again: Utterance) -> Line:
    """The naming begins to write while a second hearing holds the lock, which then commits."""
    writes = asyncio.Event()

    def watch(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE"):
            writes.set()

    async with sessions.begin() as session:
        await revision.revise(session, "t1", token, 60.0, again, INDEX)
        engine = session.get_bind().engine
        event.listen(engine, "before_cursor_execute", watch)
        naming = asyncio.create_task(named(sessions, line_id))
        await writes.wait()
    event.remove(engine, "before_cursor_execute", watch)
    return await naming


async def test_a_line_that_is_taken_away_meanwhile_is_not_found(sessions: Sessions) -> None:
    (short, long), token = await heard_once(sessions, said(1.0, 2.0, "Rapat"), said(2.2, 6.0, "dibuka."), **SHARED)
    with pytest.raises(NoSuchLine):
        await named_during(sessions, token, short.id, said(1.0, 6.0, "Rapat dibuka."))
    assert await read(sessions) == [(long.id, "Rapat dibuka.")]


async def test_who_names_sees_the_words_that_have_come_meanwhile(sessions: Sessions) -> None:
    (line,), token = await heard_once(sessions, said(1.0, 6.0, "Rapat di buka."), **SHARED)
    answer = await named_during(sessions, token, line.id, said(1.0, 6.0, "Rapat dibuka."))
    assert (answer.text, answer.person_name, answer.known_by) == ("Rapat dibuka.", "Sari Wibowo", "named_by_hand")


async def test_a_name_is_news(sessions: Sessions) -> None:
    (line,), _ = await heard_once(sessions, said(1.0, 6.0, "Rapat dibuka."), **SHARED)
    async with sessions() as session:
        before = await changes.newest(session, "m1")
    await named(sessions, line.id)
    async with sessions() as session:
        news = await lines.transcript(session, "m1", None, 9, since=before)
    assert [each.person_name for each in news.lines] == ["Sari Wibowo"]
