"""`/metrics`: who may read it, and everything counted at one moment."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import PlainTextResponse
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from media.errors import MediaError, PlaneDown
from server import metrics
from server.deps import Wired
from server.errors import Forbidden
from server.metrics import RoomCounters, Snapshot
from server.rooms.live import LiveRoom
from server.services import Services

MEDIA_S = 2.0  # a scraper gives up after ten: it must hear that media is down, not nothing
LAG_EVERY_S = 0.1
router = APIRouter(tags=["Kesehatan"])


@router.get("/metrics", summary="Penghitung untuk Prometheus", response_class=PlainTextResponse)
async def metrics_text(
    services: Wired, request: Request, authorization: Annotated[str, Header(max_length=1000)] = ""
) -> PlainTextResponse:
    """Prometheus' text format. With the bearer token of the settings; without one only from this machine."""
    host = request.client.host if request.client is not None else ""
    if not may_scrape(services.settings.metrics_token.get_secret_value(), authorization, host):
        raise Forbidden("Penghitung hanya untuk yang memegang token, atau dari mesin ini bila tidak ada token.")
    text = await asyncio.to_thread(metrics.exposition, await snapshot(services))
    return PlainTextResponse(text, media_type=CONTENT_TYPE_LATEST)


def may_scrape(token: str, authorization: str, host: str) -> bool:
    """`host`: the caller's address, behind a proxy as the proxy tells it (uvicorn's `--forwarded-allow-ips`)."""
    if token:
        return hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


async def snapshot(services: Services, within: float = MEDIA_S) -> Snapshot:
    """Waits no longer than so many seconds: media that does not answer is down, and counts nothing."""
    rooms = services.rooms.going_on()
    try:
        async with asyncio.timeout(within):
            counted = [await _count(services, room) for room in rooms]
        up = services.media.up
    except (TimeoutError, PlaneDown):
        counted, up = [_counters(room) for room in rooms], False
    return Snapshot(
        media_up=up,
        speech_ready=services.scribing.ready,
        tracks=services.scribing.tracks,
        behind_s=services.scribing.behind_s,
        rooms=tuple(counted),
        lag_ms=services.lag.summary(),
    )


async def _count(services: Services, room: LiveRoom) -> RoomCounters:
    """A room that media does not know (any more) has nothing to count. Raises `PlaneDown`."""
    try:
        media = await services.media.stats(room.facts.id)
    except PlaneDown:
        raise
    except MediaError:
        return _counters(room)
    return _counters(room, media)


def _counters(room: LiveRoom, media: dict[str, object] | None = None) -> RoomCounters:
    seats = room.state.seats.values()
    places = {seat.peer: (seat.occupant.office_id or "guest", seat.id) for seat in seats if seat.peer is not None}
    return RoomCounters(room.facts.id, places, len(seats), media)


async def measure(services: Services) -> None:
    """How late this loop is, for ever."""
    loop = asyncio.get_running_loop()
    while True:
        services.lag.ticked(loop.time())
        await asyncio.sleep(LAG_EVERY_S)
