"""A WebSocket of the application without a network, and without a thread between: thousands of questions a minute."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI

from tests.server.conftest import ORIGIN

Said = dict[str, Any]
HOST = ORIGIN.removeprefix("https://")


class Wire:
    """One page's socket. Called from a test's thread; everything happens in the application's loop."""

    def __init__(self, portal: BlockingPortal, app: FastAPI, path: str, cookies: str) -> None:
        self._portal, self._app = portal, app
        headers = {"host": HOST, "origin": ORIGIN, "cookie": cookies}
        self._scope = {
            "type": "websocket",
            "scheme": "wss",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": (HOST, 50_000),
            "server": (HOST, 443),
            "subprotocols": [],
        }
        portal.call(self._open)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._portal.call(self._close)

    def until(self, kinds: Sequence[str], *said: Said) -> list[Said]:
        """Say it, and listen until one of these comes, or the server hangs up: all that was told, that one too."""
        return self._portal.call(self._until, kinds, said)

    async def _open(self) -> None:
        self._to_app: asyncio.Queue[Said] = asyncio.Queue()
        self._from_app: asyncio.Queue[Said] = asyncio.Queue()
        self._to_app.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._app(self._scope, self._to_app.get, self._from_app.put))  # type: ignore[arg-type]
        assert (await self._from_app.get())["type"] == "websocket.accept"

    async def _until(self, kinds: Sequence[str], said: Sequence[Said]) -> list[Said]:
        for each in said:
            self._to_app.put_nowait({"type": "websocket.receive", "text": json.dumps(each)})
        told: list[Said] = []
        while (frame := await self._from_app.get())["type"] == "websocket.send":
            told.append(json.loads(frame["text"]))
            if told[-1]["type"] in kinds:
                return told
        self._from_app.put_nowait(frame)  # hung up: so it is for whoever asks again
        return told

    async def _close(self) -> None:
        self._to_app.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self._task
