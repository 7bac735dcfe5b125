"""One participant's connection: its ICE and DTLS, what it sends (UpTracks) and the slots it receives (DownTracks)."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import Protocol

from media import rtcp, sdp
from media.aiortc_bridge import Certificate, Dtls, PacketBuffer, Srtp
from media.allocator import PublisherRate
from media.downtrack import DownTrack
from media.errors import BadPacket, MediaError
from media.ice import Address, IceLite
from media.ports import Kind, Packet
from media.rtp import header
from media.rtp.budget import Budget
from media.rtp.stats import ReceptionReport
from media.uptrack import UpTrack

PATIENCE_S = 30.0  # for a connection that never comes up
MOST_SSRCS = 32  # of one connection, over its life: every one is a stream that libsrtp searches for each packet
RESENT_A_SECOND, RESENT_AT_ONCE = 500, 256  # packets that may be asked for again
logger = logging.getLogger(__name__)


class Owner(Protocol):
    """The room, as its peers see it."""

    def send(self, data: bytes | memoryview, address: Address) -> None: ...
    def connected(self, peer: Peer) -> None: ...
    def lost(self, peer: Peer, reason: str) -> None: ...
    def bound(self, peer: Peer, track: UpTrack) -> None: ...
    def forward(self, track: UpTrack, packet: Packet) -> None: ...


class Peer:
    def __init__(self, id: str, offer: sdp.Offer, owner: Owner, certificate: Certificate, now: float) -> None:
        self.id, self.offer = id, offer
        self.ice = IceLite()
        self.srtp: Srtp | None = None
        self.up: dict[int, UpTrack] = {}
        self.slots: dict[str, DownTrack] = {s.mid: _slot(s) for s in offer.sections if not s.uplink}
        self.bad_packets = 0
        self._ssrcs: set[int] = set()  # seen and authentic
        self._retired: set[int] = set()  # another SSRC has taken their place for good
        self._resends = Budget(RESENT_A_SECOND, RESENT_AT_ONCE)
        self._uplinks = {section.mid.encode(): section for section in offer.sections if section.uplink}
        self._by_ssrc = {slot.ssrc: slot for slot in self.slots.values()}
        self._owner = owner
        self._dtls = Dtls(certificate, self._send, lambda: owner.lost(self, "dtls"))
        self._starting: asyncio.Task[None] | None = None
        self._made = now
        self._out = PacketBuffer()
        self._rate = PublisherRate()

    # --- from the network ---

    def on_path(self, now: float) -> None:
        if self._starting is None:
            self._starting = asyncio.create_task(self._connect())

    def on_dtls(self, datagram: bytes) -> None:
        self._dtls.feed(datagram)

    def on_rtp(self, buffer: PacketBuffer, length: int, now: float) -> None:
        ssrc = int.from_bytes(buffer.bytes[8:12], "big")
        if self.srtp is None or not self._admits(ssrc) or not (length := self.srtp.unprotect(buffer, length)):
            self.bad_packets += 1
            return
        self._ssrcs.add(ssrc)
        data = bytes(buffer.bytes[:length])
        try:
            parsed = header.parse(data)
        except BadPacket:
            self.bad_packets += 1
            return
        track = self.up.get(parsed.ssrc) or self._bind(parsed)
        packet = track.receive(parsed, data, now) if track is not None else None
        if track is not None and packet is not None:
            self._owner.forward(track, packet)

    def _admits(self, ssrc: int) -> bool:
        """Looked at before decryption: the SSRC is in clear (RFC 3711 section 3.1), in RTP and in RTCP."""
        return ssrc in self._ssrcs or len(self._ssrcs) < MOST_SSRCS

    def on_rtcp(self, buffer: PacketBuffer, length: int, now: float) -> None:
        ssrc = int.from_bytes(buffer.bytes[4:8], "big")
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

    def send_packet(self, slot: DownTrack, source: UpTrack, packet: Packet) -> None:
        """Forward one packet through one slot. The hot path."""
        if self.srtp is None or self.ice.address is None:
            return
        length = slot.pack(source, packet, self._out.bytes)
        if length and (length := self.srtp.protect(self._out, length)):
            self._owner.send(self._out.bytes[:length], self.ice.address)

    def send_rtcp(self, data: bytes) -> None:
        if self.srtp is None or self.ice.address is None:
            return
        self._out.bytes[: len(data)] = data
        if length := self.srtp.protect_rtcp(self._out, len(data)):
            self._owner.send(self._out.bytes[:length], self.ice.address)

    def ask(self, now: float) -> None:
        """Send the NACKs and key frame requests that are due."""
        for track in self.up.values():
            if missing := track.missing(now):
                self.send_rtcp(rtcp.nack(track.ssrc, missing))
            if track.keyframe_due(now):
                self.send_rtcp(rtcp.pli(track.ssrc))

    def report(self, now: float, wall: float) -> None:
        """Once a second: what was received, how much may be sent, and our own sender reports."""
        reports = [block for track in self.up.values() if (block := track.reception(now)) is not None]
        if reports:
            self.send_rtcp(rtcp.receiver_report(reports) + self._remb(reports, now))
        for slot in self.slots.values():
            if slot.source is not None and (sent := slot.sender_report(now, wall)) is not None:
                self.send_rtcp(sent)
            if slot.pending is not None and self.srtp is not None:
                slot.pending.ask_keyframe()

    def expired(self, now: float) -> str | None:
        """Why this peer is to be given up, if it is."""
        if self.ice.expired(now):
            return "consent"
        return "dtls" if self.srtp is None and now - self._made > PATIENCE_S else None

    def track(self, kind: Kind) -> UpTrack | None:
        return next((track for track in self.up.values() if track.kind is kind), None)

    async def close(self) -> None:
        """Close sources and sinks, then say goodbye. Idempotent."""
        for track in self.up.values():
            track.close()
        if self._starting is not None and not self._starting.done():
            self._starting.cancel()
        await self._dtls.close()

    def _send(self, data: bytes) -> None:
        if self.ice.address is not None:
            self._owner.send(data, self.ice.address)

    async def _connect(self) -> None:
        try:
            self.srtp = await self._dtls.handshake(self.offer.fingerprint)
        except MediaError as error:
            logger.info("a peer's DTLS failed: %s", error)
            self._owner.lost(self, "dtls")
            return
        self._owner.connected(self)

    def _bind(self, parsed: header.Header) -> UpTrack | None:
        """Tie a new SSRC to an uplink by the MID it carries (RFC 8843 section 9.2); the newest one counts."""
        if parsed.ssrc in self._retired:
            return None
        for section in self._uplinks.values():
            key = section.mid_id
            if key is not None and parsed.extensions.get(key) == section.mid.encode():
                return self._new_track(section, parsed.ssrc)
        return None

    def _new_track(self, section: sdp.Section, ssrc: int) -> UpTrack:
        if (former := self.track(section.kind)) is not None:
            del self.up[former.ssrc]
            self._retired.add(former.ssrc)
            former.close()
        csrc = secrets.randbits(32) | 1
        track = UpTrack(self.id, section.kind, ssrc, section.payload_type, section.rate_hz, csrc, section.level_id)
        self.up[ssrc] = track
        self._owner.bound(self, track)
        return track

    def _remb(self, reports: list[ReceptionReport], now: float) -> bytes:
        video = [track.ssrc for track in self.up.values() if track.video]
        worst = max((block.fraction_lost for block in reports if block.ssrc in video), default=0)
        return rtcp.remb(self._rate.update(worst / 256, now), video) if video else b""

    def _on_feedback(self, packet: rtcp.AnyRtcp, now: float) -> None:
        if isinstance(packet, rtcp.RtcpSrPacket):
            if (track := self.up.get(packet.ssrc)) is not None:
                info = packet.sender_info
                track.on_sender_report(info.ntp_timestamp, info.rtp_timestamp, now)
        elif isinstance(packet, rtcp.RtcpRtpfbPacket) and packet.fmt == rtcp.RTCP_RTPFB_NACK:
            self._resend(packet.media_ssrc, packet.lost, now)
        elif isinstance(packet, rtcp.RtcpPsfbPacket):
            self._on_picture_loss(packet)

    def _resend(self, ssrc: int, lost: list[int], now: float) -> None:
        slot = self._by_ssrc.get(ssrc)
        if slot is None or self.srtp is None or self.ice.address is None:
            return
        for sequence in lost:
            if not self._resends.take(1, now):
                return
            length = slot.repack(sequence, self._out.bytes)
            if length and (length := self.srtp.protect(self._out, length)):
                self._owner.send(self._out.bytes[:length], self.ice.address)

    def _on_picture_loss(self, packet: rtcp.RtcpPsfbPacket) -> None:
        ssrcs = [packet.media_ssrc] if packet.fmt == rtcp.RTCP_PSFB_PLI else []
        if packet.fmt == rtcp.RTCP_PSFB_FIR:
            ssrcs = [int.from_bytes(packet.fci[at : at + 4], "big") for at in range(0, len(packet.fci) - 7, 8)]
        for ssrc in ssrcs:
            slot = self._by_ssrc.get(ssrc)
            source = (slot.pending or slot.source) if slot is not None else None
            if source is not None:
                source.ask_keyframe()


def _slot(section: sdp.Section) -> DownTrack:
    return DownTrack(
        mid=section.mid,
        kind=section.kind,
        ssrc=secrets.randbits(32) | 1,
        payload_type=section.payload_type,
        rate_hz=section.rate_hz,
        mid_id=section.mid_id,
        first_sequence=secrets.randbelow(32768),
        first_timestamp=secrets.randbits(32),
    )
