"""`make soak-speech`: two hours of one microphone, heard from its recording by a real speech process.

The sound card drifts by 100 ppm. In the middle the process is killed. What must not happen: memory that grows, lines
that leave their time, a second process that starts over, and lines that are lost or stand twice.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from minutes.speech.client import SpeechWorker, WorkerOptions
from minutes.speech.ports import CatchUp, Done, Failed, Heard, Utterance
from tests.media.recorded import Turn, record

HOURS, DRIFT = 2.0, 100e-6
SETTLED, MOST_GROWTH = 0.15, 0.05  # memory is compared from this share of the way on
HOLDS_S, LATE = 0.15, 20  # the middle one of the last lines stands within so much of where it stood at first
NEAR_S = 0.5  # a line that begins so near to a turn begins with it
REACH_S = 27.0  # the longest utterance and what is looked back
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Life:
    """One speech process."""

    memory: list[tuple[float, int]] = field(default_factory=list)  # meeting time heard, resident bytes
    said: list[Utterance] = field(default_factory=list)
    until: float = 0.0
    first: float | None = None  # watermark of its first reply
    seconds: float = 0.0


async def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--hours", type=float, default=HOURS)
    hours = given.parse_args().hours
    with tempfile.TemporaryDirectory(prefix="rakor-") as folder:
        directory = Path(folder) / "recording"
        began = time.monotonic()
        turns = record(directory, hours, DRIFT)
        print(f"{hours:g} h recorded in {time.monotonic() - began:.0f} s: {len(turns)} turns", flush=True)
        length = turns[-1].end
        first = await hear(directory, Path(folder), 0.0, dies_at=length / 2)
        second = await hear(directory, Path(folder), first.until)
    tell(hours, turns, first, second)


async def hear(directory: Path, data: Path, start: float, dies_at: float | None = None) -> Life:
    life, worker, began = Life(until=start), SpeechWorker(WorkerOptions(data)), time.monotonic()
    await worker.start()
    assert worker.pid is not None
    worker.send(CatchUp("long", 1, start, str(directory)))
    async for reply in worker.replies():
        assert not isinstance(reply, Failed), reply
        if isinstance(reply, Heard):
            life.memory.append((reply.until, _resident(worker.pid)))
            life.said += reply.utterances
            life.until = reply.until
            life.first = reply.until if life.first is None else life.first
        if isinstance(reply, Done):
            break
        if dies_at is not None and life.until >= dies_at:
            os.kill(worker.pid, signal.SIGKILL)
            break
    await worker.close()
    life.seconds = time.monotonic() - began
    return life


def offset(turn: Turn, said: Sequence[Utterance]) -> float | None:
    """By how much the line that begins with a turn begins after it; None where one begins elsewhere only."""
    off = min((each.start - turn.start for each in said), key=abs, default=None)
    return off if off is not None and abs(off) < NEAR_S else None


def shifts(turns: Sequence[Turn], said: Sequence[Utterance]) -> list[float]:
    """By how much lines stand elsewhere than in the first loop that says the same: seconds, of all but the first."""
    places: dict[int, float] = {}
    found = []
    for turn in turns:
        if (off := offset(turn, said)) is not None:
            if turn.number in places:
                found.append(off - places[turn.number])
            places.setdefault(turn.number, off)
    return found


def lost(turns: Sequence[Turn], said: Sequence[Utterance]) -> int:
    """Turns at whose time nothing stands."""
    return sum(not any(each.start < turn.end and each.end > turn.start for each in said) for turn in turns)


def tell(hours: float, turns: Sequence[Turn], first: Life, second: Life) -> None:
    said = first.said + second.said
    growths = [growth(life) for life in (first, second)]
    signed = shifts(turns, said)
    moved, late = [abs(shift) for shift in signed], statistics.median(signed[-LATE:])
    again = (second.first or 0.0) - first.until
    twice = sum(later.start < before.end - 0.3 for before, later in pairwise(said))
    largest = max(size for life in (first, second) for _, size in life.memory)
    result = {
        "hours": hours,
        "lines": len(said),
        "lost": lost(turns, said),
        "twice": twice,
        "rss_mb": round(largest / 1e6, 1),
        "growth": round(max(growths), 4),
        "moved_late_s": round(late, 3),
        "moved_p50_s": round(statistics.median(moved), 3),
        "moved_p95_s": round(sorted(moved)[int(0.95 * len(moved))], 3),
        "resumed_ahead_s": round(again, 1),
        "rtf": round((first.seconds + second.seconds) / (hours * 3600), 3),
    }
    for name, value in result.items():
        print(f"{name:16} {value:>10}")
    holds = max(growths) < MOST_GROWTH and abs(late) < HOLDS_S and not result["lost"] and not twice
    holds = holds and 0 < again <= 2 * REACH_S
    print("holds" if holds else "does not hold")
    print(json.dumps(result))
    if not holds:
        raise SystemExit(1)


def growth(life: Life) -> float:
    """Of memory, from the first part to the last of what one process heard."""
    begin, end = life.memory[0][0], life.memory[-1][0]
    settled = [size for at, size in life.memory if at >= begin + SETTLED * (end - begin)]
    part = max(1, len(settled) // 5)
    return statistics.median(settled[-part:]) / statistics.median(settled[:part]) - 1


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE


if __name__ == "__main__":
    asyncio.run(main())
