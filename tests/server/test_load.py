"""`rakor load` against the real application behind a real socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest
import uvicorn

from server.demo.people import PASSWORD
from server.guests import Refusal, Site
from server.load import Report, Task, run
from tests.server.conftest import Cast
from tests.waiting import until


@pytest.fixture
def site(cast: Cast) -> Iterator[Site]:
    server = uvicorn.Server(uvicorn.Config(cast.app, port=0, lifespan="off", log_level="warning", ws_max_size=1 << 17))
    serving = cast.portal.start_task_soon(server.serve)
    until(lambda: server.started, 10, "the server did not start")
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(f"http://127.0.0.1:{port}")
    server.should_exit = True
    serving.result(10)


def play(site: Site, meeting: str, password: str = PASSWORD, publishers: int = 1) -> Report:
    task = Task(meeting, publishers, subscribers=2, seconds=2.0, turn_s=1.0)
    return asyncio.run(run(site, "ratna", password, task, lambda _: None))


@pytest.mark.full
def test_guests_come_in_speak_and_count(site: Site, meeting: str, cast: Cast) -> None:
    report = play(site, meeting, publishers=2)
    counters = report.counters
    assert report.receivers == 4
    assert counters.received > 200
    assert (counters.lost, counters.unknown, counters.misread, counters.refused) == (0, 0, 0, 0)
    assert counters.keyframes > 0
    assert report.sound[1] is not None
    assert report.pictures[1] is not None
    json.dumps(report.described())
    chair = cast.as_("ratna")
    until(lambda: chair.get(f"/api/v1/meetings/{meeting}/media").json()["seats"] == {}, 10, "a guest has not left")


def test_a_wrong_password_is_said_in_rakors_words(site: Site, meeting: str) -> None:
    with pytest.raises(Refusal, match=r"/session: .*sandi"):
        play(site, meeting, password="bukan ini")


def test_a_meeting_that_is_not_there_is_said(site: Site) -> None:
    with pytest.raises(Refusal, match="/meetings/tidak-ada/open"):
        play(site, "tidak-ada")


def test_a_rakor_that_is_not_there_is_said() -> None:
    with pytest.raises(Refusal, match=r"127\.0\.0\.1:9"):
        play(Site("http://127.0.0.1:9"), "meeting")
