"""A meeting whose host is KPU RI, with lines of two seats; Dewi is its secretariat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from httpx2 import Response

from minutes.record import tracks
from minutes.search.fts5 import Fts5Index
from minutes.speech.ports import Utterance, Word
from tests.minutes.record.conftest import track
from tests.server.conftest import Cast

SAID = ("kami menyusun pedoman taknis", "nomor saya delapan sembilan", "baik pak ketua")


def said(start: float, text: str) -> Utterance:
    """A word each half second."""
    heard = tuple(Word(word, start + at / 2, start + at / 2 + 0.4, 0.9) for at, word in enumerate(text.split()))
    return Utterance(start, heard[-1].end, text, heard)


@dataclass
class Desk:
    cast: Cast
    meeting: str

    @property
    def address(self) -> str:
        return f"/api/v1/meetings/{self.meeting}"

    def lines(self, username: str = "dewi") -> list[dict[str, Any]]:
        answer = self.cast.as_(username).get(f"{self.address}/transcript")
        return list(answer.json()["lines"])

    def edit(self, username: str = "dewi", **body: Any) -> Response:
        return self.cast.as_(username).post(f"{self.address}/edits", json=body)

    def history(self, line: str, username: str = "dewi") -> Response:
        return self.cast.as_(username).get(f"/api/v1/lines/{line}/history")

    async def _hear(self, seat: str, *utterances: Utterance) -> None:
        async with self.cast.app.state.services.sessions.begin() as session:
            await tracks.create_track(session, track(f"{self.meeting}-{seat}", self.meeting, seat_id=seat))
            token = (await tracks.take_lease(session, f"{self.meeting}-{seat}")).token
            await tracks.store(session, f"{self.meeting}-{seat}", token, 60.0, utterances, Fts5Index())
            await tracks.finish(session, f"{self.meeting}-{seat}", token)

    def hear(self, seat: str, *utterances: Utterance) -> None:
        self.cast.portal.call(self._hear, seat, *utterances)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    made = Desk(cast, cast.new_meeting("kaltara"))
    made.hear("s1", *(said(10.0 * (at + 1), text) for at, text in enumerate(SAID)))
    return made
