"""What a newcomer does: clone, one command, open the address it prints, sign in as it says.

Every run of the tests on a clean checkout installs as much; this one is a full-length play.
"""

from __future__ import annotations

import re

import httpx2
import pytest

from tests.deploy.newcomer import Run, begin

FIRST_RUN_S = 500.0
SECOND_RUN_S = 60.0


@pytest.mark.full
@pytest.mark.timeout(600)
def test_one_command_from_a_clone_to_a_meeting_list(first_run: Run) -> None:
    printed, port = first_run.answers(FIRST_RUN_S), first_run.port
    assert f"http://localhost:{port}" in printed
    signs = re.search(r"\b(ratna)\b", printed)
    password = re.search(r"\b(rakor-demo-\d{4})\b", printed)
    assert signs
    assert password
    page = httpx2.get(f"http://localhost:{port}/", follow_redirects=True)
    assert page.status_code == 200
    assert '<html lang="id"' in page.text
    account = {"username": signs[1], "password": password[1]}
    origin = {"Origin": f"http://localhost:{port}"}
    entered = httpx2.post(f"http://localhost:{port}/api/v1/session", json=account, headers=origin)
    assert entered.status_code == 200, entered.text
    cookie = {"Cookie": entered.headers["set-cookie"].split(";")[0]}
    meetings = httpx2.get(f"http://localhost:{port}/api/v1/meetings", headers=cookie).json()["items"]
    assert {meeting["state"] for meeting in meetings} == {"scheduled", "ended"}
    found = httpx2.get(f"http://localhost:{port}/api/v1/search", params={"q": "sengketa"}, headers=cookie).json()
    assert found["items"], "the demo archive has nothing to find"
    sound = httpx2.get(f"http://localhost:{port}{found['items'][0]['line']['audio']}", headers=cookie)
    assert sound.headers["content-type"] == "audio/webm"
    first_run.stop()
    again = begin(first_run.clone)
    try:
        assert "ratna" in again.answers(SECOND_RUN_S)
    finally:
        again.stop()
