"""`make bench-signalling`: 552 people in one room, signalling only. How soon all are in, and how soon a hand is seen.

A real server in a process of its own; its guests are sockets without media, all in this process, on the other core.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import uvloop
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from server.guests import Site
from server.signalling.asked import Hello
from server.signalling.asks.floor import LowerHand, RaiseHand
from server.signalling.shapes import NOTICE_VERSION, PROTOCOL_VERSION
from tests.journeys.stage import Stage

PEOPLE, HANDS = 552, 40
AT_ONCE = 32  # invitations that are accepted beside each other, before anything is measured
QUIET_S, WITHIN_S = 1.0, 180.0


@dataclass
class Seat:
    """One page: its socket, and what came over it."""

    socket: ClientConnection
    welcomed: asyncio.Event = field(default_factory=asyncio.Event)
    seat: str = ""
    lost: bool = False
    messages: int = 0
    bytes: int = 0
    heard: float = 0.0  # when a message last came
    floor: float = 0.0  # when the floor last changed

    async def listen(self) -> None:
        try:
            await self._listen()
        except ConnectionClosed:
            self.lost = True  # it did not keep up, and the server hung up on it
            self.welcomed.set()

    async def _listen(self) -> None:
        async for text in self.socket:
            self.heard = time.monotonic()
            self.messages += 1
            self.bytes += len(text)
            kind = str(text)[:40]
            if '"type":"floor"' in kind:
                self.floor = self.heard
            elif '"type":"welcome"' in kind:
                self.seat = str(json.loads(text)["seat"])
                self.welcomed.set()


@dataclass
class Hall:
    stage: Stage
    site: Site
    meeting: str
    cookies: list[str]
    seats: list[Seat] = field(default_factory=list)

    async def join(self, cookie: str) -> None:
        """As pages do: who is hung up on comes again."""
        while (seat := await self._enter(cookie)).lost:
            self.again += 1
        self.seats.append(seat)

    async def _enter(self, cookie: str) -> Seat:
        seat = Seat(await self.site.socket(self.meeting, cookie))
        self.listening.append(asyncio.create_task(seat.listen()))
        await seat.socket.send(Hello(version=PROTOCOL_VERSION, notice=NOTICE_VERSION).model_dump_json())
        await asyncio.wait_for(seat.welcomed.wait(), WITHIN_S)
        return seat

    def __post_init__(self) -> None:
        self.listening: list[asyncio.Task[None]] = []
        self.again = 0

    async def storm(self) -> float:
        """Everybody at once; seconds until the last one is welcomed."""
        began = time.monotonic()
        await asyncio.gather(*(self.join(cookie) for cookie in self.cookies))
        return time.monotonic() - began

    async def quiet(self) -> float:
        """Returns when nobody is told anything any more: when that was (monotonic)."""
        while True:
            last = max(seat.heard for seat in self.seats)
            rest = last + QUIET_S - time.monotonic()
            if rest <= 0:
                return last
            await asyncio.sleep(rest)

    async def hands(self, count: int) -> list[float]:
        """Seconds until everybody else has seen a hand go up, one for each who sees it."""
        delays = []
        chance = random.Random(552)
        for _ in range(count):
            who = chance.choice(self.seats)
            began = time.monotonic()
            await who.socket.send(RaiseHand().model_dump_json())
            delays += [at - began for at in await self.seen(who, began)]
            lowered = time.monotonic()
            await who.socket.send(LowerHand(seat=who.seat).model_dump_json())
            await self.seen(who, lowered)
        return delays

    async def seen(self, who: Seat, since: float) -> list[float]:
        """When the floor came to all others who are still there (monotonic)."""
        others = [seat for seat in self.seats if seat is not who and not seat.lost]
        async with asyncio.timeout(WITHIN_S):
            while True:
                late = sum(seat.floor < since and not seat.lost for seat in others)
                if not late:
                    break
                await asyncio.sleep(min(0.05, 0.001 * late))
        return [seat.floor for seat in others if not seat.lost]

    def memory_kb(self) -> int:
        """Resident, of the server's own process."""
        assert self.stage.process is not None
        status = Path(f"/proc/{self.stage.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])


async def invited(site: Site, people: int) -> tuple[str, list[str]]:
    """An open meeting and the cookies of its guests."""
    _, chair = await site.post("/session", {"username": "dewi", "password": "rakor-demo-2020"})
    given = {"title": "Rapat ramai", "starts_at": datetime.now(UTC).isoformat(), "offices": ["kaltara"]}
    meeting = str((await site.post("/meetings", given, chair))[0]["id"])
    await site.post(f"/meetings/{meeting}/open", {}, chair)
    turn = asyncio.Semaphore(AT_ONCE)

    async def guest(number: int) -> str:
        async with turn:
            name = {"name": f"Tamu {number}", "institution": f"Instansi {number}"}
            answer, _ = await site.post(f"/meetings/{meeting}/invitations", name, chair)
            return (await site.post("/invitations/accept", {"token": answer["url"].rsplit("/", 1)[1]}))[1]

    return meeting, list(await asyncio.gather(*(guest(number) for number in range(people))))


async def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--people", type=int, default=PEOPLE)
    given.add_argument("--hands", type=int, default=HANDS)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="rakor-") as folder:
        stage = Stage(Path(folder) / "data")
        stage.start()
        try:
            site = Site(stage.url)
            hall = Hall(stage, site, *await invited(site, asked.people))
            before = hall.memory_kb()
            joins = await hall.storm()
            began = time.monotonic() - joins
            settled = await hall.quiet() - began
            after = hall.memory_kb()
            told = [(seat.messages, seat.bytes) for seat in hall.seats]
            lost = hall.again + sum(seat.lost for seat in hall.seats)
            delays = sorted(await hall.hands(asked.hands))
            for seat in hall.seats:
                await seat.socket.close()
            await asyncio.gather(*hall.listening, return_exceptions=True)
        finally:
            stage.stop()
    p50, p95, most = (1000 * delays[int(share * (len(delays) - 1))] for share in (0.5, 0.95, 1.0))
    per_peer = (after - before) / asked.people
    print(
        f"{asked.people} people in at once: {joins:.1f} s until the last is welcomed, {settled:.1f} s until all is told"
    )
    print(f"of them hung up on because they did not keep up: {lost}")
    messages, size = (statistics.mean(column) for column in zip(*told, strict=True))
    print(f"each was told {messages:.0f} messages, {size / 1024:.0f} kB; the server grew by {per_peer:.0f} kB for each")
    print(f"a raised hand is seen by all others: {p50:.0f} ms at the median, p95 {p95:.0f} ms, at most {most:.0f} ms")
    print(
        json.dumps(
            {
                "joins_s": round(joins, 2),
                "settled_s": round(settled, 2),
                "fanout_p50_ms": round(p50, 1),
                "fanout_p95_ms": round(p95, 1),
                "kb_per_peer": round(per_peer, 1),
                "messages_per_peer": round(messages),
                "told_kb_per_peer": round(size / 1024),
                "lost": lost,
            }
        )
    )


if __name__ == "__main__":
    uvloop.run(main())
