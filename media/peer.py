"""One participant's connection: ICE, DTLS and SRTP, what it sends (`Uplink`) and what it receives (`Delivery`)."""

from __future__ import annotations

import asyncio
import logging
import struct
from typing import Protocol

from media import rtcp, sdp
from media.address import Address, family_of
from media.aiortc_bridge import Certificate, Dtls, PacketBuffer, Srtp
from media.delivery import Delivery
from media.errors import BadPacket, MediaError
from media.fanout import Engine
from media.ice import IceLite
from media.ports import Packet
from media.rtp.budget import Budget
from media.source import Source
from media.uplink import Uplink
from media.uptrack import UpTrack

PATIENCE_S = 30.0  # for a connection that never comes up
JUDGED_A_SECOND, JUDGED_AT_ONCE = 20, 20  # words about the link that make us choose layers anew
MOST_SSRCS = 32  # of one connection, over its life: every one is a stream that libsrtp searches for each packet
ASKING_S = 0.01  # between two looks at what is missing of pictures, but for ticks
SSRC = struct.Struct("!I")
logger = logging.getLogger(__name__)


class Owner(Protocol):
    """The room, as its peers see it."""

    def send(self, data: bytes | memoryview, address: Address) -> None: ...
    def connected(self, peer: Peer) -> None: ...
    def lost(self, peer: Peer, reason: str) -> None: ...
    def bound(self, peer: Peer, source: Source, track: UpTrack) -> None: ...
    def forward(self, track: UpTrack, packet: Packet) -> None: ...
    def judged(self, peer: Peer, now: float) -> None: ...
    def gathering(self, now: float) -> bool: ...


class Peer:
    def __init__(
        self, id: str, offer: sdp.Offer, owner: Owner, certificate: Certificate, engine: Engine, now: float
    ) -> None:
        self.id, self.offer = id, offer
        self.ice = IceLite()
        self.srtp: Srtp | None = None
        self.uplink = Uplink(id, offer, lambda source, track: owner.bound(self, source, track))
        self.delivery = Delivery(offer, engine)
        self.bad_packets = 0
        self._ssrcs: set[int] = set()  # seen and authentic
        self._owner = owner
        self._dtls = Dtls(certificate, self._send, lambda: owner.lost(self, "dtls"))
        self._starting: asyncio.Task[None] | None = None
        self._made = now
        self._out = PacketBuffer()
        self._path: Address | None = None
        self._heard, self._asked = now, float("-inf")
        self._judgements = Budget(JUDGED_A_SECOND, JUDGED_AT_ONCE)

    # --- from the network ---

    def on_path(self, now: float) -> None:
        """A check has passed; the address to send to may have changed."""
        self._heard = now
        if self.ice.address != self._path:
            self._path = self.ice.address
            self._connect_slots()
        if self._starting is None:
            self._starting = asyncio.create_task(self._connect())

    def on_dtls(self, datagram: bytes) -> None:
        self._dtls.feed(datagram)

    def on_rtp(self, buffer: PacketBuffer, length: int, now: float) -> None:
        [ssrc] = SSRC.unpack_from(buffer.bytes, 8)
        new = ssrc not in self._ssrcs
        if self.srtp is None or (new and not self._admits(ssrc)) or not (length := self.srtp.unprotect(buffer, length)):
            self.bad_packets += 1
            return
        if new:
            self._ssrcs.add(ssrc)
        self._heard = now
        try:
            received = self.uplink.receive(bytes(buffer.bytes[:length]), now)
        except BadPacket:
            self.bad_packets += 1
            return
        if received is not None:
            track, packet = received
            if not track.content and (not track.video or now - self._asked >= ASKING_S):
                self.ask(now)  # what comes soon enough is heard and seen: it does not wait for a tick
            self._owner.forward(track, packet)

    def _admits(self, ssrc: int) -> bool:
        """Looked at before decryption: the SSRC is in clear (RFC 3711 section 3.1), in RTP and in RTCP."""
        return ssrc in self._ssrcs or len(self._ssrcs) < MOST_SSRCS

    def on_rtcp(self, buffer: PacketBuffer, length: int, now: float) -> None:
        [ssrc] = SSRC.unpack_from(buffer.bytes, 4)
        if self.srtp is None or not self._admits(ssrc) or not (length := self.srtp.unprotect_rtcp(buffer, length)):
            self.bad_packets += 1
            return
        self._ssrcs.add(ssrc)
        try:
            packets = rtcp.parse(bytes(buffer.bytes[:length]))
        except BadPacket:
            self.bad_packets += 1
            return
        for packet in packets:
            self._on_feedback(packet, now)

    # --- to the network ---

    @property
    def ready(self) -> bool:
        """Media can be sent to it."""
        return self.srtp is not None and self.ice.address is not None

    def send_rtcp(self, data: bytes) -> None:
        if self.srtp is None or self.ice.address is None:
            return
        self._out.bytes[: len(data)] = data
        if length := self.srtp.protect_rtcp(self._out, len(data)):
            self._owner.send(self._out.bytes[:length], self.ice.address)

    def ask(self, now: float) -> None:
        """Send the feedback that is due to what this peer sends."""
        self._asked = now
        for each in self.uplink.due(now, self._owner.gathering(now)):
            self.send_rtcp(each)

    def pad(self, now: float) -> None:
        """Send the probe's share of this moment, if one is on, and what measures round trips, if that is due."""
        if reports := self.delivery.watched(now):
            self.send_rtcp(b"".join(reports))
        for _ in range(self.delivery.padding_due(now)):
            self._send_plain(self.delivery.pad(now, self._out.bytes))

    def insure(self) -> None:
        """Send the voices of just now once more."""
        for length in self.delivery.again(self._out.bytes):
            self._send_plain(length)

    def report(self, now: float, wall: float) -> None:
        """Once a second: what was received, and sender reports of our own.

        Also with nothing to report: whoever sits muted and alone sees by it that the way still bears.
        """
        parts = [rtcp.receiver_report(self.uplink.reports(now)), *self.delivery.sender_reports(now, wall)]
        self.send_rtcp(b"".join(parts))

    def expired(self, now: float) -> str | None:
        """Why this peer is to be given up, if it is."""
        if self.ice.expired(now):
            return "consent"
        return "dtls" if self.srtp is None and now - self._made > PATIENCE_S else None

    def silent_for(self, now: float) -> float:
        """Seconds since anything authentic came."""
        return now - self._heard

    async def close(self) -> None:
        """Close sources and sinks, then say goodbye. Idempotent."""
        self.uplink.close()
        if self._starting is not None and not self._starting.done():
            self._starting.cancel()
        self._starting = None  # a task that was cancelled keeps where it was, and so this peer
        await self._dtls.close()

    def _send(self, data: bytes) -> None:
        if self.ice.address is not None:
            self._owner.send(data, self.ice.address)

    def _send_plain(self, length: int) -> None:
        """Protect and send what was written into the outgoing buffer; 0: nothing."""
        if self.srtp is None or self.ice.address is None or not length:
            return
        [ssrc] = SSRC.unpack_from(self._out.bytes, 8)
        protect = self.srtp.protect_again if self.delivery.has_slot(ssrc) else self.srtp.protect
        if length := protect(self._out, length):
            self._owner.send(self._out.bytes[:length], self.ice.address)

    async def _connect(self) -> None:
        try:
            self.srtp = await self._dtls.handshake(self.offer.fingerprint)
        except MediaError as error:
            logger.info("a peer's DTLS failed: %s", error)
            self._owner.lost(self, "dtls")
            return
        self._connect_slots()
        self._owner.connected(self)

    def _connect_slots(self) -> None:
        if self.srtp is None or self.ice.address is None:
            return
        address = self.ice.address
        for slot in self.delivery.slots.values():
            slot.connect(self.srtp.sending, address, family_of(address), self.srtp.trailer)

    def _on_feedback(self, packet: rtcp.AnyRtcp, now: float) -> None:
        if isinstance(packet, rtcp.RtcpSrPacket):
            info = packet.sender_info
            self.uplink.on_sender_report(packet.ssrc, info.ntp_timestamp, info.rtp_timestamp, now)
        if isinstance(packet, (rtcp.RtcpRrPacket, rtcp.RtcpSrPacket)):
            if self.delivery.on_reports(packet.reports, now):
                self._judge(now)
        elif isinstance(packet, rtcp.RtcpRtpfbPacket) and packet.fmt == rtcp.RTCP_RTPFB_NACK:
            for length in self.delivery.resend(packet.media_ssrc, packet.lost, now, self._out.bytes):
                self._send_plain(length)
        elif isinstance(packet, rtcp.RtcpPsfbPacket) and self.delivery.on_picture_feedback(packet, now):
            self._judge(now)

    def _judge(self, now: float) -> None:
        """What is beyond the budget waits for the choice that is made every second anyhow."""
        if self._judgements.take(1, now):
            self._owner.judged(self, now)
