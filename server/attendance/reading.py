"""A meeting's attendance list from the database: what its room measured, with the corrections laid over it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.attendance import repository
from server.attendance.corrections import Correction
from server.attendance.facts import Facts
from server.attendance.items import by_item
from server.attendance.listing import Listing, listing
from server.errors import NotFound
from server.meetings.repository import Full
from server.proceedings.course import Moment, course
from server.proceedings.presence import presence
from server.proceedings.store import happened
from server.rooms.words.seats import Opened


async def listed(session: AsyncSession, full: Full, now: datetime) -> tuple[Facts, Listing]:
    """While the meeting goes on, up to `now`. Raises `NotFound` where nobody was seen to attend."""
    log = await happened(session, full.meeting.id) if full.meeting.opened_at is not None else []
    if not log:
        raise NotFound("Daftar hadir rapat ini belum ada, atau rapat ini diunggah sebagai rekaman.", code="not_kept")
    facts = _facts(full, now)
    corrections = await repository.corrections(session, full.meeting.id)
    return facts, await asyncio.to_thread(_found, full, facts, log, corrections)


def _found(full: Full, facts: Facts, log: list[Moment], corrections: list[Correction]) -> Listing:
    opened_at = facts.opened_at.timestamp()
    measured = presence(log, opened_at, facts.until.timestamp())
    items = by_item(
        course(log, opened_at).stretches,
        measured,
        {each.id for each in full.invited},
        facts.until.timestamp() - opened_at,
    )
    found = listing(full.host, full.invited, measured, corrections, opened_at)
    # An office may have another name by now: the list says what it was called when it was invited.
    called = {office.id: office.name for _, event in log if isinstance(event, Opened) for office in event.offices}
    offices = tuple(replace(each, name=called.get(each.id, each.name)) for each in found.offices)
    return replace(found, items=items, offices=offices)


def _facts(full: Full, now: datetime) -> Facts:
    meeting = full.meeting
    assert meeting.opened_at is not None
    return Facts(
        meeting=meeting.id,
        title=meeting.title,
        host=full.host,
        zone=meeting.zone,
        opened_at=meeting.opened_at,
        until=meeting.ended_at or now,
        over=meeting.ended_at is not None,
        classification=meeting.classification,
        quorum=meeting.quorum or None,
    )
