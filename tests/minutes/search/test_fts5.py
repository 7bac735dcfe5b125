"""Search on a real database: finds every form, never what the caller may not see, and pages without loss."""

from __future__ import annotations

import base64
import json
import threading

import pytest

from minutes.record import tracks
from minutes.search.fts5 import MOST_RANKED, BadCursor, Fts5Index
from minutes.search.query import Query, Term, parse
from minutes.search.scope import Scope
from minutes.speech.ports import Utterance
from tests.minutes.record.conftest import Sessions, sessions, track

__all__ = ["sessions"]
INDEX = Fts5Index()
ALL = Scope(everything=True)


async def fill(sessions: Sessions, meeting: str, *texts: str) -> None:
    async with sessions() as session, session.begin():
        await tracks.create_track(session, track(f"t-{meeting}", meeting))
        token = (await tracks.take_lease(session, f"t-{meeting}")).token
        said = [Utterance(float(at), at + 1.0, text, ()) for at, text in enumerate(texts)]
        await tracks.store(session, f"t-{meeting}", token, 999.0, said, INDEX)


async def found(sessions: Sessions, typed: str, scope: Scope = ALL, meeting: str | None = None) -> list[str]:
    async with sessions() as session:
        page = await INDEX.search(session, parse(typed), scope, meeting=meeting)
        assert page.total == len(page.items)
        return [line.text for line in page.items]


async def test_every_form_of_a_word_is_found_and_its_own_form_first(sessions: Sessions) -> None:
    await fill(sessions, "m1", "Kita menyelesaikan sengketa.", "Penyelesaian sengketa pemilihan.", "Lain sama sekali.")
    assert await found(sessions, "penyelesaian sengketa ") == [
        "Penyelesaian sengketa pemilihan.",
        "Kita menyelesaikan sengketa.",
    ]


async def test_quotes_mean_exactly_this(sessions: Sessions) -> None:
    await fill(sessions, "m1", "Penyelesaian sengketa.", "Menyelesaikan sengketa.", "Sengketa penyelesaian.")
    assert await found(sessions, '"penyelesaian sengketa"') == ["Penyelesaian sengketa."]


async def test_a_word_is_found_while_it_is_typed(sessions: Sessions) -> None:
    await fill(sessions, "m1", "Rekapitulasi suara.")
    assert await found(sessions, "rekapi") == ["Rekapitulasi suara."]


async def test_lines_with_some_words_are_better_than_none(sessions: Sessions) -> None:
    await fill(sessions, "m1", "Bukti pelanggaran.", "Jadwal kampanye.")
    assert await found(sessions, "pelanggaran kampanye bukti ") == ["Bukti pelanggaran.", "Jadwal kampanye."]


@pytest.mark.parametrize("typed", ["a AND", 'NEAR("x', "surface:x OR", "x*", "-x", "^x", "'; DROP TABLE line;--", "(("])
async def test_nothing_typed_is_syntax(sessions: Sessions, typed: str) -> None:
    await fill(sessions, "m1", "x")
    try:
        await found(sessions, typed)
    except ValueError as error:
        assert getattr(error, "code", None) == "empty_query"  # noqa: PT017


async def test_the_forbidden_is_neither_found_nor_counted(sessions: Sessions) -> None:
    await fill(sessions, "m1", "sengketa satu")
    await fill(sessions, "m2", "sengketa dua", "sengketa tiga")
    assert await found(sessions, "sengketa ", Scope(meetings=frozenset({"m1"}))) == ["sengketa satu"]
    assert await found(sessions, "sengketa ", Scope()) == []
    assert await found(sessions, "sengketa ", Scope(meetings=frozenset({"m1"})), meeting="m2") == []
    assert len(await found(sessions, "sengketa ", meeting="m2")) == 2


async def test_pages_give_every_hit_once(sessions: Sessions) -> None:
    await fill(sessions, "m1", *(f"sengketa nomor {n} {'bukti ' * (n % 3)}" for n in range(25)))
    seen: list[str] = []
    cursor = None
    async with sessions() as session:
        while True:
            page = await INDEX.search(session, parse("sengketa bukti "), ALL, cursor, 4)
            seen += [line.id for line in page.items]
            cursor = page.next
            if cursor is None:
                break
    assert len(seen) == len(set(seen)) == page.total == 16


async def pages(sessions: Sessions, typed: str, limit: int, between: list[str]) -> list[str]:
    """Texts of all pages; between the first and the second somebody says `between`."""
    seen: list[str] = []
    cursor = None
    while True:
        async with sessions() as session:
            page = await INDEX.search(session, parse(typed), ALL, cursor, limit)
        if cursor is None:
            await fill(sessions, "between", *between)
        seen += [line.text for line in page.items]
        cursor = page.next
        if cursor is None:
            return seen


async def test_a_line_with_all_the_words_said_between_pages_hides_no_results(sessions: Sessions) -> None:
    await fill(sessions, "m1", "Bukti pelanggaran.", "Jadwal kampanye.", "Laporan pelanggaran.")
    seen = await pages(sessions, "pelanggaran kampanye ", 1, ["Pelanggaran kampanye."])
    assert seen == ["Bukti pelanggaran.", "Jadwal kampanye.", "Laporan pelanggaran."]


async def test_what_is_said_between_pages_moves_no_results_out_of_sight(sessions: Sessions) -> None:
    said = [f"sengketanya {n}" if n < 600 else f"sengketa {n}" for n in range(MOST_RANKED)]  # the oldest rank last
    await fill(sessions, "m1", *said)
    seen = await pages(sessions, "sengketa ", 1_500, [f"sengketa baru {n}" for n in range(600)])
    assert seen == said[600:] + said[:600]


async def test_lines_are_ranked_beside_the_event_loop(sessions: Sessions) -> None:
    threads: set[int] = set()

    class Watched(Term):
        def matches(self, token: str) -> bool:
            threads.add(threading.get_ident())
            return super().matches(token)

    await fill(sessions, "m1", "sengketa")
    async with sessions() as session:
        page = await INDEX.search(session, Query((Watched("sengketa", "sengketa"),), ()), ALL)
    assert page.total == 1
    assert threads
    assert threading.get_ident() not in threads


@pytest.mark.parametrize(
    "place",
    [
        ["XOR", 1, 0, 0, 0, 0, 0.0, 1],
        ["AND", 2**63, 0, 0, 0, 0, 0.0, 1],
        ["AND", -1, 0, 0, 0, 0, 0.0, 1],
        ["AND", 1.5, 0, 0, 0, 0, 0.0, 1],
        ["AND", 1, 0, 0, 0, 0, "", 1],
        ["AND", 1, 0, 0, 0, 0, 0.0],
        [[], 1, 0, 0, 0, 0, 0.0, 1],
        {"AND": 1},
    ],
)
async def test_a_forged_cursor_is_refused(sessions: Sessions, place: object) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
    async with sessions() as session:
        with pytest.raises(BadCursor):
            await INDEX.search(session, parse("sengketa"), ALL, cursor)


@pytest.mark.parametrize("cursor", ["x", "", "W10", "bnVsbA", "é", "WyJhIiwxLDEsMSwxLDFd"])
async def test_a_made_up_cursor_is_refused(sessions: Sessions, cursor: str) -> None:
    async with sessions() as session:
        await fill(sessions, "m1", "sengketa")
        with pytest.raises(BadCursor):
            await INDEX.search(session, parse("sengketa"), ALL, cursor)
