"""Twenty speech workers and one server are killed while four people speak; then the same sound is heard in peace."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import shutil
import signal
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.journeys import judge
from tests.journeys.play import MEETING, NAMES, complete
from tests.journeys.script import script
from tests.journeys.speakers import Speakers
from tests.journeys.stage import Stage
from tests.undisturbed import Said, compare
from tests.waiting import until

SEED = 20_200_709
KILLS, SERVER_DIES_S = 20, 104.0
LOST_BEFORE_S, BEHIND_S = 10.0, 2.0
TRANSCRIBED_WITHIN_S = 400.0
UNHEARD = (
    "DELETE FROM line_fts WHERE rowid IN (SELECT number FROM line WHERE meeting_id = :meeting)",
    "DELETE FROM line WHERE meeting_id = :meeting",
    "UPDATE track SET complete = 0, heard_until = started WHERE meeting_id = :meeting",
)


@dataclass
class Half:
    """The script before the server died, or after; seconds."""

    began: float  # since 1970: of the script's first second, as if it had not been broken off
    first: float  # of the script, said in this half
    last: float


async def play(stage: Stage) -> tuple[Half, Half, int]:
    """Everybody speaks, and dies; the halves, and how many workers were killed."""
    speakers, part = Speakers(stage), script()
    killing = [(at, False) for at in _moments(part.end)] + [(SERVER_DIES_S, True)]
    killed = 0
    halves: list[Half] = []
    await speakers.come()
    for at, server in sorted(killing):
        await speakers.until(at)
        if server:
            stage.kill()
            halves.append(Half(speakers.began, 0.0, speakers.second))
            await speakers.go()
            await asyncio.to_thread(stage.start)
            await speakers.come()
        else:
            killed += await asyncio.to_thread(kill_worker, stage)
    await speakers.until(part.end + BEHIND_S)
    halves.append(Half(speakers.began, halves[0].last, part.end))
    await speakers.go()
    return halves[0], halves[1], killed


def _moments(end: float) -> list[float]:
    chance = random.Random(SEED)
    return [chance.uniform(3.0, end - 3.0) for _ in range(KILLS)]


def kill_worker(stage: Stage) -> int:
    """Kill the one that runs, or the next one as soon as it does."""
    (worker, *_) = until(lambda: workers(stage), 60, "no speech worker runs")
    os.kill(worker, signal.SIGKILL)
    return 1


def workers(stage: Stage) -> list[int]:
    """Speech processes of this server that are alive."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_text().split("\0")  # empty once it is dead
            if "minutes.speech.worker" in command and str(stage.data) in command:
                found.append(int(process.name))
    return found


def archive(stage: Stage) -> dict[str, Any]:
    """The transcript, once it is complete."""
    with stage.client("dewi") as secretariat:
        until(lambda: complete(secretariat), TRANSCRIBED_WITHIN_S, "the transcript was never complete")
        answer: dict[str, Any] = secretariat.get(
            f"/api/v1/meetings/{MEETING}/transcript", params={"limit": 1000}
        ).json()
    return answer


def heard_in_peace(stage: Stage, folder: Path) -> dict[str, Any]:
    """What a server says of the same recordings that finds them unheard, and lives."""
    shutil.copytree(stage.data, folder)
    with contextlib.closing(sqlite3.connect(folder / "rakor.db")) as database, database:
        for statement in UNHEARD:
            database.execute(statement, {"meeting": MEETING})
    quiet = Stage(folder)
    quiet.start()
    try:
        return archive(quiet)
    finally:
        quiet.stop()


def said(transcript: dict[str, Any]) -> list[Said]:
    return [Said(row["speaker"], row["start"], row["end"], row["text"]) for row in transcript["lines"]]


def missing(transcript: dict[str, Any], halves: tuple[Half, Half]) -> list[str]:
    """Turns that stand nowhere, of those that were said ten seconds before the server died, or after it was back."""
    opened = datetime.fromisoformat(transcript["meeting"]["opened_at"]).timestamp()
    found = []
    for half, end in zip(halves, (halves[0].last - LOST_BEFORE_S, halves[1].last), strict=True):
        lines = judge.lines_of(transcript["lines"], half.began - opened)
        turns = [turn for turn in script().turns if turn.start >= half.first and turn.end <= end]
        assert turns
        found += [turn.text for turn in turns if not judge.stands(lines, turn, NAMES[turn.speaker])]
    return found


def end(client: httpx2.Client) -> None:
    answer = client.post(f"/api/v1/meetings/{MEETING}/end")
    assert answer.is_success, answer.text


@pytest.mark.full
@pytest.mark.timeout(1400)
def test_the_archive_is_that_of_an_undisturbed_meeting(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "chaos")
    stage.start()
    try:
        first, second, killed = asyncio.run(play(stage))
        with stage.client("ratna") as chair:
            end(chair)
        disturbed = archive(stage)
    finally:
        stage.stop()
    verdict = compare(said(heard_in_peace(stage, tmp_path / "peace")), said(disturbed))
    print(f"\n{killed} workers killed, the server at {first.last:.1f} s\n{verdict}")
    assert killed == KILLS
    assert missing(disturbed, (first, second)) == []
    # Words may differ: a recording has its times in whole milliseconds, and Whisper is not that steady.
    assert (verdict.lost, verdict.twice, verdict.invented) == ((), (), ())
