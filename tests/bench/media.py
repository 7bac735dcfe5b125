"""`make bench-media`: the CPU of one forwarded packet, ours and by aiortc's MediaRelay, in one run and interleaved.

One publisher sends about 500 kbit/s of VP8 and Opus. Ours forwards it to 20 subscribers, the relay to as many as it can
serve. CPU is that of all threads of the serving process, from the kernel; packets are those that arrived.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from media.ports import SlotPlan
from media.process import ProcessPlane
from media.settings import MediaSettings
from tests.media.client import PASSWORD, Client
from tests.media.packets import MID_ID, OPUS, VP8, rtp

OURS, RELAYED = 20, 2
ROUNDS = 3
WARM_S, WINDOW_S, DRAIN_S = 5.0, 8.0, 0.5
FRAMES_A_SECOND = 25
LOOP_S = 4
PACKET_BYTES = 1_100
PLAN = SlotPlan(1, 1)
BAR = 0.05
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Side:
    """One server under test."""

    name: str
    pid: int
    publisher: Client
    subscribers: list[Client]
    mids: tuple[str, str]  # of sound and picture
    sent: int = 0
    tick: int = 0  # of 20 ms, over all rounds: numbering runs on
    sequence: list[int] = field(default_factory=lambda: [0, 0])
    costs: list[float] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)

    @property
    def heard(self) -> int:
        return sum(sum(client.heard.values()) for client in self.subscribers)

    def cpu(self) -> float:
        """Seconds of CPU of the process so far, all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass
class Media:
    """A few seconds of sound and pictures, encoded once and sent in a loop."""

    sound: list[bytes]
    frames: list[list[bytes]]  # VP8 payload pieces of each frame

    @classmethod
    def make(cls) -> Media:
        return cls(_sound(), _pictures())


def _sound() -> list[bytes]:
    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = 48_000, "mono", "s16", 32_000
    encoder.open()
    at = np.arange(960 * 50 * LOOP_S)
    tone = (8_000 * np.sin(at * 0.03) * (1 + np.sin(at * 0.0002))).astype(np.int16)
    packets: list[bytes] = []
    for number in range(50 * LOOP_S):
        frame = av.AudioFrame.from_ndarray(tone[None, number * 960 : (number + 1) * 960], format="s16", layout="mono")
        frame.sample_rate, frame.pts = 48_000, number * 960
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets


def _pictures() -> list[list[bytes]]:
    encoder = av.VideoCodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.bit_rate = 640, 360, "yuv420p", 470_000
    encoder.framerate, encoder.gop_size = Fraction(FRAMES_A_SECOND), FRAMES_A_SECOND * LOOP_S
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    down, across = np.mgrid[0:360, 0:640]
    frames = []
    for number in range(FRAMES_A_SECOND * LOOP_S):
        wave = ((across + down * 2 + number * 9) % 256).astype(np.uint8)
        frame = av.VideoFrame.from_ndarray(np.stack([wave, 255 - wave, wave], axis=-1), format="rgb24")
        frame = frame.reformat(format="yuv420p")
        frame.pts = number
        frames += [bytes(packet) for packet in encoder.encode(frame)]
    return [[data[at : at + PACKET_BYTES] for at in range(0, len(data), PACKET_BYTES)] for data in frames]


async def publish(side: Side, media: Media, until: Callable[[], bool]) -> None:
    """Send at the pace of the clock, over and over."""
    loop = asyncio.get_running_loop()
    began, first = loop.time(), side.tick
    while not until():
        tick = side.tick
        _send(side, OPUS, tick * 960, [media.sound[tick % len(media.sound)]])
        if tick % 2 == 0:
            number = tick // 2
            pieces = media.frames[number % len(media.frames)]
            described = [_descriptor(number, at == 0) + piece for at, piece in enumerate(pieces)]
            _send(side, VP8, number * 3_600, described)
        if tick % 200 == 0:
            for client in (side.publisher, *side.subscribers):
                client.check()
        side.tick += 1
        await asyncio.sleep(max(0.0, began + (side.tick - first) * 0.02 - loop.time()))


def _descriptor(number: int, first: bool) -> bytes:
    return bytes([0x90 if first else 0x80, 0x80, 0x80 | number >> 8 & 0x7F, number & 0xFF])


def _send(side: Side, payload_type: int, timestamp: int, payloads: list[bytes]) -> None:
    which = 0 if payload_type == OPUS else 1
    for at, payload in enumerate(payloads):
        side.sequence[which] += 1
        last = at == len(payloads) - 1
        packet = rtp(
            side.sequence[which],
            timestamp,
            payload,
            ssrc=1000 + which,
            payload_type=payload_type,
            marker=bool(which) and last,
            mid=side.mids[which],
        )
        side.publisher.send_rtp(packet)
        side.sent += 1


async def measure(side: Side, media: Media) -> None:
    """One round: warm up, then count over a window."""
    done = asyncio.Event()
    sending = asyncio.create_task(publish(side, media, done.is_set))
    await asyncio.sleep(WARM_S)
    cpu, heard, sent = side.cpu(), side.heard, side.sent
    await asyncio.sleep(WINDOW_S)
    done.set()
    await sending
    await asyncio.sleep(DRAIN_S)
    cpu, heard, sent = side.cpu() - cpu, side.heard - heard, side.sent - sent
    side.costs.append(cpu / max(1, heard) * 1e6)
    side.arrived.append(heard / (sent * len(side.subscribers)))


async def start_ours(folder: Path) -> tuple[Side, ProcessPlane]:
    plane = await ProcessPlane.start(MediaSettings(bind="127.0.0.1", port=0))
    await plane.open_room("bench", 0.0, str(folder), PLAN)
    clients = [Client() for _ in range(OURS + 1)]
    for number, client in enumerate(clients):
        await client.connect(PLAN, lambda sdp, n=number: plane.offer("bench", f"peer{n}", sdp))  # type: ignore[misc]
    return Side("rakor", plane.pid, clients[0], clients[1:], ("0", "1")), plane


async def start_relay() -> tuple[Side, asyncio.subprocess.Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.relay", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdin is not None
    assert child.stdout is not None
    stdin, stdout = child.stdin, child.stdout

    def ask(role: str) -> Callable[[str], Awaitable[str]]:
        async def answer(sdp: str) -> str:
            stdin.write(json.dumps({"role": role, "sdp": sdp}).encode() + b"\n")
            return str(json.loads(await stdout.readline())["sdp"])

        return answer

    publisher = Client()
    await publisher.connect_with(_plain_offer(publisher, "sendonly"), ask("pub"))
    subscribers = [Client() for _ in range(RELAYED)]
    for client in subscribers:
        await client.connect_with(_plain_offer(client, "recvonly"), ask("sub"))
    return Side("MediaRelay", child.pid, publisher, subscribers, ("0", "1")), child


def _plain_offer(client: Client, direction: str) -> str:
    """One section of sound and one of pictures, as aiortc's relay wants them; we are the DTLS client."""
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1"]
    for mid, (kind, payload, codec) in enumerate((("audio", OPUS, "opus/48000/2"), ("video", VP8, "VP8/90000"))):
        lines += [
            f"m={kind} 9 UDP/TLS/RTP/SAVPF {payload}",
            "c=IN IP4 0.0.0.0",
            f"a=mid:{mid}",
            "a=ice-ufrag:client",
            f"a=ice-pwd:{PASSWORD}",
            f"a=fingerprint:sha-256 {client.fingerprint}",
            "a=setup:active",
            f"a=extmap:{MID_ID} urn:ietf:params:rtp-hdrext:sdes:mid",
            f"a={direction}",
            "a=rtcp-mux",
            f"a=rtpmap:{payload} {codec}",
            f"a=ssrc:{1000 + mid} cname:bench",
        ]
    return "\r\n".join(lines) + "\r\n"


async def run(folder: Path) -> dict[str, float]:
    media = Media.make()
    ours, plane = await start_ours(folder)
    relay, child = await start_relay()
    print(f"{'round':>5}  {'server':<11}{'subscribers':>12}{'µs of CPU/packet':>18}{'arrived':>9}")
    for number in range(1, ROUNDS + 1):
        for side in (ours, relay):
            await measure(side, media)
            head = f"{number:>5}  {side.name:<11}{len(side.subscribers):>12}"
            print(f"{head}{side.costs[-1]:>18.1f}{side.arrived[-1]:>9.3f}", flush=True)
    for client in (ours.publisher, *ours.subscribers, relay.publisher, *relay.subscribers):
        await client.close()
    await plane.close()
    child.terminate()
    await child.wait()
    return _result(ours, relay)


def _result(ours: Side, relay: Side) -> dict[str, float]:
    """Medians; a round of ours counts only where what was sent arrived."""
    good = [cost for cost, arrived in zip(ours.costs, ours.arrived, strict=True) if 0.99 <= arrived <= 1.01]
    if not good:
        raise SystemExit("no round of ours delivered its packets: this machine is too busy to measure")
    ours_us, relay_us = statistics.median(good), statistics.median(relay.costs)
    return {"ours_us": round(ours_us, 1), "relay_us": round(relay_us, 1), "ratio": round(ours_us / relay_us, 4)}


def main() -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(run(Path(folder)))
    print(f"ratio {result['ratio']} (bar: at most {BAR}), {time.monotonic() - began:.0f} s")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
