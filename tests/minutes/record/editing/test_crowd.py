"""Whatever many editors do in whatever order, over lines that break: one transcript, and a history that tells all."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker

from minutes.language.citations import cited
from minutes.record.editing import history, states
from minutes.record.editing.edits import Check, Inaudible, Merge, Name, Redact, Replace, Retext, Split, Undo
from minutes.record.editing.history import Entry
from minutes.record.editing.states import State
from minutes.record.editing.words import INAUDIBLE, REDACTED
from minutes.record.models import Edit, Line
from tests.minutes.record.conftest import make_engine
from tests.minutes.record.editing.crowd import EDITORS, WORK, Crowd, Turn
from tests.minutes.record.editing.table import INDEX, MEETING, Table, surface

TURNS = st.builds(
    Turn,
    st.sampled_from(WORK),
    st.integers(0, EDITORS - 1),
    st.integers(0, 63),
    st.integers(0, 63),
    st.sampled_from([0, 0, 0, 1, 2]),
)
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a play takes a second: to shrink one takes minutes
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=6, deadline=None, suppress_health_check=SLOW, derandomize=True, phases=PHASES)
@given(st.lists(TURNS, min_size=40, max_size=60))
def test_a_crowd_leaves_one_transcript(turns: list[Turn]) -> None:
    asyncio.run(play(turns))


@pytest.mark.full
@pytest.mark.timeout(3600)
@settings(max_examples=100, deadline=None, suppress_health_check=SLOW, phases=PHASES)
@given(st.lists(TURNS, min_size=200, max_size=200))
def test_a_crowd_of_two_hundred_turns_leaves_one_transcript(turns: list[Turn]) -> None:
    asyncio.run(play(turns))


async def play(turns: list[Turn]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = await make_engine(Path(folder) / "record.db")
        try:
            table = Table(async_sessionmaker(engine, expire_on_commit=False))
            await table.seat("t1")
            await table.seat("t2", seat_id="s2", known_by="unassigned", person_id=None, person_name=None, position=None)
            crowd = Crowd(table)
            await crowd.play(turns)
            await judge(crowd)
        finally:
            await engine.dispose()


async def judge(crowd: Crowd) -> None:
    there = await crowd.table.lines()
    async with crowd.table.sessions() as session:
        told = await history.of_meeting(session, MEETING)
        made = list(await session.scalars(select(Edit).order_by(Edit.number)))  # type: ignore[arg-type]
    assert Counter(each.id for each in made) == Counter(crowd.accepted.keys()), "every accepted edit, each once"
    replays_to_what_stands(told, there, crowd.machine)
    for _, together in groupby(told, key=lambda entry: entry.edit.number):
        entries = list(together)
        no_word_vanishes_but_by_its_edit(entries, crowd, told)
    for line in there.values():
        words_are_in_order_and_inside(line)
        assert line.citations == [asdict(each) for each in cited(line.text)]
    indexed = {line.number: (surface(line.text), INDEX.stems(line.text)) for line in there.values()}
    assert await crowd.table.indexed() == indexed, "what is found is what stands there"
    for word in ("rapat", "dihitamkan"):
        holds = {line.id for line in there.values() if word in surface(line.text).split()}
        assert set(await crowd.table.found(f'"{word}"')) == holds
    assert list(there) == list(await crowd.table.lines())
    followed = sorted(crowd.follower.values(), key=lambda line: (line.start, line.number or 0))
    assert [states.of(line) for line in followed] == [states.of(line) for line in there.values()]


def replays_to_what_stands(told: list[Entry], there: dict[str, Line], machine: dict[str, State]) -> None:
    now = history.replayed(told)
    for id, state in now.items():
        assert (states.of(there[id]) if id in there else None) == state
    for id in there.keys() - now.keys():
        assert states.of(there[id]) == machine[id], "nobody touched it: it is as a machine left it"
    first = {entry.line: entry.before for entry in reversed(told)}
    for id, state in first.items():
        assert state is None or (state == machine[id] and not state.edited), "the machine's words come first"
    versions: dict[str, list[int]] = {}
    for entry in told:
        versions.setdefault(entry.line, []).extend(state.version for state in (entry.before, entry.after) if state)
    assert all(earlier <= later for each in versions.values() for earlier, later in pairwise(each))


def no_word_vanishes_but_by_its_edit(entries: list[Entry], crowd: Crowd, told: list[Entry]) -> None:
    before = [entry.before for entry in entries if entry.before is not None]
    after = [entry.after for entry in entries if entry.after is not None]
    match edit := crowd.accepted[entries[0].edit.id]:
        case Split() | Merge() | Name() | Check():
            assert heard(before) == heard(after)
        case Retext(text=text):
            assert [state.text for state in after] == [" ".join(text.split())]
        case Redact() | Inaudible():
            mark = REDACTED if isinstance(edit, Redact) else INAUDIBLE
            come = heard(after) - heard(before)
            assert come.total() <= 1
            assert all(text == mark for text, _, _ in come)
            assert mark in after[0].text
        case Replace():
            assert len(before) == len(after) == len(entries)
        case Undo(edit=id):
            was = {entry.line: entry.before for entry in told if entry.edit.id == id}
            assert all(states.same(entry.after, was[entry.line]) for entry in entries)
            assert {entry.line for entry in entries} == set(was)


def heard(found: Iterable[State]) -> Counter[tuple[str, float, float]]:
    return Counter((word["text"], word["start"], word["end"]) for state in found for word in state.words)


def words_are_in_order_and_inside(line: Line) -> None:
    assert " ".join(word["text"] for word in line.words) == line.text
    assert all(line.start <= word["start"] <= word["end"] <= line.end for word in line.words)
    assert all(word["start"] <= following["start"] for word, following in pairwise(line.words))
