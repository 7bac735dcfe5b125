"""Doors between namespaces: a TCP port of one that leads to a port that another can reach.

Browsers give microphones to pages of http://localhost only (Secure Contexts, section 3.1). So each has a door on its
own loopback, and what goes through it travels the person's line as everything else.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import Any

from tests.network.namespaces import Namespace

Address = tuple[str, int]
CHUNK = 65_536
BACKLOG = 64


class Doors:
    """All doors of a lab, kept by one thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._ways: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="doors")
        self._thread.start()

    def open(self, here: Namespace | None, port: int, there: Namespace, to: Address) -> None:
        """Let 127.0.0.1:`port` of `here` (None: where the tests run) lead to `to`, reached from `there`."""
        listening = _listen(port) if here is None else here.call(_listen, port)
        asyncio.run_coroutine_threadsafe(self._keep(listening, there, to), self._loop).result()

    def close(self) -> None:
        """Idempotent."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _keep(self, listening: socket.socket, there: Namespace, to: Address) -> None:
        self._own(self._accept(listening, there, to))

    async def _accept(self, listening: socket.socket, there: Namespace, to: Address) -> None:
        with listening:
            while True:
                coming, _ = await self._loop.sock_accept(listening)
                self._own(self._lead(coming, there, to))

    async def _lead(self, coming: socket.socket, there: Namespace, to: Address) -> None:
        family = socket.AF_INET6 if ":" in to[0] else socket.AF_INET
        going = there.call(_stream, family)
        with coming, going, contextlib.suppress(OSError):
            coming.setblocking(False)
            await self._loop.sock_connect(going, to)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pump(coming, going))
                both.create_task(self._pump(going, coming))

    async def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        """One direction, to its end. What breaks it breaks both: closed sockets end the other."""
        with contextlib.suppress(OSError):
            while data := await self._loop.sock_recv(source, CHUNK):
                await self._loop.sock_sendall(sink, data)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR if each is source else socket.SHUT_WR)

    async def _end(self) -> None:
        for way in self._ways:
            way.cancel()
        await asyncio.gather(*self._ways, return_exceptions=True)

    def _own(self, way: Any) -> None:
        task = self._loop.create_task(way)
        self._ways.add(task)
        task.add_done_callback(self._ways.discard)


def _stream(family: socket.AddressFamily) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setblocking(False)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _listen(port: int) -> socket.socket:
    made = _stream(socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    made.listen(BACKLOG)
    return made
