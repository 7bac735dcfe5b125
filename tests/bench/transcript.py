"""`make bench-transcript`: how long a transcript of two hours takes to open, page by page as the archive reads it.

3,000 lines of 25 words of four voices, in a real database behind the real application; first while nothing of it has
been read, then again, then after one edit.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from starlette.testclient import TestClient

from minutes.record import tracks
from minutes.search.fts5 import Fts5Index
from minutes.search.stemmer import roots
from minutes.speech.ports import Utterance, Word
from server.app import create_app
from server.db import make_engine, make_sessions, migrate
from server.demo.people import PASSWORD
from server.demo.seed import seed
from server.settings import Settings
from tests.minutes.record.conftest import track

ORIGIN = "https://rakor.test"
PAGE = 1000
SEATS = 4
LINE_S = 2.4  # so many of them make two hours
OVER = 0.1  # of the lines go on while the next one speaks
VOCABULARY = 3000  # words of a meeting
SPICE = ("KPU", "Bawaslu", "tidak", "dua", "puluh", "Kaltara", "padoman", "Pasal", "5", "satchara")


def utterance(start: float, words: int, draw: random.Random, known: Sequence[str]) -> Utterance:
    """Mostly words of the language, some that raise flags."""
    spoken = [draw.choice(SPICE) if draw.random() < 0.15 else draw.choice(known) for _ in range(words)]
    step = LINE_S / words * (1.2 if draw.random() < OVER else 0.95)
    heard = tuple(
        Word(word, round(start + at * step, 2), round(start + (at + 0.8) * step, 2), round(draw.uniform(0.3, 1.0), 3))
        for at, word in enumerate(spoken)
    )
    return Utterance(start, heard[-1].end, " ".join(spoken), heard)


def words_of_a_meeting() -> list[str]:
    return random.Random(5).sample(sorted(roots()), VOCABULARY)


async def fill(settings: Settings, meeting: str, lines: int, words: int) -> None:
    engine, draw, known, index = make_engine(settings.database_url), random.Random(7), words_of_a_meeting(), Fts5Index()
    sessions = make_sessions(engine)
    for seat in range(SEATS):
        said = [utterance(at * LINE_S, words, draw, known) for at in range(seat, lines, SEATS)]
        async with sessions.begin() as session:
            await tracks.create_track(session, track(f"{meeting}-{seat}", meeting, seat_id=f"s{seat}"))
            token = (await tracks.take_lease(session, f"{meeting}-{seat}")).token
            await tracks.store(session, f"{meeting}-{seat}", token, 9000.0, said, index)
            await tracks.finish(session, f"{meeting}-{seat}", token)
    await engine.dispose()


class Opened(NamedTuple):
    """Seconds of each page, on the clock and of CPU; bytes on the wire."""

    pages_s: list[float]
    cpu_s: float
    size: int
    line: str


def opened(client: TestClient, meeting: str) -> Opened:
    took, cpu, size, after, line = [], 0.0, 0, None, ""
    while True:
        asked = {"limit": str(PAGE), **({"after": after} if after else {})}
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(f"/api/v1/meetings/{meeting}/transcript", params=asked)
        took.append(time.perf_counter() - began)
        cpu += time.process_time() - worked
        size += int(answer.headers["content-length"])
        body = answer.json()
        line, after = line or body["lines"][0]["id"], body["next"]
        if after is None:
            return Opened(took, cpu, size, line)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.transcript", description=__doc__)
    parser.add_argument("--lines", type=int, default=3000)
    parser.add_argument("--words", type=int, default=25, help="of a line")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), media_host="127.0.0.1", media_port=0, second_hearing=False)
        migrate(settings.database_url)
        with TestClient(create_app(settings), base_url=ORIGIN, headers={"Origin": ORIGIN}) as client:
            measure(client, settings, options.lines, options.words)


def measure(client: TestClient, settings: Settings, lines: int, words: int) -> None:
    assert client.portal is not None
    services = client.app.state.services  # type: ignore[attr-defined]
    client.portal.call(seed, services.sessions, settings.recordings, services.now())
    assert client.post("/api/v1/session", json={"username": "dewi", "password": PASSWORD}).is_success
    given = {"title": "Rapat Uji", "starts_at": "2030-01-05T09:00:00+07:00", "offices": ["kaltara"]}
    meeting = client.post("/api/v1/meetings", json=given).json()["id"]
    asyncio.run(fill(settings, meeting, lines, words))
    for name in ("first", "again", "after an edit"):
        found = opened(client, meeting)
        pages = [round(each, 3) for each in found.pages_s]
        told = {"opened": name, "pages_s": pages, "all_s": round(sum(pages), 3), "cpu_s": round(found.cpu_s, 3)}
        print(json.dumps({**told, "kB": found.size // 1000}))
        edit = {"kind": "check", "id": "bench-edit", "line": found.line, "version": 1, "start": 0, "end": 9}
        if name == "again":
            assert client.post(f"/api/v1/meetings/{meeting}/edits", json=edit).is_success


if __name__ == "__main__":
    main()
