"""A client of uploads, as small as tests need one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2

from server.uploads.tus import CONTENT
from tests.waiting import until

VERSION = {"Tus-Resumable": "1.0.0"}
BODY = {
    "title": "Rapat Koordinasi Lama",
    "starts_at": "2020-07-09T09:00:00+07:00",
    "file_name": "Zoom 2020-07-09.mp4",
    "size": 10,
}


def announced(client: httpx2.Client, **change: object) -> str:
    """Where its bytes go."""
    answer = client.post("/api/v1/uploads", json={**BODY, **change})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == answer.json()["file"]
    return str(answer.json()["file"])


def sent(client: httpx2.Client, file: str, offset: int, content: bytes) -> tuple[int, str | None, str]:
    """Status, new offset, code."""
    headers = {**VERSION, "Upload-Offset": str(offset), "Content-Type": CONTENT}
    answer = client.patch(file, content=content, headers=headers)
    code = answer.json()["code"] if answer.content else ""
    return answer.status_code, answer.headers.get("upload-offset"), code


def offset(client: httpx2.Client, file: str) -> int:
    answer = client.head(file, headers=VERSION)
    assert answer.status_code == 200
    return int(answer.headers["upload-offset"])


def uploaded(client: httpx2.Client, recording: Path) -> str:
    """All of it, in one go; where it can be watched."""
    content = recording.read_bytes()
    file = announced(client, size=len(content), file_name=recording.name, title=f"Rapat {recording.name}")
    assert sent(client, file, 0, content)[0] == 204
    return file.removesuffix("/file")


def reached(client: httpx2.Client, upload: str, state: str, within: float = 60.0) -> dict[str, Any]:
    """Wait for a state."""

    def look() -> dict[str, Any] | None:
        shown: dict[str, Any] = client.get(upload).json()
        assert shown["state"] != "failed" or state == "failed", shown
        return shown if shown["state"] == state else None

    return until(look, within, lambda: f"not {state}: {client.get(upload).text}")
