"""Which loop sends packets to many: the one in C where it was compiled, the one in Python everywhere else."""

from __future__ import annotations

import logging
import socket
from pathlib import Path

from media.fanout import Engine
from media.fanout_c import LIBRARY, CEngine
from media.fanout_python import PythonEngine

logger = logging.getLogger(__name__)


def make_engine(choice: str, sockets: dict[int, socket.socket], library: Path = LIBRARY) -> Engine:
    """`choice`: `python`, `c` or `auto`. Raises `OSError` for `c` where it cannot be loaded."""
    fds = {family: each.fileno() for family, each in sockets.items()}
    if choice == "c" or (choice == "auto" and library.exists()):
        try:
            return CEngine(fds, library)
        except OSError as error:
            if choice == "c":
                raise
            logger.warning("the compiled fan-out cannot be loaded, the one in Python is used: %s", error)
    return PythonEngine(fds)
