"""Files of lists and papers are made in processes of their own, one after the other."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from asyncio.subprocess import PIPE
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from server.errors import Busy, RakorError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kind = Literal["list.pdf", "list.xlsx", "paper.pdf", "paper.docx"]
"""A list of who attended (`attendance.document.Document`), or a paper (`minutes.notula.documents.paper.Paper`)."""
MOST_WAITING = 8
PATIENCE_S = 120.0  # many times what the longest list takes
logger = logging.getLogger(__name__)


class Printer:
    """At most `MOST_WAITING` wait for their file; who comes then is asked to come again."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()
        self._waiting = 0

    async def make(self, kind: Kind, document: DataclassInstance, made_at: datetime) -> bytes:
        """Cancelling ends the process. Raises `Busy`, and `RakorError` when it fails."""
        if self._waiting >= MOST_WAITING:
            raise Busy("Banyak dokumen sedang disusun. Coba lagi sebentar.")
        self._waiting += 1
        try:
            async with self._one:
                return await _made(kind, document, made_at)
        finally:
            self._waiting -= 1


async def _made(kind: Kind, document: DataclassInstance, made_at: datetime) -> bytes:
    asked = await asyncio.to_thread(_asked, document, made_at)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.printing.process", kind, stdin=PIPE, stdout=PIPE, env=_environment()
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            made, _ = await process.communicate(asked)
    except TimeoutError:
        made = b""
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode != 0 or not made:
        logger.error("the process that makes documents ended with %s", process.returncode)
        raise RakorError("Dokumen gagal disusun. Coba lagi, atau unduh dalam bentuk lain.", code="not_made")
    return made


def _asked(document: DataclassInstance, made_at: datetime) -> bytes:
    return json.dumps({"document": asdict(document), "made_at": made_at.isoformat()}).encode()


def _environment() -> dict[str, str]:
    """Without the server's secrets."""
    return {name: value for name, value in os.environ.items() if not name.startswith("RAKOR_")}
