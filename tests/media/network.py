"""The network between our sockets and browsers, without a handshake: real datagrams on loopback, real SRTP keys."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from aiortc.rtcdtlstransport import SRTP_PROFILES, RTCDtlsTransport, SRTPProtectionProfile
from pylibsrtp import Policy, Session

from media.address import Address
from media.aiortc_bridge import PacketBuffer, Srtp
from media.engine import make_engine
from media.fanout import Engine

END = b"end"
LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


class _Handshaken:
    """As much of a DTLS transport as `Srtp` looks at."""

    def __init__(self, profile: SRTPProtectionProfile, incoming: Session, outgoing: Session) -> None:
        self._rx_srtp, self._tx_srtp = incoming, outgoing
        self._ssl, self._profile = self, profile

    def get_selected_srtp_profile(self) -> bytes:
        return self._profile.openssl_profile


class Keys:
    """Both ends of one connection's SRTP: `ours` is the server's. The same `seed` gives the same keys."""

    def __init__(self, seed: int = 0, profile: SRTPProtectionProfile = SRTP_PROFILES[0]) -> None:
        def session(direction: int, way: int) -> Session:
            key = bytes([way, seed >> 8 & 0xFF, seed & 0xFF]).ljust(profile.key_length + profile.salt_length, b"k")
            policy = Policy(key=key, ssrc_type=direction, srtp_profile=profile.libsrtp_profile)
            policy.allow_repeat_tx = True
            policy.window_size = 1024
            return Session(policy)

        down, up = session(Policy.SSRC_ANY_OUTBOUND, 1), session(Policy.SSRC_ANY_INBOUND, 2)
        handshaken = cast(RTCDtlsTransport, _Handshaken(profile, up, down))
        self.ours = Srtp(handshaken, session(Policy.SSRC_ANY_OUTBOUND, 1))
        self._opening, self._sealing = session(Policy.SSRC_ANY_INBOUND, 1), session(Policy.SSRC_ANY_OUTBOUND, 2)

    def open(self, datagram: bytes) -> bytes:
        """What the browser reads. Raises `pylibsrtp.Error` for what comes twice."""
        return self._opening.unprotect(datagram)

    def open_rtcp(self, datagram: bytes) -> bytes:
        return self._opening.unprotect_rtcp(datagram)

    def seal(self, packet: bytes, buffer: PacketBuffer, rtcp: bool = False) -> int:
        """Put what the browser sends into a receive buffer; its length."""
        sealed = (self._sealing.protect_rtcp if rtcp else self._sealing.protect)(packet)
        buffer.bytes[: len(sealed)] = sealed
        return len(sealed)


class Receiver:
    """A browser's socket on loopback."""

    def __init__(self, family: int = socket.AF_INET) -> None:
        self.family = family
        self._socket = socket.socket(family, socket.SOCK_DGRAM)
        self._socket.settimeout(5)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._socket.bind((LOOPBACK[socket.AddressFamily(family)], 0))
        self.address: Address = self._socket.getsockname()[:2]

    def take(self) -> list[bytes]:
        """All that was sent to it since the last call: what comes before a datagram of its own."""
        self._socket.sendto(END, self.address)
        return list(iter(lambda: self._socket.recv(2_048), END))

    def send(self, datagram: bytes, address: Address) -> None:
        self._socket.sendto(datagram, address)

    def close(self) -> None:
        self._socket.close()


class Outlet:
    """The server's sockets of both families and the engine that sends through them."""

    def __init__(self, choice: str, library: Path) -> None:
        self.sockets = {family: socket.socket(family, socket.SOCK_DGRAM) for family in LOOPBACK}
        for each in self.sockets.values():
            each.setblocking(False)
        self.engine: Engine = make_engine(choice, dict(self.sockets.items()), library)

    def send(self, datagram: bytes | memoryview, address: Address) -> None:
        self.sockets[socket.AF_INET6 if ":" in address[0] else socket.AF_INET].sendto(datagram, address)

    def close(self) -> None:
        for each in self.sockets.values():
            each.close()


@contextlib.contextmanager
def outlet(choice: str, library: Path) -> Iterator[Outlet]:
    made = Outlet(choice, library)
    try:
        yield made
    finally:
        made.close()


@contextlib.contextmanager
def receiver(family: int = socket.AF_INET) -> Iterator[Receiver]:
    made = Receiver(family)
    try:
        yield made
    finally:
        made.close()
