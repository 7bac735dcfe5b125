"""What a process may do that reads what strangers made: little, and not for long. Linux."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

MEMORY_BYTES = 1 << 30
CPU_S = 2 * 3600
"""A day of sound takes a quarter of it."""
FILE_BYTES = 64 << 20
FILES = 64
GIVES_WAY = 10  # to voices, and to whoever transcribes them
_CLONE_NEWUSER, _CLONE_NEWNET = 1 << 28, 1 << 30
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def take_on(parent: int) -> None:
    """Of the calling process, for good; it ends with `parent`. To be called before anything is read."""
    leave_the_network()
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel could be asked
        raise SystemExit(1)
    os.nice(GIVES_WAY)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def leave_the_network() -> bool:
    """Of the calling process, for good: sockets of any kind reach nobody. False where it is not permitted.

    Only in a user namespace may everybody do so, and containers often forbid those; root would lose there what it may
    do with files of others.
    """
    alone = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET
    return bool(ctypes.CDLL(None, use_errno=True).unshare(alone) == 0)
