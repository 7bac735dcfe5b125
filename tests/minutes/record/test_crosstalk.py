"""Who speaks meanwhile: other seats of the same meeting, wherever the reader's page begins and ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minutes.record import crosstalk, lines, tracks
from minutes.record.crosstalk import LONGEST_S, others
from minutes.search.fts5 import Fts5Index
from minutes.speech.ports import Utterance, Word
from tests.minutes.record.conftest import Sessions, track

INDEX = Fts5Index()


async def said(sessions: Sessions, id: str, seat: str, *spans: tuple[float, float], meeting: str = "m1") -> None:
    async with sessions() as session, session.begin():
        await tracks.create_track(session, track(id, meeting, seat_id=seat))
        token = (await tracks.take_lease(session, id)).token
        spoken = [Utterance(start, end, "ya", (Word("ya", start, end, 0.9),)) for start, end in spans]
        await tracks.store(session, id, token, 99.0, spoken, INDEX)


async def test_others_are_found_beyond_the_page_and_nobody_talks_over_themselves(sessions: Sessions) -> None:
    await said(sessions, "t1", "s1", (0.0, 30.0), (40.0, 50.0))
    await said(sessions, "t2", "s2", (20.0, 22.0), (45.0, 60.0))
    await said(sessions, "t3", "s2", (21.0, 23.0))  # the same seat, with a new connection
    await said(sessions, "t4", "s4", (20.0, 22.0), meeting="m2")
    async with sessions() as session:
        first = await lines.transcript(session, "m1", None, 1)
        page = await lines.transcript(session, "m1", first.next, 3)
        assert [line.start for line in page.lines] == [20.0, 21.0, 40.0]
        assert await crosstalk.beside(session, page.lines) == [[(0.0, 30.0)], [(0.0, 30.0)], [(45.0, 60.0)]]
        assert await crosstalk.beside(session, []) == []
        assert await tracks.people(session, "m1") == {"Maria Tandilangi"}


TALK = st.lists(
    st.tuples(st.floats(0, 300), st.floats(0, LONGEST_S), st.sampled_from("abc")).map(
        lambda each: (each[0], each[0] + each[1], each[2])
    )
).map(sorted)


@given(TALK)
def test_as_looking_at_every_pair_would_find(talk: list[tuple[float, float, str]]) -> None:
    pairs = [
        [(start, end) for start, end, seat in talk if seat != own and start < until and end > since]
        for since, until, own in talk
    ]
    assert others(talk, talk) == pairs
