"""A meeting that is over, with lines to cite, and everybody who has to do with its notula."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col
from starlette.testclient import TestClient

from minutes.record import tracks
from minutes.record.models import Track
from minutes.search.fts5 import Fts5Index
from minutes.speech.ports import Utterance, Word
from server.demo.people import PASSWORD
from server.meetings.models import Meeting
from tests.server.conftest import Cast

OPENED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SAID = (
    ("ratna", "Rapat ini saya nyatakan dibuka."),
    ("maria", "Kami mengusulkan jadwal verifikasi dipercepat."),
    ("ratna", "Kita putuskan verifikasi selesai tanggal 9 Maret 2026."),
    ("ratna", "Semua provinsi menyampaikan laporan paling lambat 16 Maret 2026."),
    ("ratna", "Rapat saya tutup."),
)
POSTS = {"ratna": ("kpuri", "KPU RI", "Ratna Wulandari"), "maria": ("kaltara", "KPU Kaltara", "Maria Tandilangi")}


@dataclass
class Table:
    """A meeting's notula over HTTP."""

    cast: Cast
    meeting: str

    @property
    def path(self) -> str:
        return f"/api/v1/meetings/{self.meeting}/notula"

    def get(self, who: str = "dewi") -> dict[str, Any]:
        answer = self.cast.as_(who).get(self.path)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def draft(self, who: str = "dewi", replace: bool = False) -> Any:
        return self.cast.as_(who).post(f"{self.path}/draft", json={"replace": replace})

    def save(self, content: dict[str, Any], who: str = "dewi", revision: int | None = None) -> Any:
        given = {"revision": revision or self.get()["revision"], "content": content}
        return self.cast.as_(who).put(f"{self.path}/content", json=given)

    def edit(self, who: str = "dewi", **fields: Any) -> dict[str, Any]:
        answer = self.save({**self.get(who)["content"], **fields}, who)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def move(self, move: str, who: str, reason: str = "", days: int = 0) -> Any:
        given = {"move": move, "revision": self.get()["revision"], "reason": reason, "days": days}
        return self.cast.as_(who).post(f"{self.path}/moves", json=given)

    def moved(self, move: str, who: str, reason: str = "", days: int = 0) -> dict[str, Any]:
        answer = self.move(move, who, reason, days)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def sign(self, who: str, sha256: str | None = None, password: str = PASSWORD) -> Any:
        given = {"password": password, "sha256": sha256 or self.get()["sha256"] or "0" * 64}
        return self.cast.as_(who).post(f"{self.path}/signatures", json=given)

    def signed(self) -> dict[str, Any]:
        """All the way from nothing, or from an amendment that was opened."""
        if self.cast.as_("dewi").get(self.path).status_code == 404:
            assert self.draft().status_code == 200
        if self.get()["state"] == "machine_draft":
            self.edit(number="1/2026")
        self.moved("submit", "dewi")
        self.moved("approve", "ratna")
        assert self.sign("dewi").status_code == 201
        answer = self.sign("ratna")
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def lines(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (
            self.cast.as_("dewi").get(f"/api/v1/meetings/{self.meeting}/transcript").json()["lines"]
        )
        return found

    def client(self, who: str) -> TestClient:
        return self.cast.as_(who)


def ended(cast: Cast) -> str:
    """A meeting of KPU RI with Kaltara that is over: five lines, two tracks with their sound."""
    meeting = cast.new_meeting("kaltara")
    cast.portal.call(_hold, cast, meeting)
    for track in POSTS:
        folder = cast.settings.recordings / meeting / f"{meeting}-{track}"
        folder.mkdir(parents=True)
        (folder / "000001.webm").write_bytes(f"sound of {track}".encode())
    return meeting


async def _hold(cast: Cast, meeting: str) -> None:
    async with cast.app.state.services.sessions.begin() as session:
        held = {"state": "ended", "opened_at": OPENED, "ended_at": OPENED + timedelta(minutes=2)}
        await session.execute(update(Meeting).where(col(Meeting.id) == meeting).values(held))
        for who, (office, short, name) in POSTS.items():
            track = f"{meeting}-{who}"
            await tracks.create_track(session, _track(meeting, track, office, short, name))
            token = (await tracks.take_lease(session, track)).token
            said = [_said(at, text) for at, (speaker, text) in enumerate(SAID) if speaker == who]
            await tracks.store(session, track, token, 120.0, said, Fts5Index())
            await tracks.finish(session, track, token)


def _track(meeting: str, track: str, office: str, short: str, name: str) -> Track:
    return Track(
        id=track,
        meeting_id=meeting,
        meeting_title="Rapat Uji",
        meeting_date="2026-03-02",
        classification="biasa",
        seat_id=f"kursi-{track[-5:]}",
        office_id=office,
        office_name=short,
        seat_label=name,
        person_name=name,
        position="Anggota",
        known_by="sole_occupant",
        started=0.0,
        heard_until=0.0,
        revised=False,
    )


def _said(at: int, text: str) -> Utterance:
    start = 2.0 + 10.0 * at
    return Utterance(start, start + 5.0, text, tuple(_words(text, start)))


def _words(text: str, start: float) -> list[Word]:
    words = text.split()
    step = 5.0 / len(words)
    return [Word(each, start + step * at, start + step * (at + 1), 0.9) for at, each in enumerate(words)]


@pytest.fixture
def table(cast: Cast) -> Table:
    return Table(cast, ended(cast))
