from __future__ import annotations

import asyncio

import pytest

from server.closing import closed


async def test_a_part_that_ends_is_waited_for() -> None:
    ended = []

    async def close() -> None:
        await asyncio.sleep(0)
        ended.append(True)

    await closed("a part", close(), 60.0)
    assert ended == [True]


async def test_one_that_fails_is_named_and_keeps_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async def close() -> None:
        raise OSError("the disk is gone")

    await closed("a part", close(), 60.0)
    assert "a part did not end well" in caplog.text
    assert "the disk is gone" in caplog.text


async def test_one_that_hangs_is_left_and_said_to_hang_where_it_does(caplog: pytest.LogCaptureFixture) -> None:
    async def hang_for_ever() -> None:
        await asyncio.Event().wait()

    await closed("a part", hang_for_ever(), 0.0)
    assert "a part did not end within 0 s" in caplog.text
    assert "hang_for_ever" in caplog.text
    assert f"{__file__}:" in caplog.text
