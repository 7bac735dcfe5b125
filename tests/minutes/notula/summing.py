"""A real small server that answers as an endpoint for summaries does, or as it should not."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from minutes.notula.summary_asking import Endpoint

Answer = Callable[[asyncio.StreamWriter, dict[str, Any]], Any]


@dataclass
class Served:
    """`asked`: bodies of all requests; `heads`: their first lines and headers."""

    endpoint: Endpoint
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[Served]:
    served = Served(Endpoint("http://127.0.0.1", "kecil", "rahasia", patience_s=20.0))

    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(each.split(":")[1]) for each in head.lower().splitlines() if each.startswith("content-length")
        )
        served.heads.append(head)
        served.asked.append(json.loads(await reader.readexactly(length)))
        with suppress(ConnectionError):  # whoever asked has had enough
            await answer(writer, served.asked[-1])
        writer.close()

    async with await asyncio.start_server(conversation, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        served.endpoint = replace(served.endpoint, url=f"http://127.0.0.1:{port}/v1/")
        yield served


def told(body: bytes, status: str = "200 OK") -> Answer:
    async def answer(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body)
        await writer.drain()

    return answer


def said(content: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def sentences(*each: Any) -> bytes:
    return said(json.dumps({"sentences": list(each)}))
