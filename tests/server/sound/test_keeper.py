"""What becomes of a mixed sound when things go wrong: with real processes, real files, and a disk that is really full."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
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
PATIENCE_S = 30.0


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


async def answered(keeper: SoundKeeper, meeting: str, seconds: float, *parts: Part) -> Mixed:
    async with asyncio.timeout(PATIENCE_S):
        while isinstance(found := await keeper.wanted(meeting, seconds, parts), float):
            await asyncio.sleep(0)
    return found


async def begun(keeper: SoundKeeper, meeting: str, *parts: Part) -> float:
    """Some of it is made, and not all."""
    async with asyncio.timeout(PATIENCE_S):
        while not (share := await keeper.wanted(meeting, HOURS_S, parts)):
            await asyncio.sleep(0)
    assert isinstance(share, float)
    assert share < 1
    return share


async def test_a_process_that_is_killed_leaves_no_half_file_and_who_asks_again_gets_it_made(
    keeper: SoundKeeper, part: Part, tmp_path: Path
) -> None:
    await begun(keeper, "m1", part)
    for process in mixers():
        os.kill(process, signal.SIGKILL)
    with pytest.raises(RakorError) as refused:
        await answered(keeper, "m1", HOURS_S, part)
    assert refused.value.code == "not_made"
    assert [each.suffix for each in (tmp_path / "mixed" / "m1").iterdir()] == [".part"]
    made = await answered(keeper, "m1", 4.0, part)
    assert sorted(each.suffix for each in (tmp_path / "mixed" / "m1").iterdir()) == [".peaks", ".webm"]
    assert abs(decoded(made.sound.read_bytes())[round(1.5 * SAMPLE_RATE_HZ) :]).max() > 0.3


async def test_a_redaction_makes_it_anew_and_stops_what_was_being_made(keeper: SoundKeeper, part: Part) -> None:
    await begun(keeper, "m1", part)
    (older,) = mixers()
    made = await answered(keeper, "m1", 4.0, part)
    assert older not in mixers()
    black = await answered(keeper, "m1", 4.0, Part(part.directory, ((0.0, 4.0),)))
    assert black.tag != made.tag
    assert abs(decoded(black.sound.read_bytes())).max() < 0.001
    assert not made.sound.exists()


async def test_a_later_chunk_makes_it_anew(keeper: SoundKeeper, part: Part) -> None:
    made = await answered(keeper, "m1", 8.0, part)
    assert (await answered(keeper, "m1", 8.0, part)).tag == made.tag
    record(part.directory, opus(tone(1.0), 6.0))
    assert (await answered(keeper, "m1", 8.0, part)).tag != made.tag


async def test_a_disk_that_is_full_is_told_so(keeper: SoundKeeper, part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop, "SPARE_BYTES", 1 << 62)
    with pytest.raises(NoRoom):
        await keeper.wanted("m1", 4.0, (part,))
    assert mixers() == []


async def test_meetings_wait_for_each_other_and_not_all_may(keeper: SoundKeeper, part: Part) -> None:
    await begun(keeper, "m0", part)
    for number in range(1, shop.MOST_WAITING):
        assert await keeper.wanted(f"m{number}", HOURS_S + number, (part,)) == 0.0
    with pytest.raises(Busy):
        await keeper.wanted("late", 4.0, (part,))
    assert len(mixers()) == 1
    assert isinstance(await keeper.wanted("m0", HOURS_S, (part,)), float)


async def test_failures_that_nobody_asks_for_again_keep_nobody_out(
    keeper: SoundKeeper, part: Part, tmp_path: Path
) -> None:
    keeper._directory.mkdir()
    for number in range(shop.MOST_WAITING + 1):
        (tmp_path / "mixed" / f"m{number}").write_text("where its directory should be")
        await keeper.wanted(f"m{number}", 4.0 + number, (part,))
        async with asyncio.timeout(PATIENCE_S):
            while keeper._making:
                await asyncio.sleep(0)
    assert (await answered(keeper, "well", 4.0, part)).sound.exists()
