"""A real SQLite file with the tables of the record and its index."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel

from minutes.record.editing import desk
from minutes.record.editing.desk import By
from minutes.record.lines import get_line
from minutes.record.models import Line, Track
from minutes.search import fts5
from minutes.search.fts5 import Fts5Index

Sessions = async_sessionmaker[AsyncSession]
TABLES = ("track", "heard_by", "line", "line_change", "edit", "line_edit")
DEWI = By("p9", "Dewi Kusuma", "Staf Sekretariat")


async def make_engine(path: Path) -> AsyncEngine:
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    @event.listens_for(engine.sync_engine, "connect")
    def _wal(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA busy_timeout=5000")
        cursor.close()

    async with engine.begin() as connection:
        await connection.run_sync(
            lambda sync: SQLModel.metadata.create_all(sync, tables=[SQLModel.metadata.tables[name] for name in TABLES])
        )
        for statement in fts5.UP:
            await connection.execute(text(statement))
    return engine


@pytest.fixture
async def sessions(tmp_path: Path) -> AsyncIterator[Sessions]:
    engine = await make_engine(tmp_path / "record.db")
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


def track(id: str = "t1", meeting: str = "m1", **changes: Any) -> Track:
    described: dict[str, Any] = {
        "id": id,
        "meeting_id": meeting,
        "meeting_title": "Rakor Penyelesaian Sengketa",
        "meeting_date": "2020-07-20",
        "classification": "biasa",
        "seat_id": "s1",
        "office_id": "kaltara",
        "office_name": "KPU Kaltara",
        "seat_label": "Maria Tandilangi",
        "person_id": "p1",
        "person_name": "Maria Tandilangi",
        "position": "Anggota",
        "known_by": "sole_occupant",
        "started": 0.0,
        "heard_until": 0.0,
    }
    return Track(**{**described, **changes})


async def name_speaker(session: AsyncSession, line_id: str, name: str, position: str) -> Line:
    """As the secretariat does with a shared seat's line."""
    await desk.lock(session)
    await desk.name_shared(session, line_id, name, position, DEWI, 0.0, Fts5Index())
    return await get_line(session, line_id)
