"""Janus as the rival: a process of its own, driven over its HTTP API, with one VideoRoom."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import shutil
import tempfile
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.bench.cores import server_core

URL = "http://127.0.0.1:8088/janus"
LIBRARIES = "/usr/lib/x86_64-linux-gnu/janus"
ROOM = 1
START_S, REPLY_S = 20.0, 20.0
TOP_LAYER = 2
Json = dict[str, Any]

# As a site would run it beside ours: ICE-lite as we are, everything it does not need left out.
SETTINGS = """
general: {{
  configs_folder = "{folder}"
  plugins_folder = "{libraries}/plugins"
  transports_folder = "{libraries}/transports"
  events_folder = "{libraries}/events"
  loggers_folder = "{libraries}/loggers"
  debug_level = 2
  session_timeout = 0
  {event_loops}
}}
media: {{ rtp_port_range = "20000-40000" }}
nat: {{ ice_lite = true, ice_enforce_list = "127.0.0.1", ipv6 = false }}
plugins: {{ disable = "{plugins}" }}
transports: {{ disable = "{transports}" }}
loggers: {{ disable = "libjanus_jsonlog.so" }}
events: {{ broadcast = false }}
"""
HTTP = """
general: { json = "compact", base_path = "/janus", http = true, port = 8088, ip = "127.0.0.1", https = false }
admin: { admin_http = false }
"""
ROOMS = """
room-1: { publishers = 200, bitrate = 0, audiocodec = "opus", videocodec = "vp8", transport_wide_cc_ext = true }
"""


def installed() -> bool:
    return shutil.which("janus") is not None


class Janus:
    """`event_loops`: how many threads send media; None: one for each participant, as it is by default."""

    def __init__(self, process: asyncio.subprocess.Process, folder: tempfile.TemporaryDirectory[str]) -> None:
        self.pid = process.pid
        self._process, self._folder = process, folder
        self._session = 0
        self._feed = 0
        self._numbers = itertools.count(1)
        self._replies: dict[str, asyncio.Future[Json]] = {}
        self._polling: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls, event_loops: int | None) -> Janus:
        folder = tempfile.TemporaryDirectory(prefix="janus-")
        _configure(Path(folder.name), event_loops)
        log = Path(folder.name) / "janus.log"
        with server_core(), log.open("w") as output:
            process = await asyncio.create_subprocess_exec(
                *("setpriv", "--pdeathsig", "KILL"),  # a measurement that is broken off leaves nothing behind
                *("janus", "--configs-folder", folder.name, "--config", f"{folder.name}/janus.jcfg"),
                *("--disable-colors", "--disable-stdout", "--log-file", f"{folder.name}/full.log"),
                stdout=output,
                stderr=output,
            )
        janus = cls(process, folder)
        await janus._begin()
        return janus

    async def publish(self, offer: str) -> str:
        """An answerer for a publisher's offer."""
        handle = await self._attach()
        body = {"request": "joinandconfigure", "ptype": "publisher", "room": ROOM}
        event = await self._message(handle, body, {"type": "offer", "sdp": offer})
        self._feed = event["plugindata"]["data"]["id"]
        return str(event["jsep"]["sdp"])

    async def subscribe(self) -> tuple[str, Callable[[str], Awaitable[None]]]:
        """An offer with what the publisher sends, and where our answer to it goes."""
        handle = await self._attach()
        streams = [{"feed": self._feed, "mid": "0"}, {"feed": self._feed, "mid": "1", "substream": TOP_LAYER}]
        body = {"request": "join", "ptype": "subscriber", "room": ROOM, "streams": streams}
        event = await self._message(handle, body)

        async def reply(answer: str) -> None:
            await self._message(handle, {"request": "start"}, {"type": "answer", "sdp": answer})

        return str(event["jsep"]["sdp"]), reply

    async def close(self) -> None:
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.gather(self._polling, return_exceptions=True)
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), 10)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        self._folder.cleanup()

    async def _begin(self) -> None:
        async with asyncio.timeout(START_S):
            while not self._session:
                try:
                    self._session = (await self._ask("", {"janus": "create"}))["data"]["id"]
                except OSError:
                    await asyncio.sleep(0.1)
        self._polling = asyncio.create_task(self._poll())

    async def _attach(self) -> int:
        asked = {"janus": "attach", "plugin": "janus.plugin.videoroom"}
        return int((await self._ask(f"/{self._session}", asked))["data"]["id"])

    async def _message(self, handle: int, body: Json, jsep: Json | None = None) -> Json:
        """What the plugin says to this; the answer comes as an event of the session."""
        transaction = str(next(self._numbers))
        reply: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._replies[transaction] = reply
        asked = {"janus": "message", "body": body} | ({"jsep": jsep} if jsep is not None else {})
        await self._ask(f"/{self._session}/{handle}", asked, transaction)
        async with asyncio.timeout(REPLY_S):
            event = await reply
        if "error" in event.get("plugindata", {}).get("data", {}):
            raise RuntimeError(f"Janus: {event['plugindata']['data']['error']}")
        return event

    async def _ask(self, path: str, asked: Json, transaction: str | None = None) -> Json:
        asked["transaction"] = transaction or str(next(self._numbers))
        answer: Json = await asyncio.to_thread(_http, path, asked)
        return answer

    async def _poll(self) -> None:
        while True:
            for event in await asyncio.to_thread(_http, f"/{self._session}?maxev=20", None):
                reply = self._replies.pop(event.get("transaction", ""), None)
                if reply is not None and not reply.done():
                    reply.set_result(event)


def _http(path: str, asked: Json | None) -> Any:
    data = json.dumps(asked).encode() if asked is not None else None
    with urllib.request.urlopen(urllib.request.Request(URL + path, data), timeout=60) as answer:
        return json.loads(answer.read())


def _configure(folder: Path, event_loops: int | None) -> None:
    def others(kind: str, kept: str) -> str:
        return ",".join(each.name for each in Path(LIBRARIES, kind).glob("*.so") if each.name != kept)

    loops = f"event_loops = {event_loops}" if event_loops is not None else ""
    described = SETTINGS.format(
        folder=folder,
        libraries=LIBRARIES,
        event_loops=loops,
        plugins=others("plugins", "libjanus_videoroom.so"),
        transports=others("transports", "libjanus_http.so"),
    )
    (folder / "janus.jcfg").write_text(described)
    (folder / "janus.transport.http.jcfg").write_text(HTTP)
    (folder / "janus.plugin.videoroom.jcfg").write_text(ROOMS)
