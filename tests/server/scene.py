"""A room with somebody of every role in it, brought into a state in which everything that can be asked means something.

The hall of KPU Sumbar shares its seat, shows its camera and has its hand up: it is what others are asked to stop, to
call and to name. Guests wait outside, were shown out for good, or sit there to be shown out.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient, WebSocketTestSession

from server.auth.accounts import NewAccount, create
from server.demo.people import PASSWORD
from tests.server.conftest import Cast
from tests.server.test_room_socket import HELLO, socket

Said = dict[str, Any]
NOISE = ("transcription", "speakers", "quality", "pong")  # of their own time: nobody has asked for them
MESSAGES = 50  # of one socket: fewer than a burst, so that it never matters how fast this machine is
OFFICES = ("sumbar", "jatim", "bali", "kaltara")  # in the order of lists
FLOOR_S = 60

# Who plays a role that is given in the room; of the others the account says it.
HIRED = (
    NewAccount("hadi", "Hadi Susanto", "Anggota", "jatim", "participant", PASSWORD),
    NewAccount("nuraini", "Nuraini Hasan", "Tenaga Ahli", "jatim", "participant", PASSWORD),
    NewAccount("agus", "Agus Salim", "Pranata Komputer", "kpuri", "participant", PASSWORD),
    NewAccount("rina", "Rina Kusuma", "Staf", "bali", "participant", PASSWORD),
    NewAccount("tuti", "Tuti Alawiyah", "Kasubbag", "kpuri", "secretariat", PASSWORD),
)
PLAYS = {"C": "ratna", "M": "hadi", "S": "dewi", "P": "nuraini", "O": "agus", "A": "maria", "V": "rina", "G": ""}
GIVEN = {"M": "moderator", "P": "presenter", "O": "operator", "V": "observer"}
AGENDA = [{"title": "Paparan"}, {"title": "Kesimpulan"}]


class Page:
    """Somebody's page. A ping is the fence: what comes before its pong was said because of what was asked before it."""

    def __init__(self, stack: ExitStack, client: TestClient, meeting: str, **hello: object) -> None:
        self._stack, self._client, self._meeting = stack, client, meeting
        self._hello = {**HELLO, "mic": False, **hello}
        self.last: dict[str, Said] = {}  # by type
        self.told: list[Said] = []  # since the last question
        self._left = 0

    def knock(self) -> None:
        """Another socket says hello; the one before is hung up on."""
        self._socket: WebSocketTestSession = self._stack.enter_context(socket(self._client, self._meeting))
        self._left = MESSAGES
        self.say(**self._hello)

    def come(self) -> list[Said]:
        """How the room stands, as whoever comes is told."""
        self.knock()
        return self.listen()

    @property
    def seat(self) -> str:
        return str(self.last["welcome"]["seat"])

    def say(self, **message: object) -> None:
        self._left -= 1
        self._socket.send_text(json.dumps(message))

    def listen(self) -> list[Said]:
        """Everything that was told up to now; noise left out."""
        self.say(type="ping", at=1)
        self.told = []
        while (message := self.next())["type"] != "pong":
            if message["type"] not in NOISE:
                self.told.append(message)
        return self.told

    def next(self) -> Said:
        message: Said = json.loads(self._socket.receive_text())
        self.last[message["type"]] = message
        return message

    def asks(self, **message: object) -> str | None:
        """The code with which it is refused."""
        if self._left < 2:
            self.come()
        self.say(**message)
        return next((each["code"] for each in self.listen() if each["type"] == "failure"), None)

    def does(self, **message: object) -> None:
        assert self.asks(**message) is None, message


@dataclass
class Scene:
    """`state`: the one it is in, and put back into after every change."""

    cast: Cast
    stack: ExitStack
    state: str
    previous: str
    number: int = 0
    victims: list[str] = field(default_factory=list)  # seats
    banned: list[str] = field(default_factory=list)  # people

    def set(self) -> None:
        dewi = self.cast.as_("dewi")
        self.meeting = self.cast.new_meeting(*OFFICES, agenda=AGENDA, previous=self.previous)
        assert self.cast.as_("ratna").post(f"/api/v1/meetings/{self.meeting}/open").status_code == 200
        self.carried = dewi.get(f"/api/v1/meetings/{self.meeting}/course").json()["carried"][0]["id"]
        self.pages = {role: self.page(who) if who else self.guest() for role, who in PLAYS.items()}
        self.chair, self.other = self.pages["C"], self.pages["A"]
        for page in self.pages.values():
            page.come()
        for role, given in GIVEN.items():
            self.chair.does(type="appoint", seat=self.pages[role].seat, role=given)
        self._guests()
        self.hall = self.page("wulan", shared=True, camera=True)
        self.hall.come()
        self.watcher = self.page("tuti")
        self.watcher.come()
        self.chair.does(type="make_note", outcome={"kind": "decision", "text": "Disepakati."})
        self.chair.does(type="set_door", waits="guests")
        self.waiting()
        self._enter_state()

    def page(self, username: str, **hello: object) -> Page:
        return Page(self.stack, self.cast.as_(username), self.meeting, **hello)

    def guest(self) -> Page:
        return Page(self.stack, self.cast.guest_of(self.meeting), self.meeting)

    def _guests(self) -> None:
        """Three who were shown out for good, and three who sit there."""
        for _ in range(3):
            shown_out, sits = self.guest(), self.guest()
            shown_out.come()
            sits.come()
            self.victims.append(sits.seat)
            self.chair.does(type="remove", seat=shown_out.seat, ban=True)
        self.banned += [each["person"] for each in self.chair.last["outside"]["people"]]

    def _enter_state(self) -> None:
        match self.state:
            case "mics_locked":
                self.chair.does(type="lock_mics", on=True)
            case "room_locked":
                self.chair.does(type="lock_room", on=True)
            case "suspended":
                self.chair.does(type="suspend", on=True)
            case "off_record":
                self.chair.does(type="pause_record", on=True, why="Pembacaan doa")
            case "vote":
                self.chair.does(type="open_vote", question="Setuju?", method="hands")
            case "roll_call":
                self.chair.does(type="open_vote", question="Setuju?", method="roll_call")
            case "roll":
                self.chair.does(type="begin_roll", seconds=FLOOR_S)
            case "floor":
                self.chair.does(type="give_floor", seat=self.hall.seat, seconds=FLOOR_S, speaker="Ani Lestari")
            case "screen":
                self.hall.does(type="set_screen", on=True)
            case "chat_limited":
                self.chair.does(type="limit_chat", to="leaders")
        self.hall.does(type="raise_hand")

    # --- what there is to ask about ---

    def other_text(self) -> str:
        """Not what was said before."""
        self.number += 1
        return f"Butir {self.number}"

    def choice(self) -> str:
        self.number += 1
        return ("agree", "disagree", "abstain")[self.number % 3]

    def items(self) -> list[Said]:
        return [{"id": "1", "title": self.other_text()}, {"id": "2", "title": "Kesimpulan"}]

    def waiting(self) -> str:
        """Who waits outside; somebody knocks where nobody does, also at a door that is locked for the moment."""
        self.chair.listen()
        people: list[Said] = self.chair.last["door"]["people"]
        if people:
            return str(people[0]["person"])
        locked = self.chair.last["order"]["locked"]
        if locked:
            self.chair.does(type="lock_room", on=False)
        self.waiter = self.guest()
        assert self.waiter.come()[0]["type"] == "waiting"
        if locked:
            self.chair.does(type="lock_room", on=True)
        return self.waiting()

    # --- putting back ---

    def reopen_floor(self) -> None:
        """Whoever has it by now has it no more; in a room where the hall holds it, it does again, and its hand is up."""
        self.chair.does(type="close_floor")
        if self.state == "floor":
            self.chair.does(type="give_floor", seat=self.hall.seat, seconds=FLOOR_S, speaker="Ani Lestari")
        self.hall.does(type="raise_hand")

    def reopen_vote(self) -> None:
        self.chair.does(type="open_vote", question="Setuju?", method="hands" if self.state == "vote" else "roll_call")

    def reshare(self, page: Page) -> None:
        page.does(type="set_screen", on=False)
        if self.state == "screen":
            self.hall.does(type="set_screen", on=True)

    # --- what can be seen ---

    def rows(self) -> list[tuple[int, str, str]]:
        """Of the room's events, as they lie on disk."""
        file = self.cast.settings.data / "rakor.db"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            query = "SELECT id, type, body FROM room_event WHERE meeting_id = ? ORDER BY id"
            found = database.execute(query, (self.meeting,)).fetchall()
        database.close()
        return found

    def seen(self) -> list[Said]:
        """What a page that comes now is told, and what the meeting's course and attendance say; without the time."""
        told = self.watcher.come()
        told[0]["elapsed"] = 0
        dewi = self.cast.as_("dewi")
        course = dewi.get(f"/api/v1/meetings/{self.meeting}/course").json()
        attendance = dewi.get(f"/api/v1/meetings/{self.meeting}/attendance").json()
        for person in (each for office in attendance["offices"] for each in office["people"]):
            person["left"] = person["minutes"] = person["present"][-1]["end"] = 0
        return [*told, course, attendance]


async def hire(cast: Cast) -> None:
    from datetime import UTC, datetime

    for each in HIRED:
        async with cast.app.state.services.sessions.begin() as session:
            await create(session, each, datetime.now(UTC))
