"""A request's body up to a size: more is refused before it is kept."""

from __future__ import annotations

import asyncio

from fastapi import Request

from server.errors import BadRequest, TooLarge

PATIENCE_S = 60.0


async def body(request: Request, most: int) -> bytes:
    """`most`: bytes. Raises `TooLarge`, and `BadRequest` for who sends too slowly."""
    found = bytearray()
    try:
        async with asyncio.timeout(PATIENCE_S):
            async for block in request.stream():
                found += block
                if len(found) > most:
                    raise TooLarge(f"Lebih besar daripada {most >> 20} MB.")
    except TimeoutError:
        raise BadRequest("Pengiriman terlalu lama. Coba lagi.", code="too_slow") from None
    return bytes(found)
