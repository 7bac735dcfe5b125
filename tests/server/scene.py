"""A room with somebody of every role in it, brought into a state in which everything that can be asked means something.

The hall of KPU Sumbar shares its seat, shows its camera and has its hand up: it is what others are asked to stop, to
call and to name. Guests wait outside, were shown out for good, or sit there to be shown out.
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

from starlette.testclient import TestClient

from server.auth.accounts import NewAccount, create
from server.demo.people import PASSWORD
from tests.server.conftest import Cast
from tests.server.test_room_socket import HELLO
from tests.server.wire import Said, Wire

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

    def __init__(self, stack: ExitStack, cast: Cast, client: TestClient, meeting: str, **hello: object) -> None:
        self.client = client
        self._stack, self._cast, self._path = stack, cast, f"/api/v1/meetings/{meeting}/room"
        self._hello = {**HELLO, "mic": False, **hello}
        self.last: dict[str, Said] = {}  # by type
        self._left = 0

    def connect(self) -> None:
        """Another socket, which has said nothing yet."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        self._wire = self._stack.enter_context(Wire(self._cast.portal, self._cast.app, self._path, cookies))
        self._left = MESSAGES

    def come(self) -> list[Said]:
        """Say hello on another socket, the one before is hung up on: how the room stands, as whoever comes is told."""
        self.connect()
        return self.listen(self._hello)

    @property
    def seat(self) -> str:
        return str(self.last["welcome"]["seat"])

    def listen(self, *said: Said, until: str = "pong") -> list[Said]:
        """Everything that is told up to the end of what was said; noise left out."""
        self._left -= len(said) + 1
        told = self._wire.until((until,), *said, {"type": "ping", "at": 1})
        self.last |= {each["type"]: each for each in told}
        return [each for each in told if each["type"] not in NOISE]

    def asks(self, **message: object) -> str | None:
        """The code with which it is refused."""
        if self._left < 2:
            self.come()
        return next((each["code"] for each in self.listen(message) if each["type"] == "failure"), None)

    def does(self, **message: object) -> None:
        assert self.asks(**message) is None, message


@dataclass
class Scene:
    """`state`: the one it is in, and put back into after every change."""

    cast: Cast
    stack: ExitStack
    state: str
    previous: str
    whole: bool = True
    """False: only those without whom there is no meeting."""
    number: int = 0
    victims: list[str] = field(default_factory=list)  # seats
    banned: list[str] = field(default_factory=list)  # people

    def plan(self) -> None:
        self.dewi = self.cast.as_("dewi")
        self.meeting = self.cast.new_meeting(*OFFICES, agenda=AGENDA, previous=self.previous)

    def set(self) -> None:
        self.plan()
        assert self.dewi.post(f"/api/v1/meetings/{self.meeting}/open").status_code == 200
        self.carried = self._seen("course")["carried"][0]["id"]
        plays = PLAYS if self.whole else {role: PLAYS[role] for role in "CS"}
        self.pages = {role: self.page(who) if who else self.guest() for role, who in plays.items()}
        self.hall = self.page("wulan", shared=True, camera=True)
        for page in (*self.pages.values(), self.hall):
            page.come()
        self.chair = self.pages["C"]
        if self.whole:
            self._others()
        self._enter_state()

    def _others(self) -> None:
        """Roles, guests who may be shown out or let in, and somebody who watches."""
        for role, given in GIVEN.items():
            self.chair.does(type="appoint", seat=self.pages[role].seat, role=given)
        self._guests()
        self.watcher = self.page("tuti")
        self.watcher.come()
        self.chair.does(type="make_note", outcome={"kind": "decision", "text": "Disepakati."})
        self.chair.does(type="set_door", waits="guests")
        self.waiting()

    def page(self, username: str, **hello: object) -> Page:
        return Page(self.stack, self.cast, self.cast.as_(username), self.meeting, **hello)

    def guest(self) -> Page:
        invited = self.dewi.post(
            f"/api/v1/meetings/{self.meeting}/invitations", json={"name": "Andi Pratama", "institution": "Bawaslu RI"}
        )
        page = self.page("")
        page.client.post("/api/v1/invitations/accept", json={"token": invited.json()["url"].rsplit("/", 1)[1]})
        return page

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
        """Who waits outside; somebody knocks where nobody does."""
        self.chair.listen()
        people: list[Said] = self.chair.last["door"]["people"]
        if people:
            return str(people[0]["person"])
        self.waiter = self.guest()
        self.knock(self.waiter)
        return self.waiting()

    def knock(self, page: Page) -> None:
        """Also at a door that is locked: it is not for this moment."""
        if self.state == "room_locked":
            self.chair.does(type="lock_room", on=False)
        assert page.come()[0]["type"] == "waiting"
        if self.state == "room_locked":
            self.chair.does(type="lock_room", on=True)

    # --- putting back ---

    def reopen_floor(self) -> None:
        """Nobody's; or the hall's again, in the room where that holds it. Its hand is up."""
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
        course, attendance = self._seen("course"), self._seen("attendance")
        for person in (each for office in attendance["offices"] for each in office["people"]):
            measured = person["measured"]
            person["left_at"] = person["minutes"] = 0
            measured["left"] = measured["minutes"] = measured["present"][-1]["end"] = 0
        attendance["sha256"] = ""  # of all that, as it was
        return [*told, course, attendance]

    def over(self) -> list[Said]:
        """What is left of it when it has ended."""
        return [self._seen("course"), self._seen("attendance")]

    def _seen(self, what: str) -> Said:
        found: Said = self.dewi.get(f"/api/v1/meetings/{self.meeting}/{what}").json()
        return found


async def hire(cast: Cast) -> None:
    for each in HIRED:
        async with cast.app.state.services.sessions.begin() as session:
            await create(session, each, datetime.now(UTC))
