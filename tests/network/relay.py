"""A stretch of road that takes time: an IP relay on a TUN device, a process of its own in the router's namespace.

`python -m tests.network.relay DEVICE DELAY_MS JITTER_MS SEED`: every packet that is routed into the device comes out of
it again later. Addresses stay as they are, so ICE sees the same candidates as without it. Packets to one destination
keep their order: a road is late, it does not shuffle.
"""

from __future__ import annotations

import fcntl
import os
import random
import select
import struct
import sys
import time
from collections import deque

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
LONGEST_PACKET = 65_535
MOST_WAITING = 4_096  # packets; what comes on top is dropped, as a router's queue does it


class DelayLine:
    """When which packet goes on. Pure: `now` in seconds."""

    def __init__(self, delay_s: float, jitter_s: float, seed: int) -> None:
        self._delay, self._jitter = delay_s, jitter_s
        self._random = random.Random(seed)
        self._latest: dict[bytes, float] = {}
        self._waiting: dict[bytes, deque[tuple[float, bytes]]] = {}

    def take(self, packet: bytes, now: float) -> None:
        """Let `packet` wait for `delay`, more or less `jitter` at most, and never overtake another on its way."""
        way = destination(packet)
        queue = self._waiting.setdefault(way, deque())
        if len(queue) >= MOST_WAITING:
            return
        due = now + self._delay + self._random.uniform(-self._jitter, self._jitter)
        due = self._latest[way] = max(due, self._latest.get(way, due))
        queue.append((due, packet))

    def due(self, now: float) -> list[bytes]:
        """Packets whose time has come."""
        ready = []
        for queue in self._waiting.values():
            while queue and queue[0][0] <= now:
                ready.append(queue.popleft()[1])
        return ready

    def next(self) -> float | None:
        """When the next packet is due; None while none waits."""
        return min((queue[0][0] for queue in self._waiting.values() if queue), default=None)


def destination(packet: bytes) -> bytes:
    return packet[24:40] if packet[0] >> 4 == 6 else packet[16:20]


def open_device(name: str) -> int:
    """The TUN device `name`, made now; it goes when it is closed."""
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


def relay(device: int, line: DelayLine) -> None:
    """Relay until killed."""
    while True:
        due = line.next()
        wait = None if due is None else max(0.0, due - time.monotonic())
        if select.select([device], [], [], wait)[0]:
            line.take(os.read(device, LONGEST_PACKET), time.monotonic())
        for packet in line.due(time.monotonic()):
            os.write(device, packet)


if __name__ == "__main__":
    _, name, delay_ms, jitter_ms, seed = sys.argv
    relay(open_device(name), DelayLine(float(delay_ms) / 1000, float(jitter_ms) / 1000, int(seed)))
