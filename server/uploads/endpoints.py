"""Uploads: announce, watch, call off. Their bytes come by `tus.py`."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from server.auth.identity import Identity
from server.deps import Organiser, Wired
from server.errors import BadRequest, Conflict, NoRoom, TooLarge
from server.meetings.endpoints import known_zone
from server.meetings.repository import known_offices
from server.services import Services
from server.uploads import repository
from server.uploads.models import Upload
from server.uploads.receiving import Receiving
from server.uploads.schemas import NewUpload, Standing, UploadList, UploadOut, shown
from server.uploads.states import OutOfTurn, State

MOST_AT_ONCE = 20  # of one office, not all received
MOST_ROOM = 0.5  # for what one office has announced and not sent, unless it is a single recording
AHEAD = timedelta(days=1)  # a clock may be wrong, a meeting may begin in another zone
router = APIRouter(prefix="/api/v1/uploads", tags=["Unggahan"])
CREATED: dict[int | str, dict[str, Any]] = {201: {"headers": {"Location": {"schema": {"type": "string"}}}}}


@router.post("", status_code=201, summary="Mulai mengunggah rekaman", responses=CREATED)
async def announce(given: NewUpload, who: Organiser, services: Wired, response: Response) -> UploadOut:
    """A recording of an older meeting of the caller's office. Its bytes go to `Location`."""
    assert who.office is not None
    if given.starts_at > services.now() + AHEAD:
        raise BadRequest("Rapat ini belum berlangsung.", code="in_future")
    if given.size > services.settings.largest_upload:
        raise TooLarge(f"Berkas lebih besar daripada {services.settings.upload_gb} GB.")
    now = services.now()
    upload = Upload(
        id=secrets.token_hex(8),
        title=given.title,
        starts_at=given.starts_at,
        zone=known_zone(given.zone or who.office.zone),
        host_office_id=who.office.id,
        offices=sorted(set(given.offices) - {who.office.id}),
        uploaded_by=who.name,
        file_name=given.file_name,
        size=given.size,
        fingerprint=given.fingerprint,
        state=State.RECEIVING,
        created_at=now,
        touched_at=now,
        meeting_id=secrets.token_hex(8),
        track_id=secrets.token_hex(8),
    )
    async with services.sessions.begin() as session:
        await known_offices(session, upload.offices, upload.starts_at.astimezone(ZoneInfo(upload.zone)).date())
        waiting = await repository.in_state(session, State.RECEIVING)
        _is_within_bounds(services, upload, waiting)
        session.add(upload)
    out = _shown(services, upload, 0.0)
    response.headers["Location"] = out.file
    return out


@router.get("", summary="Unggahan yang belum selesai")
async def going_on(who: Organiser, services: Wired) -> UploadList:
    """Of the caller's office, newest first."""
    assert who.office is not None
    async with services.sessions() as session:
        found = await repository.going_on(session, who.office.id)
    items = [_shown(services, upload, heard) for upload, heard in found]
    return UploadList(items=items, most=services.settings.largest_upload)


@router.get("/{upload_id}", summary="Satu unggahan")
async def one(upload_id: str, who: Organiser, services: Wired) -> UploadOut:
    async with services.sessions() as session:
        upload = await repository.theirs(session, upload_id, who)
        return _shown(services, upload, await repository.heard_until(session, upload))


@router.delete("/{upload_id}", status_code=204, summary="Batalkan unggahan")
async def call_off(upload_id: str, who: Organiser, services: Wired) -> None:
    """Nothing of it stays. Once it is a meeting it cannot be called off."""
    await removed(upload_id, who, services)


async def removed(upload_id: str, who: Identity, services: Services) -> None:
    async with services.sessions() as session:
        upload = await repository.theirs(session, upload_id, who)
    try:
        await services.uploads.remove(upload)
    except OutOfTurn:
        raise Conflict("Rekaman ini sudah menjadi rapat.", code="upload_over") from None


def _is_within_bounds(services: Services, upload: Upload, waiting: list[Upload]) -> None:
    """What others have announced will need its room too, and no office may keep all of it from the others."""
    receiving = services.uploads.receiving
    room, own = receiving.room(), [each for each in waiting if each.host_office_id == upload.host_office_id]
    if len(own) >= MOST_AT_ONCE:
        raise Conflict("Terlalu banyak unggahan yang belum selesai.", code="too_many_uploads")
    if own and _to_come(receiving, own) + upload.size > room * MOST_ROOM:
        raise Conflict("Unggahan kantor ini yang belum terkirim sudah terlalu besar.", code="too_much_announced")
    if _to_come(receiving, waiting) + upload.size > room:
        raise NoRoom


def _to_come(receiving: Receiving, uploads: list[Upload]) -> int:
    """Bytes announced and not received."""
    return sum(each.size - receiving.received(each.id) for each in uploads)


def _shown(services: Services, upload: Upload, heard: float) -> UploadOut:
    uploads = services.uploads
    held_up = "disk_full" if uploads.waits_for_room(upload.id) else None
    if services.scribing.gave_up(upload.track_id):
        held_up = "given_up"
    receiving, prepared = uploads.receiving, uploads.prepared(upload.id)
    now = Standing(receiving.received(upload.id), receiving.busy(upload.id), prepared, heard, held_up)
    return shown(upload, now, services.settings.upload_days)
