"""`make soak-media`: half an hour of fifty people who come, speak, show themselves, share a screen and go again.

What must not happen: memory that grows (the last minutes against the sixth), and tasks, sockets or files that stay when
everybody has left.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from media.load.crowd import Crowd
from media.load.participant import Participant
from media.ports import Kind, Wish
from tests.bench.servers import ADDRESS, ROOM, Rakor

PEOPLE = 50
MINUTES, SETTLED_MINUTES, COMPARED_MINUTES = 30.0, 5.0, 3.0
STAY_S = (15.0, 90.0)
SAMPLE_S = 5.0
MOST_GROWTH = 0.03
LEAVING_S = 3.0
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Seen:
    """Resident bytes of the media process over time (seconds from the beginning)."""

    memory: list[tuple[float, int]] = field(default_factory=list)
    joins: int = 0
    timeouts: int = 0

    def mean(self, since: float, until: float) -> float:
        return statistics.mean(size for at, size in self.memory if since <= at < until)


@dataclass(frozen=True, slots=True)
class Held:
    tasks: int
    descriptors: int


async def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--minutes", type=float, default=MINUTES)
    minutes = given.parse_args().minutes
    server = await Rakor.start("auto")
    crowd = Crowd(ADDRESS)
    empty = await _held(server)
    seen, until = Seen(), time.monotonic() + minutes * 60
    chance = random.Random(1)
    people = [asyncio.create_task(_come_and_go(server, crowd, chance, seen, until)) for _ in range(PEOPLE)]
    await _watch(server, seen, until)
    await asyncio.gather(*people)
    await asyncio.sleep(LEAVING_S)
    left = await _held(server)
    parts = _parts(server._folder.name)
    await crowd.close()
    await server.close()
    _tell(seen, minutes, empty, left, parts)


async def _come_and_go(server: Rakor, crowd: Crowd, chance: random.Random, seen: Seen, until: float) -> None:
    await asyncio.sleep(chance.uniform(0, 10))
    while time.monotonic() < until:
        try:
            participant, name = await server.join(crowd)
        except TimeoutError:  # a busy machine: like a person, try again
            seen.timeouts += 1
            continue
        seen.joins += 1
        await _take_part(server, crowd, participant, name, chance)
        await asyncio.sleep(min(chance.uniform(*STAY_S), max(0.0, until - time.monotonic())))
        await crowd.leave([participant])
        await server.plane.leave(ROOM, name)


async def _take_part(server: Rakor, crowd: Crowd, participant: Participant, name: str, chance: random.Random) -> None:
    """Some only listen, some speak, some show themselves; each looks at others in its own way."""
    if chance.random() < 0.3:
        (await crowd.microphone(participant, seed=chance.randrange(8))).on = True
    if chance.random() < 0.15:
        (await crowd.camera(participant, seed=chance.randrange(3))).on = True
        await server.plane.sends(ROOM, name, [Kind.CAMERA])
    if chance.random() < 0.5:
        wish = Wish(shown=tuple((f"peer{chance.randrange(1, 200)}", 180) for _ in range(9)))
        await server.plane.wish(ROOM, name, wish)


async def _watch(server: Rakor, seen: Seen, until: float) -> None:
    began = time.monotonic()
    for number in itertools.count(1):
        await asyncio.sleep(SAMPLE_S)
        now = time.monotonic()
        seen.memory.append((now - began, _resident(server.pid)))
        if number % 12 == 0:
            print(f"{(now - began) / 60:6.1f} min {seen.memory[-1][1] / 1e6:8.1f} MB {seen.joins:6} joins", flush=True)
        if now >= until:
            return


async def _held(server: Rakor) -> Held:
    stats = await server.plane.stats(ROOM)
    return Held(int(str(stats["tasks"])), _descriptors(server.pid))


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE


def _descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _parts(folder: str) -> int:
    """Files of the recording that were begun and not finished."""
    return len(list(Path(folder).rglob("*.part")))


def _tell(seen: Seen, minutes: float, empty: Held, left: Held, parts: int) -> None:
    settled, compared = min(SETTLED_MINUTES, minutes / 3) * 60, min(COMPARED_MINUTES, minutes / 4) * 60
    before = seen.mean(settled, settled + compared)
    after = seen.mean(minutes * 60 - compared, minutes * 60 + SAMPLE_S)
    growth = after / before - 1
    print(f"memory {before / 1e6:.1f} MB after {settled / 60:.0f} min, {after / 1e6:.1f} MB at the end: {growth:+.2%}")
    print(f"tasks {empty.tasks} before, {left.tasks} after; files and sockets {empty.descriptors}, {left.descriptors}")
    result = {
        "minutes": minutes,
        "joins": seen.joins,
        "timeouts": seen.timeouts,
        "growth": round(growth, 4),
        "tasks_left": left.tasks - empty.tasks,
        "descriptors_left": left.descriptors - empty.descriptors,
        "parts_left": parts,
    }
    holds = growth < MOST_GROWTH and left == empty and not parts
    print("holds" if holds else "does not hold")
    print(json.dumps(result))
    if not holds:
        raise SystemExit(1)


if __name__ == "__main__":
    asyncio.run(main())
