"""A meeting's notula: drafted, written, moved through its states, signed, and read again as it was sealed."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter, ValidationError

from minutes.notula import versions
from minutes.notula.comparing import Comparison, Placed, compared
from minutes.notula.evidence import Difference, differences
from server.deps import Member, Who, Wired
from server.errors import BadRequest, NotFound
from server.http import Problem
from server.notulas import contents, people
from server.notulas.body import body
from server.notulas.cases import OUTSIDE, Case, load
from server.notulas.proving import evidence_of
from server.notulas.schemas import (
    AnswerIn,
    ChangedOut,
    ComparisonOut,
    DifferenceOut,
    DraftIn,
    DutiesIn,
    MoveIn,
    NotulaOut,
    PersonOut,
    ProposalIn,
    Revision,
    SignatureIn,
    StatementOut,
)

router = APIRouter(prefix="/api/v1/meetings/{meeting_id}/notula", tags=["Notula"])
MOST_BYTES = 8 << 20  # of a content: hours of talk are some hundred kilobytes
_REVISION: TypeAdapter[int] = TypeAdapter(Revision)
REFUSED: dict[int | str, dict[str, Any]] = {
    403: {"model": Problem, "description": "`forbidden`, `not_your_duty`"},
    409: {
        "model": Problem,
        "description": "`illegal_move`, `notula_sealed`; `notula_changed` with `current`; and what is not done yet: "
        "`window_open`, `unanswered`, `not_initialled`, `not_your_turn`, `minute_taker_first`, `same_person`, …",
    },
}
CONTENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["revision", "content"],
                    "properties": {
                        "revision": {"type": "integer", "minimum": 1},
                        "content": {"$ref": "#/components/schemas/Content"},
                    },
                }
            }
        },
    }
}
SEALED: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {}}, "description": "The sealed JSON"}}


@router.get("", summary="Notula rapat")
async def read(meeting_id: str, who: Who, services: Wired) -> NotulaOut:
    """The newest version that the caller may see; 404 `no_notula` before there is one."""
    return await services.notulas.approving.read(meeting_id, who, services.now())


@router.get("/people", summary="Siapa yang dapat diberi tugas")
async def people_of(meeting_id: str, who: Member, services: Wired) -> list[PersonOut]:
    """Who serves in the hosting office today; told to who has a duty."""
    async with services.sessions() as session:
        case = await load(session, meeting_id, who, services.now())
        return await people.of_host(session, case)


@router.post("/draft", summary="Susun draf notula", responses=REFUSED)
async def draft(meeting_id: str, given: DraftIn, who: Who, services: Wired) -> NotulaOut:
    """By rules, from the transcript and what was noted in the meeting."""
    return await services.notulas.approving.draft(meeting_id, given.replace, who, services.now())


@router.put("/content", summary="Simpan naskah notula", responses=REFUSED, openapi_extra=CONTENT)
async def save(meeting_id: str, request: Request, who: Who, services: Wired) -> NotulaOut:
    """The whole content, made of one revision: of another one nothing is written over.

    422: `uncited`, `no_such_line` (with `lines`), `measured`, `same_id`, `too_long`, `invalid_content`.
    """
    async with services.sessions() as session:
        (await load(session, meeting_id, who, services.now())).step("edit")  # before anything large is read
    said = await body(request, MOST_BYTES)
    revision, content = await asyncio.to_thread(_content, said)
    return await services.notulas.approving.save(meeting_id, revision, content, who, services.now())


@router.post("/moves", summary="Langkah menuju pengesahan", responses=REFUSED)
async def move(meeting_id: str, given: MoveIn, who: Who, services: Wired) -> NotulaOut:
    return await services.notulas.approving.move(meeting_id, given, who, services.now())


@router.put("/duties", summary="Bagi tugas", responses=REFUSED)
async def assign(meeting_id: str, given: DutiesIn, who: Who, services: Wired) -> NotulaOut:
    """By the secretariat of the host. 422: `unknown_person`, `same_person`, `twice`."""
    return await people.assign(services.notulas.approving, meeting_id, given, who, services.now())


@router.post("/proposals", status_code=201, summary="Usulkan koreksi", responses=REFUSED)
async def propose(meeting_id: str, given: ProposalIn, who: Who, services: Wired) -> NotulaOut:
    """By whoever may read the meeting, while the window is open."""
    return await services.notulas.approving.propose(meeting_id, given, who, services.now())


@router.post("/proposals/{proposal_id}/answer", summary="Jawab usulan koreksi", responses=REFUSED)
async def answer(meeting_id: str, proposal_id: str, given: AnswerIn, who: Who, services: Wired) -> NotulaOut:
    """Accepting changes the statement."""
    return await services.notulas.approving.answer(meeting_id, proposal_id, given, who, services.now())


@router.post("/signatures", status_code=201, summary="Tandatangani", responses=REFUSED)
async def sign(meeting_id: str, given: SignatureIn, who: Member, services: Wired) -> NotulaOut:
    """With one's password, for what was shown (`sha256`). The second signature seals; papers are printed then."""
    told = await services.notulas.signing.sign(meeting_id, given.password, given.sha256, who, services.now())
    if told.state == "signed":
        services.notulas.keeping.print_soon()
    return told


@router.get("/versions/{number}", summary="JSON tersegel", response_class=Response, responses=SEALED)
async def version(meeting_id: str, number: int, who: Who, services: Wired) -> Response:
    """As it was sealed, to the byte: what `rakor verify` and the verification page check."""
    async with services.sessions() as session:
        case = await load(session, meeting_id, who, services.now())
    found = next((each for each in case.sealed if each.version == number), None)
    if found is None:
        raise NotFound("Versi itu belum ditandatangani.", code="not_sealed")
    name = f'attachment; filename="notula-{found.code}.json"'
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-cache", "ETag": f'"{found.sha256[:24]}"'}
    return Response(found.document, 200, headers, "application/json")


@router.get("/compare", summary="Bandingkan dua versi")
async def compare(
    meeting_id: str,
    who: Who,
    services: Wired,
    before: Annotated[int, Query(alias="from", ge=1)],
    after: Annotated[int, Query(alias="to", ge=1)],
) -> ComparisonOut:
    async with services.sessions() as session:
        case = await load(session, meeting_id, who, services.now())
    old, new = (_version(case, number) for number in (before, after))
    return await asyncio.to_thread(lambda: _compared(compared(versions.content(old), versions.content(new))))


@router.get("/differences", summary="Yang didengar mesin dan yang disetujui")
async def differing(meeting_id: str, who: Who, services: Wired) -> list[DifferenceOut]:
    """Cited lines where the record says something else than the machine heard; once approved, as it was then."""
    async with services.sessions() as session:
        case = await load(session, meeting_id, who, services.now())
        row = case.shown
        if row.approved is not None:
            proof = json.loads(row.approved)["evidence"]
        else:
            content = versions.content(row)
            await contents.said(session, content)
            proof = await evidence_of(session, content, ())
    return [_difference(each) for each in differences(proof["lines"])]


def _content(said: bytes) -> tuple[int, Any]:
    """Raises `BadRequest`."""
    try:
        given = json.loads(said)
        if not isinstance(given, dict) or set(given) != {"revision", "content"}:
            raise ValueError("not what is sent here")
        revision = _REVISION.validate_python(given["revision"], strict=True)
    except (ValueError, RecursionError, ValidationError):
        raise BadRequest("Isi permintaan: revision dan content.", code="validation") from None
    return revision, contents.content(given["content"])


def _version(case: Case, number: int) -> Any:
    found = next((each for each in case.rows if each.number == number), None)
    if found is None or not (case.inside or found.state in OUTSIDE):
        raise NotFound("Versi itu tidak ada.", code="unknown_version")
    return found


def _compared(found: Comparison) -> ComparisonOut:
    return ComparisonOut(
        came=[_statement(each) for each in found.came],
        went=[_statement(each) for each in found.went],
        changed=[_changed(old, new) for old, new in found.changed],
        facts=list(found.facts),
    )


def _statement(each: Placed) -> StatementOut:
    said = each.statement
    return StatementOut(id=said.id, section=each.section, text=said.text, cites=list(said.cites))


def _changed(old: Placed, new: Placed) -> ChangedOut:
    return ChangedOut(
        id=new.statement.id,
        section=new.section,
        before=old.statement.text,
        after=new.statement.text,
        moved_from=old.section if old.section != new.section else "",
    )


def _difference(each: Difference) -> DifferenceOut:
    return DifferenceOut(
        line=each.line, start=each.start / 1000, speaker=each.speaker, heard=each.heard, text=each.text
    )
