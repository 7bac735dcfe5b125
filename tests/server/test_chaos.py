"""Speech workers die again and again, the server once: the archive is that of a meeting in which nothing happened."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from minutes.record.models import Line
from tests.minutes.speech.sounds import TimedPacket, opus, voice
from tests.server.chaos import hold, office
from tests.undisturbed import Said, Verdict, compare

SPEAKERS = ("ratna", "bambang", "maria", "wulan")
SEED = 20_200_709
BEGIN, END = 94.0, 124.5  # of rakor-1: three people
WHOLE_S = 209.5


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("weights")


def sound(begin: float, end: float) -> dict[str, list[TimedPacket]]:
    return {name: opus(voice(name, begin, end)) for name in SPEAKERS}


def moments(count: int, until: float) -> list[float]:
    chance = random.Random(SEED)
    return sorted(chance.uniform(1.0, until - 1.0) for _ in range(count))


def said(lines: Sequence[Line]) -> list[Said]:
    return [Said(line.person_name or "", line.start, line.end, line.text) for line in lines]


async def compared(
    tmp_path: Path, weights: Path, begin: float, end: float, kills: Sequence[float], dies_at: float
) -> Verdict:
    spoken = sound(begin, end)
    async with office(tmp_path / "quiet", weights) as quiet:
        undisturbed = said(await hold(quiet, spoken))
    async with office(tmp_path / "chaos", weights) as chaos:
        disturbed = said(await hold(chaos, spoken, kills, dies_at))
        assert chaos.killed == len(kills) + 1
    verdict = compare(undisturbed, disturbed)
    print(f"\n{len(kills)} workers killed, server killed at {dies_at} s\n{verdict}")
    assert len(undisturbed) == verdict.same + len(verdict.reworded) + len(verdict.lost)
    return verdict


def judge(verdict: Verdict, most_reworded: int) -> None:
    """Other words may stand only where an utterance was cut: by the server's death or a disk that was full."""
    assert (verdict.lost, verdict.twice, verdict.invented) == ((), (), ())
    assert len(verdict.reworded) <= most_reworded
    assert verdict.same > 0


async def test_a_short_meeting_whose_workers_and_server_die(tmp_path: Path, weights: Path) -> None:
    kills = moments(4, END - BEGIN)
    judge(await compared(tmp_path, weights, BEGIN, END, kills, dies_at=15.0), most_reworded=1)


@pytest.mark.full
@pytest.mark.timeout(1200)
async def test_the_whole_meeting_with_twenty_dead_workers_and_a_dead_server(tmp_path: Path, weights: Path) -> None:
    verdict = await compared(tmp_path, weights, 0.0, WHOLE_S, moments(20, WHOLE_S), dies_at=100.0)
    judge(verdict, most_reworded=1)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real one, of 8 MB."""
    if os.geteuid() != 0:
        pytest.skip("disks are mounted by root only")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", disk], check=True)
    yield disk
    subprocess.run(["umount", disk], check=True)


async def test_what_was_said_while_the_disk_was_full_is_kept_once(
    tmp_path: Path, weights: Path, small_disk: Path
) -> None:
    spoken = {"maria": sound(BEGIN, END)["maria"]}
    async with office(tmp_path, weights) as quiet:
        undisturbed = said(await hold(quiet, spoken))
    async with office(small_disk, weights) as full:
        verdict = compare(undisturbed, said(await hold(full, spoken, full_at=12.0)))
    print(f"\n{verdict}")
    judge(verdict, most_reworded=1)
