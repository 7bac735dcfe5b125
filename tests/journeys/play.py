"""Four people hold a meeting in four browsers, and what it left behind."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import numpy.typing as npt
from playwright.sync_api import Playwright

from tests.journeys.actors import Actor
from tests.journeys.judge import Line, lines_of
from tests.journeys.script import Script, voice, write_camera
from tests.journeys.stage import Stage
from tests.waiting import until

MEETING = "demo-hari-ini"
NAMES = {
    "ratna": "Ratna Wulandari",
    "bambang": "Bambang Haryanto",
    "maria": "Maria Tandilangi",
    "wulan": "Wulan Prasetyo",
}
CAMERAS = {"ratna": 40, "maria": 200}
SETTLE_S, SILENT_S = 3.0, 3.0  # before the script's first second, behind its last
TOGETHER_MS, TRIES = 100, 4  # how far apart microphones may begin the script
TRANSCRIBED_WITHIN_S = 240.0


@dataclass
class Played:
    """What was measured while they met, and what the archive holds of it."""

    script: Script
    began_ms: float  # wall clock of the script's first second
    starts_ms: dict[str, float]  # when each page heard its own microphone begin the script
    seats: dict[str, str] = field(default_factory=dict)
    before: dict[str, dict[str, Any]] = field(default_factory=dict)  # what browsers had counted when the script began
    stats: dict[str, dict[str, Any]] = field(default_factory=dict)
    counters: dict[str, Any] = field(default_factory=dict)
    heard: dict[str, tuple[float, npt.NDArray[np.float64]]] = field(default_factory=dict)
    transcript: list[dict[str, Any]] = field(default_factory=list)
    opened_at: float = 0.0

    @property
    def lines(self) -> list[Line]:
        """The archive's lines in script time."""
        return lines_of(self.transcript, self.began_ms / 1000 - self.opened_at)


def launch(playwright: Playwright, script: Script, folder: Path) -> dict[str, Actor]:
    """Four browsers, two with a camera."""
    folder.mkdir(parents=True, exist_ok=True)
    actors = {}
    for speaker in script.speakers:
        camera = None
        if speaker in CAMERAS:
            camera = folder / f"{speaker}.mjpeg"
            write_camera(camera, CAMERAS[speaker])
        actors[speaker] = Actor.launch(playwright, speaker, speaker, camera)
    return actors


def gather(stage: Stage, actors: dict[str, Actor]) -> None:
    """Everybody signs in, the chair opens the meeting, everybody joins."""
    with stage.client("ratna") as chair:
        answer = chair.post(f"/api/v1/meetings/{MEETING}/open")
        assert answer.status_code == 200, answer.text
    for name, actor in actors.items():
        actor.sign_in(stage.url)
        actor.enter(stage.url, MEETING, camera=name in CAMERAS)


def begin(actors: dict[str, Actor], script: Script) -> Played:
    """Let everybody's script begin at one moment, and measure that it did."""
    for name, actor in actors.items():
        actor.prepare(voice(name, script))
    for _ in range(TRIES):
        began_ms, starts = _start(actors)
        # A machine that still starts browsers may leave one of them without processor for half a second. As long as
        # nobody has said a word, they begin again.
        spoken = time.time() >= began_ms / 1000 + min(turn.start for turn in script.turns)
        if spoken or max(starts.values()) - min(starts.values()) <= TOGETHER_MS:
            break
    return Played(script, began_ms, starts, before={name: actor.stats() for name, actor in actors.items()})


def _start(actors: dict[str, Actor]) -> tuple[float, dict[str, float]]:
    """When the script was to begin, and when each page heard it begin; wall clock in ms."""
    began_ms = time.time() * 1000 + SETTLE_S * 1000
    for actor in actors.values():
        actor.speak_from(began_ms)
    return began_ms, {name: actor.spoke_from() for name, actor in actors.items()}


def wait_for(played: Played, second: float) -> None:
    """Return when the script has reached `second`."""
    due = played.began_ms / 1000 + second
    until(lambda: time.time() >= due, second + 30, "the script did not end")


def collect(stage: Stage, actors: dict[str, Actor], played: Played) -> None:
    """What everybody's browser and the server counted, while they are still in the room."""
    for name, actor in actors.items():
        played.seats[name] = str(actor.page.evaluate("window.rakor.seat"))
        played.stats[name] = actor.stats()
        played.heard[name] = actor.heard()
    with stage.client("ratna") as chair:
        played.counters = chair.get(f"/api/v1/meetings/{MEETING}/media").json()


def finish(stage: Stage, actors: dict[str, Actor], played: Played) -> None:
    """The chair ends the meeting for all; wait until everything is transcribed."""
    page = actors["ratna"].page
    page.get_by_role("button", name="Akhiri Rapat untuk Semua").click()
    page.get_by_role("button", name="Akhiri Rapat", exact=True).click()
    for actor in actors.values():
        actor.page.get_by_role("heading", name="Rapat telah berakhir").wait_for()
    with stage.client("dewi") as secretariat:
        until(lambda: complete(secretariat), TRANSCRIBED_WITHIN_S, "the transcript was never complete")
        answer = secretariat.get(f"/api/v1/meetings/{MEETING}/transcript", params={"limit": 1000}).json()
    played.transcript = answer["lines"]
    played.opened_at = datetime.fromisoformat(answer["meeting"]["opened_at"]).timestamp()


def complete(client: httpx2.Client) -> bool:
    return bool(client.get(f"/api/v1/meetings/{MEETING}").json()["transcript_complete"])


def hold(
    stage: Stage,
    playwright: Playwright,
    script: Script,
    folder: Path,
    meanwhile: Callable[[Played, dict[str, Actor]], None] | None = None,
) -> Played:
    """A whole meeting, from signing in to the complete transcript."""
    actors = launch(playwright, script, folder)
    try:
        gather(stage, actors)
        played = begin(actors, script)
        if meanwhile is not None:
            meanwhile(played, actors)
        wait_for(played, script.end - script.start + SILENT_S)
        collect(stage, actors, played)
        finish(stage, actors, played)
        return played
    finally:
        for actor in actors.values():
            actor.close()
