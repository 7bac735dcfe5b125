"""What a meeting's sound is made of."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record.editing.words import REDACTED, Words, is_redacted
from minutes.record.models import Line, Track
from minutes.speech.clips import Span
from minutes.speech.mixing import Part

MARGIN_S = 0.12  # times of words are good to this: rather a syllable beside is silent than one of them heard


def silent(words: Words) -> list[Span]:
    """When nothing of a line may be heard. PURE."""
    return [(word["start"] - MARGIN_S, word["end"] + MARGIN_S) for word in words if is_redacted(word)]


async def parts(session: AsyncSession, meeting_id: str, recordings: Path) -> tuple[Part, ...]:
    """Every microphone with the stretches in which redacted words are spoken."""
    tracks = await session.scalars(select(col(Track.id)).where(col(Track.meeting_id) == meeting_id))
    black = await redacted(session, meeting_id)
    return tuple(Part(recordings / meeting_id / track, black.get(track, ())) for track in sorted(tracks))


async def redacted(session: AsyncSession, meeting_id: str) -> dict[str, tuple[Span, ...]]:
    """By track, in order."""
    query = select(col(Line.track_id), col(Line.words)).where(col(Line.meeting_id) == meeting_id)
    found: dict[str, list[Span]] = {}
    for track, words in (await session.execute(query.where(col(Line.text).contains(REDACTED)))).all():
        found.setdefault(track, []).extend(silent(words))
    return {track: tuple(sorted(each)) for track, each in found.items()}
