"""Follow-ups: the boards, one item with its history, and what is done with it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from minutes.notula.content import Category
from server.auth.identity import Identity
from server.deps import Member, Wired
from server.followups import board, policy, repository
from server.followups.models import ItemRow
from server.followups.repository import PAGE, Asked, Scope, Tally, Wanted
from server.followups.rules import Outcome, Status, decide
from server.followups.schemas import (
    Board,
    CategoryOut,
    ItemList,
    ItemOut,
    ItemRowOut,
    LineOut,
    MeetingRef,
    NewMove,
    ParentOut,
)
from server.followups.spreadsheet import as_csv
from server.meetings.policy import may_see
from server.meetings.repository import invited
from server.services import Services

router = APIRouter(prefix="/api/v1/follow-ups", tags=["Tindak lanjut"])
MOST_PARENTS = 100
MOST_EXPORTED = 25_000
Id = Annotated[str, Query(max_length=64)]


def asked(
    scope: Annotated[Scope, Query(description="own: what the office does; all: of meetings it follows")] = "own",
    q: Annotated[str, Query(max_length=100)] = "",
    status: Annotated[Wanted, Query(description="A status; or open, late, unverified")] = "",
    category: Category | None = None,
    meeting: Id = "",
    follow_up: Id = "",
    office: Id = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Asked:
    return Asked(scope, q, status, category or "", meeting, follow_up, office, page)


AskedFor = Annotated[Asked, Depends(asked)]


@router.get("", summary="Daftar tindak lanjut")
async def list_items(wanted: AskedFor, who: Member, services: Wired) -> ItemList:
    """What is late first, then what is due next. `scope=all`: of the meetings that the caller's office hosted; for the
    central office of all meetings, without what is restricted to others."""
    now = services.now()
    async with services.sessions() as session:
        found = await repository.listed(session, who, wanted, now)
        total = await repository.count(session, who, wanted, now)
    return ItemList(items=[ItemRowOut.of(each, now) for each in found], total=total, page_size=PAGE)


@router.get("/board", summary="Papan tindak lanjut")
async def read_board(wanted: AskedFor, who: Member, services: Wired) -> Board:
    """How far it is with all that fits the filters, whatever its status."""
    now = services.now()
    async with services.sessions() as session:
        found = await repository.tallies(session, who, wanted, now)
        parents = await repository.follow_ups(session, {each.follow_up for each in found})
        beyond = policy.is_central(who) or await repository.count(session, who, Asked("all"), now) > 0
    categories = {parent.id: parent.category for parent, _ in parents}
    by_category = board.lines(found, lambda each: categories[each.follow_up])
    whole = board.line(found)
    return Board(
        all=LineOut(**LineOut.facts(whole)),
        unverified=whole.unverified,
        follow_ups=_by_parent(found, parents),
        categories=[CategoryOut(category=key, **LineOut.facts(by_category[key])) for key in sorted(by_category)],
        may_see_all=beyond,
    )


@router.get("/export", summary="Tindak lanjut sebagai CSV", response_class=Response)
async def export(wanted: AskedFor, who: Member, services: Wired) -> Response:
    """All that fits the filters, one row an office."""
    now = services.now()
    async with services.sessions() as session:
        found = await repository.listed(session, who, replace(wanted, page=1), now, MOST_EXPORTED)
    made = await asyncio.to_thread(as_csv, found, now)
    told = {"Content-Disposition": 'attachment; filename="tindak-lanjut.csv"', "Cache-Control": "private, no-cache"}
    return Response(made, 200, told, "text/csv; charset=utf-8")


@router.get("/{item_id}", summary="Satu butir tindak lanjut")
async def get_item(item_id: str, who: Member, services: Wired) -> ItemOut:
    """With evidence and history, and what the caller may do with it."""
    async with services.sessions() as session:
        return await told(session, item_id, who, services)


@router.post("/{item_id}/moves", summary="Laporkan, verifikasi, atau kembalikan")
async def make_move(item_id: str, given: NewMove, who: Member, services: Wired) -> ItemOut:
    """Moves and who may make them: `may.moves` of the item. Refused moves change nothing."""
    now = services.now()
    async with services.sessions.begin() as session:
        await repository.visible(session, item_id, who)
        await repository.claim(session, item_id, given.version)
        found = await repository.visible(session, item_id, who)  # as it is now that nobody else can change it
        item, duties = found.item, policy.duties(who, found.item.office_id, found.meeting)
        outcome = decide(found.standing(), given.move, duties, who.id, given.text, given.percent)
        before = _facts(item)
        _become(item, outcome, who, now)
        if given.text and "doer" in duties:
            item.remark = given.text
        after = _facts(item)
        other = [key for key in before if before[key] != after[key]]
        session.add(
            repository.changed(
                item,
                given.move,
                who,
                now,
                given.text,
                {key: before[key] for key in other},
                {key: after[key] for key in other},
            )
        )
        await session.flush()
        return await told(session, item_id, who, services)


async def told(session: AsyncSession, item_id: str, who: Identity, services: Services) -> ItemOut:
    found = await repository.visible(session, item_id, who)
    offices = frozenset(each.id for each in await invited(session, found.meeting.id))
    return ItemOut.told(
        found,
        who,
        services.now(),
        await repository.siblings(session, found.follow_up.id),
        await repository.evidence(session, item_id),
        await repository.history(session, item_id),
        may_see(who, found.meeting, offices),
    )


def _facts(item: ItemRow) -> dict[str, Any]:
    return {"status": item.status, "percent": item.percent, "verified": item.verified_at is not None}


def _become(item: ItemRow, outcome: Outcome, who: Identity, now: datetime) -> None:
    if outcome.status is Status.DONE and item.status != Status.DONE:
        item.done_at = now
    if outcome.verified and item.verified_at is None:
        item.verified_at, item.verified_by = now, f"{who.name}, {who.position}"
    if not outcome.verified:
        item.verified_at, item.verified_by = None, ""
    if outcome.status is not Status.DONE:
        item.done_at = None
    item.status, item.percent, item.reported_by = outcome.status, outcome.percent, outcome.reported_by


def _by_parent(found: list[Tally], parents: list[Any]) -> list[ParentOut]:
    counted = board.lines(found, lambda each: each.follow_up)
    levels = {each: {one.level for one in found if one.follow_up == each} for each in counted}
    ordered = sorted(parents, key=lambda each: (*board.urgency(counted[each[0].id]), *_when(each)))
    return [
        ParentOut(
            id=parent.id,
            text=parent.text,
            meeting=MeetingRef(
                id=meeting.id,
                title=meeting.title,
                date=meeting.opened_at or meeting.starts_at,
                host=meeting.host_office_id,
            ),
            category=parent.category,
            priority=parent.priority,
            due=parent.due,
            unit=board.unit(levels[parent.id]),
            **LineOut.facts(counted[parent.id]),
        )
        for parent, meeting in ordered[:MOST_PARENTS]
    ]


def _when(each: Any) -> tuple[str, str, int]:
    parent, meeting = each
    return (parent.due.isoformat() if parent.due else "9999", meeting.starts_at.isoformat(), parent.number)
