"""One thread for the sockets and clocks of all participants: epoll and a heap. Whoever owns a socket reads it.

The thread never waits for a socket: it naps and then reads what has come meanwhile. Arrivals are known by the kernel's
stamps, so nothing is lost by that, and a server on this machine need not wake somebody with every packet that it sends,
which would cost it more than the packet and does not happen where participants sit elsewhere.

Timers keep their own pace: one that comes late is run at once and the next one is not moved, and how late they were is
kept, since a generator that cannot keep up would blame the server.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import select
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

from media.load.delays import Delays

NAP_S = 0.002
T = TypeVar("T")


@dataclass(slots=True)
class Timer:
    """`period_s` may be changed while it runs."""

    period_s: float
    function: Callable[[], None]
    cancelled: bool = False


class Engine:
    """`lag` tells how late timers were. Everything but `call` and `close` is for the engine's own thread."""

    def __init__(self) -> None:
        self.lag = Delays()
        self._epoll = select.epoll()
        self._readers: dict[int, Callable[[], None]] = {}
        self._timers: list[tuple[float, int, Timer]] = []
        self._numbers = itertools.count()
        self._asked: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._running = True
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="load", daemon=True)
        self._thread.start()

    def call(self, function: Callable[[], T]) -> Future[T]:
        """Run this on the engine's thread. What broke the engine is raised here and from then on."""
        answer: Future[T] = Future()

        def asked() -> None:
            if self._failure is not None:
                answer.set_exception(self._failure)
                return
            try:
                answer.set_result(function())
            except BaseException as error:  # it belongs to whoever asked
                answer.set_exception(error)

        self._asked.put(asked)
        if self._failure is not None:
            self._answer_all()
        return answer

    def watch(self, fd: int, reader: Callable[[], None]) -> None:
        """Call `reader` whenever this can be read, for one datagram each time."""
        self._readers[fd] = reader
        self._epoll.register(fd, select.EPOLLIN)

    def forget(self, fd: int) -> None:
        if self._readers.pop(fd, None) is not None:
            self._epoll.unregister(fd)

    def every(self, period_s: float, function: Callable[[], None], after_s: float = 0.0) -> Timer:
        """Call it again and again, first in `after_s`."""
        timer = Timer(period_s, function)
        self._schedule(time.monotonic() + after_s, timer)
        return timer

    def close(self) -> None:
        """Idempotent. Sockets stay with their owners."""
        if self._epoll.closed:
            return
        if self._thread.is_alive():
            self.call(self._stop)
            self._thread.join()
        self._epoll.close()

    def _schedule(self, due: float, timer: Timer) -> None:
        heapq.heappush(self._timers, (due, next(self._numbers), timer))

    def _stop(self) -> None:
        self._running = False

    def _run(self) -> None:
        try:
            self._serve()
        except BaseException as error:  # told to whoever asks next
            self._failure = error
            self._answer_all()

    def _serve(self) -> None:
        readers, poll = self._readers, self._epoll.poll
        while self._running:
            self._answer_all()
            self._run_due(time.monotonic())
            ready = poll(0)
            if not ready:
                time.sleep(self._nap())
            for fd, _ in ready:
                reader = readers.get(fd)
                if reader is not None:
                    reader()

    def _nap(self) -> float:
        left = self._timers[0][0] - time.monotonic() if self._timers else NAP_S
        return min(NAP_S, max(0.0, left))

    def _run_due(self, now: float) -> None:
        while self._timers and self._timers[0][0] <= now:
            due, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled:
                self.lag.add(int((now - due) * 1e9))
                self._schedule(due + timer.period_s, timer)
                timer.function()

    def _answer_all(self) -> None:
        with contextlib.suppress(Empty):
            while True:
                self._asked.get_nowait()()
