"""One large room of ours: people who take turns to speak and be seen, and everybody else."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass

from media.load.counters import Counters, count
from media.load.crowd import Crowd
from media.load.participant import Participant
from media.load.tracks import Pictures, Sound
from media.ports import Kind
from tests.bench.cores import Usage, usage
from tests.bench.servers import ADDRESS, ROOM, Rakor

SPEAKERS = 3
AT_ONCE = 8  # people who join at the same time
DRAIN_S = 0.5
LEAST_DELIVERED, SOUND_MS, PICTURES_MS = 0.999, 20.0, 200.0
BUSY, LATE_MS = 0.9, 20.0  # a generator beyond these cannot tell the server's faults from its own


@dataclass(frozen=True, slots=True)
class Trial:
    """What one stretch of time was like. `delivered`: at the receiver who got the least, by sequence numbers.

    Delays in ms, socket to socket: `…_p99` of all packets at all receivers, `…_last_p99` of all packets at whoever got
    each of them last. Shares of a core: `server`, `generator`; `waited`: in which the server stood ready and got none.
    """

    receivers: int
    delivered: float
    lost: int
    packets_a_second: float
    sound_p50: float
    sound_p99: float
    sound_last_p99: float
    pictures_p50: float
    pictures_p99: float
    pictures_last_p99: float
    server: float
    waited: float
    generator: float
    generator_late: float  # ms, p99 of its timers
    overflowed: int  # at the generator's sockets
    refused: int  # sendings that the kernel did not take from the server
    unknown: int  # packets whose delay is not known
    keyframes_asked: int

    @property
    def holds(self) -> bool:
        quick = self.sound_p99 <= SOUND_MS and self.pictures_p99 <= PICTURES_MS
        return quick and self.delivered >= LEAST_DELIVERED

    @property
    def generator_is_the_limit(self) -> bool:
        return self.generator > BUSY or self.overflowed > 0 or self.generator_late > LATE_MS


@dataclass(slots=True)
class _Speaker:
    name: str
    participant: Participant
    sound: Sound
    pictures: Pictures


class Hall:
    """While somebody speaks, `receivers` others listen."""

    def __init__(self, server: Rakor) -> None:
        self._server, self._crowd = server, Crowd(ADDRESS)
        self._speakers: list[_Speaker] = []
        self._listeners: list[tuple[Participant, str]] = []
        self._turn = 0

    @classmethod
    async def open(cls, fanout: str) -> Hall:
        hall = cls(await Rakor.start(fanout))
        for number in range(SPEAKERS):
            participant, name = await hall._server.join(hall._crowd)
            sound = await hall._crowd.microphone(participant, seed=number)
            pictures = await hall._crowd.camera(participant, seed=number)
            hall._speakers.append(_Speaker(name, participant, sound, pictures))
        return hall

    @property
    def receivers(self) -> int:
        return len(self._speakers) - 1 + len(self._listeners)

    async def seat(self, receivers: int) -> None:
        """Let people come or go until so many receive."""
        while self.receivers < receivers:
            some = min(AT_ONCE, receivers - self.receivers)
            self._listeners += await asyncio.gather(*(self._server.join(self._crowd) for _ in range(some)))
        leaving = self._listeners[len(self._listeners) - (self.receivers - receivers) :]
        self._listeners = self._listeners[: len(self._listeners) - len(leaving)]
        await self._crowd.leave(participant for participant, _ in leaving)
        for _, name in leaving:
            await self._server.plane.leave(ROOM, name)

    async def talk(self, seconds: float, turn_s: float) -> None:
        """Turns of so many seconds, for so many seconds together."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            await self._next_turn()
            await asyncio.sleep(min(turn_s, left))

    async def trial(self, seconds: float, turn_s: float) -> Trial:
        await self._hush()
        await self._crowd.ask(self._clear)
        began, dropped = time.time_ns(), await self._refused()
        before, pids = await self._look(), (self._server.pid, os.getpid())
        used = [usage(pid) for pid in pids]
        await self.talk(seconds, turn_s)
        used = [usage(pid) - former for pid, former in zip(pids, used, strict=True)]
        await self._hush()
        after = await self._look()
        found = [after[each] - before[each] for each in after]
        return self._judge(found, began, seconds, used, await self._refused() - dropped)

    async def close(self) -> None:
        await self._crowd.close()
        await self._server.close()

    async def _next_turn(self) -> None:
        now, self._turn = self._speakers[self._turn], (self._turn + 1) % len(self._speakers)
        for each in self._speakers:
            each.sound.on = each.pictures.on = each is now
            await self._server.plane.sends(ROOM, each.name, [Kind.CAMERA] if each is now else [])

    async def _hush(self) -> None:
        for each in self._speakers:
            each.sound.on = each.pictures.on = False
        await asyncio.sleep(DRAIN_S)

    async def _look(self) -> dict[Participant, Counters]:
        return await self._crowd.ask(lambda: {each: count(each) for each in self._crowd.participants})

    async def _refused(self) -> int:
        dropped = (await self._server.plane.stats(ROOM))["dropped"]
        assert isinstance(dropped, dict)
        return int(dropped["send"])

    def _clear(self) -> None:
        self._crowd.engine.lag.clear()
        for delays in self._crowd.delays.values():
            delays.clear()

    def _judge(self, found: list[Counters], began: int, seconds: float, used: list[Usage], refused: int) -> Trial:
        sound, pictures = self._crowd.delays["sound"], self._crowd.delays["pictures"]
        together = sum(found, Counters())
        last_sound = [each for speaker in self._speakers for each in speaker.sound.encoding.sent.slowest(began)]
        encodings = [each for speaker in self._speakers for each in speaker.pictures.encodings]
        last_pictures = [each for encoding in encodings for each in encoding.sent.slowest(began)]
        return Trial(
            receivers=self.receivers,
            delivered=min(each.delivered for each in found),
            lost=together.lost,
            packets_a_second=together.received / seconds,
            sound_p50=sound.quantile_ms(0.5) or 0.0,
            sound_p99=sound.quantile_ms(0.99) or 0.0,
            sound_last_p99=_p99_ms(last_sound),
            pictures_p50=pictures.quantile_ms(0.5) or 0.0,
            pictures_p99=pictures.quantile_ms(0.99) or 0.0,
            pictures_last_p99=_p99_ms(last_pictures),
            server=used[0].had / seconds,
            waited=used[0].waited / seconds,
            generator=used[1].had / seconds,
            generator_late=self._crowd.engine.lag.quantile_ms(0.99) or 0.0,
            overflowed=together.overflowed,
            refused=refused,
            unknown=together.unknown,
            keyframes_asked=together.keyframes_asked,
        )


def _p99_ms(delays_ns: list[int]) -> float:
    if not delays_ns:
        return 0.0
    return sorted(delays_ns)[min(len(delays_ns) - 1, int(len(delays_ns) * 0.99))] / 1e6
