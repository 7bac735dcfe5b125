"""The room's WebSocket: who may come in, and the two directions of one socket."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from server.deps import authenticate
from server.errors import NotFound, RakorError
from server.http import same_origin
from server.meetings import policy, repository
from server.rooms.state import Refused
from server.services import Services, services_of
from server.signalling.conversation import Conversation
from server.signalling.messages import Failure
from server.signalling.outbox import Outbox
from server.signalling.texts import Texts

HELLO_WITHIN_S = 15.0
TRY_AGAIN = 1013  # RFC 6455 registry: try again later
DONE = 1000
REFUSED = 4403
router = APIRouter()
logger = logging.getLogger(__name__)
_farewells: set[asyncio.Task[None]] = set()
_underway: set[asyncio.Task[None]] = set()


@router.websocket("/api/v1/meetings/{meeting_id}/room")
async def room_socket(websocket: WebSocket, meeting_id: str) -> None:
    """Refusals are said as a `failure` before the socket closes: a page cannot read why a handshake failed."""
    services = services_of(websocket)
    if not same_origin(websocket, services.settings.public_url):
        await websocket.close(REFUSED)
        return
    await websocket.accept()
    try:
        conversation = await _admit(services, websocket, meeting_id)
    except (RakorError, Refused) as refusal:
        failure = Failure(code=refusal.code, detail=str(refusal), fatal=True)
        await websocket.send_text(failure.model_dump_json())
        await websocket.close(REFUSED)
        return
    await _talk(websocket, conversation, services.texts)


async def _admit(services: Services, websocket: WebSocket, meeting_id: str) -> Conversation:
    """Raises what HTTP endpoints raise, and `Refused` when the meeting is not open."""
    who = await authenticate(services, websocket)
    if who is None:
        raise NotFound("Sesi Anda sudah berakhir. Masuk kembali.", code="not_signed_in")
    async with services.sessions() as session:
        meeting = (await repository.visible(session, meeting_id, who)).meeting
    occupant = who.occupant(policy.leads(who, meeting))
    return Conversation(services.rooms.room(meeting_id), occupant, services.rooms)


async def _talk(websocket: WebSocket, conversation: Conversation, texts: Texts) -> None:
    sending = asyncio.create_task(_send(websocket, conversation.outbox, texts))
    receiving = asyncio.create_task(_receive(websocket, conversation))
    try:
        await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        # A socket's end must be told to the room even when this very task is being cancelled.
        farewell = asyncio.create_task(_hang_up(conversation, sending, receiving))
        _farewells.add(farewell)
        farewell.add_done_callback(_farewells.discard)
        await asyncio.shield(farewell)


async def _hang_up(conversation: Conversation, *tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    await conversation.lost()
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, WebSocketDisconnect | RuntimeError):
            logger.error("a room's socket failed", exc_info=result)


async def _send(websocket: WebSocket, outbox: Outbox, texts: Texts) -> None:
    while (message := await outbox.get()) is not None:
        await websocket.send_text(texts.of(message))
    await websocket.close(TRY_AGAIN if outbox.overflowed else DONE)


async def _receive(websocket: WebSocket, conversation: Conversation) -> None:
    with contextlib.suppress(WebSocketDisconnect):
        until = asyncio.get_running_loop().time() + HELLO_WITHIN_S
        while not conversation.greeted:
            try:
                async with asyncio.timeout_at(
                    until
                ):  # what was said is dealt with in its turn: that is not the page's time
                    frame = await _frame(websocket)
            except TimeoutError:
                return
            await _whole(conversation.receive(frame))
        while not conversation.over:
            await _whole(conversation.receive(await _frame(websocket)))


async def _whole(answering: Coroutine[None, None, None]) -> None:
    """A message that came is dealt with to its end, also when its socket goes: half of it may be committed already."""
    task = asyncio.create_task(answering)
    _underway.add(task)
    task.add_done_callback(_done)
    await asyncio.shield(task)


def _done(task: asyncio.Task[None]) -> None:
    _underway.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("a message of a page could not be dealt with", exc_info=error)


async def _frame(websocket: WebSocket) -> str | bytes:
    """One frame; binary ones are read as text would be, and refused as such."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    return message.get("text") or message.get("bytes") or ""
