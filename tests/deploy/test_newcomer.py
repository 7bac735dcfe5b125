"""What a newcomer does: clone, one command, open the address it prints, sign in as it says."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.journeys.stage import free_port
from tests.waiting import until

CHECKOUT = Path(__file__).parent.parent.parent
FIRST_RUN_S = 500.0
SECOND_RUN_S = 60.0
OURS = ("VIRTUAL_ENV", "RAKOR_", "PYTHON", "MAKE", "MFLAGS")


@contextmanager
def make_run(clone: Path, port: int, within: float) -> Iterator[str]:
    """`make run` in the clone, until it answers; yields what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment |= {"RAKOR_PORT": str(port), "RAKOR_MEDIA_PORT": str(free_port(socket.SOCK_DGRAM))}
    printed = clone / "printed.log"
    with printed.open("wb") as log:
        command = subprocess.Popen(
            ["make", "run"], cwd=clone, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        until(lambda: command.poll() is not None or well(port), within, lambda: printed.read_text()[-4000:])
        assert command.poll() is None, printed.read_text()[-4000:]
        yield printed.read_text()
    finally:
        os.killpg(command.pid, signal.SIGTERM)
        command.wait(timeout=30)


def well(port: int) -> bool:
    try:
        return httpx2.get(f"http://localhost:{port}/healthz", timeout=2).status_code == 200
    except httpx2.HTTPError:
        return False


@pytest.mark.timeout(600)
def test_one_command_from_a_clone_to_a_meeting_list(tmp_path: Path) -> None:
    clone = tmp_path / "rakor"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", CHECKOUT, clone], check=True)
    port = free_port(socket.SOCK_STREAM)
    with make_run(clone, port, FIRST_RUN_S) as printed:
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
    with make_run(clone, port, SECOND_RUN_S) as printed:
        assert "ratna" in printed
