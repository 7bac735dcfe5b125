"""Tables in and out: a template, what is kept, a preview that writes nothing, and exactly that, written."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from server.deps import Wired
from server.directory import leaving, policy
from server.directory.asking import Keeper, KeepsPeople
from server.directory.importing import applying, offices, people, schemas, writing
from server.directory.importing.applying import Kept
from server.directory.importing.columns import Kind, Table, table
from server.directory.importing.offices import Names, OfficePlan
from server.directory.importing.people import PeoplePlan
from server.directory.importing.reading import MOST_BYTES, read
from server.directory.importing.schemas import Applied, Preview
from server.directory.rules import Fault
from server.errors import Conflict, Forbidden, TooLarge
from server.services import Services

router = APIRouter(prefix="/api/v1/directory", tags=["Direktori"])
Format = Literal["xlsx", "csv"]
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
CHANGED = "Direktori berubah sejak pratinjau dibuat. Buat pratinjau baru, lalu terapkan."
NAMES = {"offices": "satker", "people": "orang"}


@router.get("/imports/{kind}/template", summary="Templat kosong", response_class=Response)
async def template(kind: Kind, who: KeepsPeople, services: Wired, format: Format = "xlsx") -> Response:
    """Headers, and in XLSX a second sheet that says what may stand in each column."""
    return await _file(services, kind, [], format, f"templat-{NAMES[kind]}")


@router.get("/exports/{kind}", summary="Unduh isi direktori", response_class=Response)
async def export(kind: Kind, who: KeepsPeople, services: Wired, format: Format = "xlsx") -> Response:
    """As an import takes it. People: of the offices that the caller keeps, every post of theirs a row."""
    async with services.sessions() as session:
        found = await applying.kept(session)
    rows = await services.tables.do(lambda: _exported(kind, found, who))
    return await _file(services, kind, rows, format, NAMES[kind])


@router.post("/imports/{kind}/preview", summary="Pratinjau impor")
async def preview(kind: Kind, who: KeepsPeople, services: Wired, request: Request) -> Preview:
    """The body is the file, XLSX or CSV. Nothing is written; `token` names what was seen."""
    _may(kind, who)
    content = await _body(request)
    async with services.sessions() as session:
        found = await applying.kept(session)
    plan, ignored = await services.tables.do(lambda: _planned(kind, table(read(content), kind), found, who))
    return schemas.preview(kind, plan.rows, ignored, _token(kind, content, found, who))


@router.post("/imports/{kind}", summary="Terapkan impor yang dipratinjau")
async def apply(
    kind: Kind,
    who: KeepsPeople,
    services: Wired,
    request: Request,
    token: Annotated[str, Query(max_length=200)],
    partial: Annotated[bool, Query(description="Leave out the rows that are wrong")] = False,
) -> Applied:
    """The same file again, with the token of its preview. All of it or, with `partial`, its right rows; or nothing."""
    _may(kind, who)
    content = await _body(request)
    async with services.sessions() as session:
        found = await applying.kept(session)
    _is_what_was_seen(token, _token(kind, content, found, who))
    plan, _ = await services.tables.do(lambda: _planned(kind, table(read(content), kind), found, who))
    if any(row.outcome == "wrong" for row in plan.rows) and not partial:
        detail = "Ada baris yang salah. Perbaiki berkasnya, atau impor baris yang benar saja."
        raise Conflict(detail, code="rows_wrong")
    out: list[str] = []
    async with services.sessions.begin() as session:
        await applying.lock(session)  # only now: whoever waits in line must not keep everybody else from writing
        if await applying.versions(session) != found.versions:
            raise Conflict(CHANGED, code="directory_changed")
        if isinstance(plan, OfficePlan):
            await applying.write_offices(session, plan.new, plan.changed)
        else:
            out = await applying.write_people(session, plan.people, services.now())
    for person in out:
        await leaving.leave_rooms(services.rooms, services.desks, person)
    return schemas.applied(plan.rows)


def _planned(kind: Kind, given: Table, found: Kept, who: Keeper) -> tuple[OfficePlan | PeoplePlan, tuple[str, ...]]:
    if kind == "offices":
        return offices.plan(given, found.offices), given.ignored
    everybody = found.somebodies(who.who.id, who.today)
    plan = people.plan(given, everybody, Names(found.offices), found.levels(), _limits(who), who.today)
    return plan, given.ignored


def _limits(who: Keeper) -> people.May:
    def may(office: str, role: str) -> Fault | None:
        try:
            who.may(office, role)
        except Forbidden as refusal:
            return Fault("office_id", refusal.code, refusal.detail)
        return None

    return may


def _exported(kind: Kind, found: Kept, who: Keeper) -> list[dict[str, str]]:
    if kind == "offices":
        return [offices.cells(each) for each in found.offices]
    everybody = found.somebodies(who.who.id, who.today)
    theirs = [each for each in everybody if each.office in who.reach and policy.may_give(who.who, each.entry.role)]
    return [people.cells(each.entry, each.disabled, post.entry) for each in theirs for post in each.posts]


async def _file(services: Services, kind: Kind, rows: list[dict[str, str]], format: Format, name: str) -> Response:
    write = writing.as_xlsx if format == "xlsx" else writing.as_csv
    content = await services.tables.do(lambda: write(kind, rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format}"', "Cache-Control": "no-store"}
    return Response(content, 200, headers, TYPES[format])


async def _body(request: Request) -> bytes:
    """Raises `TooLarge` as soon as it is."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            detail = f"Berkas lebih besar daripada {MOST_BYTES // 2**20} MB. Bagi menjadi beberapa berkas."
            raise TooLarge(detail, code="table_too_big")
    return bytes(content)


def _token(kind: Kind, content: bytes, found: Kept, who: Keeper) -> str:
    """Of the file, and of the directory as the caller sees it today."""
    seen = f"{kind} {who.who.id} {who.today} {found.versions}".encode()
    return f"{hashlib.sha256(content).hexdigest()[:32]}.{hashlib.sha256(seen).hexdigest()[:32]}"


def _is_what_was_seen(token: str, now: str) -> None:
    """Raises `Conflict`."""
    if token.partition(".")[0] != now.partition(".")[0]:
        raise Conflict("Berkas ini bukan yang dipratinjau. Buat pratinjau baru.", code="other_table")
    if token != now:
        raise Conflict(CHANGED, code="directory_changed")


def _may(kind: Kind, who: Keeper) -> None:
    if kind == "offices" and not policy.may_keep_offices(who.who):
        raise Forbidden("Hanya administrator yang mengubah satker.")
