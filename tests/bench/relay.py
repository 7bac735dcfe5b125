"""The rival: aiortc's own connections with its MediaRelay, which decodes and encodes again. A process of its own.

Reads `{"role": "pub" | "sub", "sdp": …}` lines, writes `{"sdp": …}` lines.
"""

from __future__ import annotations

import asyncio
import json
import sys

import aioice.ice
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRelay

# Everything stays on loopback, which aioice leaves out by itself.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]


async def main() -> None:
    connections: list[RTCPeerConnection] = []
    tracks: dict[str, MediaStreamTrack] = {}
    relay = MediaRelay()
    reader = asyncio.StreamReader(limit=1 << 20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        asked = json.loads(line)
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        connections.append(connection)
        connection.on("track", lambda track: tracks.__setitem__(track.kind, track))
        if asked["role"] == "sub":
            for kind in ("audio", "video"):
                connection.addTrack(relay.subscribe(tracks[kind]))
        await connection.setRemoteDescription(RTCSessionDescription(asked["sdp"], "offer"))
        await connection.setLocalDescription(await connection.createAnswer())
        print(json.dumps({"sdp": connection.localDescription.sdp}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
