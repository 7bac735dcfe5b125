"""`make bench-media`: the CPU of one forwarded packet and of one joining, ours against Janus and aiortc's MediaRelay.

One publisher (Opus and three simulcast layers of VP8, the forwarded one of 500 kbit/s) to 50 receivers, real ICE, DTLS
and SRTP with AES-256-GCM, every candidate on one address, server and generator on a core each. In every round all
servers are started anew and measured in turns of a few seconds, so that what else the machine does falls on all. A
measurement counts where 0.99 to 1.01 of the packets arrived; one of ours that does not is held against us, for one of
Janus's there is another round.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import math
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiortc import rtcdtlstransport

from media import fanout_c
from tests.bench import cores, janus, namespace
from tests.bench.runs import FAST, SLOW, Dose, Run, run
from tests.bench.servers import JanusRoom, MediaRelay, Rakor, Server

PYTHON, C, JANUS, JANUS_DEFAULT, RELAY = "Rakor", "Rakor, C loop", "Janus, 1 loop", "Janus, default", "MediaRelay"
BARS = {"ratio_5k6": 0.70, "ratio_22k": 0.85, "ratio_22k_c": 0.65, "ratio": 0.05, "join_cpu_ms": 5.0}
REPEATS = 2  # rounds for those in which Janus lost packets
RELAY_ROUNDS, RELAY_SECONDS, RELAY_MOST = 3, 6.0, 3
FULL = 0.95  # of a core: it cannot serve so many
Start = Callable[[], Awaitable[Server]]


@dataclass
class Results:
    """By server, one entry for every round that counts; an invalid run of ours costs infinitely much."""

    costs: dict[tuple[str, float], list[float]] = field(default_factory=lambda: defaultdict(list))
    joins: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, found: Run) -> None:
        if found.join_ms:
            self.joins[name].append(found.join_ms)
        for speed, window in found.windows.items():
            self.costs[name, speed].append(window.cost_us if window.valid else math.inf)

    def ratios(self, ours: str, theirs: str, speed: float) -> list[float]:
        """Of every round with a valid run of theirs."""
        pairs = zip(self.costs[ours, speed], self.costs[theirs, speed], strict=False)
        return [one / other for one, other in pairs if other < math.inf]


async def measure(pairs: int, dose: Dose) -> dict[str, float | int | None]:
    results = Results()
    starts: dict[str, Start] = {PYTHON: lambda: Rakor.start("python"), JANUS: lambda: JanusRoom.start(1)}
    if _compiled():
        starts[C] = lambda: Rakor.start("c")
    _head()
    valid, number = 0, 0
    while valid < pairs and number < pairs + REPEATS:
        number += 1
        found = await run(starts, dose)
        for name, each in found.items():
            results.add(name, _tell(number, name, each))
        valid += all(window.valid for window in found[JANUS].windows.values())
    for name, each in (await run({JANUS_DEFAULT: lambda: JanusRoom.start(None)}, dose)).items():
        _tell(1, name, each)
    results.costs[RELAY, SLOW] = await _relay(min(RELAY_ROUNDS, pairs))
    return _outcome(results)


async def _relay(rounds: int) -> list[float]:
    """To as many receivers as it can serve. It encodes anew: its packets are its own, and none of them is missing."""
    receivers, costs = RELAY_MOST, list[float]()
    while len(costs) < rounds:
        found = await run({RELAY: MediaRelay.start}, Dose(receivers, 0, RELAY_SECONDS, 1, (SLOW,)), layers=False)
        _tell(len(costs) + 1, f"{RELAY} to {receivers}", found[RELAY], judged=False)
        window = found[RELAY].windows[SLOW]
        if receivers > 1 and window.server > FULL:
            receivers -= 1
        else:
            costs.append(window.cost_us)
    return costs


def _compiled() -> bool:
    try:
        fanout_c.compile()
    except FileNotFoundError as error:
        print(error)
        return False
    return True


def _outcome(results: Results) -> dict[str, float | int | None]:
    slow = results.ratios(PYTHON, JANUS, SLOW)
    fast, fast_c = results.ratios(PYTHON, JANUS, FAST), results.ratios(C, JANUS, FAST)
    relay = _median(results.costs[RELAY, SLOW])
    ours = _median(results.costs[PYTHON, SLOW])
    return {
        "ratio_5k6": _rounded(_median(slow)),
        "ratio_22k": _rounded(_median(fast)),
        "ratio_22k_c": _rounded(_median(fast_c)),
        "ratio": _rounded(ours / relay if ours is not None and relay else None, 4),
        "join_cpu_ms": _rounded(_median(results.joins[PYTHON]), 2),
        "valid_pairs": min(sum(each < math.inf for each in found) for found in (slow, fast, fast_c) if found),
    }


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def _rounded(value: float | None, digits: int = 3) -> float | None:
    """None where there is no number for JSON: nothing was measured, or ours lost packets too often."""
    return round(value, digits) if value is not None and value < math.inf else None


def _head() -> None:
    print(
        f"{'round':>5}  {'server':<16}{'packets/s':>10}{'µs/packet':>11}{'delivered':>11}{'its core':>10}"
        f"{'waited':>8}{'generator':>11}{'join ms':>9}"
    )


def _tell(number: int, name: str, found: Run, judged: bool = True) -> Run:
    for speed, window in found.windows.items():
        join = f"{found.join_ms:.1f}" if speed == SLOW and found.join_ms else ""
        invalid = "" if window.valid or not judged else "  invalid"
        delivered = f"{window.delivered:.4f}" if judged else ""
        full = f"  the generator lost {window.overflowed}" if window.overflowed else ""
        print(
            f"{number:>5}  {name:<16}{window.packets_a_second:>10.0f}{window.cost_us:>11.1f}{delivered:>11}"
            f"{window.server:>10.0%}{window.waited:>8.0%}{window.generator:>11.0%}{join:>9}{invalid}{full}",
            flush=True,
        )
    return found


def _summary(results: dict[str, float | int | None]) -> None:
    for name, bar in BARS.items():
        value = results[name]
        verdict = "not measured" if value is None else "holds" if value <= bar else "MISSED"
        print(f"{name:<12} {value!s:>8}  bar {bar:<5} {verdict}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.media", description=__doc__)
    parser.add_argument("--pairs", type=int, default=5, help="rounds")
    parser.add_argument("--seconds", type=float, default=Dose().seconds, help="of each turn")
    parser.add_argument("--turns", type=int, default=Dose().turns, help="of each server at each rate, in a round")
    given = parser.parse_args()
    if not janus.installed():
        raise SystemExit("Janus is missing: apt-get install janus")
    namespace.enter("tests.bench.media")
    cores.take_generator_core()
    rtcdtlstransport.SRTP_PROFILES[:] = [rtcdtlstransport.SRTP_AEAD_AES_256_GCM]  # nobody may choose another one
    gc.disable()  # the generator's own pauses would be the server's delay
    began = time.monotonic()
    found = asyncio.run(measure(given.pairs, Dose(seconds=given.seconds, turns=given.turns)))
    print(f"{time.monotonic() - began:.0f} s")
    _summary(found)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
