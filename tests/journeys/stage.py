"""The product as its users start it: a server process with its own data, on free ports."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.waiting import until

PASSWORD = "rakor-demo-2020"
START_WITHIN_S = 90.0
STOP_WITHIN_S = 60.0
LAST = 19  # the priority of whoever can wait


def free_port(kind: int) -> int:
    """A port that nobody holds at the moment."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Stage:
    """One Rakor: `start`, `kill` (SIGKILL, as a power cut does it), `start` again, `stop`."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: free_port(socket.SOCK_STREAM))
    media_port: int = field(default_factory=lambda: free_port(socket.SOCK_DGRAM))
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def start(self) -> None:
        """Start the server; returns when it says that it is well."""
        self.data.mkdir(parents=True, exist_ok=True)
        environment = os.environ | {
            "RAKOR_DATA": str(self.data),
            "RAKOR_PORT": str(self.port),
            "RAKOR_MEDIA_PORT": str(self.media_port),
            "RAKOR_SECOND_HEARING": "false",  # a journey has the cores for itself; one asks for it
            **self.settings,
        }
        rakor = Path(sys.executable).parent / "rakor"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([rakor, "serve", "--demo"], env=environment, stdout=log, stderr=log)
        self.wait_until_well()

    def wait_until_well(self) -> None:
        until(self.is_well_or_gone, START_WITHIN_S, self.excuse)
        assert self.process is not None
        assert self.process.poll() is None, self.excuse()

    def excuse(self) -> str:
        return "the server did not become well:\n" + self.log.read_text()[-4000:]

    def is_well_or_gone(self) -> bool:
        return self.is_well() or self.process is None or self.process.poll() is not None

    def is_well(self) -> bool:
        """Asked many times while it starts, with as little work as can be: the server needs the machine."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return int(answer.status) == 200
        except OSError:
            return False

    def kill(self) -> None:
        """End the server as a power cut does: no handler runs."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def step_back(self) -> None:
        """Whoever transcribes waits for everybody else: on a small machine browsers need all of it."""
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (process / "cmdline").read_text().split("\0")
                if "minutes.speech.worker" in command and str(self.data) in command:
                    for task in (process / "task").iterdir():
                        os.setpriority(os.PRIO_PROCESS, int(task.name), LAST)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("the server did not end:\n" + self.log.read_text()[-8000:]) from None

    @contextmanager
    def client(self, username: str) -> Iterator[httpx2.Client]:
        """An API client, signed in. The host is a secure context for cookies as a browser sees it."""
        with httpx2.Client(base_url=self.url, headers={"Origin": self.url}, timeout=30) as client:
            answer = client.post("/api/v1/session", json={"username": username, "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            # The cookie is Secure; browsers send it to http://localhost, this library does not by itself.
            client.headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]
            yield client
