"""Synthetic guests of a running Rakor: they come in the way browsers do, from the invitation to the media."""

from __future__ import annotations

import asyncio
import contextlib
import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from media.load.crowd import Crowd
from media.load.material import Payloads
from media.load.participant import Participant
from media.load.tracks import Pictures, Sound
from media.ports import SlotPlan
from server.signalling.asked import Hello, Leave, Offer
from server.signalling.asks.own import SetCamera, SetMic
from server.signalling.shapes import MAX_MESSAGE_BYTES, NOTICE_VERSION, PROTOCOL_VERSION, Message

ANSWER_WITHIN_S, HTTP_WITHIN_S = 20.0, 30.0
COOKIE = "Set-Cookie"
MOST_BYTES = 4 * MAX_MESSAGE_BYTES  # a welcome to a full room is longer than anything a page may say


class Refusal(Exception):
    """Rakor said no, or cannot be reached; the text is fit for people."""


@dataclass(frozen=True, slots=True)
class Site:
    """A Rakor by its address, `https://…` without a slash at the end."""

    url: str

    async def post(self, path: str, body: object, cookie: str = "") -> tuple[dict[str, Any], str]:
        """The answer and the session cookie it sets, "" without one. Raises `Refusal`."""
        return await asyncio.to_thread(self._post, path, body, cookie)

    async def socket(self, meeting: str, cookie: str) -> ClientConnection:
        """The room's WebSocket. Raises `Refusal`."""
        address = self.url.replace("http", "ws", 1) + f"/api/v1/meetings/{meeting}/room"
        headers = {"Cookie": cookie, "Origin": self.url}
        try:
            return await connect(address, additional_headers=headers, max_size=MOST_BYTES)
        except (OSError, InvalidHandshake) as error:
            raise Refusal(f"Ruang rapat tidak terjangkau: {error}") from None

    def _post(self, path: str, body: object, cookie: str) -> tuple[dict[str, Any], str]:
        headers = {"Content-Type": "application/json", "Origin": self.url, "Cookie": cookie}
        request = urllib.request.Request(f"{self.url}/api/v1{path}", json.dumps(body).encode(), headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=HTTP_WITHIN_S) as answer:  # noqa: S310
                return json.loads(answer.read()), str(answer.headers.get(COOKIE, "")).partition(";")[0]
        except urllib.error.HTTPError as error:
            raise Refusal(f"{path}: {_detail(error.read()) or error.reason}") from None
        except OSError as error:
            raise Refusal(f"{self.url}: {error}") from None


@dataclass
class Guest:
    """One guest in the room."""

    socket: ClientConnection
    participant: Participant | None = None
    sound: Sound | None = None
    pictures: Pictures | None = None
    refusals: list[str] = field(default_factory=list)
    plan: SlotPlan = field(default_factory=SlotPlan)

    def __post_init__(self) -> None:
        self._welcomed = asyncio.Event()
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._listening = asyncio.create_task(self._listen())

    async def enter(self, crowd: Crowd) -> None:
        """Be seated and connected. Raises `Refusal`."""
        await self._say(Hello(version=PROTOCOL_VERSION, notice=NOTICE_VERSION))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await self._welcomed.wait()
                self.participant = await crowd.join(self.plan, self._offer, nacks=True)
        except (TimeoutError, ConnectionError) as error:
            raise Refusal(
                self.refusals[-1] if self.refusals else f"Seorang tamu tidak dapat masuk ({error!r})."
            ) from None

    async def equip(self, crowd: Crowd, seed: int = 0, says: Payloads = (), camera: bool = True) -> None:
        assert self.participant is not None
        self.sound = await crowd.microphone(self.participant, seed=seed, says=says)
        if camera:
            self.pictures = await crowd.camera(self.participant, seed=seed)

    async def speak(self, on: bool) -> None:
        """Switch microphone and camera, and say so."""
        if self.sound is None or self.sound.on == on:
            return
        await self._say(SetMic(on=on))
        self.sound.on = on
        if self.pictures is not None:
            await self._say(SetCamera(on=on))
            self.pictures.on = on

    async def leave(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            await self._say(Leave())
        await self.socket.close()
        await self._listening

    async def _say(self, message: Message) -> None:
        await self.socket.send(message.model_dump_json())

    async def _offer(self, sdp: str) -> str:
        await self._say(Offer(id=1, sdp=sdp))
        return await self._answer

    async def _listen(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for text in self.socket:
                self._hear(json.loads(text))

    def _hear(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "welcome":
                self.plan = SlotPlan(**message["plan"])
                self._welcomed.set()
            case "answer" if not self._answer.done():
                self._answer.set_result(message["sdp"])
            case "send" if message["kind"] == "camera" and self.pictures is not None:
                self.pictures.want(tuple(message["layers"]))
            case "failure":
                self.refusals.append(message["detail"])


def _detail(body: bytes) -> str:
    """Of problem+json (RFC 9457); "" where it is something else."""
    try:
        return str(json.loads(body)["detail"])
    except (ValueError, KeyError, TypeError):
        return ""
