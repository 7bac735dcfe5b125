"""Real worker processes: they are killed, hang, lose their parent, and nothing is lost or said twice."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from minutes.speech.client import SpeechWorker, WorkerOptions
from minutes.speech.engines.weights import BASE_SHA256
from minutes.speech.ports import CatchUp, Command, Done, Failed, Finish, Hear, Heard, Listen, Ready, Reply, Utterance
from minutes.speech.scribe import Scribe
from minutes.speech.silero import SileroVad
from minutes.speech.transcriber import Transcriber
from minutes.speech.wire import FrameReader
from tests.minutes.speech.fakes import BrokenEngine
from tests.minutes.speech.sounds import TimedPacket, opus, record, voice

START = 103.0
WORKER = [sys.executable, "-m", "minutes.speech.worker"]


def talk() -> list[TimedPacket]:
    """Two utterances of Maria's, with a pause of five seconds between them."""
    first, second = voice("maria", 103.0, 110.5), voice("maria", 195.0, 201.0)
    return opus(first, START) + opus(second, START + 12.5)


def commands(packets: list[TimedPacket], track: str = "maria") -> list[Command]:
    slices = [tuple(packets[at : at + 50]) for at in range(0, len(packets), 50)]
    return [Listen(track, 1, START), *(Hear(track, 1, each) for each in slices), Finish(track, 1)]


def lines(replies: list[Reply]) -> list[Utterance]:
    return [utterance for reply in replies if isinstance(reply, Heard) for utterance in reply.utterances]


async def life(worker: SpeechWorker, scribe: Scribe, kill_after_line: bool) -> list[Reply]:
    """What a server does with one worker, until all is done or the worker has died."""
    stored: list[Reply] = []
    async for reply in worker.replies():
        stored.append(reply)
        for command in scribe.replied(reply, 0.0):
            worker.send(command)
        if kill_after_line and lines(stored) and worker.pid:
            os.kill(worker.pid, signal.SIGKILL)
            kill_after_line = False
        if scribe.idle:
            break
    scribe.worker_lost()
    await worker.close()
    return stored


async def test_a_killed_worker_is_replaced_and_every_line_is_said_once(data: Path) -> None:
    packets = talk()
    scribe = Scribe()
    scribe.begin("maria", 1, START, "")
    scribe.hear("maria", packets)
    scribe.end("maria")
    lives: list[list[Reply]] = []
    for kill in (True, False):
        worker = SpeechWorker(WorkerOptions(data))
        await worker.start()
        lives.append(await life(worker, scribe, kill))
    first, second = lives
    assert isinstance(first[0], Ready)
    assert not any(isinstance(reply, Done) for reply in first)
    assert isinstance(second[-1], Done)
    said = lines(first) + lines(second)
    assert len(said) == 2
    assert START <= said[0].start < said[0].end < START + 9 < START + 12 < said[1].start < said[1].end < START + 19
    assert "Kalimantan" in said[1].text


async def test_recordings_are_caught_up_with_and_live_comes_first(data: Path, tmp_path: Path) -> None:
    packets = talk()
    record(tmp_path, packets)
    worker = SpeechWorker(WorkerOptions(data))
    await worker.start()
    worker.send(CatchUp("old", 1, START, str(tmp_path)))
    for command in commands(packets[: 8 * 50], "new"):
        worker.send(command)
    replies: list[Reply] = []
    async for reply in worker.replies():
        replies.append(reply)
        if isinstance(reply, Done) and reply.track == "old":
            break
    await worker.close()
    await worker.close()
    assert [reply.track for reply in replies if isinstance(reply, Done)] == ["new", "old"]
    assert len([u for r in replies if isinstance(r, Heard) and r.track == "old" for u in r.utterances]) == 2


async def test_a_worker_that_hangs_is_ended(data: Path) -> None:
    worker = SpeechWorker(WorkerOptions(data), longest_outbox=1 << 20)
    await worker.start()
    assert worker.pid
    os.kill(worker.pid, signal.SIGSTOP)
    for _ in range(40):
        worker.send(Hear("a", 1, ((0.0, bytes(100_000)),)))
    assert [reply async for reply in worker.replies()] == []
    worker.send(Finish("a", 1))
    await worker.close()


async def test_a_worker_without_an_engine_says_so_and_ends(data: Path) -> None:
    worker = SpeechWorker(WorkerOptions(data, engine="shorthand"))
    await worker.start()
    (reply,) = [reply async for reply in worker.replies()]
    assert isinstance(reply, Failed)
    assert (reply.track, reply.code) == ("", "engine_unavailable")
    await worker.close()


def test_a_worker_ends_with_its_commands(data: Path) -> None:
    ended = subprocess.run([*WORKER, "--data", str(data)], input=b"", capture_output=True, timeout=60, check=True)
    (ready,) = FrameReader().feed(ended.stdout)
    assert isinstance(ready, Ready)
    assert ready.by.engine.startswith(f"rakor {version('rakor')}, faster-whisper 1.")
    assert (ready.by.model, ready.by.weights) == ("whisper-base", BASE_SHA256["model.bin"])
    options = json.loads(ready.by.options)["engine"]
    assert options["beam"] == 5
    assert {"runtime", "spelling", "longest", "tokens_a_second", "least_tokens"} <= options.keys()


def test_a_broken_pipe_of_commands_ends_it_too(data: Path) -> None:
    ended = subprocess.run(
        [*WORKER, "--data", str(data)], input=b"\xff" * 64, capture_output=True, timeout=60, check=True
    )
    assert b"pipe of commands broke" in ended.stderr


def test_a_worker_dies_with_its_parent(data: Path) -> None:
    """The parent is killed while it holds the pipe open through a third process, so that only the kernel can tell."""
    command = [*WORKER, "--data", str(data)]
    script = f"""
import os, subprocess, sys
hold, write = os.pipe()
worker = subprocess.Popen({command!r} + ["--parent", str(os.getpid())], stdin=hold, stdout=subprocess.PIPE)
worker.stdout.read(1)
print(worker.pid, flush=True)
sys.stdin.read()
"""
    read, write = os.pipe()
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=read, stdout=subprocess.PIPE)
    try:
        assert parent.stdout is not None
        worker = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        parent.wait()
        assert select.select([worker], [], [], 30.0)[0] == [worker]
        os.close(worker)
        parent.stdout.close()
    finally:
        parent.kill()
        parent.wait()
        os.close(read)
        os.close(write)


def test_an_orphan_does_not_begin(data: Path) -> None:
    ended = subprocess.run([*WORKER, "--data", str(data), "--parent", "1"], capture_output=True, timeout=60, check=True)
    assert ended.stdout == b""


def test_what_a_library_prints_does_not_reach_the_replies() -> None:
    script = (
        "from minutes.speech.worker import _private_stdout\nimport os\ntarget = _private_stdout()\n"
        "print('noise', flush=True)\nos.write(1, b'more')\ntarget.write(b'frame')\ntarget.close()\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)
    assert ended.stdout == b"frame"
    assert b"noise" in ended.stderr
    assert b"more" in ended.stderr


def test_a_broken_engine_does_not_end_the_work() -> None:
    work = Transcriber(BrokenEngine(), SileroVad)
    for command in commands(talk()):
        work.take(command, 0.0)
    replies: list[Reply] = []
    while work.busy(0.0):
        replies += work.step(0.0)
    assert [type(reply) for reply in replies if not isinstance(reply, Heard)] == [Failed]
    assert lines(replies) == []
