"""Everybody tries everything in every state: what is not theirs, or not now, is refused and changes nothing.

The table is written down here a second time, by people: who stands behind a move in a state may make it (that they can
is shown by the walk itself, and in `test_way`), everybody else hears why not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from minutes.notula import versions
from minutes.notula.duties import Given, Named
from server.auth.invitations import Invitation
from server.auth.models import Person, Position
from server.auth.sessions import COOKIE, begin, begin_as_guest
from server.rooms import codec
from server.rooms.models import RoomEventRow
from server.rooms.words.people import Occupant
from server.rooms.words.seats import SeatTaken
from tests.server.conftest import ORIGIN, Cast
from tests.server.notulas.conftest import Table

# Of the host: everybody with one duty, somebody without any, and an administrator; then who only reads the meeting, who
# does not, and nobody.
HOST = {"notulis": "minute_taker", "kasub": "checker", "ratna": "chair", "arsip": "archivist", "dewi": "secretariat"}
OTHERS = ("bambang", "maria", "guest", "admin", "wulan", "")
MOVES = ("submit", "initial", "close_window", "return", "approve", "archive", "amend", "revoke")
# In a state, who may do what. Everything else is refused.
MAY: dict[str, dict[str, set[str]]] = {
    "none": {"draft": {"notulis"}},
    "machine_draft": {"draft": {"notulis"}, "content": {"notulis"}},
    "edited": {"draft": {"notulis"}, "content": {"notulis"}, "submit": {"notulis"}},
    "in_review": {
        "proposals": {*HOST, "bambang", "maria", "guest"},
        "answer": {"notulis"},
        "initial": {"kasub"},
        "close_window": {"notulis"},
        "return": {"kasub", "ratna"},
        "approve": {"ratna"},
    },
    "returned": {"draft": {"notulis"}, "content": {"notulis"}},
    "approved": {"return": {"ratna"}, "signatures": {"notulis", "ratna"}},
    "signed": {"archive": {"arsip"}, "amend": {"notulis"}, "revoke": {"ratna"}},
    "archived": {"amend": {"notulis"}, "revoke": {"ratna"}},
    "revoked": {"amend": {"notulis"}},
}
TABLES = (
    "notula_version",
    "notula_duties",
    "notula_move",
    "notula_sealed",
    "notula_export",
    "follow_up",
    "follow_up_item",
)


@dataclass
class Try:
    who: str
    act: str
    status: int
    code: str


def acts(content: dict[str, Any], revision: int, proposal: str) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Every write endpoint, and every move: method, address, body."""
    moves = {
        each: ("POST", "/moves", {"move": each, "revision": revision, "reason": "Alasan", "days": 1}) for each in MOVES
    }
    return {
        "draft": ("POST", "/draft", {"replace": True}),
        "content": ("PUT", "/content", {"revision": revision, "content": content}),
        **moves,
        "duties": ("PUT", "/duties", {}),
        "proposals": ("POST", "/proposals", {"statement": "uji-1", "text": "Lain", "why": "Keliru"}),
        "answer": ("POST", f"/proposals/{proposal}/answer", {"accept": True}),
        "signatures": ("POST", "/signatures", {"password": "salah", "sha256": "0" * 64}),
    }


def expected(state: str, act: str, who: str) -> tuple[int, str]:
    if who == "":
        return 401, "not_signed_in"
    if who in ("wulan", "admin"):
        return 404, "not_found"
    if who == "guest" and act == "signatures":
        return 403, "forbidden"  # has no password
    if who not in HOST and act != "proposals":
        return 403, "forbidden"
    if state == "none" and act != "draft":
        return (404, "no_notula") if who in HOST else (403, "forbidden")
    if act == "duties":
        return 403, "not_your_duty"
    if act in MAY[state]:
        return 403, "not_your_duty"
    return 409, "notula_sealed" if state in ("signed", "archived", "revoked") else "illegal_move"


async def everybody_tries(cast: Cast, cookies: dict[str, str], table: Table, what: dict[str, Any]) -> list[Try]:
    transport = httpx2.ASGITransport(cast.app)
    tried: list[Try] = []
    headers = {"Origin": ORIGIN}
    async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
        for who, act in what["pairs"]:
            method, rest, body = what["acts"][act]
            cookie = {"Cookie": f"{COOKIE}={cookies[who]}"} if who else {}
            answer = await client.request(method, table.path + rest, json=body, headers=cookie)
            tried.append(Try(who, act, answer.status_code, answer.json().get("code", "")))
    return tried


async def rows(cast: Cast) -> dict[str, list[Any]]:
    async with cast.app.state.services.sessions() as session:
        return {name: list((await session.execute(text(f"SELECT * FROM {name}"))).all()) for name in TABLES}


async def _join(cast: Cast, username: str, role: str, office: str) -> str:
    """An account and its cookie, without the cost of a password."""
    sessions, now = cast.app.state.services.sessions, datetime.now(UTC)
    async with sessions.begin() as session:
        id = f"uji-{username}"
        person = await session.get(Person, id)
        if person is None:
            person = Person(id=id, username=id, name=username.title(), role=role, password_hash="", created_at=now)
            session.add(person)
            await session.flush()
            session.add(Position(id=id, person_id=id, office_id=office, title="Staf"))
        return await begin(session, person, now, 1)


@pytest.fixture
def cookies(cast: Cast, table: Table) -> dict[str, str]:
    found = {each: str(cast.as_(each).cookies[COOKIE]) for each in ("ratna", "dewi", "bambang", "maria", "wulan")}
    for each in ("notulis", "kasub", "arsip"):
        found[each] = cast.portal.call(_join, cast, each, "participant", "kpuri")
    found["admin"] = cast.portal.call(_join, cast, "admin", "admin", "aceh")
    found["guest"] = cast.portal.call(_guest, cast, table.meeting)
    return found


async def _guest(cast: Cast, meeting: str) -> str:
    now = datetime.now(UTC)
    seat = SeatTaken("kursi-9", Occupant("tamu-uji", "Tamu", "Tamu", "", "Bawaslu", "guest"), False, False, False)
    type, body = codec.to_row(seat)
    async with cast.app.state.services.sessions.begin() as session:
        session.add(RoomEventRow(meeting_id=meeting, at=now, type=type, body=body))
        return await begin_as_guest(session, Invitation(meeting, "Tamu", "Bawaslu", "tamu-uji"), now, 1)


STATES = tuple(MAY)


@pytest.mark.full
def test_everybody_tries_everything_in_every_state(cast: Cast, table: Table, cookies: dict[str, str]) -> None:
    """All of it, which takes a minute."""
    tried = walked(cast, table, cookies, every=1)
    allowed = sum(len(who) for acts in MAY.values() for who in acts.values()) + len(STATES) - 1
    assert tried == len(STATES) * (len(HOST) + len(OTHERS)) * 14 - allowed


def test_everybody_tries_something_in_every_state(cast: Cast, table: Table, cookies: dict[str, str]) -> None:
    assert walked(cast, table, cookies, every=23) > 50


def walked(cast: Cast, table: Table, cookies: dict[str, str], every: int) -> int:
    """Every so many of all the tries, in each state others; how many."""
    cast.cookies |= {f"uji-{each}": cookies[each] for each in ("notulis", "kasub", "arsip")}
    walk = Walk(table)
    tried = 0
    for number, state in enumerate(STATES):
        walk.to(state)
        what = everything(table, state, walk.proposal)
        what["pairs"] = what["pairs"][number % every :: every]
        before = cast.portal.call(rows, cast)
        answers = cast.portal.call(everybody_tries, cast, cookies, table, what)
        for each in answers:
            assert (each.status, each.code) == expected(state, each.act, each.who), (state, each)
        assert cast.portal.call(rows, cast) == before, f"something changed in {state}"
        tried += len(answers)
    return tried


def everything(table: Table, state: str, proposal: str) -> dict[str, Any]:
    """All that is to be refused in a state."""
    found = table.get() if state != "none" else {"content": {}, "revision": 1}
    asked = acts(found["content"], found["revision"], proposal)
    allowed = {(who, act) for act, people in MAY[state].items() for who in people}
    if state != "none":
        allowed.add(("dewi", "duties"))
    pairs = [(who, act) for who in (*HOST, *OTHERS) for act in asked if (who, act) not in allowed]
    return {"acts": asked, "pairs": pairs}


class Walk:
    """Through all states in turn, each step by whom it belongs to."""

    def __init__(self, table: Table) -> None:
        self.table, self.proposal = table, "none"

    def to(self, state: str) -> None:
        getattr(self, state)()
        if state != "none":
            assert self.table.get()["state"] == state

    def none(self) -> None:
        self.table.cast.portal.call(_give, self.table.cast, self.table.meeting)

    def machine_draft(self) -> None:
        assert self.table.draft("uji-notulis").status_code == 200

    def edited(self) -> None:
        k1 = {"id": "uji-1", "text": "Verifikasi dipercepat.", "cites": [self.table.lines()[2]["id"]]}
        self.table.edit("uji-notulis", conclusions=[k1])

    def in_review(self) -> None:
        self.table.moved("submit", "uji-notulis", days=3)
        given = {"statement": "uji-1", "text": "Verifikasi dipercepat sepekan.", "why": "Lebih jelas"}
        answer = self.table.client("maria").post(f"{self.table.path}/proposals", json=given)
        self.proposal = answer.json()["proposals"][0]["id"]

    def returned(self) -> None:
        self.table.moved("return", "uji-kasub", "Lengkapi")

    def approved(self) -> None:
        self.edited()
        self.table.moved("submit", "uji-notulis", days=3)
        self.table.moved("close_window", "uji-notulis", "Semua sudah menjawab")
        address = f"{self.table.path}/proposals/{self.proposal}/answer"
        assert self.table.client("uji-notulis").post(address, json={"accept": True}).status_code == 200
        self.table.moved("initial", "uji-kasub")
        self.table.moved("approve", "ratna")

    def signed(self) -> None:
        self.table.cast.portal.call(_password, self.table.cast, "uji-notulis")
        assert self.table.sign("uji-notulis").status_code == 201
        assert self.table.sign("ratna").status_code == 201
        self.table.cast.portal.call(self.table.cast.app.state.services.notulas.keeping.settled)

    def archived(self) -> None:
        self.table.moved("archive", "uji-arsip")

    def revoked(self) -> None:
        self.table.moved("revoke", "ratna", "Rapat diulang")


async def _give(cast: Cast, meeting: str) -> None:
    def named(who: str) -> Named:
        return Named(f"uji-{who}", who.title(), "Staf")

    given = Given(minute_taker=named("notulis"), checkers=(named("kasub"),), archivist=named("arsip"))
    async with cast.app.state.services.sessions.begin() as session:
        await versions.give(session, meeting, given)


async def _password(cast: Cast, id: str) -> None:
    """The one of everybody in the demo."""
    async with cast.app.state.services.sessions.begin() as session:
        known = await session.get(Person, "demo-dewi")
        (await session.get(Person, id)).password_hash = known.password_hash
