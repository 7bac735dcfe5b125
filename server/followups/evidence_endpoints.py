"""Evidence of follow-ups: files and links, added and taken away. A file is never shown, only downloaded."""

from __future__ import annotations

import secrets
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import ClientDisconnect

from server.auth.identity import Identity
from server.deps import Member, Wired
from server.directory.rules import tidy
from server.errors import BadRequest, Conflict, Forbidden, NotFound
from server.followups import policy, repository
from server.followups.endpoints import told
from server.followups.models import EvidenceRow
from server.followups.repository import Found
from server.followups.rules import may_add_evidence, may_remove_evidence
from server.followups.schemas import ItemOut, NewLink
from server.followups.sniffing import named
from server.services import Services

router = APIRouter(prefix="/api/v1/follow-ups/{item_id}", tags=["Tindak lanjut"])
MOST = 20  # pieces of one item
MOST_EVER = 100  # with those that were taken away, which stay on disk
BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
}
ItemVersion = Annotated[int, Query(ge=1, le=2**31)]


@router.post("/evidence", status_code=201, summary="Lampirkan berkas bukti", openapi_extra=BODY)
async def add_file(
    item_id: str,
    name: Annotated[str, Query(min_length=1, max_length=200, description="As the file is called")],
    version: ItemVersion,
    who: Member,
    services: Wired,
    request: Request,
) -> ItemOut:
    """At most 16 MiB of PDF, picture, office document without macros, or text; its kind is told by its content."""
    async with services.sessions() as session:
        found = await repository.visible(session, item_id, who)
        await _may_add(session, found, who)
        if found.item.version != version:
            raise Conflict(repository.CHANGED, code="follow_up_changed")
    id = secrets.token_hex(8)
    try:
        received = await services.evidence.receive(id, request.stream())
    except ClientDisconnect:
        raise BadRequest("Pengiriman terputus. Kirim kembali berkasnya.", code="nothing_came") from None
    kept = EvidenceRow(
        id=id,
        item_id=item_id,
        name=named(_plain(name), received.kind),
        kind=received.kind,
        size=received.size,
        sha256=received.sha256,
        by_name=who.name,
        at=services.now(),
    )
    try:
        return await _added(services, kept, version, who)
    except BaseException:
        await services.evidence.discard(id)
        raise


@router.post("/links", status_code=201, summary="Cantumkan tautan bukti")
async def add_link(item_id: str, given: NewLink, who: Member, services: Wired) -> ItemOut:
    kept = EvidenceRow(
        id=secrets.token_hex(8),
        item_id=item_id,
        name=_plain(given.name),
        url=given.url,
        by_name=who.name,
        at=services.now(),
    )
    return await _added(services, kept, given.version, who)


@router.delete("/evidence/{evidence_id}", summary="Tarik bukti")
async def remove(item_id: str, evidence_id: str, version: ItemVersion, who: Member, services: Wired) -> ItemOut:
    """It counts no more; the history says that it was there, and by whom it was taken away."""
    async with services.sessions.begin() as session:
        await repository.visible(session, item_id, who)
        await repository.claim(session, item_id, version)
        found = await repository.visible(session, item_id, who)
        item = found.item
        if not may_remove_evidence(found.standing(), policy.duties(who, item.office_id, found.meeting)):
            detail = "Bukti ditarik oleh satkernya selama butir belum dilaporkan selesai."
            raise Forbidden(detail, code="evidence_stays")
        kept = await _piece(session, item_id, evidence_id)
        kept.removed = True
        before = {"name": kept.name}
        session.add(repository.changed(item, "removed", who, services.now(), "", before, {}))
        await session.flush()
        return await told(session, item_id, who, services)


@router.get("/evidence/{evidence_id}", summary="Unduh bukti", response_class=FileResponse)
async def download(item_id: str, evidence_id: str, who: Member, services: Wired) -> FileResponse:
    async with services.sessions() as session:
        await repository.visible(session, item_id, who)
        kept = await _piece(session, item_id, evidence_id)
    file = services.evidence.path(kept.id)
    if kept.url or not file.exists():
        raise NotFound("Berkas bukti ini tidak ada di peladen.")
    told = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(kept.name)}",  # RFC 6266
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{kept.sha256[:32]}"',
    }
    return FileResponse(file, headers=told, media_type=kept.kind)


async def _added(services: Services, kept: EvidenceRow, version: int, who: Identity) -> ItemOut:
    async with services.sessions.begin() as session:
        await repository.visible(session, kept.item_id, who)
        await repository.claim(session, kept.item_id, version)
        found = await repository.visible(session, kept.item_id, who)
        await _may_add(session, found, who)
        session.add(kept)
        item = found.item
        after = {"name": kept.name, **({"url": kept.url} if kept.url else {"sha256": kept.sha256})}
        session.add(repository.changed(item, "evidence", who, services.now(), "", {}, after))
        await session.flush()
        return await told(session, kept.item_id, who, services)


async def _may_add(session: AsyncSession, found: Found, who: Identity) -> None:
    duties = policy.duties(who, found.item.office_id, found.meeting)
    if not may_add_evidence(found.standing(), duties):
        detail = "Bukti dilampirkan oleh satkernya, sampai laporannya diverifikasi."
        raise Forbidden(detail, code="evidence_closed")
    pieces = await repository.evidence(session, found.item.id)
    if found.evidence >= MOST or len(pieces) >= MOST_EVER:
        raise Conflict(f"Sudah ada {MOST} bukti. Tarik salah satunya, atau gabungkan.", code="too_much_evidence")


async def _piece(session: AsyncSession, item_id: str, evidence_id: str) -> EvidenceRow:
    kept = await session.get(EvidenceRow, evidence_id)
    if kept is None or kept.item_id != item_id or kept.removed:
        raise NotFound("Bukti ini tidak ada, atau sudah ditarik.")
    return kept


def _plain(name: str) -> str:
    """Without the folders it came from, and without what cannot be printed."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return tidy("".join(each for each in last if each.isprintable()))[:190] or "bukti"
