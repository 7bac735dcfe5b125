"""The speech process: `python -m minutes.speech.worker --data DIR`. Commands on stdin, replies on stdout (wire.py).

It ends when stdin ends, and the kernel ends it when its parent dies: what it had not yet said is said again by the next
one, from the watermark.
"""

from __future__ import annotations

import argparse
import logging
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import BinaryIO, cast

from minutes.speech.engines.loading import EngineUnavailable, load_engine
from minutes.speech.engines.records import WeightsError
from minutes.speech.family import die_with_parent
from minutes.speech.listener import heard_by
from minutes.speech.ports import Command, Drafter, Engine, Failed, Ready, Reply
from minutes.speech.transcriber import Transcriber
from minutes.speech.wire import BadFrame, FrameReader, encode

_READ = 1 << 16
# Commands read but not looked at yet, while one utterance is being transcribed. When full, the pipe fills, and the
# parent notices.
_INBOX = 20_000
_IDLE = 0.25  # seconds between looks at who has become silent


class Inbox:
    """Reads commands on its own thread, so that the parent is never kept waiting by an utterance."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._commands: queue.Queue[Command | None] = queue.Queue(_INBOX)
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def take(self, wait: float) -> list[Command] | None:
        """Everything that has come, waiting up to `wait` seconds for the first; None when there is no more to come."""
        taken: list[Command] = []
        try:
            command = self._commands.get(timeout=wait) if wait else self._commands.get_nowait()
            while command is not None:
                taken.append(command)
                command = self._commands.get_nowait()
        except queue.Empty:
            return taken
        return None

    def _read(self) -> None:
        frames = FrameReader()
        try:
            while data := os.read(self._source.fileno(), _READ):
                for message in frames.feed(data):
                    self._commands.put(cast(Command, message))
        except (BadFrame, OSError) as error:
            logging.getLogger(__name__).error("the pipe of commands broke: %s", error)
        self._commands.put(None)


def serve(engine: Engine, source: BinaryIO, target: BinaryIO) -> None:
    """Until `source` ends."""
    from minutes.speech.silero import SileroVad

    drafter = engine if isinstance(engine, Drafter) else None
    inbox, transcriber = Inbox(source), Transcriber(engine, SileroVad, drafter=drafter)
    _say(target, Ready(heard_by(engine)))
    while (commands := inbox.take(0.0 if transcriber.busy(time.monotonic()) else _IDLE)) is not None:
        for command in commands:
            transcriber.take(command, time.monotonic())
        for reply in transcriber.step(time.monotonic()):
            _say(target, reply)


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    die_with_parent(options.parent)
    os.nice(options.gives_way)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides when we end
    target = _private_stdout()
    try:
        engine = load_engine(options.engine, options.model, options.data, options.threads)
    except (EngineUnavailable, WeightsError) as error:
        _say(target, Failed("", 0, "engine_unavailable", str(error)))
        return 1
    serve(engine, sys.stdin.buffer, target)
    return 0


def _say(target: BinaryIO, reply: Reply) -> None:
    target.write(encode(reply))
    target.flush()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="minutes.speech.worker", description="Transcribes for a Rakor server.")
    parser.add_argument("--data", type=Path, required=True, help="data directory; weights are assembled below it")
    parser.add_argument("--engine", default="faster_whisper")
    parser.add_argument("--model", default="")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--parent", type=int, default=0, help="end when this process is not the parent any more")
    parser.add_argument("--gives-way", type=int, default=0, help="niceness")
    return parser.parse_args(arguments)


def _private_stdout() -> BinaryIO:
    """The pipe of replies, under a descriptor no library knows; what libraries print goes to stderr."""
    private = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(private, "wb")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="speech: %(message)s")
    raise SystemExit(main())
