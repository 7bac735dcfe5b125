"""States of lines into the database, with what is found by them and told of them. The caller holds the write lock."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.language.citations import cited
from minutes.record import changes, tracks
from minutes.record.editing.operations import Changed
from minutes.record.editing.states import State
from minutes.record.models import Line
from minutes.record.ports import LineIndex


async def write(
    session: AsyncSession, meeting_id: str, found: Mapping[str, Line], changed: Changed, index: LineIndex
) -> None:
    """`found`: the lines that are there. Lines that `changed` and are not there come, or come back."""
    there = [found[id] for id in changed if id in found]
    before = changes.stood(there)
    await index.remove(session, there)
    gone = [found[id].number for id, state in changed.items() if state is None and id in found]
    if gone:
        await session.execute(delete(Line).where(col(Line.number).in_(gone)))
    stay = {id: state for id, state in changed.items() if state is not None}
    # In a thread: thousands of lines may be replaced at once, and meetings go on meanwhile.
    derived = await asyncio.to_thread(lambda: [_derived(state.text, index) for state in stay.values()])
    lines = []
    for (id, state), (stem, citations) in zip(stay.items(), derived, strict=True):
        line = _put(found[id] if id in found else await _new(session, id, state), state)
        line.stem, line.citations = stem, citations
        lines.append(line)
    session.add_all(lines)
    await session.flush()
    await index.add(session, lines)
    await changes.note(session, meeting_id, before, lines)


def _put(line: Line, state: State) -> Line:
    line.start, line.end, line.text, line.words = state.start, state.end, state.text, list(state.words)
    line.person_id, line.person_name, line.position = state.person_id, state.person_name, state.position
    line.known_by, line.heard_by, line.edited, line.version = (
        state.known_by,
        state.heard_by,
        state.edited,
        state.version,
    )
    return line


def _derived(text: str, index: LineIndex) -> tuple[str, list[dict[str, Any]]]:
    """What follows from a text is found anew: stems and citations."""
    return index.stems(text), [asdict(citation) for citation in cited(text)]


async def _new(session: AsyncSession, id: str, state: State) -> Line:
    track = await tracks.get_track(session, state.track_id)
    return Line(**tracks.sitting(track), id=id, track_id=track.id)
