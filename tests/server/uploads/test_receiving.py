"""Bytes of an upload: what came is on disk, however it ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from server.errors import BadRequest, Conflict, NoRoom, TooLarge
from server.uploads.receiving import AT_ONCE, RESERVE, Receiving
from tests.waiting import settled

PLENTY = 10 * RESERVE


async def blocks(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def broken(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    raise ConnectionError("the line broke")


async def silent(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    await asyncio.Event().wait()


@pytest.fixture
def here(tmp_path: Path) -> Receiving:
    return Receiving(tmp_path / "uploads", lambda _: PLENTY)


async def test_parts_are_put_together(here: Receiving) -> None:
    assert here.received("a") == 0
    assert await here.append("a", 0, 10, blocks([b"rapat", b"-"])) == 6
    assert await here.append("a", 6, 10, blocks([b"ini", b"!"])) == 10
    assert here.path("a").read_bytes() == b"rapat-ini!"


@pytest.mark.parametrize("offset", [0, 5, 7])
async def test_another_place_is_refused(here: Receiving, offset: int) -> None:
    await here.append("a", 0, 10, blocks([b"rapat-"]))
    with pytest.raises(Conflict) as refusal:
        await here.append("a", offset, 10, blocks([b"x"]))
    assert refusal.value.code == "wrong_offset"
    assert here.path("a").read_bytes() == b"rapat-"


async def test_more_than_was_announced_is_refused(here: Receiving) -> None:
    with pytest.raises(TooLarge):
        await here.append("a", 0, 10, blocks([b"rapat-", b"terlalu"]))
    assert here.received("a") == 6


async def test_a_line_that_breaks_loses_nothing_that_came(here: Receiving) -> None:
    part = bytes(range(256)) * (AT_ONCE // 256)
    with pytest.raises(ConnectionError):
        await here.append("a", 0, 10**9, broken([part, part, b"rest"]))
    assert here.path("a").read_bytes() == part + part + b"rest"


async def test_a_newer_line_takes_over(here: Receiving) -> None:
    """Behind a line that broke silently the older request waits for bytes that come on the newer."""
    older = asyncio.create_task(here.append("a", 0, 10, silent([b"rapat-"])))
    await settled()
    with pytest.raises(Conflict) as refusal:
        await here.append("a", 0, 10, blocks([b"x"]))
    assert refusal.value.code == "wrong_offset"
    with pytest.raises(Conflict) as taken:
        await older
    assert taken.value.code == "taken_over"
    assert await here.append("a", 6, 10, blocks([b"ini!"])) == 10
    assert here.path("a").read_bytes() == b"rapat-ini!"


async def test_of_two_newer_lines_one_writes(here: Receiving) -> None:
    older = asyncio.create_task(here.append("a", 0, 10, silent([b"rapat-"])))
    await settled()
    newer = [here.append("a", 6, 10, blocks([b"ini!"])) for _ in range(2)]
    ends = await asyncio.gather(older, *newer, return_exceptions=True)
    assert [end for end in ends if not isinstance(end, Conflict)] == [10]
    assert here.path("a").read_bytes() == b"rapat-ini!"


async def test_a_line_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    here = Receiving(tmp_path, lambda _: PLENTY, idle_s=0.05)
    with pytest.raises(BadRequest):
        await here.append("a", 0, 10, silent([b"rapat-"]))
    assert here.received("a") == 6


async def test_a_meeting_always_has_room_to_be_recorded(tmp_path: Path) -> None:
    free = [RESERVE + AT_ONCE]
    here = Receiving(tmp_path, lambda _: free[0])
    assert here.room() == AT_ONCE

    async def filling() -> AsyncIterator[bytes]:
        yield bytes(AT_ONCE)
        free[0] = RESERVE - 1
        yield bytes(AT_ONCE)

    with pytest.raises(NoRoom):
        await here.append("a", 0, 10**9, filling())
    assert here.received("a") == AT_ONCE
    free[0] = PLENTY
    assert await here.append("a", AT_ONCE, 10**9, blocks([b"rapat"])) == AT_ONCE + 5


async def test_what_nobody_needs_is_swept_away(here: Receiving) -> None:
    for name in ("a", "b"):
        await here.append(name, 0, 10, blocks([b"rapat"]))
    here.forget_all_but(["b", "never-begun"])
    assert (here.received("a"), here.received("b")) == (0, 5)
    await here.remove("b")
    await here.remove("b")
    assert here.received("b") == 0
