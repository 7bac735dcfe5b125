"""What is handed to the disk, when, and what happens when the disk does not follow."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from media.recorder import PAUSE_S, Chunk, ChunkWriter, Recorder
from media.reorder import Sound


def sounds(start: float, count: int = 50) -> tuple[Sound, ...]:
    return tuple(Sound(start + n * 0.02, start + (n + 1) * 0.02, b"\xf8\xff\xfe") for n in range(count))


def test_what_was_said_before_a_mute_does_not_wait_in_memory(tmp_path: Path) -> None:
    writer = ChunkWriter()
    recorder = Recorder(tmp_path, writer)
    for sound in sounds(10.0):
        recorder.take(sound)
    recorder.idle(11.0 + PAUSE_S / 2)
    recorder.idle(11.0 + PAUSE_S + 0.1)
    recorder.idle(11.0 + PAUSE_S + 5)
    writer.close()
    assert [path.name for path in tmp_path.iterdir()] == ["0000010000-0000011000.webm"]


def test_a_disk_that_hangs_holds_nobody_up_and_costs_no_last_words(tmp_path: Path) -> None:
    writer, hanging = ChunkWriter(most_waiting=2), threading.Event()

    def hang() -> None:
        hanging.wait(60)

    writer.call(hang)
    for number in range(5):
        writer.write(Chunk(tmp_path, sounds(number * 10.0)))
    writer.write(Chunk(tmp_path, sounds(100.0)), last=True)
    done = threading.Event()
    writer.call(done.set)
    assert (writer.dropped, done.is_set()) == (3, False)
    hanging.set()
    writer.close()
    assert done.is_set()
    assert sorted(int(path.name[:10]) for path in tmp_path.iterdir()) == [0, 10_000, 100_000]


def test_room_in_the_queue_comes_back(tmp_path: Path) -> None:
    writer = ChunkWriter(most_waiting=1)
    for number in range(3):
        written = threading.Event()
        writer.write(Chunk(tmp_path, sounds(number * 10.0)))
        writer.call(written.set)
        assert written.wait(30)
    writer.close()
    assert writer.dropped == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real one, of 64 kB."""
    if os.geteuid() != 0:
        pytest.skip("disks are mounted by root only")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", tmp_path], check=True)
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def fill(disk: Path) -> Path:
    """Take all room there is."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free))
    return ballast


def test_a_full_disk_is_waited_for(small_disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    writer, ballast = ChunkWriter(again_s=0.01), fill(small_disk)
    written = threading.Event()
    for number in range(3):
        writer.write(Chunk(small_disk / "maria", sounds(number * 10.0)))
    writer.call(written.set)
    assert not written.wait(0.2)
    ballast.unlink()
    assert written.wait(30)
    writer.close()
    assert sorted(path.name[:10] for path in (small_disk / "maria").iterdir()) == [
        "0000000000",
        "0000010000",
        "0000020000",
    ]
    assert writer.dropped == 0
    assert caplog.text.count("the disk is full") == 1


def test_a_disk_that_stays_full_keeps_nobody_from_going(small_disk: Path) -> None:
    writer = ChunkWriter(again_s=30.0)
    fill(small_disk)
    writer.write(Chunk(small_disk, sounds(0.0)))
    writer.close()
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
