"""Which core runs what, and how much CPU a process has had."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE, GENERATOR_CORE = 0, 1


def take_generator_core() -> None:
    """For this process and whatever it starts from now on. Exits where there are not two cores."""
    if not {SERVER_CORE, GENERATOR_CORE} <= os.sched_getaffinity(0):
        raise SystemExit("this measurement needs two cores, one for the server and one for those who load it")
    os.sched_setaffinity(0, {GENERATOR_CORE})


@contextlib.contextmanager
def server_core() -> Iterator[None]:
    """What is started within runs on the server's core, all its threads."""
    os.sched_setaffinity(0, {SERVER_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, {GENERATOR_CORE})


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of a core that a process has had, and that it stood ready and waited because others had it."""

    had: float
    waited: float

    def __sub__(self, other: Usage) -> Usage:
        return Usage(self.had - other.had, self.waited - other.waited)


def usage(pid: int) -> Usage:
    """Of the threads that it has now (sched-stats.rst)."""
    had = waited = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread may have just ended
            fields = (task / "schedstat").read_text().split()
            had, waited = had + int(fields[0]), waited + int(fields[1])
    return Usage(had / 1e9, waited / 1e9)
