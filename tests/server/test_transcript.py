"""A transcript over a thin line: pages go on whatever a second hearing takes away, and later only news are sent."""

from __future__ import annotations

from typing import Any

import pytest

from minutes.record import revision, tracks
from minutes.search.fts5 import Fts5Index
from minutes.speech.ports import Utterance, Word
from tests.minutes.record.conftest import track
from tests.server.conftest import Cast


def said(start: float, end: float, text: str) -> Utterance:
    return Utterance(start, end, text, (Word(text, start, end, 0.9),))


async def hear(cast: Cast, meeting: str, *utterances: Utterance) -> None:
    async with cast.app.state.services.sessions.begin() as session:
        await tracks.create_track(session, track(f"{meeting}-1", meeting))
        token = (await tracks.take_lease(session, f"{meeting}-1")).token
        await tracks.store(session, f"{meeting}-1", token, 60.0, utterances, Fts5Index())
        await tracks.finish(session, f"{meeting}-1", token)


async def hear_again(cast: Cast, meeting: str, until: float, *utterances: Utterance) -> None:
    async with cast.app.state.services.sessions.begin() as session:
        token = (await tracks.take_lease(session, f"{meeting}-1")).token
        await revision.revise(session, f"{meeting}-1", token, until, utterances, Fts5Index())


def texts(answer: dict[str, Any]) -> list[str]:
    return [line["text"] for line in answer["lines"]]


@pytest.fixture
def meeting(cast: Cast) -> str:
    """Four lines of one seat, of which a second hearing will make one out of the two in the middle."""
    made = cast.new_meeting("kaltara")
    four = (said(1.0, 4.0, "satu"), said(5.0, 6.0, "dua"), said(6.2, 11.0, "tiga"), said(20.0, 24.0, "empat"))
    cast.portal.call(hear, cast, made, *four)
    return made


def address(meeting: str) -> str:
    return f"/api/v1/meetings/{meeting}/transcript"


def test_the_rest_is_found_when_the_last_line_of_a_page_is_gone(cast: Cast, meeting: str) -> None:
    client = cast.as_("dewi")
    first = client.get(address(meeting), params={"limit": 2}).json()
    cast.portal.call(hear_again, cast, meeting, 15.0, said(5.0, 11.0, "dua tiga"))
    for after in (first["next"], first["lines"][-1]["id"]):
        rest = client.get(address(meeting), params={"after": after}).json()
        assert (texts(rest), rest["next"]) == (["dua tiga", "empat"], None)


def test_who_has_read_it_all_is_sent_what_is_new_and_told_what_is_gone(cast: Cast, meeting: str) -> None:
    client = cast.as_("dewi")
    read = client.get(address(meeting)).json()
    assert (texts(read), read["gone"]) == (["satu", "dua", "tiga", "empat"], [])
    since = {"since": read["change"]}
    assert texts(client.get(address(meeting), params=since).json()) == []
    cast.portal.call(hear_again, cast, meeting, 15.0, said(5.0, 11.0, "dua tiga"))
    news = client.get(address(meeting), params=since).json()
    assert (texts(news), news["gone"]) == (["dua tiga"], [read["lines"][1]["id"]])
    assert news["lines"][0]["id"] == read["lines"][2]["id"]


def test_what_is_the_same_is_not_sent_again(cast: Cast, meeting: str) -> None:
    client = cast.as_("dewi")
    read = client.get(address(meeting))
    known = {"If-None-Match": read.headers["etag"]}
    again = client.get(address(meeting), headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", read.headers["etag"])
    cast.portal.call(hear_again, cast, meeting, 15.0, said(5.0, 11.0, "dua tiga"))
    assert client.get(address(meeting), headers=known).status_code == 200
    assert cast.as_("").get(address(meeting), headers=known).status_code == 401


def test_a_transcript_is_squeezed_for_who_can_read_that(cast: Cast) -> None:
    client = cast.as_("maria")
    sizes, answers = {}, []
    for encoding in ("identity", "gzip"):
        got = client.get(address("demo-arsip"), headers={"Accept-Encoding": encoding})
        sizes[encoding] = int(got.headers["content-length"])
        answers.append(got.json())
    assert answers[0] == answers[1]
    assert sizes["gzip"] * 4 < sizes["identity"]
