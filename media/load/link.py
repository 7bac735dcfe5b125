"""One participant's socket: ICE as the controlling side, DTLS in either role, then SRTP. Before the engine takes over,
asyncio reads it; afterwards whoever calls `readable`.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import struct
import time
from typing import cast

from aioice import stun
from aiortc import RTCIceTransport
from aiortc.rtcdtlstransport import RTCDtlsFingerprint, RTCDtlsParameters

from media.aiortc_bridge import Certificate, DtlsTransport, Srtp
from media.load.sdp import Identity, Remote

CHECK_EVERY_S = 0.1
PATH_WITHIN_S, DTLS_WITHIN_S = 10.0, 15.0
SO_TIMESTAMPNS = 35  # asm-generic/socket.h; Python has no name for it
SO_RCVBUFFORCE = 33
RECEIVE_BYTES = 1 << 20
STAMP = struct.Struct("@qq")  # struct timespec
ROOM_FOR_STAMP = socket.CMSG_SPACE(STAMP.size)
Address = tuple[str, int]


class _Wire:
    """What `RTCDtlsTransport` needs of an ICE transport; it takes the DTLS role from the ICE role (ORTC)."""

    def __init__(self, link: Link, dtls_client: bool) -> None:
        self.role = "controlled" if dtls_client else "controlling"
        self.queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._link = link

    async def _recv(self) -> bytes:
        return await self.queue.get()

    async def _send(self, data: bytes) -> None:
        self._link.send(data)


class Link:
    """`early` holds what came by SRTP before the engine took over, with the kernel's stamps (ns since 1970)."""

    def __init__(self, certificate: Certificate, bind: str = "") -> None:
        self.socket = _socket(bind)
        self.early: list[tuple[bytes, int]] = []
        self.closed = False  # the other side has said goodbye
        self._certificate = certificate
        self._ufrag, self._password = secrets.token_hex(4), secrets.token_hex(12)
        self._bound = bool(bind)
        self._remote: Remote | None = None
        self._address: Address | None = None
        self._srtp: Srtp | None = None
        self._wire: _Wire | None = None
        self._dtls: DtlsTransport | None = None
        self._answered = asyncio.Event()

    @property
    def identity(self) -> Identity:
        address = self.socket.getsockname() if self._bound else None
        return Identity(self._ufrag, self._password, self._certificate.fingerprint, address)

    @property
    def srtp(self) -> Srtp:
        assert self._srtp is not None
        return self._srtp

    async def connect(self, remote: Remote, settle_s: float = 0.0) -> None:
        """Check, nominate, shake hands. Raises `ConnectionError` or `TimeoutError` when that does not come off.

        `settle_s`: pause before the handshake, for servers that lose a first flight which comes at once.
        """
        self._remote = remote
        self._wire = _Wire(self, remote.dtls_server)
        self._dtls = DtlsTransport(cast(RTCIceTransport, self._wire), [self._certificate.value])
        asyncio.get_running_loop().add_reader(self.socket.fileno(), self._readable)
        async with asyncio.timeout(PATH_WITHIN_S):
            await self._find_path()
            await self._nominate()
        await asyncio.sleep(settle_s)
        expected = [RTCDtlsFingerprint(algorithm="sha-256", value=remote.fingerprint)]
        async with asyncio.timeout(DTLS_WITHIN_S):
            await self._dtls.start(RTCDtlsParameters(fingerprints=expected))
        if self._dtls.state != "connected":
            raise ConnectionError("DTLS failed")
        self._srtp = Srtp(self._dtls)

    def release(self) -> None:
        """From now on somebody else reads the socket."""
        asyncio.get_running_loop().remove_reader(self.socket.fileno())

    def send(self, data: bytes | memoryview) -> bool:
        """False when the kernel would not take it."""
        assert self._address is not None
        try:
            self.socket.sendto(data, self._address)
        except OSError:
            return False
        return True

    def check(self) -> None:
        """Nominate again and renew consent (RFC 7675): one binding request."""
        assert self._address is not None
        self._request(self._address, nominate=True)

    def on_control(self, data: bytes, source: Address) -> None:
        """STUN and DTLS, told apart by the first byte (RFC 7983)."""
        if data[0] < 4:
            self._on_stun(data, source)
        elif 19 < data[0] < 64:
            # content type 21 is an alert: after the handshake that is the other side's goodbye
            self.closed = self.closed or (data[0] == 21 and self._srtp is not None)
            if self._wire is not None and self._srtp is None:
                self._wire.queue.put_nowait(data)

    async def close(self) -> None:
        """Say goodbye. Idempotent."""
        with contextlib.suppress(ValueError):
            asyncio.get_running_loop().remove_reader(self.socket)
        if self._dtls is not None:
            await self._dtls.stop()
        self.socket.close()

    async def _find_path(self) -> None:
        assert self._remote is not None
        while self._address is None:
            for candidate in self._remote.candidates:
                self._request(candidate, nominate=False)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), CHECK_EVERY_S)

    async def _nominate(self) -> None:
        """Before it has answered this, the other side may not be ready for a handshake."""
        self._answered.clear()
        while not self._answered.is_set():
            self.check()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), CHECK_EVERY_S)

    def _request(self, address: Address, nominate: bool) -> None:
        """A binding request (RFC 8445 section 7.2)."""
        assert self._remote is not None
        request = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{self._remote.ufrag}:{self._ufrag}"
        request.attributes["PRIORITY"] = 1_853_817_087
        request.attributes["ICE-CONTROLLING"] = secrets.randbits(64)
        if nominate:
            request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(self._remote.password.encode())
        request.add_fingerprint()
        with contextlib.suppress(OSError):  # a candidate may be out of reach from here
            self.socket.sendto(bytes(request), address)

    def _on_stun(self, data: bytes, source: Address) -> None:
        if data[:2] == b"\x00\x01":  # a full ICE agent checks us, too
            self._respond(data, source)
        elif data[:2] == b"\x01\x01" and self._srtp is None:
            self._address = self._address or source
            self._answered.set()

    def _respond(self, data: bytes, source: Address) -> None:
        request = stun.parse_message(data)
        response = stun.Message(
            message_method=stun.Method.BINDING,
            message_class=stun.Class.RESPONSE,
            transaction_id=request.transaction_id,
        )
        response.attributes["XOR-MAPPED-ADDRESS"] = source
        response.add_message_integrity(self._password.encode())
        response.add_fingerprint()
        self.socket.sendto(bytes(response), source)

    def _readable(self) -> None:
        try:
            data, ancillary, _, source = self.socket.recvmsg(2048, ROOM_FOR_STAMP)
        except OSError:
            return
        if data and data[0] > 127:
            self.early.append((data, stamp_of(ancillary)))
        elif data:
            self.on_control(data, source)


def stamp_of(ancillary: list[tuple[int, int, bytes]]) -> int:
    """When the kernel received a datagram, in ns since 1970; now, where it does not say."""
    if not ancillary:
        return time.time_ns()
    seconds, nanoseconds = STAMP.unpack(ancillary[0][2])
    return int(seconds) * 1_000_000_000 + int(nanoseconds)


def _socket(bind: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    try:
        made.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BYTES)
    except PermissionError:  # not root: as much as everybody may have
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
    made.bind((bind or "0.0.0.0", 0))  # noqa: S104  (a client's socket, open to whoever it asked)
    return made
