"""A transcript is read page by page while it is heard a second time: nothing is missed; later only news are read."""

from __future__ import annotations

import pytest

from minutes.record import changes, lines, revision, tracks
from minutes.record.errors import NoSuchLine
from minutes.record.lines import Transcript
from tests.minutes.record.conftest import Sessions, track
from tests.minutes.record.test_revision import INDEX, heard_once, revise, said


async def page(sessions: Sessions, after: str | None = None, limit: int = 2, since: int | None = None) -> Transcript:
    async with sessions() as session:
        return await lines.transcript(session, "m1", after, limit, since)


def texts(read: Transcript) -> list[str]:
    return [line.text for line in read.lines]


async def two_pages(sessions: Sessions) -> int:
    """Four lines, of which two have been read."""
    _, token = await heard_once(
        sessions, said(1.0, 4.0, "satu"), said(5.0, 6.0, "dua"), said(6.2, 11.0, "tiga"), said(20.0, 24.0, "empat")
    )
    return token


async def test_the_rest_is_found_when_the_last_line_read_is_gone(sessions: Sessions) -> None:
    token = await two_pages(sessions)
    first = await page(sessions)
    assert (texts(first), first.next is not None) == (["satu", "dua"], True)
    await revise(sessions, token, 15.0, said(1.0, 4.0, "satu"), said(5.0, 11.0, "dua tiga"))
    rest = await page(sessions, first.next)
    assert (texts(rest), rest.next) == (["dua tiga", "empat"], None)
    by_id = await page(sessions, first.lines[-1].id)
    assert texts(by_id) == ["dua tiga", "empat"]


async def test_a_line_that_moves_in_front_of_the_place_is_told_though_the_page_is_full(sessions: Sessions) -> None:
    token = await two_pages(sessions)
    first = await page(sessions)
    await revise(sessions, token, 15.0, said(1.0, 4.0, "satu"), said(4.9, 11.0, "dua tiga"))
    second = await page(sessions, first.next, limit=1)
    assert (texts(second), second.next) == (["dua tiga", "empat"], None)


async def test_the_place_stays_where_it_was_when_the_last_line_read_moves(sessions: Sessions) -> None:
    _, token = await heard_once(sessions, said(1.0, 9.0, "satu"), said(9.5, 11.0, "dua"), said(20.0, 24.0, "tiga"))
    first = await page(sessions, limit=1)
    await revise(sessions, token, 30.0, said(3.0, 9.0, "satu"), said(2.0, 2.5, "nol"), said(9.5, 11.0, "dua"))
    assert texts(await page(sessions, first.next, limit=9))[-2:] == ["dua", "tiga"]
    assert "nol" in texts(await page(sessions, first.next, limit=9))


async def test_what_another_seat_said_earlier_and_was_heard_later_is_told(sessions: Sessions) -> None:
    await two_pages(sessions)
    first = await page(sessions)
    async with sessions.begin() as session:
        await tracks.create_track(session, track("t2"))
        token = (await tracks.take_lease(session, "t2")).token
        await tracks.store(session, "t2", token, 9.0, [said(2.0, 3.0, "sela")], INDEX)
    assert texts(await page(sessions, first.next)) == ["sela", "tiga", "empat"]
    assert texts(await page(sessions, first.lines[-1].id)) == ["tiga", "empat"]


@pytest.mark.parametrize("after", ["none", "1_2", "1_2_x", "1_2_1e999", "9" * 30 + "_1_1.0"])
async def test_who_stands_nowhere_is_refused(sessions: Sessions, after: str) -> None:
    await two_pages(sessions)
    with pytest.raises(NoSuchLine):
        await page(sessions, after)


async def test_a_gone_line_of_another_meeting_is_not_told_of(sessions: Sessions) -> None:
    token = await two_pages(sessions)
    first = await page(sessions)
    await revise(sessions, token, 15.0, said(5.0, 11.0, "dua tiga"))
    async with sessions() as session:
        with pytest.raises(NoSuchLine):
            await lines.transcript(session, "m2", first.lines[-1].id, 9)


async def test_who_has_read_all_is_told_what_is_new_other_or_gone(sessions: Sessions) -> None:
    token = await two_pages(sessions)
    read = await page(sessions, limit=9)
    ids = {line.text: line.id for line in read.lines}
    assert texts(await page(sessions, since=read.change)) == []
    await revise(sessions, token, 15.0, said(5.0, 11.0, "dua tiga"))
    news = await page(sessions, since=read.change)
    assert [(line.id, line.text) for line in news.lines] == [(ids["tiga"], "dua tiga")]
    assert (news.gone, news.change) == ((ids["dua"],), read.change + 1)
    assert (await page(sessions, since=news.change)).gone == ()


async def test_news_come_in_pages_too(sessions: Sessions) -> None:
    await two_pages(sessions)
    first = await page(sessions, limit=3, since=0)
    second = await page(sessions, first.next, limit=3, since=0)
    assert (texts(first), texts(second), second.next) == (["satu", "dua", "tiga"], ["empat"], None)


async def test_a_line_beside_which_another_seat_is_heard_is_told_again(sessions: Sessions) -> None:
    """What is doubtful in it is another now."""
    await two_pages(sessions)
    read = await page(sessions, limit=9)
    async with sessions.begin() as session:
        await tracks.create_track(session, track("t2", seat_id="s2"))
        token = (await tracks.take_lease(session, "t2")).token
        await tracks.store(session, "t2", token, 60.0, [said(21.0, 23.0, "sela")], INDEX)
    assert texts(await page(sessions, since=read.change)) == ["empat", "sela"]


async def test_a_change_that_is_rolled_back_is_none(sessions: Sessions) -> None:
    token = await two_pages(sessions)
    before = await page(sessions)
    async with sessions() as session:
        await revision.revise(session, "t1", token, 60.0, [said(1.0, 4.0, "lain")], INDEX)
        await session.rollback()
        assert await changes.newest(session, "m1") == before.change
