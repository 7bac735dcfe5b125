"""A file becomes a track as the recorder writes one, once, however often it is begun."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from media.intake import errors, track
from media.intake.process import PATIENT, Patience, take
from media.intake.reading import LONGEST_S, Reading
from media.intake.track import Progress
from minutes.speech.audio import OpusDecoder, RecordedTrack
from tests import recordings
from tests.waiting import until

SPOKEN = recordings.speech("rakor-1/ratna.flac", 2.0, 34.0)


def heard(directory: Path) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """What is played back, at 16 kHz."""
    decoder, found = OpusDecoder(), np.zeros(40 * 16_000, np.float32)
    for at, payload in RecordedTrack(directory).packets():
        sound = decoder.decode(at, payload)
        if sound is not None:
            found[sound.position : sound.end] = sound.samples
    return found


def test_what_is_played_back_is_what_was_in_the_file(tmp_path: Path) -> None:
    reading = Reading(recordings.write(tmp_path / "rapat.flac", SPOKEN))
    steps = list(track.write(reading.stretches(), tmp_path / "track"))
    reading.close()
    assert [step.until for step in steps] == pytest.approx([10.0, 20.0, 30.0, 32.0])
    assert [step.share for step in steps] == sorted(step.share for step in steps)
    found, wanted = heard(tmp_path / "track"), SPOKEN[::3].astype(np.float32) / 32768
    lag = max(range(-320, 320), key=lambda by: float(np.dot(np.roll(found[: len(wanted)], -by), wanted)))
    assert abs(lag) <= 16 * 10  # 10 ms: what an encoder looks ahead
    assert np.corrcoef(np.roll(found[: len(wanted)], -lag), wanted)[0, 1] > 0.8


def test_a_second_try_writes_only_what_is_missing(tmp_path: Path) -> None:
    file = recordings.write(tmp_path / "rapat.mp3", SPOKEN)
    first, second, whole = Reading(file), Reading(file), Reading(file)
    assert len(list(islice(track.write(first.stretches(), tmp_path / "twice"), 2))) == 2
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "twice").iterdir()}
    steps = list(track.write(second.stretches(), tmp_path / "twice"))
    assert steps[0].until > 20.0
    list(track.write(whole.stretches(), tmp_path / "once"))
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "twice").iterdir()}
    assert before.items() <= after.items()
    assert set(after) == {path.name for path in (tmp_path / "once").iterdir()}
    twice, once = (list(RecordedTrack(tmp_path / name).packets()) for name in ("twice", "once"))
    assert [at for at, _ in twice] == [at for at, _ in once]
    assert np.corrcoef(heard(tmp_path / "twice"), heard(tmp_path / "once"))[0, 1] > 0.99
    assert list(track.write(Reading(file).stretches(), tmp_path / "twice")) == []


@pytest.mark.parametrize("suffix", recordings.FORMATS)
async def test_a_process_takes_every_format(tmp_path: Path, suffix: str) -> None:
    steps: list[Progress] = []
    file = recordings.write(tmp_path / f"rapat.{suffix}", SPOKEN, pictures=suffix == "mp4")
    taken = await take(file, tmp_path / "track", steps.append)
    assert taken.length == pytest.approx(32.0, abs=0.1)
    assert not taken.cut_short
    assert steps[-1] == Progress(1.0, taken.length)
    assert RecordedTrack(tmp_path / "track").until == taken.length


async def test_a_process_says_why_it_does_not(tmp_path: Path) -> None:
    bad = tmp_path / "acak.mp3"
    bad.write_bytes(np.random.default_rng(1).bytes(300_000))
    with pytest.raises(errors.NotMedia):
        await take(bad, tmp_path / "track", lambda _: None)
    with pytest.raises(errors.NoSound):
        await take(recordings.write_film(tmp_path / "bisu.mp4", 1.0), tmp_path / "track", lambda _: None)


def child(file: Path) -> int | None:
    """The process that reads `file`."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"media.intake" in command and str(file).encode() in command:
            return int(process.name)
    return None


def waiting_file(tmp_path: Path) -> Path:
    """A file that never comes to an end: who reads it waits."""
    os.mkfifo(tmp_path / "rapat.mp3")
    return tmp_path / "rapat.mp3"


async def test_a_process_that_dies_costs_nothing_but_the_file(tmp_path: Path) -> None:
    file = waiting_file(tmp_path)
    taking = asyncio.create_task(take(file, tmp_path / "track", lambda _: None))
    pid = await asyncio.to_thread(until, lambda: child(file), 20.0, "no process began")
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(errors.Damaged):
        await taking


async def test_calling_it_off_ends_the_process(tmp_path: Path) -> None:
    file = waiting_file(tmp_path)
    taking = asyncio.create_task(take(file, tmp_path / "track", lambda _: None))
    await asyncio.to_thread(until, lambda: child(file), 20.0, "no process began")
    taking.cancel()
    await asyncio.wait([taking])
    assert taking.cancelled()
    assert child(file) is None


async def test_a_process_that_never_comes_to_an_end_is_ended(tmp_path: Path) -> None:
    """It says all the time that it is alive."""
    file = tmp_path / "rapat.mp3"
    file.touch()
    os.truncate(file, 1 << 40)  # no bytes on disk, half an hour to read
    with pytest.raises(errors.Damaged):
        await take(file, tmp_path / "track", lambda _: None, Patience(begin_s=1.0, byte_s=0.0))
    assert child(file) is None


async def test_a_process_that_says_nothing_is_ended(tmp_path: Path) -> None:
    file = waiting_file(tmp_path)
    with pytest.raises(errors.Damaged):
        await take(file, tmp_path / "track", lambda _: None, Patience(silent_s=1.0))
    assert child(file) is None


def test_who_has_more_to_do_gets_more_time() -> None:
    times = [PATIENT.most(0, 0.0), PATIENT.most(0, 3600.0), PATIENT.most(16 * 10**9, 0.0)]
    assert times == [600.0, 2400.0, 8600.0]
    assert PATIENT.most(0, float("inf")) == PATIENT.most(0, LONGEST_S)
    assert PATIENT.most(0, float("nan")) == PATIENT.most(0, -1.0) == 600.0


ALONE = """
import os, socket, sys
from pathlib import Path
from media.intake import limits
from media.intake.confinement import confine
file, directory = Path(sys.argv[1]), Path(sys.argv[2])
limits.take_on(os.getppid())
if not confine(file, directory):
    sys.exit(77)
assert file.read_bytes() == b"suara"
(directory / "a.part").write_bytes(b"x")
(directory / "a.part").rename(directory / "a.webm")
for deed in (
    lambda: Path("/etc/passwd").read_bytes(),
    lambda: file.write_bytes(b""),
    lambda: (directory.parent / "b").write_bytes(b""),
    lambda: list(directory.parent.iterdir()),
    lambda: socket.create_connection(("127.0.0.1", int(sys.argv[3]))),
    lambda: os.kill(os.getppid(), 0),
):
    try:
        deed()
    except PermissionError:
        continue
    sys.exit(3)
"""


def test_whoever_reads_a_strange_file_can_reach_nothing_else(tmp_path: Path) -> None:
    """Where the kernel has Landlock."""
    (tmp_path / "track").mkdir()
    (file := tmp_path / "rapat.mp3").write_bytes(b"suara")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", ALONE, file, tmp_path / "track", port],
            capture_output=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        )
    if done.returncode == 77:
        pytest.skip("this kernel has no Landlock")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "track" / "a.webm").read_bytes() == b"x"
    assert file.read_bytes() == b"suara"


LONELY = """
import os, socket, sys
from media.intake import limits
print(limits.leave_the_network())
limits.take_on(os.getppid())
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as speaking:
    speaking.sendto(b"rapat", ("127.0.0.1", int(sys.argv[1])))
"""


def test_whoever_reads_a_strange_file_speaks_to_nobody(tmp_path: Path) -> None:
    """UDP, which Landlock leaves open; where a network of one's own is forbidden, `leave_the_network` says so."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        done = subprocess.run(
            [sys.executable, "-c", LONELY, str(listening.getsockname()[1])],
            capture_output=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
            text=True,
        )
    alone, reached = done.stdout.strip() == "True", done.returncode == 0
    assert alone != reached, done.stderr
    assert reached or "Network is unreachable" in done.stderr


@pytest.mark.parametrize(
    ("deed", "ends"),
    [
        ("bytearray(limits.MEMORY_BYTES)", b"MemoryError"),
        ("import pathlib; pathlib.Path('big').write_bytes(bytes(2 * limits.FILE_BYTES))", b"OSError"),
        ("[open('/dev/null') for _ in range(200)]", b"OSError"),
    ],
)
def test_whoever_reads_strange_files_is_held_short(tmp_path: Path, deed: str, ends: bytes) -> None:
    script = f"import os; from media.intake import limits; limits.take_on(os.getppid()); {deed}"
    checkout = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(checkout)},
    )
    assert done.returncode == 1
    assert ends in done.stderr
