"""What the machine heard, held against a line that people have rewritten, split, merged and blackened."""

from __future__ import annotations

import pytest

from minutes.record.editing import machine
from minutes.record.editing.edits import Merge, Redact, Retext, Split
from minutes.record.editing.words import REDACTED
from tests.minutes.record.conftest import Sessions
from tests.minutes.record.editing.table import MEETING, Table, said


@pytest.fixture
async def table(sessions: Sessions) -> Table:
    made = Table(sessions)
    await made.seat()
    return made


async def heard(table: Table) -> list[str]:
    there = await table.lines()
    async with table.sessions() as session:
        return list((await machine.heard(session, MEETING, list(there.values()))).values())


async def test_a_rewritten_line_still_tells_what_was_heard(table: Table) -> None:
    one, two = await table.hear(99.0, said(10.0, "rapat kami buka"), said(20.0, "usul taknis"))
    await table.make(Retext(one.id, 1, "Rapat resmi dibuka"))
    await table.make(Retext(one.id, 2, "Dibuka"))
    assert await heard(table) == ["rapat kami buka", "usul taknis"]
    await table.make(Split(two.id, 1, 5))
    assert await heard(table) == ["rapat kami buka", "usul", "taknis"]
    await table.make(Merge(one.id, 3, two.id, 2))
    assert (await table.texts(), await heard(table)) == (
        ["Dibuka usul", "taknis"],
        ["rapat kami buka usul", "taknis"],
    )


async def test_what_is_blackened_is_not_told_by_the_machine_either(table: Table) -> None:
    (line,) = await table.hear(99.0, said(10.0, "nomor saya delapan sembilan segera"))
    await table.make(Redact(line.id, 1, 11, 27, "nomor telepon pribadi"))
    assert await heard(table) == [f"nomor saya {REDACTED} segera"]
    await table.make(Retext(line.id, 2, f"Nomor {REDACTED} segera"))
    assert await heard(table) == [f"nomor saya {REDACTED} segera"]
