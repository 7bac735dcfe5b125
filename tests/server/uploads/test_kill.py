"""The server is killed, as a power cut does it: an upload goes on where it was, and nothing is heard twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server.uploads.tus import CONTENT
from tests import recordings
from tests.journeys.stage import Stage
from tests.server.uploads.sending import VERSION, announced, offset, reached, sent, uploaded
from tests.waiting import until
from tests.wer import wer

MANIFEST = json.loads((recordings.DATA / "rakor-1" / "manifest.json").read_text())
WHO = "dewi"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "data")
    stage.start()
    yield stage
    stage.stop()


@pytest.mark.timeout(300)
def test_killed_while_receiving(stage: Stage, tmp_path: Path) -> None:
    recording = recordings.write(tmp_path / "rapat.wav", recordings.speech("rakor-1/ratna.flac", 0.0, 30.0))
    content = recording.read_bytes()
    most = len(content) * 2 // 3
    over = threading.Event()

    def slowly() -> Iterator[bytes]:
        """Two thirds of it, then the line stays open."""
        yield content[:most]
        over.wait(60)

    with stage.client(WHO) as client:
        file = announced(client, size=len(content), file_name=recording.name)

        def send() -> None:
            headers = {**VERSION, "Upload-Offset": "0", "Content-Type": CONTENT}
            with pytest.raises(httpx2.HTTPError):
                client.patch(file, content=slowly(), headers=headers)

        sending = threading.Thread(target=send)
        sending.start()
        part = stage.data / "uploads" / f"{file.split('/')[4]}.part"
        until(lambda: part.exists() and part.stat().st_size > most // 2, 60, "nothing arrived")
        stage.kill()
        over.set()
        sending.join(30)
    stage.start()
    with stage.client(WHO) as client:
        here = offset(client, file)
        assert most // 2 < here <= most
        assert part.read_bytes() == content[:here]
        assert sent(client, file, here, content[here:])[0] == 204
        shown = reached(client, file.removesuffix("/file"), "done", 200)
    assert shown["length"] == pytest.approx(30.0, abs=0.1)


@pytest.mark.full
@pytest.mark.timeout(600)
def test_killed_while_transcribing(stage: Stage, tmp_path: Path) -> None:
    recording = recordings.write(tmp_path / "rapat.mp3", recordings.speech("rakor-1/ratna.flac", 0.0, 210.0))
    with stage.client(WHO) as client:
        upload = uploaded(client, recording)
        before = until(lambda: halfway(client, upload), 300, lambda: client.get(upload).text)
        lines = transcript(client, before["meeting_id"])
        assert lines
        stage.kill()
    stage.start()
    with stage.client(WHO) as client:
        again = client.get(upload).json()
        assert again["state"] == "transcribing"
        assert again["heard_until"] >= before["heard_until"]
        done = reached(client, upload, "done", 400)
        after = transcript(client, done["meeting_id"])
    assert after[: len(lines)] == lines
    assert all(first["end"] <= second["start"] + 0.01 for first, second in pairwise(after))
    said = " ".join(turn["text"] for turn in MANIFEST["turns"] if turn["speaker"] == "ratna")
    assert wer(said, " ".join(line["text"] for line in after)) < 0.3


def halfway(client: httpx2.Client, upload: str) -> dict[str, Any] | None:
    shown: dict[str, Any] = client.get(upload).json()
    assert shown["state"] not in ("failed", "done")
    return shown if shown["state"] == "transcribing" and 0.15 < shown["share"] < 0.9 else None


def transcript(client: httpx2.Client, meeting: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/meetings/{meeting}/transcript?limit=500").json()["lines"]
    return found
