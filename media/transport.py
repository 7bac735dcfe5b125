"""The one UDP socket: who a datagram is for, and sending. STUN finds a peer by fragment, all else by source address."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Protocol

from media import ice
from media.aiortc_bridge import PacketBuffer
from media.ice import Address
from media.settings import MediaSettings

BURST = 64  # datagrams read before the loop gets a turn
SOCKET_BYTES = 4 << 20
MOST_MEDIA_BYTES = 1_500  # no browser sends more in one datagram; what is forwarded may grow by a header


class Reader(Protocol):
    """A peer, as the socket sees it. RTP and RTCP stay in the receive buffer."""

    ice: ice.IceLite

    def on_path(self, now: float) -> None: ...
    def on_dtls(self, datagram: bytes) -> None: ...
    def on_rtp(self, buffer: PacketBuffer, length: int, now: float) -> None: ...
    def on_rtcp(self, buffer: PacketBuffer, length: int, now: float) -> None: ...


class UdpTransport:
    def __init__(self, settings: MediaSettings) -> None:
        self.buffer = PacketBuffer()
        self.dropped: dict[str, int] = {"stun": 0, "unknown": 0, "oversized": 0, "send": 0}
        self._by_ufrag: dict[str, Reader] = {}
        self._by_address: dict[Address, Reader] = {}
        self._socket = _bind(settings)
        self.port: int = self._socket.getsockname()[1]
        self.addresses = tuple((each, self.port) for each in settings.addresses or _own_addresses())

    def start(self) -> None:
        asyncio.get_running_loop().add_reader(self._socket.fileno(), self._readable)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._socket.close()

    def bind(self, reader: Reader) -> None:
        """Let checks for this reader's present fragments find it."""
        for ufrag in reader.ice.ufrags:
            self._by_ufrag[ufrag] = reader

    def unbind(self, reader: Reader) -> None:
        """Forget a reader wherever it is known."""
        for table in (self._by_ufrag, self._by_address):
            for key in [key for key, held in table.items() if held is reader]:
                del table[key]  # type: ignore[arg-type]

    def send(self, data: bytes | memoryview, address: Address) -> None:
        """Best effort, as UDP is: what the kernel will not take now is counted and gone."""
        try:
            self._socket.sendto(data, address)
        except OSError:
            self.dropped["send"] += 1

    def _readable(self) -> None:
        now = asyncio.get_running_loop().time()
        for _ in range(BURST):
            try:
                length, source = self._socket.recvfrom_into(self.buffer.bytes)
            except BlockingIOError:
                return
            except OSError:
                continue  # an ICMP error of an earlier send
            self._dispatch(length, source, now)

    def _dispatch(self, length: int, source: Address, now: float) -> None:
        """RFC 7983: the first byte tells STUN, DTLS and (S)RTP apart; RFC 5761 tells RTP and RTCP apart."""
        if length < 2 or length >= self.buffer.size:
            self.dropped["oversized" if length else "unknown"] += 1
            return
        first = self.buffer.bytes[0]
        if first < 4:
            self._stun(bytes(self.buffer.bytes[:length]), source, now)
            return
        reader = self._by_address.get(source)
        if reader is None:
            self.dropped["unknown"] += 1
        elif 127 < first < 192 and length > MOST_MEDIA_BYTES:
            self.dropped["oversized"] += 1
        elif 127 < first < 192:
            rtcp = 192 <= self.buffer.bytes[1] <= 223
            (reader.on_rtcp if rtcp else reader.on_rtp)(self.buffer, length, now)
        elif 19 < first < 64:
            reader.on_dtls(bytes(self.buffer.bytes[:length]))

    def _stun(self, data: bytes, source: Address, now: float) -> None:
        check = ice.parse_check(data)
        reader = self._by_ufrag.get(check.ufrag) if check is not None else None
        response = reader.ice.on_check(check, source, now) if reader is not None and check is not None else None
        if reader is None or response is None:
            self.dropped["stun"] += 1
            return
        if self._by_address.get(source) is not reader:
            self._forget_aged(reader)
        self._by_address[source] = reader
        self.send(response, source)
        reader.on_path(now)

    def _forget_aged(self, reader: Reader) -> None:
        mine = [address for address, held in self._by_address.items() if held is reader]
        for address in mine:
            if address not in reader.ice.addresses:
                del self._by_address[address]


def _bind(settings: MediaSettings) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BYTES)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BYTES)
    try:
        made.bind((settings.bind, settings.port))
    except OSError:
        made.close()
        raise
    return made


def _own_addresses() -> list[str]:
    """This machine's addresses by which others may reach it, its own loopback last.

    Without a non-loopback candidate Chromium on another interface would gather nothing to pair with.
    """
    found = set()
    for probe in ("198.51.100.1", "10.255.255.255"):  # nothing is sent: connect only asks the routing table
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            try:
                asking.connect((probe, 9))
                found.add(asking.getsockname()[0])
            except OSError:
                continue
    usable = sorted(each for each in found if not ipaddress.ip_address(each).is_loopback)
    return [*usable, "127.0.0.1"]
