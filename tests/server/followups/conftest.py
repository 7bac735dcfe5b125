"""A database with offices and one meeting, filled by hand: no media, no speech, no server."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.notula.content import Content
from server.auth.offices import ensure
from server.db import Sessions, make_engine, make_sessions, migrate
from server.followups.models import ChangeRow, FollowUpRow, ItemRow
from server.meetings.models import Meeting, MeetingOffice

HELD = datetime(2026, 11, 2, 2, tzinfo=UTC)
DUE = date(2026, 12, 5)


def follow_up(id: str = "t1", **parts: Any) -> dict[str, Any]:
    return {"id": id, "text": "Susun daftar inventaris masalah.", "cites": ("l1",), "due": DUE, **parts}


def content(*follow_ups: dict[str, Any], **parts: Any) -> Content:
    return Content.model_validate(
        {
            "meeting_id": "m1",
            "title": "Rakor sengketa",
            "starts": HELD,
            "ends": HELD,
            "zones": ("Asia/Jakarta",),
            "host": "KPU RI",
            "follow_ups": follow_ups,
            **parts,
        }
    )


def meeting(id: str = "m1", **parts: Any) -> Meeting:
    given = {"title": "Rakor sengketa", "state": "ended", "zone": "Asia/Jakarta", "host_office_id": "kpuri"}
    return Meeting(id=id, starts_at=HELD, opened_at=HELD, ended_at=HELD, **{**given, **parts})


async def held(session: AsyncSession, offices: tuple[str, ...], **parts: Any) -> Meeting:
    made = meeting(**parts)
    session.add(made)
    await session.flush()
    session.add_all(MeetingOffice(meeting_id=made.id, office_id=each) for each in offices)
    await session.flush()
    return made


async def items(session: AsyncSession) -> list[tuple[FollowUpRow, ItemRow]]:
    query = select(FollowUpRow, ItemRow).join(ItemRow, col(ItemRow.follow_up_id) == col(FollowUpRow.id))
    rows = await session.execute(query.order_by(col(FollowUpRow.number), col(ItemRow.office_id)))
    return [(row[0], row[1]) for row in rows]


async def changes(session: AsyncSession, item: ItemRow) -> list[ChangeRow]:
    query = select(ChangeRow).where(col(ChangeRow.item_id) == item.id).order_by(col(ChangeRow.id))
    return list(await session.scalars(query))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file to copy: migrating takes half a second."""
    file = tmp_path_factory.mktemp("followups") / "rakor.db"
    migrate(f"sqlite+aiosqlite:///{file}")
    asyncio.run(_fill(f"sqlite+aiosqlite:///{file}"))
    return file


async def _fill(url: str) -> None:
    engine = make_engine(url)
    async with make_sessions(engine).begin() as session:
        await ensure(session)
    await engine.dispose()


@pytest.fixture
async def sessions(migrated: Path, tmp_path: Path) -> AsyncIterator[Sessions]:
    shutil.copy(migrated, tmp_path / "rakor.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'rakor.db'}")
    yield make_sessions(engine)
    await engine.dispose()
