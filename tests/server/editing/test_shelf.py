"""Lines are told as their schema says, once; and anew when they, or who speaks meanwhile, are others."""

from __future__ import annotations

import json
from typing import Any

from minutes.record import lines
from server.archive.doubting import Shelf, described
from server.archive.schemas import LineOut
from tests.server.conftest import Cast
from tests.server.editing.conftest import SAID, Desk, said

ARCHIVED = "demo-arsip"


async def both(cast: Cast, meeting: str, shelf: Shelf) -> tuple[list[dict[str, Any]], list[LineOut]]:
    async with cast.app.state.services.sessions() as session:
        found = (await lines.transcript(session, meeting, None, 1000)).lines
        written = await shelf.written(session, found)
        return [json.loads(each.json) for each in written], await described(session, found)


def test_a_line_is_written_as_its_schema_says(cast: Cast) -> None:
    written, described = cast.portal.call(both, cast, ARCHIVED, Shelf())
    assert written
    assert written == [line.model_dump(mode="json") for line in described]


def test_a_line_that_was_edited_is_written_anew_and_so_is_who_it_is_talked_over_by(cast: Cast, desk: Desk) -> None:
    shelf = Shelf()
    first, _ = cast.portal.call(both, cast, desk.meeting, shelf)
    desk.edit(kind="check", id="suntingan-1", line=first[0]["id"], version=1, start=0, end=4)
    desk.hear("s2", said(30.1, "bukan begitu maksud kami"))
    again, described = cast.portal.call(both, cast, desk.meeting, shelf)
    assert [line["version"] for line in again] == [2, 1, 1, 1]
    assert "crosstalk" in {flag["kind"] for flag in again[2]["flags"]}
    assert again == [line.model_dump(mode="json") for line in described]


def test_a_shelf_holds_so_much_and_no_more(cast: Cast, desk: Desk) -> None:
    shelf = Shelf(most_bytes=1500)
    for _ in range(2):
        written, _ = cast.portal.call(both, cast, desk.meeting, shelf)
        assert [line["text"] for line in written] == list(SAID)
        assert 0 < shelf.held <= 1500


def test_a_title_cannot_be_taken_for_lines(cast: Cast) -> None:
    desk = Desk(cast, cast.new_meeting("kaltara", title='Rapat "lines":[] "gone":[]'))
    desk.hear("s1", said(10.0, SAID[0]))
    answer = cast.as_("dewi").get(f"{desk.address}/transcript").json()
    assert answer["meeting"]["title"] == 'Rapat "lines":[] "gone":[]'
    assert ([line["text"] for line in answer["lines"]], answer["gone"]) == ([SAID[0]], [])
