"""Whose the lines of a delegation are: as it says while it has the floor."""

from __future__ import annotations

from typing import Any

from minutes.record import tracks
from minutes.search.fts5 import Fts5Index
from minutes.speech.ports import Utterance
from server.proceedings.course import Moment
from server.proceedings.speaking import Speaking, speaker, speaking
from server.rooms.words.company import Companion, CompanyNamed
from server.rooms.words.floor import FloorClosed, FloorGiven, SpeakerNamed
from server.transcripts import DatabaseRecord
from tests.minutes.record.conftest import track
from tests.server.conftest import Cast
from tests.server.test_room_socket import enter, heard, say, socket

ANI = Companion("Ani Lestari", "Kasubbag Hukum")
LOG: list[Moment] = [
    (1_001.0, CompanyNamed("h", (ANI,), "h")),
    (1_010.0, FloorGiven("h", "a", "Ani Lestari", 60, 1_010.0)),
    (1_030.0, SpeakerNamed("h", "Budi", "h")),
    (1_050.0, FloorClosed("h", "a", "done")),
    (1_060.0, FloorGiven("c", "a", "", 60, 1_060.0)),
]


def test_a_floor_is_told_speaker_by_speaker() -> None:
    assert speaking(LOG, 1_000.0) == [
        Speaking("h", "Ani Lestari", 10.0, 30.0, "Kasubbag Hukum"),
        Speaking("h", "Budi", 30.0, 50.0),
        Speaking("c", "", 60.0),
    ]


def test_a_line_is_of_who_had_the_floor_in_its_middle() -> None:
    turns = speaking(LOG, 1_000.0)
    named = [speaker(turns, "h", start, end) for start, end in ((8.0, 14.0), (28.0, 33.0), (52.0, 55.0), (2.0, 9.0))]
    assert [each and each.name for each in named] == ["Ani Lestari", "Budi", None, None]
    assert speaker(turns, "c", 61.0, 63.0) is None, "nobody is named"
    assert speaker(turns, "b", 12.0, 14.0) is None, "another seat"


def test_lines_of_a_hall_carry_the_name_while_it_has_the_floor(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        seat = enter(maria, shared=True)["seat"]
        heard(ratna, "participant")
        say(maria, type="name_company", seat=seat, people=[{"name": "Ani Lestari", "position": "Kasubbag Hukum"}])
        heard(ratna, "participant")
        say(ratna, type="give_floor", seat=seat, seconds=60)
        while (grant := heard(maria, "floor")["grant"]) is None:
            pass
        since = grant["since"]
        cast.portal.call(_hear, cast, meeting, seat, since)
    lines: list[dict[str, Any]] = cast.as_("dewi").get(f"/api/v1/meetings/{meeting}/transcript").json()["lines"]
    assert [(line["text"], line["speaker"], line["position"], line["known_by"]) for line in lines] == [
        ("Sebelumnya.", None, None, "unassigned"),
        ("Kami sampaikan.", "Ani Lestari", "Kasubbag Hukum", "given_floor"),
    ]
    renamed = cast.as_("dewi").patch(
        f"/api/v1/lines/{lines[1]['id']}/speaker", json={"name": "Budi Santoso", "position": "Staf"}
    )
    assert renamed.json()["known_by"] == "named_by_hand"


async def _hear(cast: Cast, meeting: str, seat: str, since: float) -> None:
    sessions = cast.app.state.services.sessions
    shared = {"seat_id": seat, "known_by": "unassigned", "shared": True, "person_id": None, "person_name": None}
    async with sessions.begin() as session:
        await tracks.create_track(session, track(f"{meeting}-h", meeting, **shared, position=None))
        token = (await tracks.take_lease(session, f"{meeting}-h")).token
    said = [
        Utterance(max(0.0, since - 2), since - 0.001, "Sebelumnya.", ()),
        Utterance(since + 1, since + 3, "Kami sampaikan.", ()),
    ]
    await DatabaseRecord(sessions, Fts5Index()).store(f"{meeting}-h", token, since + 4, said, None)
