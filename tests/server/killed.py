"""A meeting that is held step by step over real sockets, on a server that is killed in the middle of it.

A page knows what it was told and nothing else. A step is done when who asked for it is shown so; after a kill the one
that was under way is asked for again, unless it turns out to be done. Speech and media run, nobody speaks.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from server.signalling.shapes import NOTICE_VERSION, PROTOCOL_VERSION
from tests.journeys.stage import Stage

Said = dict[str, Any]
WHOLE = (
    "order",
    "floor",
    "agenda",
    "notes",
    "chat_rules",
    "roll",
    "carried",
    "powers",
    "door",
    "outside",
    "chat",
    "votes",
)  # each message tells its part whole
NOISE = ("transcription", "speakers", "quality", "pong")
STUCK_S = 60.0
KEYS = ("id", "seat", "office_id", "person", "why")


class Killed(Exception):
    """The server is gone."""


@dataclass(frozen=True)
class Step:
    """`who` says `say`; `done`: whether a page that shows this view shows that it is done.

    `touches`: the parts that may look different then. `changes`: what may be other than it was, by id; everything else
    that stood there still stands there.
    """

    who: str
    say: Callable[[Play], Said]
    done: Callable[[View], bool]
    touches: tuple[str, ...]
    changes: tuple[str, ...] = ()


@dataclass
class View:
    """What a page shows."""

    parts: dict[str, Said] = field(default_factory=dict)
    participants: dict[str, Said] = field(default_factory=dict)
    seat: str = ""
    refused: str = ""
    ended: bool = False

    def take(self, told: Said) -> None:
        match told:
            case {"type": "welcome", "seat": seat, "participants": participants}:
                self.seat, self.parts = seat, {}
                self.participants = {each["seat"]: each for each in participants}
            case {"type": "participant", "participant": one}:
                self.participants[one["seat"]] = one
            case {"type": "left", "seat": seat}:
                self.participants.pop(seat, None)
            case {"type": "written", "message": message}:
                self.parts["chat"] = {"messages": [*self.parts["chat"]["messages"], message]}
            case {"type": "vote", "vote": vote}:
                others = [each for each in self.parts["votes"]["votes"] if each["id"] != vote["id"]]
                self.parts["votes"] = {"votes": [*others, vote]}
            case {"type": "ended"}:
                self.ended = True
            case {"type": "failure", "code": code}:
                self.refused = code
            case {"type": part} if part in WHOLE:
                self.parts[part] = {name: value for name, value in told.items() if name != "type"}

    @property
    def names(self) -> set[str]:
        return {each["name"] for each in self.participants.values()}

    def shown(self) -> dict[str, Any]:
        """By part; without what time alone changes: whose line is lost, and since when who knocked again waits."""
        people = {
            seat: {name: value for name, value in each.items() if name != "away"}
            for seat, each in self.participants.items()
        }
        shown: dict[str, Any] = {**self.parts, "participants": people}
        if "door" in shown:
            shown["door"] = [each["name"] for each in self.parts["door"]["people"]]
        return shown


class Page:
    """Somebody's. `count` is called with every message that it has sent or was told, and may end the world."""

    def __init__(self, url: str, meeting: str, cookie: str, count: Callable[[], None], **hello: object) -> None:
        self._address = url.replace("http", "ws", 1) + f"/api/v1/meetings/{meeting}/room"
        self._headers, self._count = {"Cookie": cookie, "Origin": url}, count
        self._hello = {"version": PROTOCOL_VERSION, "notice": NOTICE_VERSION, **hello}
        self._news = asyncio.Event()
        self._pings, self._ponged = 0, 0
        self.view = View()
        self.listening: asyncio.Task[None] | None = None

    @property
    def inside(self) -> bool:
        return bool(self.view.seat) or "waiting" in self.view.parts

    async def connect(self) -> None:
        self._socket: ClientConnection = await connect(self._address, additional_headers=self._headers)
        self.listening = asyncio.create_task(self._listen())

    async def come_back(self) -> None:
        """With its seat, as after any lost line; until it is welcomed, waits, or is refused."""
        self.view = View(seat=self.view.seat)
        await self.connect()
        with contextlib.suppress(Killed):  # a meeting that is over is told before hello
            await self.say(type="hello")
        await self.until(lambda view: bool(view.participants or view.refused or "waiting" in view.parts))
        await self.fence()

    async def say(self, **message: object) -> None:
        if message["type"] == "hello":
            message |= {**self._hello, "seat": self.view.seat or None}
        try:
            await self._socket.send(json.dumps(message))
        except ConnectionClosed:
            raise Killed from None
        if message["type"] != "ping":
            self._count()

    async def fence(self) -> None:
        """Everything that was said before it has come."""
        if not self.view.refused:
            self._pings += 1
            await self.say(type="ping", at=self._pings)
            await self.until(lambda _: self._ponged == self._pings)

    async def until(self, so: Callable[[View], bool]) -> None:
        """Raises `Killed` when it cannot come true any more."""
        while not so(self.view):
            assert self.listening is not None
            if self.listening.done():
                raise Killed
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), STUCK_S)

    async def close(self) -> None:
        if self.listening is not None:
            await self._socket.close()
            await self.listening

    async def _listen(self) -> None:
        """To the last byte that the server has sent, also when it is dead."""
        try:
            async for text in self._socket:
                await self._hear(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            self._news.set()

    async def _hear(self, told: Said) -> None:
        if told["type"] == "pong":
            self._ponged = told["at"]
        elif told["type"] == "waiting":
            self.view.parts["waiting"] = told
        elif told["type"] == "admitted":
            with contextlib.suppress(Killed):
                await self.say(type="hello")
        self.view.take(told)
        self._news.set()
        if told["type"] not in NOISE:
            self._count()


@dataclass
class Play:
    """`kill_at`: at which of all the messages that pages send or are told the server is killed; 0: never.

    What was sent the moment before may be committed or not; what was told is.
    """

    stage: Stage
    meeting: str
    clients: Mapping[str, httpx2.AsyncClient]
    kill_at: int
    messages: int = 0
    killed: bool = False
    """And not started again."""
    pages: dict[str, Page] = field(default_factory=dict)
    seen: Said = field(default_factory=dict)

    def count(self) -> None:
        self.messages += 1
        if self.messages == self.kill_at:
            self.stage.kill()
            self.killed = True

    def open(self, name: str, cookie: str, **hello: object) -> None:
        self.pages[name] = Page(self.stage.url, self.meeting, cookie, self.count, **hello)

    def seat(self, name: str) -> str:
        return self.pages[name].view.seat

    async def hold(self, steps: Sequence[Step]) -> Step | None:
        """To the end, or until the server is killed: the step that was under way."""
        for step in steps:
            try:
                await self._take(step)
                if step is not steps[-1]:
                    self.seen = await self.asked()
            except (Killed, httpx2.TransportError, OSError):
                assert self.killed, "the server hung up by itself"
                await asyncio.gather(*(each.listening for each in self.pages.values() if each.listening))
                return step
        return steps[-1] if self.killed else None

    async def _take(self, step: Step) -> None:
        page = self.pages[step.who]
        if page.listening is None or page.listening.done():
            await page.connect()
        if not step.done(page.view):
            await page.say(**step.say(self))
        await page.until(step.done)
        for each in self.pages.values():
            if each.inside and page.view.ended:
                await each.until(step.done)
            elif each.inside:  # everybody has been told before anything else is asked
                await each.fence()

    async def asked(self) -> Said:
        """The course and the attendance, as the secretariat has them over HTTP."""
        found = {}
        for what in ("course", "attendance"):
            answer = await self.clients["dewi"].get(f"/api/v1/meetings/{self.meeting}/{what}")
            assert answer.status_code == 200, answer.text
            found[what] = answer.json()
        return found

    async def start_again(self) -> None:
        """The server comes back, and everybody who was inside."""
        await asyncio.to_thread(self.stage.start)
        self.killed = False
        for page in self.pages.values():
            if page.inside:
                await page.come_back()
        for page in self.pages.values():
            if page.inside and not page.view.refused:
                await page.fence()

    async def close(self) -> None:
        for page in self.pages.values():
            await page.close()


# --- what must still stand ---


def stands(step: Step, before: View, after: View) -> None:
    """What this page was shown is so, but for what `step` changes; where it has changed anything, it is done."""
    was, now = before.shown(), after.shown()
    for part in was:
        if now.get(part) == was[part] or (part == "waiting" and after.seat):
            continue
        assert part in step.touches, (part, was[part], now.get(part))
        assert step.done(after), (part, was[part], now[part])
        keeps(step, was[part], now[part])


def keeps(step: Step, was: Any, now: Any) -> None:
    """Of lists: whatever the step does not change is still in them, as it was."""
    found = _elements(now)
    for key, element in _elements(was).items():
        if not {"*", key, element.get("name")} & set(step.changes):
            assert found.get(key) == element, key


def _elements(part: Any) -> dict[str, Said]:
    lists = part.values() if isinstance(part, dict) else ()
    rows = [each for value in lists for each in (value if isinstance(value, list) else [value])]
    return {next(each[key] for key in KEYS if key in each): each for each in rows if isinstance(each, dict)}
