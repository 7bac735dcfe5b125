"""Better words take the place of a machine's first ones, under the same ids; what people set stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.record import lines, revision, tracks
from minutes.record.errors import StaleToken
from minutes.record.models import Line
from minutes.record.revision import Span, overlap, paired
from minutes.search.fts5 import Fts5Index
from minutes.search.query import parse
from minutes.search.scope import Scope
from minutes.speech.ports import Recognition, Utterance, Word
from tests.minutes.record.conftest import Sessions, name_speaker, track

INDEX = Fts5Index()
BY = Recognition("engine 2", "large", "abc", "{}")


def said(start: float, end: float, text: str) -> Utterance:
    return Utterance(start, end, text, (Word(text, start, end, 0.9),))


async def heard_once(sessions: Sessions, *utterances: Utterance, **changes: Any) -> tuple[list[Line], int]:
    """A complete track; its lines, and the token of the second hearing."""
    async with sessions() as session, session.begin():
        await tracks.create_track(session, track(**changes))
        token = (await tracks.take_lease(session, "t1")).token
        kept = await tracks.store(session, "t1", token, 60.0, utterances, INDEX)
        await tracks.finish(session, "t1", token)
        return kept, (await tracks.take_lease(session, "t1")).token


async def revise(sessions: Sessions, token: int, until: float, *utterances: Utterance) -> None:
    async with sessions() as session, session.begin():
        await revision.revise(session, "t1", token, until, utterances, INDEX, BY)


async def read(sessions: Sessions) -> list[tuple[str, str]]:
    async with sessions() as session:
        return [(line.id, line.text) for line in (await lines.transcript(session, "m1", None, 100)).lines]


async def found(sessions: Sessions, words: str) -> list[str]:
    async with sessions() as session:
        return [line.id for line in (await INDEX.search(session, parse(words), Scope(everything=True))).items]


async def test_a_line_keeps_its_id_and_is_found_by_its_new_words_only(sessions: Sessions) -> None:
    (line,), token = await heard_once(sessions, said(1.0, 5.0, "Senketa pemilihan."))
    await revise(sessions, token, 60.0, said(0.9, 5.1, "Sengketa pemilihan."))
    assert await read(sessions) == [(line.id, "Sengketa pemilihan.")]
    assert (await found(sessions, "sengketa"), await found(sessions, "senketa")) == ([line.id], [])
    async with sessions() as session:
        again = await lines.get_line(session, line.id)
        by = await lines.heard_by(session, again)
    assert (again.start, again.end, by and by.model) == (0.9, 5.1, "large")


async def test_two_lines_that_are_one_now_leave_the_longer_one_s_id(sessions: Sessions) -> None:
    (first, second), token = await heard_once(sessions, said(1.0, 2.0, "Rapat"), said(2.2, 6.0, "dibuka ketua."))
    await revise(sessions, token, 60.0, said(1.0, 6.0, "Rapat dibuka ketua."))
    assert await read(sessions) == [(second.id, "Rapat dibuka ketua.")]
    assert await found(sessions, "rapat") == [second.id]
    assert first.id != second.id


async def test_a_line_that_is_two_now_keeps_its_id_for_the_longer_one(sessions: Sessions) -> None:
    (line,), token = await heard_once(sessions, said(1.0, 9.0, "Rapat dibuka ketua."))
    await revise(sessions, token, 60.0, said(1.0, 3.0, "Rapat dibuka."), said(4.0, 9.0, "Ketua."))
    now = await read(sessions)
    assert [text for _, text in now] == ["Rapat dibuka.", "Ketua."]
    assert now[1][0] == line.id != now[0][0]


async def test_what_a_person_has_set_stays_and_is_not_said_twice(sessions: Sessions) -> None:
    shared = {"known_by": "unassigned", "shared": True, "person_name": None}
    (named, other), token = await heard_once(sessions, said(1.0, 4.0, "Saya."), said(6.0, 8.0, "Kami."), **shared)
    async with sessions() as session, session.begin():
        await name_speaker(session, named.id, "Maria Tandilangi", "Anggota")
    await revise(sessions, token, 60.0, said(1.1, 4.2, "Saya ini."), said(6.0, 8.0, "Kami hadir."))
    assert await read(sessions) == [(named.id, "Saya."), (other.id, "Kami hadir.")]


async def test_a_line_in_which_nothing_is_heard_now_stays(sessions: Sessions) -> None:
    (line,), token = await heard_once(sessions, said(1.0, 4.0, "Pelan sekali."))
    await revise(sessions, token, 60.0)
    assert await read(sessions) == [(line.id, "Pelan sekali.")]


async def test_words_of_a_line_named_by_hand_are_not_said_again_by_a_longer_one(sessions: Sessions) -> None:
    shared = {"known_by": "unassigned", "shared": True, "person_name": None}
    (named, other), token = await heard_once(sessions, said(10.0, 14.0, "Saya."), said(14.5, 25.0, "Kami."), **shared)
    async with sessions() as session, session.begin():
        await name_speaker(session, named.id, "Maria Tandilangi", "Anggota")
    await revise(sessions, token, 60.0, said(10.0, 25.0, "Saya. Kami."))
    assert await read(sessions) == [(named.id, "Saya."), (other.id, "Kami.")]


async def test_a_line_beside_which_something_else_is_heard_stays(sessions: Sessions) -> None:
    (line,), token = await heard_once(sessions, said(10.0, 20.0, "Pelan sekali."))
    await revise(sessions, token, 60.0, said(19.9, 30.0, "Lain."))
    assert [text for _, text in await read(sessions)] == ["Pelan sekali.", "Lain."]
    assert (await read(sessions))[0][0] == line.id


async def test_who_never_spoke_has_no_share(sessions: Sessions) -> None:
    _, token = await heard_once(sessions, said(100.0, 104.0, "Baik."), started=50.0)
    async with sessions() as session, session.begin():
        await tracks.create_track(session, track("t2", started=2000.0))
        await revision.revise(session, "t1", token, 55.0, (), INDEX)
        assert await revision.revised_share(session, "m1") == pytest.approx(0.5)


async def test_it_goes_on_where_it_stood(sessions: Sessions) -> None:
    first = [said(at, at + 4.0, f"kata {at:.0f}") for at in (0.0, 10.0, 20.0, 30.0)]
    kept, token = await heard_once(sessions, *first)
    await revise(sessions, token, 14.5, said(0.0, 4.0, "satu"), said(10.0, 14.0, "dua"))
    async with sessions() as session:
        assert await revision.revised_share(session, "m1") == pytest.approx(14.5 / 60)
        assert (await revision.next_unrevised(session)) is not None
    await revise(sessions, token, 60.0, said(20.0, 24.0, "tiga"), said(30.0, 34.0, "empat"))
    assert await read(sessions) == list(zip([line.id for line in kept], ["satu", "dua", "tiga", "empat"], strict=True))
    async with sessions() as session, session.begin():
        await revision.finish(session, "t1", token)
        assert await revision.revised_share(session, "m1") == 1.0
        assert await revision.next_unrevised(session) is None


async def test_an_old_lease_changes_nothing(sessions: Sessions) -> None:
    (line,), token = await heard_once(sessions, said(1.0, 5.0, "Baik."))
    with pytest.raises(StaleToken):
        await revise(sessions, token - 1, 60.0, said(1.0, 5.0, "Buruk."))
    assert await read(sessions) == [(line.id, "Baik.")]


async def test_a_track_that_is_not_heard_to_its_end_waits(sessions: Sessions) -> None:
    async with sessions() as session, session.begin():
        await tracks.create_track(session, track())
        assert await revision.next_unrevised(session) is None
        assert await revision.revised_share(session, "no such meeting") == 1.0


SPANS = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0.1, 20)).map(lambda each: (each[0], each[0] + each[1])), max_size=8
)


@given(SPANS, SPANS)
def test_each_takes_the_place_of_one_at_most_and_only_where_they_meet(before: list[Span], now: list[Span]) -> None:
    places = [(new, i) for new, i in zip(now, paired(before, now), strict=True) if i is not None]
    assert len({i for _, i in places}) == len(places)
    assert all(overlap(before[i], new) > 0 for new, i in places)
