"""Guessing is stopped however it is done, an invitation is one guest, and the key that signs it is a whole one."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import httpx2
import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.testclient import TestClient

from server.app import secret_key
from server.auth import passwords
from server.auth.invitations import Invitation, Invitations
from server.auth.throttle import MOST_FAILURES, MOST_FROM_ADDRESS, MOST_KEYS, Throttle
from server.demo.people import PASSWORD
from server.errors import BadInvitation, TooManyAttempts
from tests.server.conftest import ORIGIN, Cast

RIGHT = {"username": "maria", "password": PASSWORD}


def browser_at(cast: Cast, address: str) -> TestClient:
    """An address of its own, so that what is held back here is held back for no other test."""
    client = TestClient(cast.app, base_url=ORIGIN, headers={"Origin": ORIGIN}, client=(address, 50_000))
    client.portal = cast.portal
    return client


async def sign_in_at_once(cast: Cast, address: str, given: list[dict[str, str]]) -> Counter[str]:
    transport = httpx2.ASGITransport(cast.app, client=(address, 50_000))
    async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}) as browser:
        answers = await asyncio.gather(*(browser.post("/api/v1/session", json=each) for each in given))
    return Counter(str(answer.json().get("code", "signed_in")) for answer in answers)


def token_for_a_guest(cast: Cast, meeting: str) -> str:
    body = {"name": "Andi Pratama", "institution": "Bawaslu RI"}
    answer = cast.as_("dewi").post(f"/api/v1/meetings/{meeting}/invitations", json=body)
    return str(answer.json()["url"].rsplit("/", 1)[1])


def accepted(cast: Cast, token: str, address: str) -> TestClient:
    client = browser_at(cast, address)
    assert client.post("/api/v1/invitations/accept", json={"token": token}).status_code == 200
    return client


def test_guesses_made_at_once_are_held_to_the_same_limit(cast: Cast) -> None:
    guesses = [{"username": "sekaligus", "password": "tebakan"} for _ in range(30)]
    told = cast.portal.call(sign_in_at_once, cast, "198.51.100.1", guesses)
    assert told == {"wrong_credentials": MOST_FAILURES, "too_many_attempts": 30 - MOST_FAILURES}


def test_guesses_over_many_names_are_held_to_the_limit_of_their_address(cast: Cast) -> None:
    told: Counter[str] = Counter()
    for first in range(0, MOST_FROM_ADDRESS + 10, 10):
        guesses = [{"username": f"sekaligus-{first + n}", "password": "tebakan"} for n in range(10)]
        told += cast.portal.call(sign_in_at_once, cast, "198.51.100.2", guesses)
    assert told == {"wrong_credentials": MOST_FROM_ADDRESS, "too_many_attempts": 10}


def test_a_right_password_is_no_failure_of_its_address(cast: Cast) -> None:
    client = browser_at(cast, "198.51.100.3")
    wrong = {"username": "bukan-maria", "password": "tebakan"}
    given = [*[wrong] * (MOST_FAILURES - 1), *[RIGHT] * 3, wrong, wrong]
    statuses = [client.post("/api/v1/session", json=each).status_code for each in given]
    assert statuses == [*[401] * (MOST_FAILURES - 1), *[200] * 3, 401, 429]


async def test_only_so_many_passwords_wait_to_be_checked() -> None:
    asked = [passwords.verify("tebakan", None) for _ in range(passwords.MOST_WAITING + 3)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers.count(False) == passwords.MOST_WAITING
    assert [type(each) for each in answers if each is not False] == [TooManyAttempts] * 3
    assert await passwords.verify("tebakan", None) is False


BOTH = {"name:x": MOST_FAILURES, "from:y": MOST_FAILURES}


def test_a_throttle_counts_an_attempt_before_its_outcome_is_known() -> None:
    throttle = Throttle()
    assert [throttle.tried(BOTH, 0.0) for _ in range(MOST_FAILURES + 1)] == [
        *[True] * MOST_FAILURES,
        False,
    ]
    throttle.take_back("name:x", 0.0)
    assert not throttle.tried(BOTH, 0.0)  # the address is still full, so the name is not charged
    throttle.take_back("from:y", 0.0)
    assert throttle.tried(BOTH, 0.0)
    for _ in range(MOST_FAILURES + 1):
        throttle.take_back("from:y", 0.0)
    assert throttle.allows("from:y", 0.0)


def test_a_throttle_forgets_who_failed_longest_ago_when_it_is_full() -> None:
    throttle = Throttle()
    for _ in range(MOST_FAILURES):
        throttle.failed("name:early", 0.0)
        throttle.failed("name:late", 0.0)
    for n in range(MOST_KEYS - 1):
        throttle.failed(f"from:{n}", 1.0)
    assert throttle.allows("name:early", 1.0)
    assert not throttle.allows("name:late", 1.0)


def test_an_invitation_is_one_guest_however_often_it_is_accepted(cast: Cast) -> None:
    meeting = cast.new_meeting("kaltara")
    token, other = token_for_a_guest(cast, meeting), token_for_a_guest(cast, meeting)
    first, again, another = (
        accepted(cast, each, "198.51.100.4").get("/api/v1/me").json() for each in (token, token, other)
    )
    assert first == again
    assert first["name"] == another["name"]
    assert first["id"] != another["id"]


def test_an_invitation_that_names_no_guest_is_refused() -> None:
    old = URLSafeTimedSerializer(b"k" * 32, salt="rakor-invitation").dumps(["m1", "Andi Pratama", "Bawaslu RI"])
    invitations = Invitations(b"k" * 32)
    with pytest.raises(BadInvitation):
        invitations.read(str(old))
    invitation = Invitation("m1", "Andi Pratama", "Bawaslu RI", "guest-1")
    assert invitations.read(invitations.write(invitation)) == invitation


def test_made_up_invitations_are_stopped_and_good_ones_are_not(cast: Cast) -> None:
    token = token_for_a_guest(cast, cast.new_meeting("kaltara"))
    for _ in range(MOST_FAILURES + 2):
        accepted(cast, token, "198.51.100.5")
    client = browser_at(cast, "198.51.100.5")
    answers = [client.post("/api/v1/invitations/accept", json={"token": "palsu"}) for _ in range(MOST_FAILURES + 1)]
    codes = [answer.json()["code"] for answer in answers]
    assert codes == ["invitation_invalid"] * MOST_FAILURES + ["too_many_attempts"]
    assert client.post("/api/v1/session", json=RIGHT).status_code == 200  # passwords are counted apart


def test_the_key_is_made_once_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "secret.key.new").write_bytes(b"half of a k")  # what a power cut left behind
    key = secret_key(data)
    assert len(key) == 32
    assert secret_key(data) == key
    assert [(each.name, each.stat().st_mode & 0o777) for each in data.iterdir()] == [("secret.key", 0o600)]


@pytest.mark.parametrize("left", [b"", b"k" * 31])
def test_a_key_that_is_not_whole_is_refused_with_what_to_do(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(left)
    with pytest.raises(RuntimeError, match=r"secret\.key.*remove it"):
        secret_key(tmp_path)
    assert (tmp_path / "secret.key").read_bytes() == left
