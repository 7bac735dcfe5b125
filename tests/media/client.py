"""A browser's side in miniature: real ICE checks, DTLS and SRTP, and nothing it does not need."""

from __future__ import annotations

import asyncio
import re
import secrets
import struct
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast

from aioice import stun
from aiortc import RTCIceTransport
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters

from media.aiortc_bridge import DtlsTransport
from media.ports import Kind, SlotPlan
from media.sdp import ABS_SEND_TIME, AUDIO_LEVEL, MID, REPAIRED_RID, RID, TWCC, VIDEO, layout
from tests.media.packets import LEVEL_ID, MID_ID, OPUS, VP8, rtp

PASSWORD = "p" * 24
RTX = 97
STAMP_ID, TWCC_ID, RID_ID, REPAIRED_RID_ID = 2, 3, 10, 11
RIDS = {Kind.CAMERA: "q;h;f", Kind.SCREEN: "q;f"}
Answerer = Callable[[str], Awaitable[str]]


def offer(plan: SlotPlan, fingerprint: str, ufrag: str = "client", password: str = PASSWORD, full: bool = False) -> str:
    """A page's offer for this plan; with `full` one with all that browsers have for loss and congestion."""
    sections = layout(plan)
    mids = " ".join(str(number) for number in range(len(sections)))
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {mids}"]
    for number, (kind, uplink, _) in enumerate(sections):
        lines += _section(number, kind, uplink, full)
        lines += [f"a=ice-ufrag:{ufrag}", f"a=ice-pwd:{password}", f"a=fingerprint:sha-256 {fingerprint}"]
    return "\r\n".join(lines) + "\r\n"


def _section(number: int, kind: Kind, uplink: bool, full: bool) -> list[str]:
    video = kind in VIDEO
    payload, codec = (VP8, "VP8/90000") if video else (OPUS, "opus/48000/2")
    return [
        f"m={'video' if video else 'audio'} 9 UDP/TLS/RTP/SAVPF {payload}{f' {RTX}' if video and full else ''}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{number}",
        "a=setup:actpass",
        f"a=extmap:{MID_ID} {MID}",
        *([] if video else [f"a=extmap:{LEVEL_ID} {AUDIO_LEVEL}"]),
        "a=sendonly" if uplink else "a=recvonly",
        "a=rtcp-mux",
        f"a=rtpmap:{payload} {codec}",
        *(_congestion(RIDS.get(kind, "") if uplink else "") if full else []),
        *([f"a=rtpmap:{RTX} rtx/90000", f"a=fmtp:{RTX} apt={payload}"] if video and full else []),
    ]


def _congestion(rids: str) -> list[str]:
    lines = [f"a=extmap:{STAMP_ID} {ABS_SEND_TIME}", f"a=extmap:{TWCC_ID} {TWCC}"]
    if rids:
        lines += [f"a=extmap:{RID_ID} {RID}", f"a=extmap:{REPAIRED_RID_ID} {REPAIRED_RID}"]
        lines += [*(f"a=rid:{rid} send" for rid in rids.split(";")), f"a=simulcast:send {rids}"]
    return lines


@dataclass
class Answered:
    """What a client needs of an answer."""

    ufrag: str
    password: str
    address: tuple[str, int]
    fingerprint: str
    slots: dict[int, str]  # mid by SSRC
    repairs: dict[int, int]  # SSRC that is repaired, by that of its RTX

    @classmethod
    def read(cls, sdp: str) -> Answered:
        def first(pattern: str) -> str:
            found = re.search(pattern, sdp)
            assert found, pattern
            return found[1]

        port = int(first(r"(?i)a=candidate:\S+ 1 udp \S+ 127\.0\.0\.1 (\d+) typ host"))
        slots = {}
        for section in sdp.split("\r\nm=")[1:]:
            mid, ssrc = re.search(r"a=mid:(\S+)", section), re.search(r"a=ssrc:(\d+) ", section)
            if mid and ssrc:
                slots[int(ssrc[1])] = mid[1]
        return cls(
            first(r"a=ice-ufrag:(\S+)"),
            first(r"a=ice-pwd:(\S+)"),
            ("127.0.0.1", port),
            first(r"a=fingerprint:sha-256 (\S+)"),
            slots,
            {int(rtx): int(ssrc) for ssrc, rtx in re.findall(r"a=ssrc-group:FID (\d+) (\d+)", sdp)},
        )


class _Wire:
    role = "controlled"  # the DTLS client

    def __init__(self, client: Client) -> None:
        self.client = client
        self.queue: asyncio.Queue[bytes] = asyncio.Queue()

    async def _recv(self) -> bytes:
        return await self.queue.get()

    async def _send(self, data: bytes) -> None:
        self.client.send(data)


@dataclass
class Client(asyncio.DatagramProtocol):
    """`heard` counts packets by SSRC; with `keep` the plain packets are kept, too. `host`: its own loopback address."""

    keep: bool = False
    host: str = "127.0.0.1"
    certificate: RTCCertificate = field(default_factory=RTCCertificate.generateCertificate)
    heard: Counter[int] = field(default_factory=Counter)
    packets: list[bytes] = field(default_factory=list)
    reports: list[bytes] = field(default_factory=list)
    answered: Answered | None = None
    spoken: int = 0  # packets of the microphone, for tests that count on

    def __post_init__(self) -> None:
        self._checked = asyncio.Event()
        self._wire = _Wire(self)
        self.dtls = DtlsTransport(cast(RTCIceTransport, self._wire), [self.certificate])

    @property
    def fingerprint(self) -> str:
        return next(str(f.value) for f in self.certificate.getFingerprints() if f.algorithm == "sha-256")

    async def connect(self, plan: SlotPlan, answerer: Answerer) -> None:
        """Offer, check, shake hands; media may flow when this returns."""
        await self.connect_with(offer(plan, self.fingerprint), answerer)

    async def connect_with(self, sdp: str, answerer: Answerer) -> None:
        """The same with an offer of one's own."""
        self.answered = Answered.read(await answerer(sdp))
        await self.move(self.host)
        self.check()
        await asyncio.wait_for(self._checked.wait(), 5)
        theirs = RTCDtlsFingerprint(algorithm="sha-256", value=self.answered.fingerprint)
        await asyncio.wait_for(self.dtls.start(RTCDtlsParameters(fingerprints=[theirs])), 10)
        assert self.dtls.state == "connected"

    async def move(self, host: str) -> None:
        """Go on from a new socket, at another loopback address perhaps."""
        assert self.answered is not None
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(host, 0))
        self.answered.address = (host, self.answered.address[1])

    def check(self, password: str | None = None, nominate: bool = True) -> None:
        """One binding request (RFC 8445 section 7.2)."""
        assert self.answered is not None
        request = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{self.answered.ufrag}:client"
        request.attributes["PRIORITY"] = 1
        request.attributes["ICE-CONTROLLING"] = secrets.randbits(64)
        if nominate:
            request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity((password or self.answered.password).encode())
        request.add_fingerprint()
        self.send(bytes(request))

    def _answer_check(self, data: bytes, addr: tuple[str | object, int]) -> None:
        """A full ICE agent checks us, too."""
        request = stun.parse_message(data)
        response = stun.Message(
            message_method=stun.Method.BINDING,
            message_class=stun.Class.RESPONSE,
            transaction_id=request.transaction_id,
        )
        response.attributes["XOR-MAPPED-ADDRESS"] = (str(addr[0]), addr[1])
        response.add_message_integrity(PASSWORD.encode())
        response.add_fingerprint()
        self.transport.sendto(bytes(response), (str(addr[0]), addr[1]))

    def send(self, data: bytes) -> None:
        assert self.answered is not None
        self.transport.sendto(data, self.answered.address)

    def send_rtp(self, packet: bytes) -> None:
        self.send(self.dtls._tx_srtp.protect(packet))

    def send_rtcp(self, packet: bytes) -> None:
        self.send(self.dtls._tx_srtp.protect_rtcp(packet))

    def speak(self, sequence: int, level: int = 20, ssrc: int = 1000, mid: str = "0") -> None:
        """20 ms of Opus on the microphone."""
        self.send_rtp(rtp(sequence, sequence * 960, b"\xf8\xff\xfe", ssrc=ssrc, mid=mid, level=level))

    def nack(self, ssrc: int, sequence: int) -> None:
        self.send_rtcp(struct.pack("!BBHIIHH", 0x81, 205, 3, 1, ssrc, sequence, 0))

    def mid_of(self, ssrc: int) -> str:
        assert self.answered is not None
        return self.answered.slots[ssrc]

    async def close(self) -> None:
        await self.dtls.stop()
        self.transport.close()

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        first = data[0]
        if first < 2 and data[0] == 0 and data[1] == 1:
            self._answer_check(data, addr)
        elif first < 4:
            self._checked.set()
        elif 19 < first < 64:
            self._wire.queue.put_nowait(data)
        elif 192 <= data[1] <= 223:
            if self.keep:
                self.reports.append(self.dtls._rx_srtp.unprotect_rtcp(data))
        else:
            self.heard[int.from_bytes(data[8:12], "big")] += 1
            if self.keep:
                self.packets.append(self.dtls._rx_srtp.unprotect(data))
