"""What somebody is on a day: the rule, the query that says the same, and what migrating made of older rows."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import col

from server.auth import positions, sessions
from server.auth.models import POSITION_KINDS, Office, Person, Position
from server.auth.offices import ensure, offices
from server.db import Sessions, alembic_config, make_engine, make_sessions, migrate

BEGIN = date(2026, 3, 1)
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def post(id: str, first: date | None, last: date | None = None, kind: str = "definitif") -> Position:
    return Position(
        id=id, person_id="p", office_id="kaltara", title=id, kind=kind, valid_from=first, valid_until=last
    )  # fmt: skip


def test_the_post_that_began_last_counts_while_it_lasts() -> None:
    own, acting = post("Kasubbag", None), post("Kabag", BEGIN, BEGIN + timedelta(days=9), "plt")
    known = {
        day: positions.called(found)
        for day in (BEGIN - timedelta(days=1), BEGIN, acting.valid_until, BEGIN + timedelta(days=10))
        if day and (found := positions.counting([acting, own], day))
    }
    assert list(known.values()) == ["Kasubbag", "Plt. Kabag", "Plt. Kabag", "Kasubbag"]


def test_a_definite_post_goes_before_an_acting_one_of_the_same_day() -> None:
    found = positions.counting([post("Kabag", BEGIN, kind="plh"), post("Kasubbag", BEGIN)], BEGIN)
    assert found is not None
    assert found.title == "Kasubbag"


def test_the_calendar_is_that_of_the_central_office() -> None:
    assert positions.today(datetime(2026, 2, 28, 16, 59, tzinfo=UTC)) == date(2026, 2, 28)
    assert positions.today(datetime(2026, 2, 28, 17, 0, tzinfo=UTC)) == BEGIN


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sessions, asyncio.Runner]]:
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('positions') / 'rakor.db'}"
    migrate(url)
    with asyncio.Runner() as runner:
        engine = make_engine(url)
        made = make_sessions(engine)
        runner.run(_people(made))
        yield made, runner
        runner.run(engine.dispose())


async def _people(made: Sessions) -> None:
    async with made.begin() as session:
        await ensure(session)
        session.add(Person(id="p", username="p", name="P", role="admin", password_hash="", created_at=NOW))


days = st.none() | st.integers(-4, 4).map(lambda n: BEGIN + timedelta(days=n))
spans = st.tuples(days, days, st.sampled_from(POSITION_KINDS))
histories = st.lists(spans, min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(-5, 5).map(lambda n: BEGIN + timedelta(days=n)))
def test_the_query_says_what_the_rule_says(
    database: tuple[Sessions, asyncio.Runner], history: list[tuple[date | None, date | None, str]], day: date
) -> None:
    made, runner = database
    rows = [post(f"post-{n}", *each) for n, each in enumerate(history)]

    async def ask() -> tuple[str, bool]:
        async with made.begin() as session:
            await session.execute(delete(Position))
            session.add_all(post(f"post-{n}", *each) for n, each in enumerate(history))
            await session.flush()
            found = await positions.find(session, day, col(Person.id) == "p")
            assert found is not None
            return found.position.id, found.serves

    wanted = positions.counting(rows, day)
    assert wanted is not None
    assert runner.run(ask()) == (wanted.id, positions.held_on(wanted, day))


def placed(role: str, serves: bool, disabled: bool) -> positions.Placed:
    person = Person(
        id="p", username="p", name="P", role=role, password_hash="", created_at=NOW, disabled=disabled
    )  # fmt: skip
    office = Office(id="kaltara", code="65", short_name="KPU Kaltara", name="", zone="Asia/Makassar")
    return positions.Placed(person, post("Ketua", None), office, serves)


def test_who_may_be_signed_in() -> None:
    every = itertools.product(("admin", "secretariat", "chair", "participant"), (True, False), (True, False))
    admitted = [each for each in every if sessions.admissible(placed(*each))]
    assert admitted == [
        ("admin", True, False),
        ("admin", False, False),
        *[(role, True, False) for role in ("secretariat", "chair", "participant")],
    ]
    assert sessions.identity(placed("admin", False, False)).office is None


def test_a_meeting_of_2020_finds_34_provinces() -> None:
    then = [each for each in offices() if each.valid_on(date(2020, 7, 9))]
    assert len([each for each in then if each.level == "provinsi"]) == 34
    assert len(offices()) == 39


def test_people_of_before_keep_their_post_and_get_it_back(tmp_path: Path) -> None:
    """Up from the shape before, and down again to it."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'rakor.db'}"
    command.upgrade(alembic_config(url), "0007")
    file = sqlite3.connect(tmp_path / "rakor.db")
    with file:
        for office in ("kpuri", "papuatengah"):
            file.execute("INSERT INTO office VALUES (?, '', ?, ?, 'Asia/Jayapura')", (office, office, office))
        file.execute(
            "INSERT INTO person VALUES ('p1', 'sari', 'Sari', 'Ketua', 'papuatengah', 'chair', 'x', '2026-01-01')"
        )
    command.upgrade(alembic_config(url), "head")
    (kept,) = file.execute("SELECT person_id, office_id, title, kind, valid_from FROM position").fetchall()
    assert kept == ("p1", "papuatengah", "Ketua", "definitif", None)
    rows = file.execute("SELECT id, level, parent_id, valid_from FROM office ORDER BY id").fetchall()
    assert rows == [("kpuri", "pusat", None, None), ("papuatengah", "provinsi", "kpuri", "2022-07-25")]
    command.downgrade(alembic_config(url), "0007")
    assert file.execute("SELECT username, position, office_id FROM person").fetchall() == [
        ("sari", "Ketua", "papuatengah")
    ]
    file.close()
