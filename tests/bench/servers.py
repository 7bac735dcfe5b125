"""The servers under test, each a process of its own on the server's core, behind one small interface."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from typing import Protocol

from media.load.crowd import Crowd
from media.load.participant import Participant
from media.ports import Kind, SlotPlan
from media.process import ProcessPlane
from media.settings import MediaSettings
from tests.bench.cores import server_core
from tests.bench.janus import Janus

ADDRESS = "127.0.0.1"
ROOM, PLAN = "bench", SlotPlan()
RIDS = ("q", "h", "f")


class Server(Protocol):
    """A room with one publisher."""

    @property
    def pid(self) -> int: ...
    async def publisher(self, crowd: Crowd) -> Participant: ...
    async def receiver(self, crowd: Crowd) -> Participant: ...
    async def close(self) -> None: ...


class Rakor:
    """Our media process with rooms of the usual plan; everybody is a full peer of it."""

    def __init__(self, plane: ProcessPlane, folder: tempfile.TemporaryDirectory[str]) -> None:
        self.plane, self.pid = plane, plane.pid
        self._folder = folder
        self._names = 0
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, fanout: str) -> Rakor:
        """`fanout`: the loop that sends packets, `python` or `c`."""
        folder = tempfile.TemporaryDirectory(prefix="rakor-")
        with server_core():
            settings = MediaSettings(bind=ADDRESS, port=0, addresses=(ADDRESS,), fanout=fanout)
            plane = await ProcessPlane.start(settings)
        await plane.open_room(ROOM, 0.0, folder.name, PLAN)
        return cls(plane, folder)

    async def publisher(self, crowd: Crowd) -> Participant:
        participant, name = await self.join(crowd)
        await self.plane.sends(ROOM, name, [Kind.CAMERA])
        return participant

    async def receiver(self, crowd: Crowd) -> Participant:
        return (await self.join(crowd))[0]

    async def join(self, crowd: Crowd) -> tuple[Participant, str]:
        """A participant, and its name for the plane."""
        self._names += 1
        name = f"peer{self._names}"
        return await crowd.join(PLAN, lambda offer: self.plane.offer(ROOM, name, offer)), name

    async def close(self) -> None:
        await self.plane.close()
        await self._listening
        self._folder.cleanup()

    async def _listen(self) -> None:
        """Somebody must: the process holds back nothing but sound."""
        async for _ in self.plane.events():
            pass


class JanusRoom:
    """Janus's VideoRoom; subscribers get the highest layer."""

    def __init__(self, janus: Janus) -> None:
        self.janus, self.pid = janus, janus.pid

    @classmethod
    async def start(cls, event_loops: int | None) -> JanusRoom:
        return cls(await Janus.start(event_loops))

    async def publisher(self, crowd: Crowd) -> Participant:
        """Janus takes the layer named first for the highest."""
        return await crowd.publish(self.janus.publish, tuple(reversed(RIDS)))

    async def receiver(self, crowd: Crowd) -> Participant:
        offer, reply = await self.janus.subscribe()
        return await crowd.accept(offer, reply)

    async def close(self) -> None:
        await self.janus.close()


class MediaRelay:
    """aiortc's own connections and relay (tests/bench/relay.py)."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.pid = process.pid
        self._process = process

    @classmethod
    async def start(cls) -> MediaRelay:
        pipe = asyncio.subprocess.PIPE
        with server_core():
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.bench.relay", stdin=pipe, stdout=pipe, limit=1 << 20
            )
        return cls(process)

    async def publisher(self, crowd: Crowd) -> Participant:
        return await crowd.publish(self._answerer("pub"))

    async def receiver(self, crowd: Crowd) -> Participant:
        return await crowd.subscribe(self._answerer("sub"))

    async def close(self) -> None:
        self._process.terminate()
        await self._process.wait()

    def _answerer(self, role: str) -> Callable[[str], Awaitable[str]]:
        async def answer(offer: str) -> str:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps({"role": role, "sdp": offer}).encode() + b"\n")
            return str(json.loads(await self._process.stdout.readline())["sdp"])

        return answer
