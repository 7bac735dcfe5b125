"""Papers of a meeting: what leaves the system as PDF or DOCX."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from minutes.notula.documents.composing import compose
from minutes.notula.documents.composing.news import NotForThePublic
from minutes.notula.documents.paper import Paper
from minutes.notula.documents.sheet import Kind, Sheet
from server.attendance import sending
from server.deps import Who, Wired
from server.documents import gathering, policy
from server.errors import Busy, Conflict, Forbidden
from server.http import Problem
from server.notulas.cases import load
from server.printing import printer
from server.services import Services

router = APIRouter(prefix="/api/v1/meetings/{meeting_id}/documents", tags=["Dokumen"])
Form = Literal["pdf", "docx"]
FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {sending.TYPES[each]: {} for each in ("pdf", "docx")}},
    304: {"description": "Unchanged"},
    404: {"model": Problem, "description": "`no_notula`, `no_such_version`"},
    409: {"model": Problem, "description": "`not_public`, `transcript_changed`"},
    503: {"model": Problem, "description": "`busy`: too many files are being made; `being_printed`: soon"},
}
BEING_PRINTED = "Notula ini baru ditandatangani dan berkasnya sedang dicetak. Coba lagi sebentar."
NOT_PUBLIC = "Rapat ini terbatas, rahasia, atau dikecualikan, sehingga tidak ada berita untuk umum."


@router.get("/{kind}.{form}", summary="Unduh naskah", responses=FILES, response_class=Response)
async def document(
    meeting_id: str,
    kind: Kind,
    form: Form,
    who: Who,
    services: Wired,
    request: Request,
    version: Annotated[int | None, Query(ge=1, le=10_000, description="None: the newest that one may see")] = None,
) -> Response:
    """Notula, risalah, list of follow-ups, berita acara, or the draft of a news item.

    Before two people have signed every paper is marked as a draft. A signed notula is the file that was printed and
    kept then; what is made of it is printed anew, and says of what it is made. The same paper is the same file.
    """
    async with services.sessions() as session:
        case = await load(session, meeting_id, who, services.now())
        found = gathering.wanted(case, version)
        if not policy.may_have(who, kind, found.content, found.sealed is not None, case.inside):
            raise Forbidden("Naskah ini tidak tersedia bagi Anda.")
        if kind == "notula" and found.sealed is not None:
            return await _kept(meeting_id, found.sealed.version, found.sealed.code, form, services, request)
        sheet = await gathering.sheet(session, case, found, kind, services.settings.public_url)
    return await _printed(meeting_id, kind, form, sheet, services, request)


async def _kept(meeting: str, version: int, code: str, form: Form, services: Services, request: Request) -> Response:
    made = await services.notulas.keeping.kept(meeting, version, f"notula.{form}")
    if made is None:
        services.notulas.keeping.print_soon()
        raise Busy(BEING_PRINTED, code="being_printed")
    headers = sending.headers(f"notula-{code}", form, hashlib.sha256(made).hexdigest())
    return sending.known(request, headers) or await sending.sent(made, form, request, headers)


async def _printed(
    meeting: str, kind: Kind, form: Form, sheet: Sheet, services: Services, request: Request
) -> Response:
    try:
        paper, digest = await asyncio.to_thread(_composed, kind, sheet)
    except NotForThePublic:
        raise Conflict(NOT_PUBLIC, code="not_public") from None
    headers = sending.headers(f"{kind}-{sheet.code or meeting}", form, digest)
    if (unchanged := sending.known(request, headers)) is not None:
        return unchanged
    how: printer.Kind = "paper.pdf" if form == "pdf" else "paper.docx"
    return await sending.sent(await services.printer.make(how, paper, sheet.printed_at), form, request, headers)


def _composed(kind: Kind, sheet: Sheet) -> tuple[Paper, str]:
    """With the digest of all its words."""
    paper = compose(kind, sheet)
    told = json.dumps([asdict(paper), sheet.printed_at.isoformat()], ensure_ascii=False)
    return paper, hashlib.sha256(told.encode()).hexdigest()
