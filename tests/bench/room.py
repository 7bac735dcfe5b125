"""`make bench-room`: one room of 552 receivers, and how many it can hold.

Everybody is a full peer of the usual plan. Three people take turns; who speaks sends sound and 500 kbit/s of really
encoded VP8, frame by frame as the encoder made them, to all others. Every packet is followed from the speaker's socket
to that of the last receiver. The generator reads on the other core; the kernel's stamps tell when a packet was there,
so that the generator's own lateness is not counted, and the table says where it is the limit.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import resource
import time
from dataclasses import dataclass

from aiortc import rtcdtlstransport

from media import fanout_c
from tests.bench import cores, namespace
from tests.bench.hall import Hall, Trial

RECEIVERS, SECONDS, TURN_S = 552, 60.0, 10.0
SEARCH_S, SEARCH_TURN_S = 10.0, 5.0
SEARCH_TRIALS, STEP, CLOSE = 6, 1.3, 1.06
ATTEMPTS, DISTURBED = 3, 0.03  # of the time: what the server's own threads take from each other is less
MOST_RECEIVERS = 1_990  # what one plane admits
WARM_UP_S, WARM_UP_TURN_S = 15.0, 5.0  # everybody has spoken once
FILES = 16_384


@dataclass(frozen=True, slots=True)
class Found:
    room: Trial
    most: int  # receivers of the largest room that held all limits
    generator_is_the_limit: bool  # in the first room that was too large


async def measure(fanout: str, given: argparse.Namespace) -> Found:
    hall = await Hall.open(fanout)
    try:
        await hall.seat(given.receivers)
        await hall.talk(min(WARM_UP_S, given.seconds), WARM_UP_TURN_S)
        room = await _trial(hall, fanout, given.seconds, TURN_S)
        most, limited = await _search(hall, fanout, room) if given.search else (0, False)
    finally:
        await hall.close()
    return Found(room, most, limited)


async def _trial(hall: Hall, fanout: str, seconds: float, turn_s: float) -> Trial:
    """Once more where it did not hold while something else had the server's core."""
    for _ in range(ATTEMPTS):
        trial = _tell(fanout, await hall.trial(seconds, turn_s))
        if trial.holds or trial.waited <= DISTURBED:
            break
    return trial


async def _search(hall: Hall, fanout: str, room: Trial) -> tuple[int, bool]:
    """The largest room that holds, in big steps and then between the last two; 0: none of those tried."""
    good, bad = (room.receivers, 0) if room.holds else (0, room.receivers)
    limited = False
    for _ in range(SEARCH_TRIALS):
        receivers = _next(good, bad)
        if (good and receivers <= good) or (good and bad and bad / good <= CLOSE):
            break
        await hall.seat(receivers)
        await hall.talk(2 * SEARCH_TURN_S, SEARCH_TURN_S)
        trial = await _trial(hall, fanout, SEARCH_S, SEARCH_TURN_S)
        if trial.holds:
            good = receivers
        else:
            bad, limited = receivers, trial.generator_is_the_limit
    return good, limited


def _next(good: int, bad: int) -> int:
    if not bad:
        return min(MOST_RECEIVERS, int(good * STEP))
    return (good + bad) // 2 if good else int(bad / STEP)


HEAD = (
    f"{'loop':<7}{'receivers':>10}{'packets/s':>10}{'delivered':>10}{'lost':>6}{'refused':>8}"
    f"{'sound p50':>11}{'p99':>7}{'last p99':>9}{'picture p50':>13}{'p99':>7}{'last p99':>9}"
    f"{'server':>8}{'waited':>8}{'generator':>10}{'late ms':>8}{'PLI':>5}"
)


def _tell(fanout: str, trial: Trial) -> Trial:
    print(
        f"{fanout:<7}{trial.receivers:>10}{trial.packets_a_second:>10.0f}{trial.delivered:>10.4f}{trial.lost:>6}"
        f"{trial.refused:>8}{trial.sound_p50:>11.1f}{trial.sound_p99:>7.1f}{trial.sound_last_p99:>9.1f}"
        f"{trial.pictures_p50:>13.1f}{trial.pictures_p99:>7.1f}{trial.pictures_last_p99:>9.1f}"
        f"{trial.server:>8.0%}{trial.waited:>8.0%}{trial.generator:>10.0%}{trial.generator_late:>8.1f}{trial.keyframes_asked:>5}"
        f"{'' if trial.holds else '  does not hold'}"
        f"{'  others had its core' if trial.waited > DISTURBED else ''}"
        f"{'  generator at its limit' if trial.generator_is_the_limit else ''}"
        f"{f'  {trial.unknown} not timed' if trial.unknown else ''}",
        flush=True,
    )
    return trial


def _described(found: Found, suffix: str) -> dict[str, float | int | bool]:
    return {
        f"delivered{suffix}": round(found.room.delivered, 5),
        f"audio_p99_ms{suffix}": round(found.room.sound_p99, 1),
        f"audio_last_p99_ms{suffix}": round(found.room.sound_last_p99, 1),
        f"video_p99_ms{suffix}": round(found.room.pictures_p99, 1),
        f"video_last_p99_ms{suffix}": round(found.room.pictures_last_p99, 1),
        f"cpu{suffix}": round(found.room.server, 3),
        f"max_receivers{suffix}": found.most,
        f"generator_is_the_limit{suffix}": found.generator_is_the_limit,
    }


def _prepare(loops: list[str]) -> list[str]:
    """Raise what the kernel limits; leave out the loop in C where it cannot be compiled."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, FILES), hard))
    rtcdtlstransport.SRTP_PROFILES[:] = [rtcdtlstransport.SRTP_AEAD_AES_256_GCM]
    gc.disable()  # the generator's own pauses would be the server's delay
    if "c" in loops:
        try:
            fanout_c.compile()
        except FileNotFoundError as error:
            print(error)
            return [each for each in loops if each != "c"]
    return loops


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.room", description=__doc__)
    parser.add_argument("--receivers", type=int, default=RECEIVERS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of the measurement")
    parser.add_argument("--loops", default="python,c")
    parser.add_argument("--search", action=argparse.BooleanOptionalAction, default=True, help="for the largest room")
    given = parser.parse_args()
    namespace.enter("tests.bench.room")
    cores.take_generator_core()
    began = time.monotonic()
    print(HEAD)
    described: dict[str, float | int | bool] = {"receivers": given.receivers}
    for loop in _prepare(given.loops.split(",")):
        described |= _described(asyncio.run(measure(loop, given)), "" if loop == "python" else f"_{loop}")
    print(f"{time.monotonic() - began:.0f} s")
    print(json.dumps(described))


if __name__ == "__main__":
    main()
