"""The thread that serves sockets and clocks."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from media.load.engine import Engine, Timer

PATIENCE_S = 10.0


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    made.close()


def test_answers_what_it_is_asked(engine: Engine) -> None:
    assert engine.call(lambda: threading.current_thread().name).result(PATIENCE_S) == "load"


def test_what_breaks_a_question_belongs_to_whoever_asked(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        engine.call(lambda: 1 // 0).result(PATIENCE_S)
    assert engine.call(lambda: 1).result(PATIENCE_S) == 1


def test_a_timer_keeps_its_pace_until_it_is_cancelled(engine: Engine) -> None:
    done, ticks = threading.Event(), list[int]()

    def tick() -> None:
        ticks.append(len(ticks))
        if len(ticks) == 5:
            timers[0].cancelled = True
            done.set()

    timers: list[Timer] = []
    engine.call(lambda: timers.append(engine.every(0.001, tick))).result(PATIENCE_S)
    assert done.wait(PATIENCE_S)
    engine.call(lambda: None).result(PATIENCE_S)
    assert ticks == [0, 1, 2, 3, 4]
    assert engine.lag.total == 5


def test_calls_who_can_be_read_and_forgets_whom_it_should(engine: Engine) -> None:
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with near, far:
        read, done = list[bytes](), threading.Event()

        def readable() -> None:
            read.append(near.recv(10))
            done.set()

        engine.call(lambda: engine.watch(near.fileno(), readable)).result(PATIENCE_S)
        far.send(b"one")
        assert done.wait(PATIENCE_S)
        engine.call(lambda: engine.forget(near.fileno())).result(PATIENCE_S)
        far.send(b"two")
        engine.call(lambda: None).result(PATIENCE_S)
        assert read == [b"one"]


def test_a_failure_of_its_own_is_told_from_then_on(engine: Engine) -> None:
    def fail() -> None:
        raise RuntimeError("a reader failed")

    def ask_on() -> None:
        while True:
            engine.call(lambda: 1).result(PATIENCE_S)

    engine.call(lambda: engine.every(60, fail)).result(PATIENCE_S)
    with pytest.raises(RuntimeError, match="a reader failed"):
        ask_on()


def test_closing_twice_is_closing_once(engine: Engine) -> None:
    engine.close()
    engine.close()
