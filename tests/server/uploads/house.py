"""Uploads, with an intake that does as it is told and transcribers that only listen; a real database and disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from media.intake.errors import IntakeError
from media.intake.process import Taken
from media.intake.track import Progress
from server.db import Sessions
from server.uploads.keeper import Uploads
from server.uploads.models import Upload
from server.uploads.receiving import RESERVE, Receiving
from server.uploads.states import State

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
HELD = datetime(2020, 7, 8, 17, 30, tzinfo=UTC)  # the next day in Jakarta
TAKEN = Taken(3600.0, False, "ab" * 32)


@dataclass
class Intake:
    """Takes files as it is told to: each try has an outcome, or waits for ever."""

    outcomes: list[Taken | IntakeError | None]
    tries: list[Path] = field(default_factory=list)
    ended: int = 0

    async def __call__(self, file: Path, directory: Path, progress: Callable[[Progress], None]) -> Taken:
        self.tries.append(directory)
        await asyncio.to_thread(directory.mkdir, parents=True, exist_ok=True)
        progress(Progress(0.25, 900.0))
        outcome = self.outcomes[len(self.tries) - 1]
        try:
            if outcome is None:
                await asyncio.Event().wait()
        finally:
            self.ended += 1
        if isinstance(outcome, Taken):
            return outcome
        assert outcome is not None
        raise outcome


@dataclass
class Transcribers:
    told: list[str] = field(default_factory=list)

    def knows(self, track: str) -> bool:
        return track in self.told

    async def recover(self, track: str) -> None:
        self.told.append(track)


@dataclass
class House:
    sessions: Sessions
    directory: Path
    transcribers: Transcribers = field(default_factory=Transcribers)
    now: datetime = NOW
    pauses: list[float] = field(default_factory=list)

    def uploads(self, *outcomes: Taken | IntakeError | None) -> tuple[Uploads, Intake]:
        intake = Intake(list(outcomes))
        receiving = Receiving(self.directory / "uploads", lambda _: 10 * RESERVE)
        recordings = self.directory / "recordings"
        uploads = Uploads(
            self.sessions, receiving, recordings, self.transcribers, intake, 7, lambda: self.now, self.pause
        )
        return uploads, intake

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def announced(self, name: str = "a", received: bytes = b"suara", size: int = 5) -> Upload:
        upload = Upload(
            id=name, title="Rapat Lama", starts_at=HELD, zone="Asia/Jakarta", host_office_id="kpuri",
            offices=["kaltara"], uploaded_by="Dewi", file_name="rapat.mp4", size=size, fingerprint="",
            state=State.RECEIVING, created_at=self.now, touched_at=self.now, meeting_id=f"rapat-{name}",
            track_id=f"trek-{name}",
        )  # fmt: skip
        async with self.sessions.begin() as session:
            session.add(upload)
        file = self.directory / "uploads" / f"{name}.part"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(received)
        return upload

    async def state(self, name: str = "a") -> str | None:
        async with self.sessions() as session:
            found = await session.get(Upload, name)
        return found.state if found is not None else None

    async def is_in(self, state: State, name: str) -> bool:
        return await self.state(name) == state

    async def becomes(self, state: State, name: str = "a") -> Upload:
        await eventually(lambda: self.is_in(state, name))
        async with self.sessions() as session:
            found = await session.get(Upload, name)
        assert found is not None
        return found

    async def hands_over(self, *tracks: str) -> None:
        async def told() -> bool:
            return self.transcribers.told == list(tracks)

        await eventually(told)


async def eventually(answer: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(100_000):
        if await answer():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came")
