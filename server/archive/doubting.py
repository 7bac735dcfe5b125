"""Lines as they are read, with the doubts about them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record import crosstalk, tracks
from minutes.record.flags import Span, doubts
from minutes.record.models import Line
from minutes.search.vocabulary import known
from server.archive.schemas import LineOut, full


async def described(session: AsyncSession, found: Sequence[Line]) -> list[LineOut]:
    """Lines of one meeting, in the order spoken. In a thread: a thousand of them may take half a second."""
    if not found:
        return []
    people = await tracks.people(session, found[0].meeting_id)
    others = await crosstalk.beside(session, found)
    return await asyncio.to_thread(_described, found, others, people)


def _described(found: Sequence[Line], others: Sequence[Sequence[Span]], people: frozenset[str]) -> list[LineOut]:
    return [
        full(line, doubts(line.text, line.words, spans, people, known))
        for line, spans in zip(found, others, strict=True)
    ]
