"""Network namespaces of our own: made, entered, and taken down with everything that runs in them.

Their names carry the process id of whoever made them, so that what a killed run left behind can be told from what a
running one uses. Nothing outside these namespaces is ever changed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TypeVar

T = TypeVar("T")
MOUNTED = Path("/run/netns")
PREFIX = "rakor"
CLONE_NEWNET = 0x40000000  # linux/sched.h; os.setns came with Python 3.12
COMMAND_WITHIN_S = 10
libc = ctypes.CDLL(None, use_errno=True)


def run(*command: str, stdin: str | None = None) -> str:
    """Run a short command to its end; its output. Raises `AssertionError` with what it complained about."""
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=COMMAND_WITHIN_S, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.strip()}"
    return done.stdout


class Namespace:
    """One network namespace, with its loopback up."""

    def __init__(self, name: str) -> None:
        self.maker = os.getpid()
        self.name = f"{PREFIX}{self.maker}-{name}"
        run("ip", "netns", "add", self.name)
        # Nobody else can have our addresses: do not spend a second on asking.
        for which in ("all", "default"):
            self.set(f"ipv6.conf.{which}.accept_dad", "0")
        self.ip("link", "set", "lo", "up")

    def ip(self, *arguments: str) -> None:
        run("ip", "-n", self.name, *arguments)

    def set(self, key: str, value: str) -> None:
        """Set a parameter of the kernel's network, as `ipv4.ip_forward`, for this namespace."""
        self.call((Path("/proc/sys/net") / key.replace(".", "/")).write_text, value)

    def call(self, function: Callable[..., T], *arguments: object) -> T:
        """Call `function` inside. Sockets and processes that it makes stay inside, whoever uses them afterwards."""
        outcome: list[T] = []
        errors: list[BaseException] = []

        def inside() -> None:
            try:
                self._enter()
                outcome.append(function(*arguments))
            except BaseException as error:
                errors.append(error)

        thread = threading.Thread(target=inside, name=f"inside {self.name}")
        thread.start()
        thread.join()
        if errors:
            raise errors[0]
        return outcome[0]

    def start(
        self, command: Sequence[str], log: IO[bytes], environment: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a process inside; what it says goes to `log`."""
        return self.call(lambda: subprocess.Popen(command, stdout=log, stderr=log, env=environment))

    def wrap(self, program: str, folder: Path, names: dict[str, Sequence[str]]) -> str:
        """A command, written into `folder`, that starts `program` inside, where `names` have these addresses."""
        path = shutil.which(program)
        assert path, f"{program} is missing: `make setup-browser` installs it"
        known = [f"{address} {name}" for name, addresses in names.items() for address in addresses]
        (folder / "hosts").write_text("\n".join(["127.0.0.1 localhost", "::1 localhost", *known]) + "\n")
        # Nobody answers there, and says so at once: browsers ask for more than addresses, and would wait for it.
        (folder / "resolv.conf").write_text("nameserver 127.0.0.1\n")
        # `ip netns exec` gives a mount namespace as well: nobody else sees these.
        mounts = "".join(f"mount --bind {folder}/{name} /etc/{name} && " for name in ("hosts", "resolv.conf"))
        begin, command = f'{mounts}exec {path} "$@"', folder / f"{program}-inside"
        command.write_text(f"#!/bin/sh\nexec ip netns exec {self.name} sh -c '{begin}' {program} \"$@\"\n")
        command.chmod(0o755)
        return str(command)

    def close(self) -> None:
        """End every process inside and take the namespace down. Idempotent."""
        if (MOUNTED / self.name).exists():
            take_down(self.name)

    def _enter(self) -> None:
        """Move the calling thread, and no other, inside."""
        file = os.open(MOUNTED / self.name, os.O_RDONLY)
        try:
            if libc.setns(file, CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), f"setns: {os.strerror(ctypes.get_errno())}")
        finally:
            os.close(file)


def take_down(name: str) -> None:
    for process in run("ip", "netns", "pids", name).split():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(process), signal.SIGKILL)
    run("ip", "netns", "delete", name)


def clean() -> None:
    """Take down what runs that are over did not."""
    for mounted in sorted(MOUNTED.glob(f"{PREFIX}*-*")) if MOUNTED.exists() else []:
        made_by = re.match(rf"{PREFIX}(\d+)-", mounted.name)
        if made_by and not Path("/proc", made_by[1]).exists():
            take_down(mounted.name)
