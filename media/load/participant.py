"""One synthetic participant on the engine's thread: it sends what it is told to, receives its slots, and reports."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from media.aiortc_bridge import PacketBuffer
from media.load import rtp
from media.load.delays import Delays
from media.load.encoding import DESCRIPTOR_BYTES, Encoding, Numbers
from media.load.link import ROOM_FOR_STAMP, Address, Link, stamp_of
from media.load.sdp import Remote, Section, Told
from media.load.sent import Published
from media.load.stream import Stream
from media.load.tracks import Pictures, Sound

ESTIMATE = 12_000_000  # bit/s, told by REMB: these participants' lines are never the narrow place
MOST_ASKED = 64


@dataclass(slots=True)
class Surroundings:
    """What participants of one crowd share."""

    published: Published = field(default_factory=Published)
    buffer: PacketBuffer = field(default_factory=PacketBuffer)
    sound: Delays = field(default_factory=Delays)
    pictures: Delays = field(default_factory=Delays)


class Participant:
    """`sections`: what it offered; `ssrc`: where its own streams' numbers begin.

    Counters may be read from other threads by `Engine.call` only.
    """

    def __init__(
        self, link: Link, remote: Remote, sections: Sequence[Section], ssrc: int, shared: Surroundings
    ) -> None:
        self.link, self.remote = link, remote
        self.microphone: Sound | None = None
        self.pictures: list[Pictures] = []
        self.encodings: list[Encoding] = []
        self.bytes = 0  # received by SRTP
        self.probes = 0  # packets of a retransmission stream that repeat nothing
        self.refused = 0  # packets that could not be decrypted
        self.unsent = 0  # packets that the kernel would not take
        self.feedback = 0  # packets of transport-wide congestion control
        self.remb: int | None = None  # the last one heard, bit/s
        self.first_packet_ns: int | None = None
        self._shared = shared
        self._ssrc = ssrc
        self._sections = {section.mid: section for section in sections}
        self._transport_number = 0
        self._streams: dict[int, Stream] = {}
        self._repairs: dict[int, Stream] = {}
        self._buffer, self._views = shared.buffer.bytes, [shared.buffer.bytes]
        self._receive = link.socket.recvmsg_into
        for told in remote.sections.values():
            self._expect(told)

    @property
    def streams(self) -> list[Stream]:
        """Those on which something came."""
        return [stream for stream in self._streams.values() if stream.received]

    # --- what it sends ---

    def encoding(self, mid: str, rid: str = "") -> Encoding:
        """A new stream in this section of the offer."""
        told = self._sections[mid].ssrc
        ssrc = told if told is not None else self._ssrc + 16 + 2 * len(self.encodings)
        numbers = Numbers(ssrc, secrets.randbelow(30_000), secrets.randbits(32))
        made = Encoding(self.remote.sections[mid], rid, numbers, self._next_transport_number)
        self.encodings.append(made)
        return made

    def send(self, packet: bytes) -> None:
        buffer = self._shared.buffer
        buffer.bytes[: len(packet)] = packet
        length = self.link.srtp.protect(buffer, len(packet))
        if not length or not self.link.send(buffer.bytes[:length]):
            self.unsent += 1

    def check(self) -> None:
        self.link.check()

    def report(self) -> None:
        """Once a second: sender reports, and a receiver report with REMB, as browsers send them."""
        for encoding in self.encodings:
            if encoding.packets:
                self._send_rtcp(_sender_report(encoding))
        heard = [stream for stream in self._streams.values() if stream.expected > stream.reported[0]]
        if heard:
            blocks = [_block(stream, time.time_ns()) for stream in heard]
            ssrcs = [stream.ssrc for stream in heard if stream.video]
            estimate = rtp.remb(self._ssrc, ESTIMATE, ssrcs) if ssrcs else b""
            self._send_rtcp(rtp.receiver_report(self._ssrc, blocks) + estimate)

    def ask(self) -> None:
        """Ask again for what is missing, where this participant does so."""
        for stream in self._streams.values():
            if stream.missing:
                self._send_rtcp(rtp.nack(self._ssrc, stream.ssrc, list(stream.missing)[-MOST_ASKED:]))

    # --- what it receives ---

    def begin(self) -> None:
        """Take what came before the engine listened."""
        for data, stamp in self.link.early:
            self._buffer[: len(data)] = data
            self._take(len(data), stamp)
        self.link.early.clear()

    def readable(self) -> None:
        """The hot path: one datagram."""
        try:
            length, ancillary, _, source = self._receive(self._views, ROOM_FOR_STAMP)
        except OSError:
            return
        if length and self._buffer[0] > 127:
            self._take(length, stamp_of(ancillary))
        elif length:
            self._on_control(length, source)

    def _take(self, length: int, stamp: int) -> None:
        buffer = self._buffer
        if 192 <= buffer[1] <= 223:
            self._on_rtcp(length, stamp)
            return
        first, _, sequence, timestamp, ssrc, csrc = rtp.WITH_CSRC.unpack_from(buffer)
        stream = self._streams.get(ssrc)
        if stream is None:
            self._on_repair(ssrc, length)
            return
        self.bytes += length
        if self.first_packet_ns is None:
            self.first_packet_ns = stamp
        csrc = csrc if first & 0x0F else 0
        if stream.take(sequence, timestamp, csrc, stamp):
            payload = self._payload(length)
            body = payload[DESCRIPTOR_BYTES:] if stream.video else payload
            found = self._shared.published.find(body) if body else None
            stream.learn(sequence, timestamp, csrc, stamp, found)

    def _on_repair(self, ssrc: int, length: int) -> None:
        stream = self._repairs.get(ssrc)
        payload = self._payload(length)
        if stream is None or len(payload) <= 2:
            self.probes += 1
        else:
            stream.repair(int.from_bytes(payload[:2], "big"))

    def _payload(self, length: int) -> bytes:
        plain = self.link.srtp.unprotect(self._shared.buffer, length)
        if not plain:
            self.refused += 1
            return b""
        return rtp.payload_of(bytes(self._buffer[:plain]))

    def _on_rtcp(self, length: int, stamp: int) -> None:
        plain = self.link.srtp.unprotect_rtcp(self._shared.buffer, length)
        if not plain:
            self.refused += 1
            return
        heard = rtp.hear(bytes(self._buffer[:plain]))
        for ssrc, ntp in heard.senders:
            if ssrc in self._streams:
                self._streams[ssrc].last_report = ntp, stamp
        self.feedback += heard.transport_cc
        self.remb = heard.remb if heard.remb is not None else self.remb
        self._on_feedback(heard)

    def _on_feedback(self, heard: rtp.Heard) -> None:
        for encoding in self.encodings:
            for ssrc in heard.reported:
                encoding.heard(ssrc)
            again = [encoding.again(number) for ssrc, number in heard.missing if ssrc == encoding.ssrc]
            for packet in filter(None, again):
                self.send(packet)
        for ssrc in heard.keyframes:
            for pictures in self.pictures:
                pictures.keyframe(ssrc)

    def _on_control(self, length: int, source: Address) -> None:
        self.link.on_control(bytes(self._buffer[:length]), source)

    def _expect(self, told: Told) -> None:
        delays = self._shared.pictures if told.video else self._shared.sound
        for ssrc in told.ssrcs:
            self._streams[ssrc] = Stream(ssrc, told.mid, told.video, delays)
        self._repairs |= {repair: self._streams[main] for repair, main in told.repairs.items()}

    def _next_transport_number(self) -> int:
        self._transport_number += 1
        return self._transport_number

    def _send_rtcp(self, packet: bytes) -> None:
        buffer = self._shared.buffer
        buffer.bytes[: len(packet)] = packet
        if length := self.link.srtp.protect_rtcp(buffer, len(packet)):
            self.link.send(buffer.bytes[:length])


def _sender_report(encoding: Encoding) -> bytes:
    """Says when the last packet's timestamp was true: enough for whoever aligns clocks."""
    wall, timestamp = encoding.sent.at(encoding.numbers.sequence - 1)
    return rtp.sender_report(encoding.ssrc, wall, timestamp, encoding.packets, encoding.octets)


def _block(stream: Stream, now_ns: int) -> bytes:
    expected, received = stream.expected - stream.reported[0], stream.received - stream.reported[1]
    stream.reported = stream.expected, stream.received
    fraction = max(0, expected - received) * 256 // expected
    ntp, at_ns = stream.last_report
    since = (now_ns - at_ns) * 65_536 // 1_000_000_000 if ntp else 0
    return rtp.block(stream.ssrc, min(255, fraction), max(0, stream.lost), stream.highest, ntp, since)
