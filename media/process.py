"""`MediaPlane` in a process of its own: the parent's side, and the child's main.

Commands go in, answers and events come out over one socketpair. The child ends when its parent does: the socket
closes, and the kernel signals it (PR_SET_PDEATHSIG). The parent learns of the child's death the same way: waiting
commands fail with `PlaneDown` and the stream of events ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import dataclasses
import gc
import json
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import uvloop

from media import memory, wire
from media.errors import MediaError, PlaneDown
from media.plane import LocalPlane
from media.ports import Event, Kind, SlotPlan, Tapped, VoiceUse, Wish
from media.settings import MediaSettings

COMMAND_S = 10.0
START_S = 30.0
MOST_UNSENT = 8 << 20
GARBAGE = 10_000  # objects made and not gone, before those made last are looked at
logger = logging.getLogger(__name__)


class ProcessPlane:
    """Start with `await ProcessPlane.start(settings)`. `pid` is the child's."""

    def __init__(
        self, child: asyncio.subprocess.Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._child, self._reader, self._writer = child, reader, writer
        self._waiting: dict[int, asyncio.Future[object]] = {}
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._number = 0
        self._down = False
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, settings: MediaSettings) -> ProcessPlane:
        """Raises `PlaneDown` when the child does not come up: its port is taken, most often."""
        ours, theirs = socket.socketpair()
        with theirs:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "media.process",
                str(theirs.fileno()),
                json.dumps(dataclasses.asdict(settings)),
                pass_fds=[theirs.fileno()],
            )
        reader, writer = await asyncio.open_connection(sock=ours, limit=wire.MOST_BYTES)
        plane = cls(child, reader, writer)
        try:
            await plane.ready(START_S)
        except MediaError:
            await plane.close()
            raise
        return plane

    @property
    def pid(self) -> int:
        return self._child.pid

    async def ready(self, within: float) -> None:
        """Returns when the child answers. Raises `PlaneDown` when it does not within so many seconds."""
        await self._ask("ready", within=within)

    def kill(self) -> None:
        """End a child that does not answer: the stream of events ends with it."""
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            self._child.kill()

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        await self._ask("open_room", room, elapsed, directory, plan.voices, plan.cameras)

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        return str(await self._ask("offer", room, peer, sdp))

    async def wish(self, room: str, peer: str, wish: Wish) -> None:
        await self._ask("wish", room, peer, wire.wish_to_wire(wish))

    async def sends(self, room: str, peer: str, kinds: Sequence[Kind]) -> None:
        await self._ask("sends", room, peer, list(kinds))

    async def voice(self, room: str, peer: str, use: VoiceUse) -> None:
        await self._ask("voice", room, peer, use)

    async def floor(self, room: str, peers: Sequence[str]) -> None:
        await self._ask("floor", room, list(peers))

    async def leave(self, room: str, peer: str) -> None:
        await self._ask("leave", room, peer)

    async def close_room(self, room: str) -> None:
        await self._ask("close_room", room, within=START_S)

    async def stats(self, room: str) -> dict[str, object]:
        found = await self._ask("stats", room)
        assert isinstance(found, dict)
        return found

    async def events(self) -> AsyncIterator[Event]:
        while (event := await self._events.get()) is not None:
            yield event

    async def close(self) -> None:
        """Let the child write what it holds and end; end it if it does not. Idempotent."""
        self._writer.close()
        try:
            await asyncio.wait_for(self._child.wait(), START_S)
        except TimeoutError:
            self._child.kill()
            await self._child.wait()
        await self._listening

    async def _ask(self, method: str, *arguments: object, within: float = COMMAND_S) -> object:
        if self._down:
            raise PlaneDown("the media process is gone")
        self._number += 1
        number = self._number
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            self._writer.write(wire.pack([number, method, *arguments]))
            return await asyncio.wait_for(answer, within)
        except TimeoutError:
            raise PlaneDown(f"the media process did not answer `{method}`") from None
        finally:
            self._waiting.pop(number, None)

    async def _listen(self) -> None:
        try:
            while isinstance(message := await wire.read(self._reader), list):
                self._take(*message)
        except Exception:
            logger.exception("the media process cannot be understood and is ended")
            self.kill()
        self._down = True
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(PlaneDown("the media process is gone"))
        self._events.put_nowait(None)

    def _take(self, number: int, outcome: str, value: Any) -> None:
        if number == 0:
            self._events.put_nowait(wire.event_from_wire(value))
        elif (answer := self._waiting.get(number)) is not None and not answer.done():
            if outcome == "ok":
                answer.set_result(value)
            else:
                answer.set_exception(wire.ERRORS.get(outcome, MediaError)(value))


async def serve(connection: socket.socket, settings: MediaSettings) -> None:
    """The child: answer commands until the parent hangs up, then write what is held and end."""
    reader, writer = await asyncio.open_connection(sock=connection, limit=wire.MOST_BYTES)
    plane = LocalPlane(settings)
    await plane.start()
    telling = asyncio.create_task(_tell(plane, writer))
    tending = asyncio.create_task(memory.tend())
    closing: set[asyncio.Task[None]] = set()
    while isinstance(message := await wire.read(reader), list):
        number, method, *arguments = message
        answering = asyncio.create_task(_answer(plane, writer, number, method, arguments))
        if method == "close_room":  # waits for the disk, and nobody else should
            closing.add(answering)
            answering.add_done_callback(closing.discard)
        else:
            await answering
    tending.cancel()
    await asyncio.gather(*closing)
    await plane.close()
    await telling
    writer.close()


async def _answer(
    plane: LocalPlane, writer: asyncio.StreamWriter, number: int, method: str, arguments: list[object]
) -> None:
    outcome = await _run(plane, method, arguments)
    try:
        frame = wire.pack([number, *outcome])
    except MediaError as error:
        frame = wire.pack([number, error.code, str(error)])
    writer.write(frame)


async def _run(plane: LocalPlane, method: str, arguments: list[object]) -> list[object]:
    try:
        return ["ok", await _METHODS[method](plane, *arguments)]
    except MediaError as error:
        return [error.code, str(error)]
    except Exception as error:
        logger.exception("the command `%s` failed", method)
        return ["media", type(error).__name__]


async def _tell(plane: LocalPlane, writer: asyncio.StreamWriter) -> None:
    async for event in plane.events():
        # A parent that does not read loses live sound (the recording has it), never an event that changes a room.
        if writer.is_closing() or (
            isinstance(event, Tapped) and writer.transport.get_write_buffer_size() > MOST_UNSENT
        ):
            continue
        writer.write(wire.pack([0, "event", wire.event_to_wire(event)]))


async def _ready(plane: LocalPlane) -> int:
    return plane.port


async def _open_room(plane: LocalPlane, room: str, elapsed: float, directory: str, voices: int, cameras: int) -> None:
    await plane.open_room(room, elapsed, directory, SlotPlan(voices, cameras))


async def _wish(plane: LocalPlane, room: str, peer: str, wish: list[object]) -> None:
    await plane.wish(room, peer, wire.wish_from_wire(wish))


async def _sends(plane: LocalPlane, room: str, peer: str, kinds: list[str]) -> None:
    await plane.sends(room, peer, [Kind(kind) for kind in kinds])


async def _voice(plane: LocalPlane, room: str, peer: str, use: str) -> None:
    await plane.voice(room, peer, VoiceUse(use))


_METHODS: dict[str, Callable[..., Awaitable[object]]] = {
    "ready": _ready,
    "open_room": _open_room,
    "offer": LocalPlane.offer,
    "wish": _wish,
    "sends": _sends,
    "voice": _voice,
    "floor": LocalPlane.floor,
    "leave": LocalPlane.leave,
    "close_room": LocalPlane.close_room,
    "stats": LocalPlane.stats,
}


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="media %(levelname)s %(name)s: %(message)s")
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    # What is sent to the whole group of processes is the parent's to handle: it lets us finish writing.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    gc.set_threshold(GARBAGE, 20, 50)  # packets die by themselves, and a look at all of a full room takes a while
    described = json.loads(sys.argv[2])
    settings = MediaSettings(**{**described, "addresses": tuple(described["addresses"])})
    uvloop.run(serve(socket.socket(fileno=int(sys.argv[1])), settings))


if __name__ == "__main__":
    main()
