"""One round: fresh servers, each with one publisher and many receivers, and what a forwarded packet cost each of them.

They take turns of a few seconds, because what else the machine does changes from minute to minute by half.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from media.load.counters import count, total
from media.load.crowd import Crowd
from media.load.participant import Participant
from media.load.tracks import Pictures, Sound
from tests.bench.cores import usage
from tests.bench.servers import ADDRESS, Server

SLOW, FAST = 1.0, 4.0  # times as fast as life: about 5,600 and 22,400 packets a second to 50 receivers
LEAST, MOST = 0.99, 1.01  # of the packets, for a measurement to count
DRAIN_S = 0.15  # longer than any packet is on its way, shorter than what Janus takes for the end of a layer (0.25 s)
SETTLE_S, STEADY = 25.0, 0.97
Looks = tuple[float, ...]  # counters: received, forwarded, overflowed, the server's CPU, its waiting, our own CPU


@dataclass(frozen=True, slots=True)
class Window:
    """What was measured at one rate. Shares of a core are of the server and of those who load it."""

    packets_a_second: float
    cost_us: float
    delivered: float
    server: float
    waited: float  # share of the time in which the server stood ready and others had its core
    generator: float
    overflowed: int  # packets that the generator's sockets threw away

    @property
    def valid(self) -> bool:
        return LEAST <= self.delivered <= MOST


@dataclass(frozen=True, slots=True)
class Run:
    join_ms: float
    windows: dict[float, Window]  # by speed


@dataclass(frozen=True, slots=True)
class Dose:
    """How much is measured."""

    receivers: int = 50
    joins: int = 30  # of the receivers: those whose joining is measured
    seconds: float = 2.5  # of one turn
    turns: int = 4  # at each speed
    speeds: tuple[float, ...] = (SLOW, FAST)


@dataclass
class _Stage:
    """Who is there. `forwarded`: how many packets of the publisher everybody should have got."""

    server: Server
    crowd: Crowd
    receivers: list[Participant]
    sound: Sound
    pictures: Pictures

    def forwarded(self) -> int:
        return self.sound.encoding.packets + self.pictures.encodings[-1].packets

    def received(self) -> int:
        return sum(stream.received for each in self.receivers for stream in each.streams)


async def run(starts: Mapping[str, Callable[[], Awaitable[Server]]], dose: Dose, layers: bool = True) -> dict[str, Run]:
    """Let everybody join every server, then measure these in turn at every speed. `layers`: publishers send three."""
    async with AsyncExitStack() as closing:
        stages = {name: await _open(start, layers, closing) for name, start in starts.items()}
        joins = {name: await _join(stage, dose.joins) for name, stage in stages.items()}
        for stage in stages.values():
            stage.receivers += [await stage.server.receiver(stage.crowd) for _ in range(dose.receivers - dose.joins)]
        windows = {speed: await _take_turns(stages, speed, dose) for speed in dose.speeds}
    return {name: Run(joins[name], {speed: windows[speed][name] for speed in dose.speeds}) for name in starts}


async def _open(start: Callable[[], Awaitable[Server]], layers: bool, closing: AsyncExitStack) -> _Stage:
    server = await start()
    closing.push_async_callback(server.close)
    crowd = Crowd(ADDRESS)
    closing.push_async_callback(crowd.close)
    publisher = await server.publisher(crowd)
    return _Stage(server, crowd, [], await crowd.microphone(publisher), await crowd.camera(publisher, rids=layers))


async def _take_turns(stages: Mapping[str, _Stage], speed: float, dose: Dose) -> dict[str, Window]:
    found: dict[str, list[Looks]] = {name: [] for name in stages}
    for _ in range(dose.turns):
        for name, stage in stages.items():
            found[name].append(await _measure(stage, speed, dose.seconds))
    seconds = dose.turns * dose.seconds
    return {
        name: _window([sum(each) for each in zip(*found[name], strict=True)], stages[name], seconds) for name in stages
    }


async def _join(stage: _Stage, joins: int) -> float:
    """CPU of the server for one joining: ICE, DTLS, keys, and the first packet there. In ms."""
    before = usage(stage.server.pid)
    stage.receivers += [await stage.server.receiver(stage.crowd) for _ in range(joins)]
    stage.sound.on = True
    while not all(each.first_packet_ns for each in stage.receivers):  # noqa: ASYNC110  (another thread counts)
        await asyncio.sleep(0.005)
    return (usage(stage.server.pid) - before).had * 1000 / max(1, joins)


async def _measure(stage: _Stage, speed: float, seconds: float) -> Looks:
    """Nothing is on its way when counting begins and ends: the publisher pauses for a moment."""
    await stage.crowd.hurry(speed)
    await _settle(stage)
    await _pause(stage)
    before = await stage.crowd.ask(lambda: _look(stage))
    stage.sound.on = stage.pictures.on = True
    await asyncio.sleep(seconds)
    await _pause(stage)
    after = await stage.crowd.ask(lambda: _look(stage))
    return tuple(b - a for a, b in zip(before, after, strict=True))


def _window(sums: Sequence[float], stage: _Stage, seconds: float) -> Window:
    received, forwarded, overflowed, server, waited, own = sums
    return Window(
        packets_a_second=received / seconds,
        cost_us=server / max(1, received) * 1e6,
        delivered=received / max(1, forwarded * len(stage.receivers)),
        server=server / seconds,
        waited=waited / seconds,
        generator=own / seconds,
        overflowed=int(overflowed),
    )


async def _pause(stage: _Stage) -> None:
    stage.sound.on = stage.pictures.on = False
    await asyncio.sleep(DRAIN_S)


def _look(stage: _Stage) -> Looks:
    overflowed = total(count(each) for each in stage.receivers).overflowed
    server = usage(stage.server.pid)
    return stage.received(), stage.forwarded(), overflowed, server.had, server.waited, time.process_time()


async def _settle(stage: _Stage) -> None:
    """Send until everybody has got all of the highest layer for two seconds, or for so long that it will not be."""
    stage.sound.on = stage.pictures.on = True
    steady, before = 0, await stage.crowd.ask(lambda: (stage.received(), stage.forwarded()))
    until = time.monotonic() + SETTLE_S
    while steady < 2 and time.monotonic() < until:
        await asyncio.sleep(1)
        now = await stage.crowd.ask(lambda: (stage.received(), stage.forwarded()))
        received, forwarded = now[0] - before[0], (now[1] - before[1]) * len(stage.receivers)
        steady = steady + 1 if STEADY <= received / max(1, forwarded) <= 2 - STEADY else 0
        before = now
