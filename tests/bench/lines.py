"""`make bench-lines`: what becomes of voices and pictures on thin lines, in virtual time.

One speaker with a camera, one receiver whose line falls from 2 Mbit/s to a given rate after 20 s and stays there: many
rates, queues of many lengths. A packet of a voice that comes more than 0.2 s behind its turn counts as lost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable, Sequence
from statistics import mean
from typing import NamedTuple

from tests.media.inprocess import World
from tests.media.link import Link

RATES_KBIT = (90, 100, 110, 120, 128, 140, 150, 165, 180, 200, 220, 250, 300, 350, 400, 500)
QUEUES_S = (0.05, 0.1, 0.2, 0.3, 0.5)
WIDE_BPS, JITTER_S, PATIENCE_S = 2e6, 0.005, 0.2
FALL_S, SETTLED_S, END_S = 20.0, 40.0, 80.0


class Line(NamedTuple):
    kbit: int
    queue_s: float
    at_first: float  # share of the voice lost in the two seconds behind the fall
    lost: float  # in the long run
    pictures: int  # shown in the long run
    changes: int  # of layers


def play(kbit: int, queue_s: float, seed: int) -> Line:
    world = World()
    maria = world.browser("maria")
    steps = [(0.0, WIDE_BPS), (FALL_S, kbit * 1e3)]
    wulan = world.browser("wulan", down=Link(steps=steps, queue_s=queue_s, jitter_s=JITTER_S, seed=seed))
    world.at(0.1, lambda now: maria.speak(END_S, now))
    world.at(0.1, lambda now: maria.film(END_S, now))
    world.run(END_S)
    return Line(
        kbit,
        queue_s,
        wulan.concealed(FALL_S, FALL_S + 2, PATIENCE_S),
        wulan.concealed(SETTLED_S, END_S - 2, PATIENCE_S),
        sum(at > SETTLED_S for at, _, _ in wulan.shown),
        sum(slot["layer_changes"] for slot in world.stats("wulan")["down"].values()),
    )


GROUPS: dict[str, Callable[[Line], bool]] = {
    "all": lambda line: True,
    "to 128 kbit/s": lambda line: line.kbit <= 128,
    "140 to 200": lambda line: 140 <= line.kbit <= 200,
    "from 220": lambda line: line.kbit >= 220,
}


def tell(name: str, lines: Sequence[Line]) -> None:
    print(
        f"{name:<14}{mean(line.at_first for line in lines):>10.3f}{mean(line.lost for line in lines):>10.4f}"
        f"{mean(line.pictures for line in lines):>10.0f}{mean(line.changes for line in lines):>10.1f}"
    )


async def measure(seeds: int) -> list[Line]:
    """A loop must run: peers are asynchronous, though nothing here waits."""
    return [play(kbit, queue_s, seed) for kbit in RATES_KBIT for queue_s in QUEUES_S for seed in range(1, seeds + 1)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.lines", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2, help="plays of each line")
    lines = asyncio.run(measure(parser.parse_args().seeds))
    print(f"{'':<14}{'at first':>10}{'lost':>10}{'pictures':>10}{'changes':>10}")
    for name, holds in GROUPS.items():
        tell(name, [line for line in lines if holds(line)])
    found = {"lines": len(lines), "lost": round(mean(line.lost for line in lines), 4)}
    print(json.dumps(found | {"pictures": round(mean(line.pictures for line in lines))}))


if __name__ == "__main__":
    main()
