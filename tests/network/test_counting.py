"""Somebody counts from one to a hundred, over a good line and one that loses every tenth packet: no number is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from media.load import material
from minutes.speech.audio import RecordedTrack
from tests.journeys.stage import PASSWORD, Stage
from tests.network import counting
from tests.network.counting import LOST, Evidence, Fate, Line, Number, Span
from tests.network.lab import Lab
from tests.waiting import until

CHAIR, SECRETARIAT = "ratna", "dewi"
FILE = counting.DATA / "angka.flac"
PERCENT = 10.0
TRANSCRIBED_WITHIN_S = 240.0
WHOLE_S = 178.0
LOOK_EVERY_S = 1.0


@dataclass
class Place:
    """A Rakor in the lab, and a line to it."""

    lab: Lab
    stage: Stage

    def count(self, seconds: float, loss: float, log: Path) -> tuple[list[Number], Evidence]:
        """Play the file for so long; what came of it."""
        with self.stage.client(SECRETARIAT) as client:
            meeting = new_meeting(client)
            line = self.lab.client(f"counting{loss:.0f}x{seconds:.0f}")
            line.loss(loss, "up")
            told, lost = self._play(meeting, line.client, seconds, log)
            with self.stage.client(CHAIR) as chair:
                assert chair.post(f"/api/v1/meetings/{meeting}/end").is_success
            transcript = until(lambda: complete(client, meeting), TRANSCRIBED_WITHIN_S, "it was never transcribed")
        opened = datetime.fromisoformat(transcript["meeting"]["opened_at"]).timestamp()
        (track,) = (self.stage.data / "recordings" / meeting).iterdir()
        recorded = list(RecordedTrack(track).packets())
        offset, said = told["began"][0] - opened, material.speech(FILE)[: round(seconds / counting.PACKET_S)]
        packets = counting.recognised(recorded, said, offset)
        voiced, segments = counting.listened(recorded)
        lines = tuple(line_of(row) for row in transcript["lines"])
        missing = told["sent"] - len(recorded)
        return counting.numbers(seconds), Evidence(offset, packets, lost, missing, voiced, segments, lines)

    def _play(self, meeting: str, space: Any, seconds: float, log: Path) -> tuple[dict[str, Any], int]:
        """What the generator said, and how many packets the server missed at the last look."""
        url = f"http://{self.lab.server_address}:{self.stage.port}"
        rakor = str(Path(sys.executable).parent / "rakor")
        asked = ["--meeting", meeting, "--username", CHAIR, "--publishers", "1", "--subscribers", "0"]
        how = ["--seconds", str(seconds), "--turn", str(seconds), "--voice", str(FILE), "--no-cameras"]
        with log.open("wb") as file, self.stage.client(CHAIR) as chair:
            environment = os.environ | {"RAKOR_LOAD_PASSWORD": PASSWORD}
            playing = space.start([rakor, "load", url, *asked, *how], file, environment)
            try:
                lost = watch(chair, meeting, playing, seconds + 60)
            finally:
                playing.kill()
                playing.wait()
        assert playing.returncode == 0, log.read_text()
        return json.loads(log.read_text().splitlines()[-1]), lost


def watch(chair: httpx2.Client, meeting: str, playing: subprocess.Popen[bytes], within: float) -> int:
    """Packets of sound that the server has given up, until the play is over."""
    seen, next_look = [0], [0.0]

    def over() -> bool:
        if time.monotonic() >= next_look[0]:
            next_look[0] = time.monotonic() + LOOK_EVERY_S
            seen.append(uplink_lost(chair.get(f"/api/v1/meetings/{meeting}/media").json()))
        return playing.poll() is not None

    until(over, within, "the play did not end")
    return max(seen)


def uplink_lost(stats: dict[str, Any]) -> int:
    return sum(int(peer["up"]["mic"]["lost"]) for peer in stats.get("peers", {}).values() if "mic" in peer["up"])


def new_meeting(client: httpx2.Client) -> str:
    asked = {"title": "Rapat Hitung", "starts_at": "2030-01-05T09:00:00+07:00", "offices": ["kaltara"]}
    answer = client.post("/api/v1/meetings", json=asked)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def complete(client: httpx2.Client, meeting: str) -> dict[str, Any] | None:
    answer = client.get(f"/api/v1/meetings/{meeting}/transcript", params={"limit": 1000}).json()
    return dict(answer) if answer["complete"] and answer["lines"] else None


def line_of(row: dict[str, Any]) -> Line:
    return Line(Span(row["start"], row["end"]), tuple(word["heard"] or word["text"] for word in row["words"]))


@pytest.fixture(scope="module")
def place(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    settings = {"RAKOR_HOST": "", "RAKOR_MEDIA_ADDRESSES": lab.server_address}
    stage = Stage(tmp_path_factory.mktemp("counting") / "data", settings)
    lab.server.call(stage.start)
    lab.doors.open(None, stage.port, lab.server, ("127.0.0.1", stage.port))
    try:
        yield Place(lab, stage)
    finally:
        stage.stop()


def judge(counted: list[Number], evidence: Evidence, most_lost: int) -> None:
    print("\n" + counting.table(counted, evidence))
    fates = counting.fates(counted, evidence)
    assert len(fates) == len(counted) > 0
    assert sum(fate in LOST for fate in fates.values()) <= most_lost, fates
    assert sum(fate is Fate.HEARD for fate in fates.values()) > 0.3 * len(counted)


@pytest.mark.full
@pytest.mark.timeout(300)
def test_nobody_who_counts_to_twenty_over_a_lossy_line_loses_a_number(place: Place, tmp_path: Path) -> None:
    judge(*place.count(29.0, PERCENT, tmp_path / "load.log"), most_lost=1)


@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("loss", "most_lost"), [(0.0, 0), (PERCENT, 1)])
def test_a_hundred_numbers_arrive(place: Place, tmp_path: Path, loss: float, most_lost: int) -> None:
    judge(*place.count(WHOLE_S, loss, tmp_path / "load.log"), most_lost)
