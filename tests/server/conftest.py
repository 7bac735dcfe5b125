"""The real application on a database of its own, with its media and speech processes, and somebody of every role."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from starlette.testclient import TestClient

from server.app import create_app
from server.auth.sessions import COOKIE
from server.db import make_engine, make_sessions, migrate
from server.demo.people import PASSWORD
from server.demo.seed import seed
from server.settings import Settings

ORIGIN = "https://rakor.test"


async def fill(settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    await seed(make_sessions(engine), settings.recordings, datetime.now(UTC))
    await engine.dispose()


@dataclass
class Cast:
    """`as_` gives a browser in which somebody is signed in; "" for nobody."""

    app: FastAPI
    settings: Settings
    portal: BlockingPortal
    cookies: dict[str, str] = field(default_factory=dict)  # hashing a password is slow on purpose: once is enough

    def as_(self, username: str) -> TestClient:
        client = TestClient(self.app, base_url=ORIGIN, headers={"Origin": ORIGIN}, raise_server_exceptions=False)
        client.portal = self.portal  # one event loop for everybody, as in a real server
        if username in self.cookies:
            client.cookies.set(COOKIE, self.cookies[username], domain="rakor.test")
        elif username:
            answer = client.post("/api/v1/session", json={"username": username, "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            self.cookies[username] = client.cookies[COOKIE]
        return client

    def guest_of(self, meeting: str) -> TestClient:
        invited = self.as_("dewi").post(
            f"/api/v1/meetings/{meeting}/invitations", json={"name": "Andi Pratama", "institution": "Bawaslu RI"}
        )
        client = self.as_("")
        answer = client.post("/api/v1/invitations/accept", json={"token": invited.json()["url"].rsplit("/", 1)[1]})
        assert answer.status_code == 200, answer.text
        return client

    def new_meeting(self, *offices: str, **more: object) -> str:
        """A meeting hosted by KPU RI that invites these offices."""
        given = {"title": "Rapat Uji", "starts_at": "2030-01-05T09:00:00+07:00", "offices": list(offices), **more}
        answer = self.as_("dewi").post("/api/v1/meetings", json=given)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    settings = Settings(
        data=tmp_path_factory.mktemp("rakor"), media_host="127.0.0.1", media_port=0, second_hearing=False
    )
    migrate(settings.database_url)
    asyncio.run(fill(settings))
    app = create_app(settings)
    with TestClient(app, base_url=ORIGIN) as running:
        assert running.portal is not None
        yield Cast(app, settings, running.portal)


@pytest.fixture
def meeting(cast: Cast) -> str:
    """An open one, of the host and two offices."""
    made = cast.new_meeting("kaltara", "sumbar")
    assert cast.as_("ratna").post(f"/api/v1/meetings/{made}/open").status_code == 200
    return made
