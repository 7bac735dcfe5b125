"""A long answer over a thin line: not sent again while it is the same, otherwise squeezed (RFC 9110, 8.8.3 and 8.4)."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from fastapi import Request, Response
from pydantic import BaseModel

WORTH_BYTES = 1000  # below, squeezing saves no packet
NOTHING: Mapping[str, bytes] = MappingProxyType({})
LEVEL = 5  # beyond, words of a transcript take longer and hardly get smaller


async def told(answer: BaseModel, request: Request, lists: Mapping[str, bytes] = NOTHING) -> Response:
    """The answer as JSON, or 304 for who has it. In a thread: two hours of talk are megabytes.

    `lists`: items, as JSON, of fields that are empty lists in `answer`.
    """
    return await asyncio.to_thread(_told, answer, request, lists)


def _told(answer: BaseModel, request: Request, lists: Mapping[str, bytes]) -> Response:
    body = answer.model_dump_json().encode()
    for name, items in lists.items():
        # Within a string every quotation mark has a backslash before it: this stands only where the field does.
        body = body.replace(b'"%b":[]' % name.encode(), b'"%b":[%b]' % (name.encode(), items), 1)
    # Weak: squeezed or not, it is the same answer.
    tag = 'W/"' + hashlib.sha256(body).hexdigest()[:24] + '"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if len(body) >= WORTH_BYTES and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers = gzip.compress(body, LEVEL), {**headers, "Content-Encoding": "gzip"}
    return Response(body, 200, headers, "application/json")
