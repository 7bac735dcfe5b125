"""Tracks: made when a microphone begins, leased to whoever hears them, finished when all is heard.

Every function works in the caller's transaction and commits nothing itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record import changes
from minutes.record.errors import NoSuchTrack, StaleToken
from minutes.record.models import Line, Track
from minutes.record.ports import LineIndex
from minutes.record.provenance import keep
from minutes.record.wording import worded
from minutes.speech.ports import Recognition, Utterance


async def create_track(session: AsyncSession, track: Track) -> None:
    """Keep a new track; `track.id` must be new."""
    session.add(track)
    await session.flush()


async def get_track(session: AsyncSession, track_id: str) -> Track:
    """Raises `NoSuchTrack`."""
    found = await session.get(Track, track_id)
    if found is None:
        raise NoSuchTrack(track_id)
    return found


async def people(session: AsyncSession, meeting_id: str) -> frozenset[str]:
    """Names of who had a microphone to themselves in a meeting."""
    query = select(col(Track.person_name)).where(col(Track.meeting_id) == meeting_id).distinct()
    return frozenset(name for name in await session.scalars(query) if name is not None)


async def take_lease(session: AsyncSession, track_id: str) -> Track:
    """A new fencing token: who held the track before is refused from now on. Raises `NoSuchTrack`."""
    await session.execute(update(Track).where(col(Track.id) == track_id).values(token=Track.token + 1))
    found = await session.get(Track, track_id, populate_existing=True)
    if found is None:
        raise NoSuchTrack(track_id)
    return found


async def store(
    session: AsyncSession,
    track_id: str,
    token: int,
    until: float,
    utterances: Sequence[Utterance],
    index: LineIndex,
    by: Recognition | None = None,
) -> list[Line]:
    """Keep what was said, make it findable and move the watermark to `until`; the new lines.

    What ends by the watermark is already kept and is passed over. Not what starts before it: times are counted in
    samples, and who is heard from a track's first sample on starts up to half a sample before the track does.
    `by`: what heard it. Raises `StaleToken`, `NoSuchTrack`.
    """
    track = await held(session, track_id, token)
    fresh = [each for each in utterances if each.end > track.heard_until and each.text.strip()]
    heard_by = {each.prompt: await keep(session, by, each.prompt) for each in fresh} if by is not None else {}
    lines = [made(track, utterance, heard_by.get(utterance.prompt), index) for utterance in fresh]
    session.add_all(lines)
    track.heard_until = max(track.heard_until, until)
    await session.flush()
    await index.add(session, lines)
    await changes.note(session, track.meeting_id, (), lines)
    return lines


async def end_track(session: AsyncSession, track_id: str) -> None:
    """Its microphone will send no more. Idempotent."""
    await session.execute(update(Track).where(col(Track.id) == track_id).values(ended=True))


async def finish(session: AsyncSession, track_id: str, token: int) -> None:
    """All of it has been heard. Raises `StaleToken`, `NoSuchTrack`."""
    track = await held(session, track_id, token)
    track.ended = track.complete = True
    await session.flush()


async def unfinished(session: AsyncSession) -> list[Track]:
    """Tracks of which something may still be unheard, oldest first."""
    query = select(Track).where(col(Track.complete).is_(False))
    return list((await session.scalars(query.order_by(col(Track.meeting_date), col(Track.started)))).all())


async def is_complete(session: AsyncSession, meeting_id: str) -> bool:
    """True when every track of the meeting has been heard to its end."""
    query = select(col(Track.id)).where(col(Track.meeting_id) == meeting_id, col(Track.complete).is_(False))
    return (await session.scalar(query.limit(1))) is None


async def held(session: AsyncSession, track_id: str, token: int) -> Track:
    """The track, if this lease is the newest. The update takes SQLite's write lock before anything is read."""
    await session.execute(update(Track).where(col(Track.id) == track_id).values(token=Track.token))
    track = await session.get(Track, track_id, populate_existing=True)
    if track is None:
        raise NoSuchTrack(track_id)
    if track.token != token:
        raise StaleToken(f"lease {token} of a track was followed by {track.token}")
    return track


def made(track: Track, said: Utterance, heard_by: str | None, index: LineIndex) -> Line:
    """A new line: what was said, and who sat there."""
    wording = worded(said)
    return Line(
        **sitting(track),
        id=secrets.token_hex(8),
        track_id=track.id,
        person_id=track.person_id,
        person_name=track.person_name,
        position=track.position,
        known_by=track.known_by,
        heard_by=heard_by,
        start=said.start,
        end=said.end,
        text=wording.text,
        stem=index.stems(wording.text),
        words=wording.words,
        citations=wording.citations,
    )


def sitting(track: Track) -> dict[str, Any]:
    """What all lines of a track say of where they were spoken."""
    return {
        "meeting_id": track.meeting_id,
        "meeting_title": track.meeting_title,
        "meeting_date": track.meeting_date,
        "classification": track.classification,
        "seat_id": track.seat_id,
        "office_id": track.office_id,
        "office_name": track.office_name,
    }
