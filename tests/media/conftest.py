"""A real plane on a loopback port, and clients that speak real ICE, DTLS and SRTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from media import fanout_c
from media.plane import LocalPlane
from media.ports import Event, SlotPlan
from media.settings import MediaSettings
from media.sfu import TICK_S
from tests.media.client import Client, offer
from tests.media.network import Outlet, Receiver, outlet, receiver

ROOM = "room"
PLAN = SlotPlan(2, 2)
PATIENCE_S = 10.0


async def eventually(answer: Callable[[], object], within: float = PATIENCE_S) -> None:
    """Let the loop run until the answer is yes."""
    async with asyncio.timeout(within):
        while not answer():  # noqa: ASYNC110  (the answer comes over a socket or from another process)
            await asyncio.sleep(0.005)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fan-out in C, compiled for this run. A machine without a compiler fails: both loops are held to the same."""
    return fanout_c.compile(tmp_path_factory.mktemp("fanout") / "fanout.so")


@pytest.fixture(params=["python", "c"])
def sending(request: pytest.FixtureRequest, library: Path) -> Iterator[Outlet]:
    """The server's sockets with each of the two engines."""
    with outlet(request.param, library) as made:
        yield made


@pytest.fixture
def listening() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@dataclass
class Studio:
    """One open room."""

    plane: LocalPlane
    directory: Path
    events: list[Event] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)

    async def join(self, peer: str, keep: bool = True, host: str = "127.0.0.1", full: bool = False) -> Client:
        """A connected client; with `full` one that offers all that browsers have for loss and congestion."""
        client = Client(keep=keep, host=host)
        sdp = offer(PLAN, client.fingerprint, full=full)
        await client.connect_with(sdp, lambda sdp: self.plane.offer(ROOM, peer, sdp))
        self.clients.append(client)
        await eventually(lambda: any(getattr(e, "peer", "") == peer for e in self.of("PeerConnected")))
        return client

    def tick(self, after: float) -> None:
        """What is due so many seconds from now: reports are spread over the ticks of a second."""
        now = asyncio.get_running_loop().time() + after
        for number in range(round(1 / TICK_S) + 1):
            self.plane._sfu.tick(now + number * TICK_S, 1_700_000_000.0 + after)

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if type(event).__name__ == kind]


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    plane = LocalPlane(MediaSettings(port=0))
    await plane.start()
    await plane.open_room(ROOM, 100.0, str(tmp_path), PLAN)
    open_studio = Studio(plane, tmp_path)

    async def listen() -> None:
        async for event in plane.events():
            open_studio.events.append(event)

    listening = asyncio.create_task(listen())
    yield open_studio
    for client in open_studio.clients:
        await client.close()
    await plane.close()
    await listening
