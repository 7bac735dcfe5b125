"""Beside the cast: an administrator, and a secretariat of a province with an office below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from server.auth import accounts
from server.demo.people import PASSWORD
from tests.server.conftest import Cast

BULUNGAN = {
    "id": "bulungan",
    "name": "KPU Kabupaten Bulungan",
    "short_name": "KPU Bulungan",
    "level": "kabkota",
    "parent_id": "kaltara",
    "code": "65.01",
    "zone": "Asia/Makassar",
}
EXTRA = (
    accounts.NewAccount("admin", "Sari Wibowo", "Administrator", "kpuri", "admin", PASSWORD),
    accounts.NewAccount("yusuf", "Yusuf Lawing", "Kepala Subbagian Umum", "kaltara", "secretariat", PASSWORD),
)


@dataclass
class Directory:
    cast: Cast

    def as_(self, username: str) -> TestClient:
        return self.cast.as_(username)

    def added(self, username: str, office: str = "kaltara", by: str = "admin", **more: Any) -> dict[str, Any]:
        position = {"office_id": office, "title": "Staf Pelaksana", **more.pop("position", {})}
        body = {"username": username, "name": username.title(), "position": position, **more}
        answer = self.as_(by).post("/api/v1/directory/people", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def with_password(self, username: str, **more: Any) -> TestClient:
        """Somebody new who has set a password by their link, signed in."""
        made = self.added(username, **more)
        link = self.as_("admin").post(f"/api/v1/directory/people/{made['id']}/reset").json()["url"]
        token = link.rsplit("/", 1)[1]
        answer = self.as_("").post("/api/v1/password", json={"token": token, "password": PASSWORD})
        assert answer.status_code == 204, answer.text
        return self.as_(username)

    @property
    def today(self) -> date:
        return datetime.now(UTC).date()


async def _fill(cast: Cast) -> None:
    from server.services import Services

    services: Services = cast.app.state.services
    async with services.sessions.begin() as session:
        for each in EXTRA:
            await accounts.create(session, each, services.now())


@pytest.fixture(scope="session")
def directory(cast: Cast) -> Directory:
    cast.portal.call(_fill, cast)
    made = Directory(cast)
    answer = made.as_("admin").post("/api/v1/directory/offices", json=BULUNGAN)
    assert answer.status_code == 201, answer.text
    return made
