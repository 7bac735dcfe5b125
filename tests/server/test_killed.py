"""The server is killed at some moment of a meeting and started again: whatever any page was shown is still so.

What was committed and nobody was told yet may stand there too, the one step that was under way, and whole.
"""

from __future__ import annotations

import csv
import io
import json
import random
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2
import pytest
from websockets.sync.client import connect

from server.signalling.shapes import PROTOCOL_VERSION
from tests.journeys.stage import Stage
from tests.server.killed import Play, Said, Step, View, keeps, stands
from tests.server.killed_script import NAMES, SCRIPT

pytestmark = pytest.mark.timeout(300)  # a server starts several times, perhaps beside other tests
SEED = 20_200_710
MESSAGES = 290  # of a meeting that nobody kills there are more: how often pages are told of transcription differs
HOST, GUEST = "ratna", {"name": NAMES["guest"], "institution": "Bawaslu RI"}
PLAN = {
    "title": "Rapat Koordinasi",
    "starts_at": "2030-01-05T09:00:00+07:00",
    "offices": ["kaltara", "sumbar"],
    "agenda": [{"title": "Paparan"}, {"title": "Diskusi"}],
}
HALL = "Wulan Prasetyo"  # signed in at the device of KPU Sumbar
PEOPLE = {
    "Ratna Wulandari",
    "Dewi Anggraini",
    "Maria Tandilangi",
    "Ani Lestari",
    "Budi Santoso",
    "Hendra Gunawan",
}


class Listening(Stage):
    """Pages come back as soon as somebody listens; for media they need not wait here. Asking costs a start nothing."""

    def is_well(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=2).close()
        except OSError:
            return False
        return True


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server with one folder of data, on which meeting after meeting is held."""
    stage = Listening(tmp_path_factory.mktemp("killed") / "data")
    try:
        stage.start()
        yield stage
    finally:
        stage.stop()


@dataclass(frozen=True)
class Office:
    """A server, who is signed in there, and a meeting that has left something to be done."""

    stage: Stage
    cookies: dict[str, str]
    former: str


@pytest.fixture(scope="module")
def office(stage: Stage) -> Office:
    cookies = {}
    for name in NAMES:
        if name != "guest":
            with stage.client(name) as client:
                cookies[name] = client.headers["Cookie"]
    with stage.client(HOST) as ratna:
        former = ratna.post("/api/v1/meetings", json=PLAN).json()["id"]
        assert ratna.post(f"/api/v1/meetings/{former}/open").status_code == 200
        address = f"{stage.url.replace('http', 'ws', 1)}/api/v1/meetings/{former}/room"
        with connect(address, additional_headers={"Cookie": cookies[HOST], "Origin": stage.url}) as page:
            page.send(json.dumps({"type": "hello", "version": PROTOCOL_VERSION}))
            page.send(json.dumps({"type": "make_note", "outcome": {"kind": "follow_up", "text": "Kirim bukti."}}))
            page.send('{"type": "end"}')
            while json.loads(page.recv())["type"] != "ended":
                pass
    return Office(stage, cookies, former)


@asynccontextmanager
async def meeting(office: Office, kill_at: int) -> AsyncIterator[Play]:
    """Everybody has been invited, nobody is in."""
    async with AsyncExitStack() as stack:
        clients = {name: await stack.enter_async_context(browser(office, name)) for name in ("", *office.cookies)}
        plan = {**PLAN, "waits": "guests", "quorum": 2, "previous": office.former}
        made = (await clients["dewi"].post("/api/v1/meetings", json=plan)).json()["id"]
        assert (await clients[HOST].post(f"/api/v1/meetings/{made}/open")).status_code == 200
        play = Play(office.stage, made, clients, kill_at)
        for name, cookie in office.cookies.items():
            play.open(name, cookie, shared=name == "wulan")
        play.open("guest", await invited(clients, made))
        try:
            yield play
        finally:
            await play.close()


def browser(office: Office, name: str) -> httpx2.AsyncClient:
    headers = {"Origin": office.stage.url, "Cookie": office.cookies.get(name, "")}
    return httpx2.AsyncClient(base_url=office.stage.url, headers=headers, timeout=30)


async def invited(clients: Mapping[str, httpx2.AsyncClient], made: str) -> str:
    """The guest's cookie."""
    answer = await clients["dewi"].post(f"/api/v1/meetings/{made}/invitations", json=GUEST)
    token = answer.json()["url"].rsplit("/", 1)[1]
    accepted = await clients[""].post("/api/v1/invitations/accept", json={"token": token})
    return str(accepted.headers["set-cookie"]).split(";")[0]


def moments(count: int) -> list[int]:
    """One of each stretch of the meeting, anywhere in it."""
    chance = random.Random(SEED)
    return [chance.randint(1 + MESSAGES * number // count, MESSAGES * (number + 1) // count) for number in range(count)]


async def test_a_meeting_that_nobody_kills(office: Office) -> None:
    async with meeting(office, 0) as play:
        assert await play.hold(SCRIPT) is None
        print(f"\n{play.messages} messages in {len(SCRIPT)} steps")
        assert play.messages >= MESSAGES
        await agrees(play, play.pages[HOST].view)


@pytest.mark.parametrize("kill_at", moments(3))
async def test_what_a_page_was_shown_outlives_the_server(office: Office, kill_at: int) -> None:
    await survives(office, kill_at)


@pytest.mark.full
@pytest.mark.timeout(2400)
async def test_what_a_page_was_shown_outlives_the_server_at_forty_moments(office: Office) -> None:
    for kill_at in moments(40):
        await survives(office, kill_at)


async def survives(office: Office, kill_at: int) -> None:
    async with meeting(office, kill_at) as play:
        step = await play.hold(SCRIPT)
        assert step is not None, "nobody was killed"
        before = {name: page.view for name, page in play.pages.items() if page.inside}
        await play.start_again()
        print(f"\nkilled at message {kill_at}, in step {SCRIPT.index(step)}")
        over = play.pages[HOST].view.refused == "meeting_not_open"
        if any(view.ended for view in before.values()):
            assert over
        if over:
            assert step is SCRIPT[-1]
        else:
            for name, view in before.items():
                stands(step, view, play.pages[name].view)
            if any(step.done(view) for view in before.values()):
                assert all(step.done(play.pages[name].view) for name in before)
        if play.seen:
            remembers(step, play.seen, await play.asked())
        if not over:
            assert await play.hold(SCRIPT[SCRIPT.index(step) :]) is None
        await agrees(play, before[HOST] if over else play.pages[HOST].view)


def remembers(step: Step, seen: Said, now: Said) -> None:
    """Of what was read over HTTP before the step under way."""
    for part, name in (("notes", "outcomes"), ("votes", "votes"), ("carried", "carried")):
        assert now["course"][name] == seen["course"][name] or part in step.touches
        keeps(step, {name: seen["course"][name]}, {name: now["course"][name]})
    going_on = [each for each in seen["course"]["stretches"] if each["end"] is None]
    assert all(each in now["course"]["stretches"] for each in seen["course"]["stretches"] if each not in going_on)
    began = {(each["kind"], each["start"]) for each in now["course"]["stretches"]}
    assert all((each["kind"], each["start"]) in began or "speaker" in step.changes for each in going_on)
    former, later = attended(seen["attendance"]), attended(now["attendance"])
    assert former.keys() <= later.keys()
    for person, (came, role) in former.items():
        assert later[person][0] == came
        assert later[person][1] == role or "powers" in step.touches


def attended(attendance: Said) -> dict[tuple[str, ...], tuple[float, str]]:
    """When they came and their role, by office, name and position. The hall stands for nobody once it names people."""
    return {
        (office["office_id"], each["name"], each["position"]): (each["measured"]["came"], each["role"])
        for office in attendance["offices"]
        for each in office["people"]
        if each["name"] != HALL
    }


async def agrees(play: Play, shown: View) -> None:
    """Record, attendance and its table say what the chair's page showed last."""
    course = (found := await play.asked())["course"]
    notes = shown.parts["notes"]["notes"]
    assert [(each["id"], each["text"], each["withdrawn"]) for each in course["outcomes"]] == [
        (each["id"], each["outcome"]["text"], each["withdrawn"]) for each in notes
    ]
    assert [each["at"] for each in course["outcomes"]] == pytest.approx([each["at"] for each in notes], abs=0.001)
    assert [each["voices"] for each in course["votes"]] == [each["voices"] for each in shown.parts["votes"]["votes"]]
    assert course["carried"] == shown.parts["carried"]["follow_ups"]
    stretches = course["stretches"]
    assert all(each["end"] is not None for each in stretches)
    assert [each["title"] for each in stretches if each["kind"] == "item"] == ["Paparan", "Diskusi", "Kesimpulan"]
    floors = [(each["title"], each["speaker"], each["granted"]) for each in stretches if each["kind"] == "floor"]
    assert floors == [
        ("Maria Tandilangi", "", 180),
        ("KPU Sumbar", "", 90),
        ("KPU Sumbar", "Budi Santoso", 90),
        ("Maria Tandilangi", "", 90),
    ]
    assert sorted(each["kind"] for each in stretches if each["kind"] not in ("item", "floor")) == [
        "no_quorum",
        "roll",
        "suspended",
    ]
    people = attended(found["attendance"])
    assert {name for _, name, _ in people} == PEOPLE
    answer = await play.clients["dewi"].get(f"/api/v1/meetings/{play.meeting}/attendance", params={"format": "csv"})
    table = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["nama"], float(row["terukur_masuk_detik"])) for row in table] == [
        (name, came) for (_, name, _), (came, _) in people.items()
    ]
