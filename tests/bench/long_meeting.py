"""A rakor of two hours as the archive keeps it: thousands of lines, kept by the product's own code.

Words are those of the demo's meeting, in new order, so that numbers, names and negations are as frequent as they are.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from minutes.record import tracks
from minutes.record.models import Track
from minutes.search.fts5 import Fts5Index
from minutes.speech.ports import Utterance, Word
from server.auth.offices import CENTRE
from server.db import make_engine, make_sessions
from server.demo.seed import FINISHED
from server.meetings.models import Meeting

LONG = "rapat-panjang"
TITLE = "Rapat Koordinasi Dua Jam"
HELD = datetime(2020, 7, 21, 2, 0, tzinfo=UTC)
SEATS, RUN = 8, 3  # lines that one speaker says before the next
LINE_S, PAUSE_S = 2.2, 0.2
DOUBTFUL = 0.06  # of the words


async def write(database: Path, lines: int, words: int, seed: int = 2020) -> None:
    """Add the meeting to a database that has the demo's offices."""
    said, index = utterances(lines, words, random.Random(seed)), Fts5Index()
    engine = make_engine(f"sqlite+aiosqlite:///{database}")
    length = lines * (LINE_S + PAUSE_S)
    try:
        async with make_sessions(engine).begin() as session:
            session.add(_meeting(length))
            await session.flush()
            for seat, heard in enumerate(said):
                await tracks.create_track(session, _track(seat))
                token = (await tracks.take_lease(session, f"panjang-{seat}")).token
                await tracks.store(session, f"panjang-{seat}", token, length, heard, index)
                await tracks.finish(session, f"panjang-{seat}", token)
    finally:
        await engine.dispose()


def utterances(lines: int, words: int, chance: random.Random) -> list[list[Utterance]]:
    """By seat, in the order spoken."""
    vocabulary = _vocabulary()
    said: list[list[Utterance]] = [[] for _ in range(SEATS)]
    for number in range(lines):
        start = number * (LINE_S + PAUSE_S)
        said[number // RUN % SEATS].append(_utterance(start, chance.choices(vocabulary, k=words), chance))
    return said


def _utterance(start: float, words: Sequence[str], chance: random.Random) -> Utterance:
    each = LINE_S / len(words)
    heard = tuple(
        Word(word, round(start + each * at, 2), round(start + each * (at + 1), 2), _probability(chance))
        for at, word in enumerate(words)
    )
    return Utterance(round(start, 2), round(start + LINE_S, 2), " ".join(words), heard)


def _probability(chance: random.Random) -> float:
    return 0.3 if chance.random() < DOUBTFUL else 0.97


def _vocabulary() -> list[str]:
    tracks_of = json.loads((FINISHED / "lines.json").read_text())["tracks"]
    return [word[0].strip() for said in tracks_of.values() for line in said for word in line["words"]]


def _meeting(length: float) -> Meeting:
    ended = HELD + timedelta(seconds=length)
    return Meeting(
        id=LONG,
        title=TITLE,
        state="ended",
        zone="Asia/Jakarta",
        host_office_id=CENTRE,
        starts_at=HELD,
        opened_at=HELD,
        ended_at=ended,
    )


def _track(seat: int) -> Track:
    return Track(
        id=f"panjang-{seat}",
        meeting_id=LONG,
        meeting_title=TITLE,
        meeting_date=HELD.date().isoformat(),
        classification="biasa",
        seat_id=f"kursi-{seat}",
        office_id=CENTRE,
        office_name="KPU RI",
        seat_label=f"Pembicara {seat + 1}",
        person_id=None,
        person_name=f"Pembicara {seat + 1}",
        position="Anggota",
        known_by="sole_occupant",
        started=0.0,
        heard_until=0.0,
        revised=True,
    )
