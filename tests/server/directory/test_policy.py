"""Who may do what: the pure rules over every role, and the same asked of the server."""

from __future__ import annotations

from typing import Any

import pytest

from server.auth.identity import AccountRole, Identity, OfficeFacts
from server.directory import policy
from tests.server.directory.conftest import Directory

PARENTS = {"kpuri": None, "kaltara": "kpuri", "bulungan": "kaltara", "bali": "kpuri", "bawaslu": None}


def who(role: AccountRole, office: str | None = "kaltara") -> Identity:
    return Identity("x", "X", "", role, OfficeFacts(office, office, office, "") if office else None)


@pytest.mark.parametrize(
    ("role", "office", "reached"),
    [
        ("admin", "bali", set(PARENTS)),
        ("admin", None, set(PARENTS)),
        ("secretariat", "kpuri", {"kpuri", "kaltara", "bulungan", "bali"}),
        ("secretariat", "kaltara", {"kaltara", "bulungan"}),
        ("secretariat", "bulungan", {"bulungan"}),
        ("secretariat", None, set()),
        ("chair", "kpuri", set()),
        ("participant", "kpuri", set()),
        ("guest", None, set()),
    ],
)
def test_how_far_one_reaches(role: AccountRole, office: str | None, reached: set[str]) -> None:
    assert policy.reach(who(role, office), PARENTS) == reached


def test_offices_above_each_other_end_the_search() -> None:
    assert policy.below("a", {"a": "b", "b": "a"}) == {"a", "b"}


def test_an_administrator_is_made_and_changed_by_administrators_only() -> None:
    reach = frozenset(PARENTS)
    every = [(asking, role) for asking in ("admin", "secretariat", "chair") for role in ("admin", "participant")]
    may = [each for each in every if policy.may_keep(who(each[0]), reach, "kaltara", each[1])]  # type: ignore[arg-type]
    assert may == [("admin", "admin"), ("admin", "participant"), ("secretariat", "participant")]


def test_whose_names_one_reads() -> None:
    nothing: frozenset[str] = frozenset()
    invited = frozenset({"bali"})
    assert policy.may_read_names(who("participant"), nothing, "kaltara", nothing)
    assert not policy.may_read_names(who("participant"), nothing, "bali", invited)
    assert policy.may_read_names(who("chair"), nothing, "bali", invited)
    assert not policy.may_read_names(who("guest", None), nothing, "kaltara", nothing)


READS = ("/offices", "/people", "/people/{maria}", "/offices/kaltara/people", "/offices/bulungan/people")
WRITES: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("POST", "/offices", {"name": "x", "short_name": "x", "level": "kabkota", "zone": "x"}),
    ("PUT", "/offices/bali", {"name": "x", "short_name": "x", "level": "provinsi", "zone": "x", "version": 99}),
    ("POST", "/people", {"username": "!", "name": "x", "position": {"office_id": "kaltara", "title": "x"}}),
    ("PUT", "/people/{maria}", {"username": "maria", "name": "x", "role": "chair", "disabled": False, "version": 99}),
    ("POST", "/people/{maria}/positions", {"office_id": "kaltara", "title": "x", "version": 99}),
    ("PUT", "/positions/{maria}", {"office_id": "kaltara", "title": "x", "version": 99}),
    ("DELETE", "/positions/{maria}?version=99", None),
)
# What the server answers to each in turn: 200 or a refusal of the entry itself (409, 422) where they may.
ANSWERS = {
    "": [401] * 12,
    "maria": [403, 403, 403, 200, 404] + [403] * 7,
    "ratna": [403, 403, 403, 200, 404] + [403] * 7,
    "dewi": [200, 200, 200, 200, 200, 403, 403, 422, 409, 409, 409, 409],
    "yusuf": [200, 200, 200, 200, 200, 403, 403, 422, 409, 409, 409, 409],
    "admin": [200, 200, 200, 200, 200, 422, 409, 422, 409, 409, 409, 409],
}


@pytest.mark.parametrize("username", ANSWERS)
def test_what_is_answered_to_whom(directory: Directory, meeting: str, username: str) -> None:
    """`meeting`, of KPU RI, invites kaltara, so that its chair may read who serves there; nobody invites bulungan."""
    client = directory.as_(username)
    asked = [("GET", path, None) for path in READS] + list(WRITES)
    told = [
        client.request(method, "/api/v1/directory" + path.format(maria="demo-maria"), json=body).status_code
        for method, path, body in asked
    ]
    assert told == ANSWERS[username]


def test_a_guest_reads_nothing(directory: Directory, meeting: str) -> None:
    guest = directory.cast.guest_of(meeting)
    told = [guest.get("/api/v1/directory" + path.format(maria="demo-maria")).status_code for path in READS]
    assert told == [403] * 5


def test_another_office_s_people_are_nobody_to_a_secretariat(directory: Directory) -> None:
    yusuf = directory.as_("yusuf")
    assert yusuf.get("/api/v1/directory/people/demo-wulan").status_code == 404
    assert yusuf.post("/api/v1/directory/people/demo-wulan/reset").status_code == 404
    found = yusuf.get("/api/v1/directory/people").json()
    assert {each["office_id"] for each in found["items"]} <= {"kaltara", "bulungan", "bawaslu-kaltara"}
    assert yusuf.get("/api/v1/directory/people", params={"office": "sumbar"}).json()["total"] == 0
    refused = yusuf.post(
        "/api/v1/directory/people",
        json={"username": "titipan", "name": "Titipan", "position": {"office_id": "sumbar", "title": "Staf"}},
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "out_of_reach")


def test_a_secretariat_makes_no_administrator_and_resets_none(directory: Directory) -> None:
    body = {"username": "raja", "name": "Raja", "role": "admin", "position": {"office_id": "kpuri", "title": "Admin"}}
    assert directory.as_("dewi").post("/api/v1/directory/people", json=body).json()["code"] == "admin_only"
    people = directory.as_("dewi").get("/api/v1/directory/people", params={"q": "sari wibowo"}).json()["items"]
    (admin,) = [each for each in people if each["username"] == "admin"]
    refused = directory.as_("dewi").post(f"/api/v1/directory/people/{admin['id']}/reset")
    assert (refused.status_code, refused.json()["code"]) == (403, "admin_only")


def test_nothing_of_passwords_or_sign_ins_is_told(directory: Directory) -> None:
    told = directory.as_("admin").get("/api/v1/directory/people/demo-maria").text
    told += directory.as_("admin").get("/api/v1/directory/people").text
    told += directory.as_("maria").get("/api/v1/directory/offices/kaltara/people").text
    assert "argon2" not in told
    assert "password" not in told
    (named,) = [
        each
        for each in directory.as_("maria").get("/api/v1/directory/offices/kaltara/people").json()
        if each["id"] == "demo-maria"
    ]
    assert set(named) == {"id", "name", "position"}
