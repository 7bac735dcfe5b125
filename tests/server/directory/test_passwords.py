"""Links to a new password: told once, good once, for a day, the newest only; and changing one's own."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from server.auth import passwords, resets
from server.auth.throttle import MOST_FAILURES
from server.cli import main
from server.directory.people_endpoints import MOST_LINKS
from server.errors import BadRequest, BadReset
from server.services import Services
from tests.server.conftest import ORIGIN
from tests.server.directory.conftest import Directory

NEW = "kata-sandi-yang-baru"


def browser_at(directory: Directory, address: str) -> TestClient:
    """An address of its own, so that what is held back here is held back for no other test."""
    client = TestClient(directory.cast.app, base_url=ORIGIN, headers={"Origin": ORIGIN}, client=(address, 50_000))
    client.portal = directory.cast.portal
    return client


def link_for(directory: Directory, person: str, by: str = "admin") -> str:
    answer = directory.as_(by).post(f"/api/v1/directory/people/{person}/reset")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["url"]).removeprefix(f"{ORIGIN}/sandi/")


def sign_in(directory: Directory, username: str, password: str) -> int:
    return directory.as_("").post("/api/v1/session", json={"username": username, "password": password}).status_code


def test_a_link_sets_a_password_once_and_signs_out_everywhere(directory: Directory) -> None:
    client = directory.with_password("lupa")
    person = directory.as_("yusuf").get("/api/v1/directory/people", params={"q": "lupa"}).json()["items"][0]["id"]
    replaced, token = link_for(directory, person, by="yusuf"), link_for(directory, person, by="yusuf")
    stranger = directory.as_("")
    assert stranger.post("/api/v1/password/reset-link", json={"token": replaced}).status_code == 410
    told = stranger.post("/api/v1/password/reset-link", json={"token": token}).json()
    assert told == {"name": "Lupa", "username": "lupa"}
    short = stranger.post("/api/v1/password", json={"token": token, "password": "pendek"})
    assert short.json()["code"] == "short_password"
    assert client.get("/api/v1/me").status_code == 200
    assert stranger.post("/api/v1/password", json={"token": token, "password": NEW}).status_code == 204
    assert client.get("/api/v1/me").status_code == 401
    again = stranger.post("/api/v1/password", json={"token": token, "password": NEW})
    assert (again.status_code, again.json()["code"]) == (410, "reset_invalid")
    assert (sign_in(directory, "lupa", "rakor-demo-2020"), sign_in(directory, "lupa", NEW)) == (401, 200)


def test_somebody_new_has_no_password_at_all(directory: Directory) -> None:
    directory.added("tanpa.sandi")
    given = ["", "nobody has this password", "tanpa.sandi"]
    assert [sign_in(directory, "tanpa.sandi", each) for each in given] == [422, 401, 401]
    assert asyncio.run(passwords.verify("nobody has this password", "")) is False


def test_a_link_is_good_for_a_day_and_for_one_of_two_at_once(directory: Directory) -> None:
    person = directory.added("esok")["id"]
    token = link_for(directory, person)
    services: Services = directory.cast.app.state.services

    async def spend_late() -> list[BaseException | None]:
        late = services.now() + resets.LASTS
        async with services.sessions() as session:
            with pytest.raises(BadReset):
                await resets.owner(session, token, late)
            assert (await resets.owner(session, token, late - timedelta(seconds=60))).id == person

        async def spend() -> None:
            async with services.sessions.begin() as session:
                await resets.spend(session, token, "x", services.now())

        return list(await asyncio.gather(spend(), spend(), return_exceptions=True))

    outcomes = directory.cast.portal.call(spend_late)
    assert sorted(type(each).__name__ for each in outcomes) == ["BadReset", "NoneType"]


def test_made_up_links_are_stopped(directory: Directory) -> None:
    client = browser_at(directory, "198.51.100.77")
    told = [
        client.post("/api/v1/password", json={"token": "palsu", "password": NEW}).status_code
        for _ in range(MOST_FAILURES + 1)
    ]
    assert told == [410] * MOST_FAILURES + [429]
    token = link_for(directory, directory.added("palsu")["id"])
    other = browser_at(directory, "198.51.100.78")
    assert other.post("/api/v1/password", json={"token": token, "password": NEW}).status_code == 204


def test_one_s_own_password_is_changed_and_others_are_signed_out(directory: Directory) -> None:
    here = directory.with_password("ganti")
    there = directory.as_("")
    assert there.post("/api/v1/session", json={"username": "ganti", "password": "rakor-demo-2020"}).status_code == 200
    wrong = here.post("/api/v1/me/password", json={"current": "salah", "password": NEW})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_current")
    name = here.post("/api/v1/me/password", json={"current": "rakor-demo-2020", "password": "gantiganti"})
    assert name.json()["code"] == "password_is_name"
    body = {"current": "rakor-demo-2020", "password": NEW}
    assert here.post("/api/v1/me/password", json=body).status_code == 204
    assert (here.get("/api/v1/me").status_code, there.get("/api/v1/me").status_code) == (200, 401)
    told = [
        here.post("/api/v1/me/password", json={"current": "salah", "password": NEW}).status_code
        for _ in range(MOST_FAILURES + 1)
    ]
    assert told == [401] * MOST_FAILURES + [429]


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("sariwibowo", True),
        ("sarisarisari", False),
        ("SARIsariSA", False),
        ("sarisar", False),
        ("sari-sari-sari", True),
    ],
)
def test_a_password_is_long_and_not_one_s_name(password: str, good: bool) -> None:
    try:
        resets.check(password, "sari")
    except BadRequest:
        assert not good
    else:
        assert good


def test_a_link_is_printed_on_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAKOR_DATA", str(tmp_path))
    monkeypatch.setenv("RAKOR_PUBLIC_URL", "https://rakor.example/")
    cli = CliRunner()
    assert cli.invoke(main, ["admin", "reset", "sari"]).exit_code == 1
    made = ["admin", "create", "sari", "--name", "Sari", "--password", "kata-sandi-panjang"]
    assert cli.invoke(main, made).exit_code == 0
    printed = cli.invoke(main, ["admin", "reset", "sari"])
    assert printed.exit_code == 0
    assert printed.stdout.startswith("https://rakor.example/sandi/")


def test_a_page_knows_the_name_that_one_signs_in_with(directory: Directory) -> None:
    """A password manager keeps a new password under it."""
    client = directory.with_password("bernama", name="Nama Panjang")
    me = client.get("/api/v1/me").json()
    assert (me["username"], me["name"]) == ("bernama", "Nama Panjang")


def test_too_many_links_are_told_so_and_not_of_signing_in(directory: Directory) -> None:
    client = directory.with_password("pembuat", role="secretariat")
    told = [client.post("/api/v1/directory/people/entah/reset").json()["code"] for _ in range(MOST_LINKS + 1)]
    assert told == ["not_found"] * MOST_LINKS + ["too_many_links"]
