"""What waits to be sent to one page. Bounded: a page that does not read is hung up on, and comes back in step."""

from __future__ import annotations

import asyncio

from server.signalling.shapes import Message

MOST_WAITING = 1024  # a command may change every one of 552 seats, and all of that is told at once


class Outbox:
    """`put` never blocks. `get` gives None once when the socket is to be closed."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Message | None] = asyncio.Queue()
        self.closed = False
        self.overflowed = False

    def put(self, message: Message) -> None:
        if self.closed:
            return
        if self._queue.qsize() >= MOST_WAITING:
            self.overflowed = True
            self.close()
        else:
            self._queue.put_nowait(message)

    def close(self) -> None:
        """Send what waits, then hang up."""
        if not self.closed:
            self.closed = True
            self._queue.put_nowait(None)

    async def get(self) -> Message | None:
        return await self._queue.get()
