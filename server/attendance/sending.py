"""A file for whoever has not got it: by its digest not sent again, and squeezed where that saves (RFC 9110, 8.8.3)."""

from __future__ import annotations

import asyncio
import gzip

from fastapi import Request, Response

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SQUEEZED = ("xlsx", "docx")  # already
_LEVEL = 6  # a tagged PDF of 552 offices is 4.4 MB, squeezed a tenth of that


def headers(name: str, kind: str, sha256: str) -> dict[str, str]:
    """`name`: of the file, in plain letters. `sha256`: of the data that it is made from."""
    return {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        # Weak: squeezed or not, it is the same list.
        "ETag": f'W/"{kind}-{sha256[:24]}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Encoding, Cookie",
    }


def known(request: Request, told: dict[str, str]) -> Response | None:
    """304 for who has it: then it need not be made."""
    return Response(status_code=304, headers=told) if request.headers.get("if-none-match") == told["ETag"] else None


async def sent(content: bytes, kind: str, request: Request, told: dict[str, str]) -> Response:
    if kind not in _SQUEEZED and "gzip" in request.headers.get("accept-encoding", ""):
        content, told = await asyncio.to_thread(gzip.compress, content, _LEVEL), {**told, "Content-Encoding": "gzip"}
    return Response(content, 200, told, TYPES[kind])
