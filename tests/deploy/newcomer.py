"""`make run`, as somebody types it who has just come."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.journeys.stage import free_port
from tests.waiting import until

OURS = ("VIRTUAL_ENV", "RAKOR_", "PYTHON", "MAKE", "MFLAGS")


@dataclass(frozen=True)
class Run:
    clone: Path
    port: int
    command: subprocess.Popen[bytes]

    @property
    def printed(self) -> str:
        return (self.clone / "printed.log").read_text()

    def answers(self, within: float) -> str:
        """What it printed until then."""
        until(lambda: self.command.poll() is not None or self._well(), within, lambda: self.printed[-4000:])
        assert self.command.poll() is None, self.printed[-4000:]
        return self.printed

    def stop(self) -> None:
        """Idempotent."""
        if self.command.poll() is None:
            os.killpg(self.command.pid, signal.SIGTERM)
            self.command.wait(timeout=30)

    def _well(self) -> bool:
        try:
            return httpx2.get(f"http://localhost:{self.port}/healthz", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False


def begin(clone: Path) -> Run:
    port = free_port(socket.SOCK_STREAM)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment |= {"RAKOR_PORT": str(port), "RAKOR_MEDIA_PORT": str(free_port(socket.SOCK_DGRAM))}
    with (clone / "printed.log").open("wb") as log:
        command = subprocess.Popen(
            ["make", "run"], cwd=clone, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    return Run(clone, port, command)
