"""When datagrams came, by the kernel's own stamps."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import pytest

from media.aiortc_bridge import PacketBuffer
from media.mmsg import Inbox, stamp_arrivals

ROOM = 2
YEAR_S = 365 * 86_400.0


@pytest.fixture(params=[True, False], ids=["stamped", "unstamped"])
def stamped(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def pair(stamped: bool) -> Iterator[tuple[socket.socket, socket.socket]]:
    """A sender, connected to a receiver."""
    with contextlib.ExitStack() as stack:
        one, other = (stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) for _ in range(2))
        other.bind(("127.0.0.1", 0))
        one.connect(other.getsockname())
        if stamped:
            stamp_arrivals(other)
        yield one, other


def inbox() -> Inbox:
    return Inbox(socket.AF_INET, [PacketBuffer() for _ in range(ROOM)])


def read(held: Inbox, receiving: socket.socket, now: float, wall: float) -> list[float]:
    count = held.receive(receiving.fileno(), now, wall)
    return [held.arrival(number) for number in range(count)]


def test_a_datagram_came_when_it_was_sent_not_when_it_was_read(
    pair: tuple[socket.socket, socket.socket], stamped: bool
) -> None:
    sending, receiving = pair
    before = time.time()
    sending.send(b"one")
    between = time.time()
    sending.send(b"two")
    after = time.time()
    found = read(inbox(), receiving, 1_000.0 + after + 0.3, after + 0.3)  # our clock runs 1,000 s ahead of the wall
    came = [each - 1_000.0 for each in found]
    slack = 1e-6  # of floats
    if stamped:
        assert before - slack <= came[0] <= between + slack
        assert between - slack <= came[1] <= after + slack
    else:
        assert came == pytest.approx([after + 0.3] * 2)


@pytest.mark.parametrize("step", [YEAR_S, -YEAR_S], ids=["forward", "back"])
@pytest.mark.parametrize("stamped", [True], indirect=True)
def test_a_clock_that_was_set_moves_nothing_beyond_two_readings(
    pair: tuple[socket.socket, socket.socket], step: float
) -> None:
    sending, receiving = pair
    held = inbox()
    sending.send(b"one")
    read(held, receiving, 100.0, time.time())
    sending.send(b"two")
    [came] = read(held, receiving, 100.004, time.time() + step)
    assert came == (100.0 if step > 0 else 100.004)


@pytest.mark.parametrize("stamped", [True], indirect=True)
def test_what_stayed_behind_may_have_come_before_the_last_reading(pair: tuple[socket.socket, socket.socket]) -> None:
    sending, receiving = pair
    held, wall = inbox(), time.time()
    read(held, receiving, 99.0, wall)
    for _ in range(ROOM + 1):
        sending.send(b"one")
    wall = time.time() + 0.5
    first = read(held, receiving, 100.0, wall)
    [last] = read(held, receiving, 100.1, wall + 0.1)
    assert len(first) == ROOM
    assert first[0] <= first[1] <= last <= 99.5 + 1e-6
