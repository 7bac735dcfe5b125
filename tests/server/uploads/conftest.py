from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.auth.offices import ensure
from server.db import make_engine, make_sessions, migrate
from tests.server.uploads.house import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'rakor.db'}"
    migrate(url)
    engine = make_engine(url)
    sessions = make_sessions(engine)
    async with sessions.begin() as session:
        await ensure(session)
    yield House(sessions, tmp_path)
    await engine.dispose()
