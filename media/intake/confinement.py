"""A process that reads one file and writes in one directory, and can do nothing else: Landlock (landlock(7), Linux).

Whoever finds a hole in a decoder cannot read or make any other file; with newer kernels neither cut one off (6.2),
speak TCP (6.7) nor send signals (6.12). UDP it cannot forbid: `limits.leave_the_network` does, where that is permitted.
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_ASK_VERSION = 1
_PATH_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_REG, _TRUNCATE = 1 << 5, 1 << 8, 1 << 14
_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""What is forbidden from each version of the interface on: everything it knows."""
_NETWORK = {4: 0b11}
_SCOPES = {6: 0b11}


def confine(file: Path, directory: Path) -> bool:
    """Of the calling process, for good; False where the kernel cannot. Modules must have been imported before.

    Needs `PR_SET_NO_NEW_PRIVS`. Raises `OSError`.
    """
    version = _syscall(_CREATE_RULESET, None, 0, _ASK_VERSION, may_fail=True)
    if version < 1:
        return False
    files = _newest(_FILES, version)
    forbidden = struct.pack("=QQQ", files, _newest(_NETWORK, version), _newest(_SCOPES, version))
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _syscall(_CREATE_RULESET, forbidden, size, 0)
    _allow(ruleset, file, _READ_FILE)
    within = _READ_DIR | _READ_FILE | _WRITE_FILE | _MAKE_REG | _REMOVE_FILE | _TRUNCATE
    _allow(ruleset, directory, within & files)
    _syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return True


def _allow(ruleset: int, path: Path, access: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        _syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", access, descriptor), 0)
    finally:
        os.close(descriptor)


def _newest(known: dict[int, int], version: int) -> int:
    return next((known[each] for each in sorted(known, reverse=True) if each <= version), 0)


def _syscall(number: int, *arguments: int | bytes | None, may_fail: bool = False) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    passed = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result = int(libc.syscall(ctypes.c_long(number), *passed))
    if result < 0 and not may_fail:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
