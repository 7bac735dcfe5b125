"""One page's conversation with a room: messages in, through the session table, to the room; answers to the outbox."""

from __future__ import annotations

import asyncio
import secrets
from typing import Protocol

from pydantic import ValidationError

from server.rooms.live import LiveRoom
from server.rooms.state import Refused
from server.rooms.words.people import Occupant
from server.rooms.words.seats import Enter, Leave, LoseLine
from server.signalling import asked as ask
from server.signalling import messages as say
from server.signalling.asks.base import Asked
from server.signalling.outbox import Outbox
from server.signalling.session import Action, Held, Lost, State, step
from server.signalling.shapes import PROTOCOL_VERSION

MESSAGES_A_SECOND = 20.0
BURST = 60.0
MOST_MISTAKES = 10


class Clock(Protocol):
    def now(self) -> float: ...


class Conversation:
    """`receive` takes one text frame. `over` says that the socket should close."""

    def __init__(self, room: LiveRoom, occupant: Occupant, clock: Clock) -> None:
        self.outbox = Outbox()
        self._room, self._occupant, self._clock = room, occupant, clock
        self._state = State.NEW
        self._turn = asyncio.Lock()
        self._seat = ""
        self._mistakes = 0
        self._allowed, self._counted = BURST, clock.now()

    @property
    def over(self) -> bool:
        return self._state is State.OVER

    @property
    def greeted(self) -> bool:
        """The page has a seat, or has had one."""
        return self._state is not State.NEW

    async def receive(self, text: str | bytes) -> None:
        """Never raises for what a page says: it gets a `failure` and, after too many, is hung up on."""
        async with self._turn:
            await self._receive(text)

    async def _receive(self, text: str | bytes) -> None:
        if not self._within_rate():
            self._fail("too_fast", "Terlalu banyak pesan dalam waktu singkat.", fatal=True)
            return
        try:
            message = ask.FROM_PAGE.validate_json(text)
        except ValidationError:
            self._mistake("bad_message", "Pesan tidak dikenali.")
            return
        following = step(self._state, message)
        if following is None:
            self._mistake("unexpected", f"Pesan '{message.type}' tidak berlaku saat ini.")
            return
        try:
            await self._do(message, following[1])
        except Refused as refusal:
            offer = message.id if isinstance(message, ask.Offer) else None
            self._fail(refusal.code, refusal.detail, fatal=isinstance(message, ask.Hello), offer=offer)
            return
        if not self.over:
            held = following[0] is State.SEATED and not self._seat
            self._state = self._held() if held else following[0]

    async def lost(self) -> None:
        """The socket is gone: the seat is kept for a while. Waits for what is being dealt with."""
        async with self._turn:
            following = step(self._state, Lost())
            self._state = State.OVER
            self.outbox.close()
            if following is not None and following[1] is Action.LOSE:
                await self._room.run(LoseLine(self._seat), self._clock.now(), still=self._hung_up)
            elif following is not None and following[1] is Action.GO:
                await self._go()

    async def _go(self) -> None:
        await self._room.stop_waiting(self._occupant.person, self.outbox, self._clock.now())

    def _held(self) -> State:
        """No seat yet: wait outside. Being let in is told, and the page says hello again."""
        following = step(self._state, Held())
        assert following is not None, "only who says hello can be held"
        return following[0]

    def _hung_up(self) -> bool:
        return self._room.hung_up(self._seat, self.outbox)

    async def _do(self, message: ask.FromPage, action: Action) -> None:
        now = self._clock.now()
        if isinstance(message, ask.Hello):
            await self._enter(message, now)
        elif isinstance(message, ask.Offer):
            self.outbox.put(await self._room.offer(self._seat, message, now))
        elif isinstance(message, Asked):
            await self._room.run(message.command(self._seat), now)
        elif isinstance(message, ask.Watch):
            await self._room.watch(self._seat, message)
        elif isinstance(message, ask.Ping):
            self.outbox.put(say.Pong(at=message.at))
        elif isinstance(message, ask.React):
            self._room.react(self._seat, message.kind)
        else:
            if action is Action.GO:
                await self._go()
            else:
                await self._room.run(Leave(self._seat), now, still=self._hung_up)
            self.outbox.close()

    async def _enter(self, hello: ask.Hello, now: float) -> None:
        if hello.version != PROTOCOL_VERSION:
            raise Refused("version", "Halaman ini sudah lama. Muat ulang halaman.")
        enter = Enter(
            self._occupant,
            hello.shared,
            hello.mic,
            hello.camera,
            fresh_seat=secrets.token_hex(6),
            notice=hello.notice,
            recorded=hello.recorded,
        )
        self._seat = await self._room.enter(enter, hello.peer, self.outbox, now)

    def _within_rate(self) -> bool:
        """A token bucket: pages speak rarely, and nothing they say is urgent enough to flood."""
        now = self._clock.now()
        self._allowed = min(BURST, self._allowed + (now - self._counted) * MESSAGES_A_SECOND)
        self._counted = now
        self._allowed -= 1
        return self._allowed >= 0

    def _mistake(self, code: str, detail: str) -> None:
        self._mistakes += 1
        self._fail(code, detail, fatal=self._mistakes >= MOST_MISTAKES)

    def _fail(self, code: str, detail: str, fatal: bool, offer: int | None = None) -> None:
        self.outbox.put(say.Failure(code=code, detail=detail[:300], fatal=fatal, id=offer))
        if fatal:
            self.outbox.close()
