"""The WebSocket of a transcript under review: who is where, and that something has changed."""

from __future__ import annotations

import asyncio
import contextlib
import secrets

from fastapi import APIRouter, WebSocket
from pydantic import ValidationError

from server.deps import authenticate
from server.editing.desks import Desks, Window
from server.editing.editing import allowed
from server.editing.messages import At, Refused
from server.errors import Busy, NotFound, RakorError
from server.http import same_origin
from server.services import Services, services_of
from server.signalling.endpoint import REFUSED

MOST_FRAME = 1000  # characters
MOVES_A_SECOND = 20.0
BURST = 60.0
router = APIRouter()


@router.websocket("/api/v1/meetings/{meeting_id}/review")
async def review_socket(websocket: WebSocket, meeting_id: str) -> None:
    """For who may edit. Refusals are said as a `failure` before the socket closes."""
    services = services_of(websocket)
    if not same_origin(websocket, services.settings.public_url):
        await websocket.close(REFUSED)
        return
    await websocket.accept()
    id = secrets.token_hex(8)
    try:
        window = await _admit(services, websocket, meeting_id, id)
    except RakorError as refusal:
        await _refuse(websocket, Refused(code=refusal.code, detail=refusal.detail))
        return
    try:
        await _talk(websocket, services.desks, meeting_id, id, window)
    finally:
        services.desks.close(meeting_id, id)


async def _admit(services: Services, websocket: WebSocket, meeting_id: str, id: str) -> Window:
    """Raises what HTTP endpoints raise."""
    who = await authenticate(services, websocket)
    if who is None:
        raise NotFound("Sesi Anda sudah berakhir. Masuk kembali.", code="not_signed_in")
    async with services.sessions() as session:
        await allowed(session, meeting_id, who)
    window = services.desks.open(meeting_id, id, who.id, who.name)
    if window is None:
        raise Busy("Terlalu banyak jendela penyuntingan terbuka. Tutup yang tidak dipakai, lalu muat ulang.")
    return window


async def _talk(websocket: WebSocket, desks: Desks, meeting_id: str, id: str, window: Window) -> None:
    sending = asyncio.create_task(_send(websocket, window))
    receiving = asyncio.create_task(_receive(websocket, desks, meeting_id, id))
    try:
        await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, receiving):
            task.cancel()
        await asyncio.gather(sending, receiving, return_exceptions=True)
    if not receiving.cancelled() and receiving.exception() is None and (refusal := receiving.result()) is not None:
        await _refuse(websocket, refusal)


async def _send(websocket: WebSocket, window: Window) -> None:
    while True:
        for message in await window.get():
            await websocket.send_text(message.model_dump_json())


async def _receive(websocket: WebSocket, desks: Desks, meeting_id: str, id: str) -> Refused | None:
    """Until the socket goes (None), or something comes that no page of ours says."""
    loop = asyncio.get_running_loop()
    allowed, counted = BURST, loop.time()
    while (frame := await websocket.receive())["type"] != "websocket.disconnect":
        now = loop.time()
        allowed, counted = min(BURST, allowed + (now - counted) * MOVES_A_SECOND) - 1, now
        if allowed < 0:
            return Refused(code="too_fast", detail="Terlalu banyak pesan dalam waktu singkat.")
        try:
            desks.move(meeting_id, id, At.model_validate_json((frame.get("text") or "")[: MOST_FRAME + 1]))
        except ValidationError:
            return Refused(code="bad_message", detail="Pesan tidak dikenali.")
    return None


async def _refuse(websocket: WebSocket, refusal: Refused) -> None:
    with contextlib.suppress(RuntimeError):  # it has hung up already
        await websocket.send_text(refusal.model_dump_json())
        await websocket.close(REFUSED)
