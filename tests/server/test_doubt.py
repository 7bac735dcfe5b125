"""A transcript tells where a person should look, and gives those lines alone to who asks."""

from __future__ import annotations

from typing import Any

import pytest

from minutes.record import tracks
from minutes.record.models import Track
from minutes.search.fts5 import Fts5Index
from minutes.speech.ports import Utterance, Word
from tests.server.conftest import Cast

ARCHIVED = "/api/v1/meetings/demo-arsip/transcript"


def passages(line: dict[str, Any], kind: str) -> list[str]:
    return [line["text"][flag["start"] : flag["end"]] for flag in line["flags"] if flag["kind"] == kind]


def test_the_demo_has_doubts_where_it_is_wrong(cast: Cast) -> None:
    lines = cast.as_("maria").get(ARCHIVED).json()["lines"]
    found = {
        kind: [each for line in lines for each in passages(line, kind)] for kind in ("number", "name", "crosstalk")
    }
    assert {"20 Juli", "tujuh", "Ketiga"} <= set(found["number"])
    assert {"Kalimantan utara", "Divisi Hukum dan pengawasan"} <= set(found["name"])
    assert found["crosstalk"] == []
    doubted = " ".join(each for line in lines for each in passages(line, "low_confidence"))
    assert all(wrong in doubted for wrong in ("satchara", "meyangpaikan"))
    words = [word for line in lines for word in line["words"]]
    assert all(0 < word["doubt"] < 1 for word in words)
    assert sum(word["doubt"] >= 0.2 for word in words) < 0.2 * len(words)


@pytest.mark.parametrize("kinds", [["number"], ["name", "low_confidence"], ["crosstalk"], ["negation"]])
def test_flagged_lines_are_found_page_by_page(cast: Cast, kinds: list[str]) -> None:
    client = cast.as_("maria")
    wanted = [
        line for line in client.get(ARCHIVED).json()["lines"] if any(flag["kind"] in kinds for flag in line["flags"])
    ]
    found: list[dict[str, Any]] = []
    after: str | None = None
    for _ in range(40):
        asked = [("limit", "3"), *(("flagged", kind) for kind in kinds), *([("after", after)] if after else [])]
        page = client.get(ARCHIVED, params=tuple(asked)).json()
        found += page["lines"]
        after = page["next"]
        if after is None:
            break
    assert after is None
    assert found == wanted


def test_an_unknown_kind_is_refused(cast: Cast) -> None:
    answer = cast.as_("maria").get(ARCHIVED, params={"flagged": "apa"})
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")


async def say(cast: Cast, meeting: str, seat: str, start: float, text: str, known_by: str = "sole_occupant") -> None:
    """A line of a seat: a word each half second."""
    heard = tuple(Word(word, start + at / 2, start + at / 2 + 0.4, 0.95) for at, word in enumerate(text.split()))
    track = Track(
        id=f"{meeting}-{seat}",
        meeting_id=meeting,
        meeting_title="Rapat Uji",
        meeting_date="2030-01-05",
        classification="biasa",
        seat_id=seat,
        office_id="kaltara",
        office_name="KPU Kaltara",
        seat_label=seat,
        known_by=known_by,
        started=0.0,
        heard_until=0.0,
    )
    async with cast.app.state.services.sessions.begin() as session:
        await tracks.create_track(session, track)
        token = (await tracks.take_lease(session, track.id)).token
        said = Utterance(start, heard[-1].end, text, heard)
        await tracks.store(session, track.id, token, said.end, [said], Fts5Index())
        await tracks.finish(session, track.id, token)


def test_who_speaks_at_the_same_time_is_told_also_where_the_other_line_is_on_another_page(cast: Cast) -> None:
    meeting = cast.new_meeting("kaltara")
    for seat, start, text in (("a", 10.0, "kami belum setuju dengan usul itu"), ("b", 12.0, "baik saya kira begitu")):
        cast.portal.call(say, cast, meeting, seat, start, text, "unassigned")
    client = cast.as_("dewi")
    lines = client.get(f"/api/v1/meetings/{meeting}/transcript").json()["lines"]
    assert [passages(line, "crosstalk") for line in lines] == [["usul itu"], ["baik saya"]]
    paged = client.get(f"/api/v1/meetings/{meeting}/transcript", params={"after": lines[0]["id"]}).json()["lines"]
    assert paged == lines[1:]
    named = client.patch(f"/api/v1/lines/{lines[1]['id']}/speaker", json={"name": "Sari Wibowo"}).json()
    assert named["flags"] == lines[1]["flags"]
