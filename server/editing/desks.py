"""The open sockets of all meetings under review: presence at work.

A page that reads slowly misses nothing: of each message only the newest waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from server.editing.messages import At, Changed, Present
from server.editing.presence import Presence

MOST_WINDOWS = 200  # of one meeting
MOST_OF_ONE = 10  # of one person at one meeting


@dataclass(slots=True)
class Window:
    """What waits to be told to one page, the newest of each kind."""

    person: str
    waiting: dict[type[Present | Changed], Present | Changed] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, message: Present | Changed) -> None:
        self.waiting[type(message)] = message
        self.news.set()

    async def get(self) -> list[Present | Changed]:
        await self.news.wait()
        self.news.clear()
        told, self.waiting = list(self.waiting.values()), {}
        return told


@dataclass(slots=True)
class _Desk:
    presence: Presence = field(default_factory=Presence)
    windows: dict[str, Window] = field(default_factory=dict)
    due: asyncio.TimerHandle | None = None


class Desks:
    """`clock`: seconds that only go forward. All methods belong to the event loop and none of them waits."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._desks: dict[str, _Desk] = {}

    def open(self, meeting_id: str, window: str, person: str, name: str) -> Window | None:
        """None when there are too many."""
        desk = self._desks.setdefault(meeting_id, _Desk())
        own = sum(each.person == person for each in desk.windows.values())
        if len(desk.windows) >= MOST_WINDOWS or own >= MOST_OF_ONE:
            return None
        opened = desk.windows[window] = Window(person)
        desk.presence.join(window, person, name)
        self._plan(meeting_id)
        return opened

    def move(self, meeting_id: str, window: str, at: At) -> None:
        if (desk := self._desks.get(meeting_id)) is not None:
            desk.presence.move(window, at)
            self._plan(meeting_id)

    def close(self, meeting_id: str, window: str) -> None:
        """Idempotent."""
        if (desk := self._desks.get(meeting_id)) is None:
            return
        desk.windows.pop(window, None)
        desk.presence.leave(window)
        if desk.windows:
            self._plan(meeting_id)
            return
        if desk.due is not None:
            desk.due.cancel()
        del self._desks[meeting_id]

    def changed(self, meeting_id: str, change: int) -> None:
        """`server.editing.editing.Told`, and what `DatabaseRecord` tells."""
        if (desk := self._desks.get(meeting_id)) is not None:
            desk.presence.changed(change)
            self._plan(meeting_id)

    def _plan(self, meeting_id: str) -> None:
        desk = self._desks[meeting_id]
        wait = desk.presence.wait(self._clock())
        if wait is None or desk.due is not None:
            return
        if wait <= 0:
            self._tell(meeting_id)
        else:
            desk.due = asyncio.get_running_loop().call_later(wait, self._tell, meeting_id)

    def _tell(self, meeting_id: str) -> None:
        desk = self._desks[meeting_id]
        desk.due = None
        for message in desk.presence.tell(self._clock()):
            for window in desk.windows.values():
                window.put(message)
