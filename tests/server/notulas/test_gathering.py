"""What a notula is drafted from: a meeting in which something was noted and voted on, and the demo's finished one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from minutes.notula.material import Material
from server.auth.identity import Identity, OfficeFacts
from server.meetings.repository import visible
from server.notulas.gathering import gathered
from server.rooms import codec
from server.rooms.models import RoomEventRow
from server.rooms.words import RoomEvent
from server.rooms.words.agenda import ItemBegun
from server.rooms.words.notes import NoteMade, NoteWithdrawn, Said
from server.rooms.words.people import Occupant, Office
from server.rooms.words.seats import Ended, Opened, SeatTaken
from server.rooms.words.voting import VoteCast, VoteClosed, VoteOpened
from tests.server.conftest import Cast
from tests.server.notulas.conftest import OPENED, Table, ended

DEWI = Identity(
    "demo-dewi", "Dewi", "Sekretariat", "secretariat", OfficeFacts("kpuri", "KPU RI", "KPU", "Asia/Jakarta")
)
SINCE = OPENED.timestamp()
KALTARA, SUMBAR = Office("kaltara", "KPU Kaltara"), Office("sumbar", "KPU Sumbar")
RATNA = Occupant("demo-ratna", "Ratna Wulandari", "Anggota KPU RI", "kpuri", "KPU RI", "chair")
MARIA = Occupant("demo-maria", "Maria Tandilangi", "Anggota", "kaltara", "KPU Kaltara", "presenter")
HAPPENED: tuple[tuple[float, RoomEvent], ...] = (
    (0.0, Opened((KALTARA, SUMBAR), quorum=1)),
    (0.0, SeatTaken("kursi-1", RATNA, False, True, True)),
    (2.0, SeatTaken("kursi-2", MARIA, False, True, True)),
    (5.0, ItemBegun("a1", "Verifikasi", "kursi-1", SINCE + 5.0)),
    (24.0, NoteMade("n1", Said("decision", "Verifikasi selesai 9 Maret"), "a1", "kursi-1", SINCE + 24.0)),
    (30.0, NoteMade("n2", Said("direction", "Ditarik lagi"), "a1", "kursi-1", SINCE + 30.0)),
    (31.0, NoteWithdrawn("n2", "kursi-1", True)),
    (35.0, VoteOpened("v1", "Setuju?", "roll_call", (KALTARA, SUMBAR), "a1", "kursi-1", SINCE + 35.0)),
    (36.0, VoteCast("v1", "kaltara", "disagree", "kursi-2", "Maria Tandilangi")),
    (40.0, VoteClosed("v1", "kursi-1", False, SINCE + 40.0)),
    (41.0, VoteOpened("v2", "Batal?", "hands", (KALTARA,), "a1", "kursi-1", SINCE + 41.0)),
    (42.0, VoteClosed("v2", "kursi-1", True, SINCE + 42.0)),
    (120.0, Ended("kursi-1")),
)


async def _happen(cast: Cast, meeting: str) -> None:
    async with cast.app.state.services.sessions.begin() as session:
        for seconds, event in HAPPENED:
            type, body = codec.to_row(event)
            at = OPENED + timedelta(seconds=seconds)
            session.add(RoomEventRow(meeting_id=meeting, at=at, type=type, body=body))
            await session.flush()


async def _gathered(cast: Cast, meeting: str) -> Material:
    async with cast.app.state.services.sessions() as session:
        return await gathered(session, await visible(session, meeting, DEWI))


@pytest.fixture(scope="module")
def held(cast: Cast) -> str:
    meeting = ended(cast)
    cast.portal.call(_happen, cast, meeting)
    return meeting


def test_a_meeting_is_gathered_whole(cast: Cast, held: str) -> None:
    found = cast.portal.call(_gathered, cast, held)
    assert (found.opened, found.ended) == (OPENED, OPENED + timedelta(minutes=2))
    assert [(each.title, each.start, each.end) for each in found.items] == [("Verifikasi", 5.0, 120.0)]
    assert [(each.kind, each.text, each.at, each.item) for each in found.noted] == [
        ("decision", "Verifikasi selesai 9 Maret", 24.0, "Verifikasi")
    ], "what was withdrawn is not drafted"
    (vote,) = found.votes
    assert (vote.method, vote.yes, vote.no, vote.abstain, vote.silent) == ("roll", 0, 1, 0, 1)
    assert len(found.lines) == 5
    assert [line.start for line in found.lines] == sorted(line.start for line in found.lines)
    assert found.zones == ("Asia/Jakarta", "Asia/Makassar")
    assert (found.chair.name, [each.name for each in found.presenters]) == ("Ratna Wulandari", ["Maria Tandilangi"])
    rows = [(each.name, each.office, each.role, each.status) for each in found.attendance.rows]
    assert rows == [
        ("Ratna Wulandari", "KPU RI", "Pimpinan Rapat", "Hadir"),
        ("Maria Tandilangi", "KPU Kaltara", "Narasumber", "Hadir"),
    ]
    assert (found.attendance.invited, found.attendance.present) == (1, 1)


def test_what_was_noted_is_drafted_and_attendance_corrected_since_is_submitted(cast: Cast, held: str) -> None:
    table = Table(cast, held)
    drafted = table.draft().json()["content"]
    noted = [each for each in drafted["decisions"] if each["origin"] == "noted"]
    assert [each["text"].rstrip(".") for each in noted] == ["Verifikasi selesai 9 Maret"]
    assert noted[0]["cites"]
    change = {"kind": "person", "id": "demo-maria", "set": {"name": "Maria Tandilangi, S.H."}, "reason": "Gelar"}
    answer = table.client("dewi").post(f"/api/v1/meetings/{held}/attendance/corrections", json=change)
    assert answer.status_code == 201, answer.text
    table.edit(number="1")
    submitted = table.moved("submit", "dewi")["content"]
    assert submitted["attendance"]["rows"][1]["name"] == "Maria Tandilangi, S.H."


def test_the_demos_meeting_is_drafted(cast: Cast) -> None:
    table = Table(cast, "demo-arsip")
    content = table.draft().json()["content"]
    assert (content["attendance"]["invited"], content["attendance"]["present"]) == (34, 3)
    assert content["chair"]["name"] == "Ratna Wulandari"
    assert content["decisions"]
    assert all(each["cites"] for each in content["decisions"])
