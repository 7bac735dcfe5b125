"""Uploads in the database. Functions work in the caller's transaction and commit nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record import tracks
from minutes.record.models import Track
from server.auth.identity import Identity
from server.errors import NotFound
from server.meetings import repository as meetings
from server.meetings.models import Meeting
from server.uploads.models import Upload
from server.uploads.states import AFTER, OVER, Event, State, after

SEAT = "rekaman"
SEAT_LABEL = "Rekaman unggahan"
SHOWN = 100
BEGINS_WITHIN = timedelta(hours=6)  # room is kept for an announcement, and others are refused meanwhile


async def theirs(session: AsyncSession, upload_id: str, who: Identity) -> Upload:
    """An upload of the caller's office. Raises `NotFound`, also when it is another office's."""
    found = await session.get(Upload, upload_id)
    if found is None or who.office is None or found.host_office_id != who.office.id:
        raise NotFound("Unggahan tidak ditemukan.")
    if found.state == State.CALLED_OFF:
        raise NotFound("Unggahan tidak ditemukan.")
    return found


async def going_on(session: AsyncSession, office: str) -> list[tuple[Upload, float]]:
    """An office's uploads that are not done, newest first, and up to which second each has been heard."""
    heard = func.coalesce(col(Track.heard_until), 0.0)
    query = select(Upload, heard).outerjoin(Track, col(Track.id) == col(Upload.track_id))
    query = query.where(col(Upload.host_office_id) == office, col(Upload.state).not_in(OVER))
    rows = await session.execute(query.order_by(col(Upload.created_at).desc()).limit(SHOWN))
    return [(row[0], row[1]) for row in rows.all()]


async def heard_until(session: AsyncSession, upload: Upload) -> float:
    found = await session.get(Track, upload.track_id)
    return found.heard_until if found is not None else 0.0


async def in_state(session: AsyncSession, *states: State) -> list[Upload]:
    """Oldest first."""
    query = select(Upload).where(col(Upload.state).in_(states)).order_by(col(Upload.created_at), col(Upload.id))
    return list((await session.scalars(query)).all())


async def change(
    session: AsyncSession, upload: Upload, event: Event, reason: str | None = None, token: int | None = None
) -> bool:
    """Let an event happen to it; False where it has left the event's state, or its lease was taken by another.

    The update takes SQLite's write lock, so of two that come at once one is told.
    """
    before = [state for state, each in AFTER if each is event]
    target = after(before[0], event)
    query = update(Upload).where(col(Upload.id) == upload.id, col(Upload.state).in_(before))
    if token is not None:
        query = query.where(col(Upload.token) == token)
    done = await session.execute(query.values(state=target, reason=reason).returning(col(Upload.id)))
    return done.scalar_one_or_none() is not None


async def lease(session: AsyncSession, upload: Upload) -> int | None:
    """A new fencing token for preparing it; None when it was called off."""
    query = update(Upload).where(col(Upload.id) == upload.id, col(Upload.state) == State.PREPARING)
    done = await session.execute(query.values(token=Upload.token + 1).returning(col(Upload.token)))
    found: int | None = done.scalar_one_or_none()
    return found


async def expired(session: AsyncSession, now: datetime, days: int) -> list[Upload]:
    """Nothing of them has come for so many days; or nothing at all, for so long that nobody is sending it."""
    touched = col(Upload.touched_at)
    left_off = touched < now - timedelta(days=days)
    never_begun = (touched == col(Upload.created_at)) & (touched < now - BEGINS_WITHIN)
    query = select(Upload).where(col(Upload.state) == State.RECEIVING, left_off | never_begun)
    return list((await session.scalars(query)).all())


async def heard(session: AsyncSession) -> list[Upload]:
    """Transcribed to their end, and not told so yet."""
    return await _transcribing(session, complete=True)


async def unheard(session: AsyncSession) -> list[Upload]:
    """To be transcribed, or being so."""
    return await _transcribing(session, complete=False)


async def _transcribing(session: AsyncSession, complete: bool) -> list[Upload]:
    query = select(Upload).join(Track, col(Track.id) == col(Upload.track_id))
    query = query.where(col(Upload.state) == State.TRANSCRIBING, col(Track.complete).is_(complete))
    return list((await session.scalars(query)).all())


async def make_meeting(session: AsyncSession, upload: Upload, length: float) -> None:
    """An ended meeting with one track in which speakers are mixed: nobody is named, and no office is."""
    meeting = Meeting(
        id=upload.meeting_id,
        title=upload.title,
        state="ended",
        zone=upload.zone,
        host_office_id=upload.host_office_id,
        starts_at=upload.starts_at,
        opened_at=upload.starts_at,
        ended_at=upload.starts_at + timedelta(seconds=length),
    )
    await meetings.create(session, meeting, upload.offices)
    track = Track(
        id=upload.track_id,
        meeting_id=meeting.id,
        meeting_title=meeting.title,
        meeting_date=meeting.starts_at.astimezone(ZoneInfo(meeting.zone)).date().isoformat(),
        classification=meeting.classification,
        seat_id=SEAT,
        office_id="",
        office_name=SEAT_LABEL,
        seat_label=SEAT_LABEL,
        known_by="unassigned",
        shared=True,
        started=0.0,
        heard_until=0.0,
        ended=True,
    )
    await tracks.create_track(session, track)


async def keep_facts(session: AsyncSession, upload: Upload, length: float, cut_short: bool, sha256: str) -> None:
    """What was found out about its file while it was prepared."""
    facts = {"length": length, "cut_short": cut_short, "sha256": sha256}
    await session.execute(update(Upload).where(col(Upload.id) == upload.id).values(facts))


async def count_attempt(session: AsyncSession, upload: Upload) -> int:
    """One more try broke down; how many by now."""
    query = update(Upload).where(col(Upload.id) == upload.id).values(attempts=Upload.attempts + 1)
    return (await session.execute(query.returning(col(Upload.attempts)))).scalar_one_or_none() or 0


async def forget(session: AsyncSession, upload: Upload) -> None:
    """One that was called off, once nothing of it is left."""
    await session.execute(delete(Upload).where(col(Upload.id) == upload.id, col(Upload.state) == State.CALLED_OFF))


async def touch(session: AsyncSession, upload: Upload, now: datetime) -> None:
    """Something of it came: it lives on."""
    await session.execute(update(Upload).where(col(Upload.id) == upload.id).values(touched_at=now))
