"""Who may do what with a meeting over HTTP, in each of its states, on the running server: by hand, as in a table."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from server.auth.accounts import NewAccount, create
from server.demo.people import PASSWORD
from tests.server.conftest import Cast

# Host's chair, secretariat and participant; an invited office's participant and secretary; a chair of an office that
# was not invited; an administrator of the host, and one of elsewhere; a guest of this meeting, one of another; nobody.
WHO = ("ratna", "dewi", "bambang", "maria", "yohana", "teuku", "joko", "ayu", "guest", "other guest", "")
HIRED = (
    NewAccount("yohana", "Yohana Lase", "Kasubbag", "sumbar", "secretariat", PASSWORD),
    NewAccount("teuku", "Teuku Iskandar", "Ketua", "aceh", "chair", PASSWORD),
    NewAccount("joko", "Joko Widagdo", "Administrator", "kpuri", "admin", PASSWORD),
    NewAccount("ayu", "Ayu Lestari", "Administrator", "bali", "admin", PASSWORD),
)
OUTSIDERS = ("teuku", "ayu", "guest", "other guest")  # for them it does not exist
# By action and state, in the order of WHO.
TABLE = {
    ("create", ""): (201, 201, 403, 403, 201, 201, 403, 403, 403, 403, 401),
    ("list", ""): (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 401),
    ("get", "scheduled"): (200, 200, 200, 200, 200, 404, 200, 404, 200, 404, 401),
    ("get", "open"): (200, 200, 200, 200, 200, 404, 200, 404, 200, 404, 401),
    ("get", "ended"): (200, 200, 200, 200, 200, 404, 200, 404, 200, 404, 401),
    ("open", "scheduled"): (200, 200, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("open", "open"): (200, 200, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("open", "ended"): (409, 409, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("end", "scheduled"): (409, 409, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("end", "open"): (200, 200, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("end", "ended"): (200, 200, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("invite", "scheduled"): (201, 201, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("invite", "open"): (201, 201, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("invite", "ended"): (409, 409, 403, 403, 403, 404, 403, 404, 403, 403, 401),
    ("course", "scheduled"): (200, 200, 200, 200, 200, 404, 200, 404, 404, 404, 401),
    ("course", "open"): (200, 200, 200, 200, 200, 404, 200, 404, 404, 404, 401),
    ("course", "ended"): (200, 200, 200, 200, 200, 404, 200, 404, 404, 404, 401),
    ("attendance", "scheduled"): (404, 404, 404, 404, 404, 404, 404, 404, 403, 403, 401),
    ("attendance", "open"): (200, 200, 200, 200, 200, 404, 200, 404, 403, 403, 401),
    ("attendance", "ended"): (200, 200, 200, 200, 200, 404, 200, 404, 403, 403, 401),
    ("csv", "ended"): (200, 200, 200, 200, 200, 404, 200, 404, 403, 403, 401),
    ("media", "scheduled"): (409, 409, 403, 403, 403, 404, 409, 404, 403, 403, 401),
    ("media", "open"): (200, 200, 403, 403, 403, 404, 200, 404, 403, 403, 401),
    ("media", "ended"): (409, 409, 403, 403, 403, 404, 409, 404, 403, 403, 401),
}
CODES = {401: "not_signed_in", 403: "forbidden", 404: "not_found", 201: None, 200: None}
OTHER_CODES = {
    ("open", "ended"): "meeting_ended",
    ("end", "scheduled"): "meeting_not_open",
    ("invite", "ended"): "meeting_ended",
    ("media", "scheduled"): "meeting_not_open",
    ("media", "ended"): "meeting_not_open",
    ("attendance", "scheduled"): "not_kept",
}
PLAN = {"title": "Rapat Uji", "starts_at": "2030-01-05T09:00:00+07:00", "offices": ["kaltara"]}
INVITED = {"name": "Andi Pratama", "institution": "Bawaslu RI"}


@pytest.fixture(scope="module")
def elsewhere(cast: Cast) -> str:
    """A meeting of other offices; and whoever the demo has not."""

    async def hire() -> None:
        for each in HIRED:
            async with cast.app.state.services.sessions.begin() as session:
                await create(session, each, datetime.now(UTC))

    cast.portal.call(hire)
    return cast.new_meeting("riau")


@pytest.fixture
def browsers(cast: Cast, elsewhere: str) -> dict[str, TestClient]:
    return {who: cast.as_(who) for who in WHO if "guest" not in who} | {"other guest": cast.guest_of(elsewhere)}


def answered(browser: TestClient, action: str, meeting: str) -> tuple[int, str | None]:
    at = f"/api/v1/meetings/{meeting}"
    match action:
        case "create":
            answer = browser.post("/api/v1/meetings", json=PLAN)
        case "list":
            answer = browser.get("/api/v1/meetings")
        case "get":
            answer = browser.get(at)
        case "open" | "end":
            answer = browser.post(f"{at}/{action}")
        case "invite":
            answer = browser.post(f"{at}/invitations", json=INVITED)
        case "csv":
            answer = browser.get(f"{at}/attendance", params={"format": "csv"})
        case _:
            answer = browser.get(f"{at}/{action}")
    return answer.status_code, answer.json()["code"] if answer.status_code >= 400 else None


def test_every_role_does_with_a_meeting_what_the_table_says(cast: Cast, browsers: dict[str, TestClient]) -> None:
    """What is refused leaves the meeting as it was; what is allowed is tried on one of its own."""
    dewi = browsers["dewi"]
    for (action, state), outcomes in TABLE.items():
        meeting = planned(dewi)
        everybody = {**browsers, "guest": cast.guest_of(meeting)}
        bring(dewi, meeting, state)
        before = dewi.get(f"/api/v1/meetings/{meeting}").json()
        for who, expected in zip(WHO, outcomes, strict=True):
            at = meeting
            if expected == 200 and action in ("open", "end"):
                bring(dewi, at := planned(dewi), state)
            status, code = answered(everybody[who], action, at)
            assert status == expected, (action, state, who, code)
            of_state = status == 409 or (status == 404 and who not in OUTSIDERS)
            told = OTHER_CODES[action, state] if of_state else CODES[status]
            if (action, who) == ("course", "guest"):
                told = (
                    "not_let_in"  # the meeting exists for a guest of it; what is done there does when they were there
                )
            assert code == told, (action, state, who)
        assert dewi.get(f"/api/v1/meetings/{meeting}").json() == before


def planned(dewi: TestClient) -> str:
    return str(dewi.post("/api/v1/meetings", json={**PLAN, "offices": ["kaltara", "sumbar"]}).json()["id"])


def bring(dewi: TestClient, meeting: str, state: str) -> None:
    for action in {"open": ("open",), "ended": ("open", "end")}.get(state, ()):
        assert dewi.post(f"/api/v1/meetings/{meeting}/{action}").status_code == 200
