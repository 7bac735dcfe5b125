"""What could not be printed is printed the next time; what is kept is given as it was, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from minutes.notula import versions
from minutes.notula.models import NotulaVersion
from server.db import make_engine, make_sessions, migrate
from server.notulas.keeping import Keeping
from tests.minutes.notula.sealed import CODE, content, sealed


class Press:
    """Papers that come out at the second try."""

    def __init__(self) -> None:
        self.tries = 0

    async def printed(self, meeting: str, sealed_json: bytes) -> Mapping[str, bytes]:
        self.tries += 1
        if self.tries == 1:
            raise OSError("no paper")
        return {"notula.pdf": b"%PDF of " + meeting.encode(), "notula.docx": b"PK"}


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncEngine:
    url = f"sqlite+aiosqlite:///{tmp_path / 'rakor.db'}"
    migrate(url)
    return make_engine(url)


async def test_a_paper_is_printed_until_it_is_kept_and_only_once(engine: AsyncEngine, tmp_path: Path) -> None:
    sessions, press = make_sessions(engine), Press()
    async with sessions.begin() as session:
        row = await versions.begin(session, "rapat-1", 1, "approved", content(), 1)
        row.code = CODE
        await versions.keep_sealed(session, row, sealed(), None, 2)
    keeping = Keeping(sessions, press, tmp_path / "notulas", lambda: datetime(2026, 3, 2, tzinfo=UTC))
    for tries in (1, 2, 2):
        keeping.print_soon()
        await keeping.settled()
        assert press.tries == tries
    assert await keeping.kept("rapat-1", 1, "notula.pdf") == b"%PDF of rapat-1"
    assert await keeping.kept("rapat-1", 2, "notula.pdf") is None
    keeping.path("rapat-1", 1, "notula.pdf").write_bytes(b"%PDF of somebody")
    assert await keeping.kept("rapat-1", 1, "notula.pdf") is None, "it is not what was printed"
    async with sessions() as session:
        found = await session.get(NotulaVersion, 1)
        assert found is not None
        assert found.sha256 == (await versions.sealed(session, "rapat-1"))[0].sha256
    await keeping.close()
    await engine.dispose()
