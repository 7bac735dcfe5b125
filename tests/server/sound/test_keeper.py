"""What becomes of a mixed sound when things go wrong: with real processes and real files."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from minutes.speech.mixing import Part
from minutes.speech.ports import SAMPLE_RATE_HZ
from server.errors import Busy, NoRoom, RakorError
from server.sound import keeper as shop
from server.sound.keeper import Mixed, SoundKeeper
from tests.minutes.speech.sounds import opus, record, tone
from tests.same_sound import decoded

HOURS_S = 4 * 3600.0  # long enough to be in the middle of it for as long as a test wants
PATIENCE_S = 100.0  # of a process that gives way to everybody


@pytest.fixture
async def keeper(tmp_path: Path) -> AsyncIterator[SoundKeeper]:
    made = SoundKeeper(tmp_path / "mixed")
    yield made
    await made.close()
    assert mixers() == [], "whoever closes it ends what it started"


@pytest.fixture
def part(tmp_path: Path) -> Part:
    record(tmp_path / "track", opus(tone(2.0), 1.0))
    return Part(tmp_path / "track")


def mixers() -> list[int]:
    """Processes of ours that mix."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            mixes = b"minutes.speech.mixing_worker" in (each / "cmdline").read_bytes()
            if mixes and f"PPid:\t{os.getpid()}\n" in (each / "status").read_text():
                found.append(int(each.name))
        except OSError:
            pass  # it has ended meanwhile
    return found


async def eventually(answer: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await answer():  # noqa: ASYNC110  (the answer comes from another process)
            await asyncio.sleep(0.02)


async def answered(keeper: SoundKeeper, meeting: str, seconds: float, *parts: Part) -> Mixed:
    async def made() -> bool:
        return not isinstance(await keeper.wanted(meeting, seconds, parts), float)

    await eventually(made)
    found = await keeper.wanted(meeting, seconds, parts)
    assert isinstance(found, Mixed)
    return found


async def begun(keeper: SoundKeeper, meeting: str, *parts: Part) -> None:
    """Some of it is made, and not all."""

    async def share() -> object:
        return await keeper.wanted(meeting, HOURS_S, parts)

    await eventually(share)
    assert len(mixers()) == 1


@pytest.mark.full
async def test_a_process_that_is_killed_leaves_no_half_file_and_who_asks_again_gets_it_made(
    keeper: SoundKeeper, part: Part, tmp_path: Path
) -> None:
    await begun(keeper, "m1", part)
    os.kill(mixers()[0], signal.SIGKILL)
    with pytest.raises(RakorError) as refused:
        await answered(keeper, "m1", HOURS_S, part)
    assert refused.value.code == "not_made"
    assert [each.suffix for each in (tmp_path / "mixed" / "m1").iterdir()] == [".part"]
    made = await answered(keeper, "m1", 4.0, part)
    assert sorted(each.suffix for each in (tmp_path / "mixed" / "m1").iterdir()) == [".peaks", ".webm"]
    assert abs(decoded(made.sound.read_bytes())[round(1.5 * SAMPLE_RATE_HZ) :]).max() > 0.3


@pytest.mark.full
async def test_a_redaction_stops_what_is_being_made_and_nothing_of_it_is_left(
    keeper: SoundKeeper, part: Part, tmp_path: Path
) -> None:
    await begun(keeper, "m1", part)
    (older,) = mixers()
    black = await answered(keeper, "m1", 4.0, Part(part.directory, ((0.0, 4.0),)))
    assert older not in mixers()
    assert set((tmp_path / "mixed" / "m1").iterdir()) == {black.sound, black.peaks}
    assert abs(decoded(black.sound.read_bytes())).max() < 0.001
    assert not any(black.peaks.read_bytes())


def test_another_chunk_and_another_redaction_are_another_sound(part: Part) -> None:
    def tag(*silent: tuple[float, float]) -> str:
        return shop._tag(8.0, (Part(part.directory, silent),))

    before = tag()
    assert tag() == before
    assert tag((1.0, 1.5)) != before
    record(part.directory, opus(tone(1.0), 6.0))
    assert tag() != before


async def test_a_disk_that_is_full_is_told_so(part: Part, tmp_path: Path) -> None:
    keeper = SoundKeeper(tmp_path / "mixed", spare_bytes=1 << 62)
    with pytest.raises(NoRoom):
        await keeper.wanted("m1", 4.0, (part,))
    assert mixers() == []


async def test_meetings_wait_for_each_other_and_not_all_may(keeper: SoundKeeper, part: Part) -> None:
    for number in range(shop.MOST_WAITING):
        assert await keeper.wanted(f"m{number}", HOURS_S + number, (part,)) == 0.0
    with pytest.raises(Busy):
        await keeper.wanted("late", 4.0, (part,))
    assert isinstance(await keeper.wanted("m0", HOURS_S, (part,)), float)
    assert len(mixers()) <= 1


async def test_a_failure_that_nobody_asks_for_again_keeps_nobody_out(part: Part, tmp_path: Path) -> None:
    keeper = SoundKeeper(tmp_path / "mixed", most_waiting=1)
    (tmp_path / "mixed").mkdir()
    (tmp_path / "mixed" / "ill").write_text("a file where its directory should be")
    await keeper.wanted("ill", 4.0, (part,))

    async def let_in() -> bool:
        try:
            return await keeper.wanted("well", 4.0, (part,)) == 0.0
        except Busy:
            return False

    await eventually(let_in)
    await keeper.close()
