"""Words are stored once, findable in the same transaction, and only by who holds the track."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record import lines, tracks
from minutes.record.errors import NoSuchLine, NoSuchTrack, NotOneSeat, StaleToken
from minutes.record.models import Line
from minutes.search.fts5 import Fts5Index
from minutes.speech.audio import Sound
from minutes.speech.listener import Listener
from minutes.speech.ports import SAMPLE_RATE_HZ, Recognition, Utterance, Word
from tests.minutes.record.conftest import Sessions, name_speaker, track
from tests.minutes.speech.fakes import CountingEngine, LoudnessVad

INDEX = Fts5Index()


def said(start: float, words: str) -> Utterance:
    return Utterance(start, start + 1, words, (Word(words, start, start + 1, 0.9),))


async def leased(sessions: Sessions, **changes: Any) -> int:
    async with sessions() as session, session.begin():
        await tracks.create_track(session, track(**changes))
        return (await tracks.take_lease(session, str(changes.get("id", "t1")))).token


async def store(sessions: Sessions, token: int, until: float, *utterances: Utterance) -> list[Line]:
    async with sessions() as session, session.begin():
        return await tracks.store(session, "t1", token, until, utterances, INDEX)


async def test_a_line_carries_who_sat_there_that_day(sessions: Sessions) -> None:
    token = await leased(sessions)
    (line,) = await store(sessions, token, 3.0, said(1.0, " Penyelesaian sengketa. "))
    assert (line.person_name, line.position, line.office_name) == ("Maria Tandilangi", "Anggota", "KPU Kaltara")
    assert (line.text, line.stem) == ("Penyelesaian sengketa.", "selesai sengketa")
    assert line.words[0]["probability"] == 0.9


async def test_a_line_says_by_what_it_was_heard_and_that_is_kept_once(sessions: Sessions) -> None:
    by, other = (Recognition(f"engine {number}", "model", "abc", '{"beam": 5}') for number in (1, 2))
    token = await leased(sessions)
    async with sessions() as session, session.begin():
        first = [said(1.0, "satu"), said(3.0, "dua"), replace(said(5.0, "tiga"), prompt="Bawaslu")]
        kept = await tracks.store(session, "t1", token, 7.0, first, INDEX, by)
        kept += await tracks.store(session, "t1", token, 9.0, [said(8.0, "empat")], INDEX, other)
        kept += await tracks.store(session, "t1", token, 11.0, [said(10.0, "lima")], INDEX)
        found = [await lines.heard_by(session, line) for line in kept]
    described = [each and (each.engine, each.prompt, each.options) for each in found]
    assert described[2:] == [("engine 1", "Bawaslu", {"beam": 5}), ("engine 2", "", {"beam": 5}), None]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].id == found[1].id


async def test_what_was_heard_before_is_not_stored_again(sessions: Sessions) -> None:
    token = await leased(sessions)
    await store(sessions, token, 3.0, said(1.0, "satu"))
    again = await store(sessions, token, 6.0, said(1.0, "satu"), said(4.0, "dua"))
    assert [line.text for line in again] == ["dua"]
    async with sessions() as session:
        assert (await tracks.get_track(session, "t1")).heard_until == 6.0


@pytest.mark.parametrize("started", [0.0, 1.0, 120.59838676, 120.59842, 7200.000001])
async def test_who_speaks_from_the_first_sample_on_is_kept_once(sessions: Sessions, started: float) -> None:
    """A track begins at any time, sound at whole samples: rounding must not make a first sentence an old one."""
    token = await leased(sessions, started=started, heard_until=started)
    ears = Listener(CountingEngine(), LoudnessVad(), started)
    heard = (
        ears.hear(Sound(round(started * SAMPLE_RATE_HZ), np.full(2 * SAMPLE_RATE_HZ, 0.5, np.float32))) + ears.finish()
    )
    assert len(await store(sessions, token, ears.until, *heard)) == 1
    assert await store(sessions, token, ears.until, *heard) == []


async def test_silence_moves_the_watermark(sessions: Sessions) -> None:
    token = await leased(sessions)
    assert await store(sessions, token, 9.0, said(1.0, "  ")) == []
    async with sessions() as session:
        assert (await tracks.get_track(session, "t1")).heard_until == 9.0


async def test_an_old_lease_is_refused(sessions: Sessions) -> None:
    old = await leased(sessions)
    async with sessions() as session, session.begin():
        new = (await tracks.take_lease(session, "t1")).token
    with pytest.raises(StaleToken):
        await store(sessions, old, 3.0, said(1.0, "dua kali"))
    assert len(await store(sessions, new, 3.0, said(1.0, "sekali"))) == 1


async def test_a_line_and_its_index_are_kept_together_or_not_at_all(sessions: Sessions) -> None:
    class Failing(Fts5Index):
        async def add(self, session: AsyncSession, lines: Sequence[Line]) -> None:
            await super().add(session, lines)
            raise RuntimeError("the machine stops here")

    token = await leased(sessions)
    with pytest.raises(RuntimeError):
        async with sessions() as session, session.begin():
            await tracks.store(session, "t1", token, 3.0, [said(1.0, "hilang")], Failing())
    async with sessions() as session:
        assert await session.scalar(text("SELECT count(*) FROM line")) == 0
        assert await session.scalar(text("SELECT count(*) FROM line_fts")) == 0
        assert (await tracks.get_track(session, "t1")).heard_until == 0.0


async def test_unfinished_tracks_are_found_again(sessions: Sessions) -> None:
    token = await leased(sessions)
    await leased(sessions, id="t2")
    async with sessions() as session, session.begin():
        await tracks.end_track(session, "t2")
        await tracks.finish(session, "t1", token)
    async with sessions() as session:
        assert [each.id for each in await tracks.unfinished(session)] == ["t2"]
        assert not await tracks.is_complete(session, "m1")
        assert await tracks.is_complete(session, "another")
        with pytest.raises(NoSuchTrack):
            await tracks.take_lease(session, "none")


async def test_a_transcript_is_read_in_the_order_spoken(sessions: Sessions) -> None:
    token = await leased(sessions)
    await store(sessions, token, 9.0, *(said(at, f"kata {at:g}") for at in (5.0, 1.0, 3.0)))
    async with sessions() as session:
        first = await lines.transcript(session, "m1", None, 2)
        rest = await lines.transcript(session, "m1", first.next, 2)
        assert [line.start for line in (*first.lines, *rest.lines)] == [1.0, 3.0, 5.0]
        assert rest.next is None
        assert await lines.count_lines(session, ["m1", "m2"]) == {"m1": 3}
        with pytest.raises(NoSuchLine):
            await lines.transcript(session, "m1", "none", 2)


async def test_only_a_shared_seat_is_named_by_hand(sessions: Sessions) -> None:
    token = await leased(sessions, known_by="unassigned", person_name=None, shared=True)
    (line,) = await store(sessions, token, 3.0, said(1.0, "baik"))
    async with sessions() as session, session.begin():
        named = await name_speaker(session, line.id, "Sari Wibowo", "Kasubbag")
        assert (named.person_name, named.known_by) == ("Sari Wibowo", "named_by_hand")
        line.known_by = "sole_occupant"
        named.known_by = "sole_occupant"
        await session.flush()
        with pytest.raises(NotOneSeat):
            await name_speaker(session, line.id, "Orang Lain", "")
