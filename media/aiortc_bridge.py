"""The one file that touches private names of aiortc and pylibsrtp; pinned versions, and a test fails when a name goes.

aiortc's `RTCDtlsTransport` does DTLS. In place of an `RTCIceTransport` it gets `_Wire`, a queue. It takes the DTLS
server role, so browsers choose AES-GCM, which costs a quarter of AES-CM with HMAC-SHA1. SRTP is then done by libsrtp
in place, in buffers of our own, without a copy or an allocation per packet.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections import deque
from collections.abc import Callable
from typing import cast

from aiortc import RTCIceTransport
from aiortc.rtcdtlstransport import (
    SRTP_PROFILES,
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    SRTPProtectionProfile,
)
from OpenSSL import SSL
from pylibsrtp import Policy, Session
from pylibsrtp._binding import ffi, lib

from media.errors import MediaError

HANDSHAKE_S = 20.0
SLOT_WINDOW = 512  # packets of a slot that may be sent again as they were
QUEUED_DATAGRAMS = 32
ROOM_FOR_TRAILER = 144  # SRTP_MAX_SRTCP_TRAILER_LEN
UNPROTECT = lib.srtp_unprotect
SRTP_PROTECT = lib.srtp_protect  # (sending session, buffer, int *length) -> 0 when all is well
logger = logging.getLogger(__name__)


def srtp_protect_address() -> int:
    """Where libsrtp's function lies in this process, for a loop in C."""
    return int(ffi.cast("uintptr_t", ffi.addressof(lib, "srtp_protect")))


def address_of(session: object) -> int:
    """Where a sending session lies in this process."""
    return int(ffi.cast("uintptr_t", session))


class PacketBuffer:
    """Memory that libsrtp works on in place. `bytes` is its writable view of `size` bytes.

    Behind them lies room for what `protect` appends: libsrtp writes it without asking how long the buffer is.
    """

    def __init__(self, size: int = 2048) -> None:
        self.size = size
        self.cdata = ffi.new("unsigned char[]", size + ROOM_FOR_TRAILER)
        self.bytes = memoryview(ffi.buffer(self.cdata, size))
        self.length = ffi.new("int *")


class _SharedCertificate(RTCCertificate):
    """One OpenSSL context for all connections, where aiortc makes one for each: a tenth of what joining costs."""

    @functools.cached_property
    def _context(self) -> SSL.Context:
        context = super()._create_ssl_context(SRTP_PROFILES)
        context.set_session_cache_mode(SSL.SESS_CACHE_OFF)  # nobody's session is kept, and none goes on
        context.set_options(SSL.OP_NO_TICKET)
        return context

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        """`srtp_profiles` are always all that aiortc knows."""
        return self._context


class Certificate:
    """A self-signed certificate, made once per process."""

    def __init__(self) -> None:
        self.value = _SharedCertificate.generateCertificate()

    @functools.cached_property
    def fingerprint(self) -> str:
        """SHA-256, upper-case hex pairs with colons (RFC 8122 section 5)."""
        return next(str(each.value) for each in self.value.getFingerprints() if each.algorithm == "sha-256")


class Srtp:
    """Both directions of one connection (RFC 3711, RFC 7714). Lengths in bytes; 0 means refused.

    Slots are sent by a session of their own, `sending`, for the fan-out. libsrtp searches a session's streams one by
    one, the newest first, and moves a window of as many bits as packets may be old. All sessions have the same keys, so
    an SSRC belongs to one of them for good.
    """

    def __init__(self, transport: RTCDtlsTransport, slots: Session | None = None) -> None:
        slots = slots or transport._tx_srtp
        self._sessions = (transport._rx_srtp, transport._tx_srtp, slots)  # keeps the C objects alive
        self._rx, self._tx, self.sending = (each._srtp[0] for each in self._sessions)
        assert transport._ssl is not None
        gcm = b"GCM" in (transport._ssl.get_selected_srtp_profile() or b"")
        self.trailer = 16 if gcm else 10  # bytes that `protect` appends (RFC 7714 section 12, RFC 3711 section 9.5)

    def unprotect(self, buffer: PacketBuffer, length: int) -> int:
        held = buffer.length
        held[0] = length
        return 0 if UNPROTECT(self._rx, buffer.cdata, held) else int(held[0])

    def unprotect_rtcp(self, buffer: PacketBuffer, length: int) -> int:
        return self._run(lib.srtp_unprotect_rtcp, self._rx, buffer, length)

    def protect(self, buffer: PacketBuffer, length: int) -> int:
        """What is no slot's: padding, and packets sent again by RTX."""
        return self._run(SRTP_PROTECT, self._tx, buffer, length)

    def protect_again(self, buffer: PacketBuffer, length: int) -> int:
        """A packet that a slot has sent before."""
        return self._run(SRTP_PROTECT, self.sending, buffer, length)

    def protect_rtcp(self, buffer: PacketBuffer, length: int) -> int:
        return self._run(lib.srtp_protect_rtcp, self._tx, buffer, length)

    @staticmethod
    def _run(function: Callable[..., int], session: object, buffer: PacketBuffer, length: int) -> int:
        buffer.length[0] = length
        return 0 if function(session, buffer.cdata, buffer.length) else int(buffer.length[0])


def _slot_session(transport: RTCDtlsTransport) -> Session:
    """One more sending session with the keys that were agreed (RFC 5764 section 4.2)."""
    assert transport._ssl is not None
    agreed = transport._ssl.get_selected_srtp_profile()
    profile = next(each for each in transport._srtp_profiles if each.openssl_profile == agreed)
    length = 2 * (profile.key_length + profile.salt_length)
    exported = transport._ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", length)
    policy = Policy(
        key=profile.get_key_and_salt(exported, 1 if transport._role == "server" else 0),
        ssrc_type=Policy.SSRC_ANY_OUTBOUND,
        srtp_profile=profile.libsrtp_profile,
    )
    policy.allow_repeat_tx = True
    policy.window_size = SLOT_WINDOW
    return Session(policy)


class DtlsTransport(RTCDtlsTransport):
    """Goes on where OpenSSL had nothing to read when a lost flight was due again; aiortc would end the handshake."""

    async def _recv_next(self) -> None:
        try:
            await super()._recv_next()
        except SSL.WantReadError:
            await self._write_ssl()


class _Wire:
    """What `RTCDtlsTransport` needs of an ICE transport. `controlling` makes it the DTLS server by its ORTC rule."""

    role = "controlling"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._out = send
        self._arrived: deque[bytes] = deque()
        self._awaited: asyncio.Future[bytes] | None = None

    def _recv(self) -> asyncio.Future[bytes]:
        """A future, not a coroutine: aiortc waits for it with a timeout, and a coroutine would take a task."""
        awaited: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        if self._arrived:
            awaited.set_result(self._arrived.popleft())
        else:
            self._awaited = awaited
        return awaited

    def feed(self, datagram: bytes) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None and not awaited.done():
            awaited.set_result(datagram)
        elif len(self._arrived) < QUEUED_DATAGRAMS:
            self._arrived.append(datagram)

    async def _send(self, data: bytes) -> None:
        self._out(data)

    def forget(self) -> None:
        """Send nothing any more, to nobody."""
        self._out, self._awaited = _nothing, None


class Dtls:
    """DTLS of one connection, server role. `on_closed` is called once when the other side ends it."""

    def __init__(self, certificate: Certificate, send: Callable[[bytes], None], on_closed: Callable[[], None]) -> None:
        self._wire = _Wire(send)
        self._transport = DtlsTransport(cast(RTCIceTransport, self._wire), [certificate.value])
        self._on_closed = on_closed
        self._stopping = False

    def feed(self, datagram: bytes) -> None:
        """One DTLS datagram from the network; dropped when too many wait."""
        self._wire.feed(datagram)

    async def handshake(self, fingerprint: str) -> Srtp:
        """Shake hands with whoever holds the certificate of this SHA-256 fingerprint. Raises `MediaError`."""
        self._transport.on("statechange", self._state_changed)
        expected = RTCDtlsParameters(fingerprints=[RTCDtlsFingerprint(algorithm="sha-256", value=fingerprint)])
        try:
            async with asyncio.timeout(HANDSHAKE_S):
                await self._transport.start(expected)
        except TimeoutError:
            raise MediaError("DTLS handshake took too long") from None
        except SSL.Error as error:
            raise MediaError(f"DTLS handshake failed ({type(error).__name__})") from None
        if self._transport.state != "connected":
            raise MediaError("DTLS handshake failed")
        if (task := self._transport._task) is not None:
            task.add_done_callback(_read_outcome)
        return Srtp(self._transport, _slot_session(self._transport))

    async def close(self) -> None:
        """Say goodbye (close_notify) and stop. Idempotent. Its owner is let go, or each would keep the other alive."""
        self._stopping = True
        await self._transport.stop()
        self._transport.remove_all_listeners()
        self._wire.forget()
        self._on_closed = _nothing

    def _state_changed(self) -> None:
        if self._transport.state == "closed" and not self._stopping:
            self._stopping = True
            self._on_closed()


def _nothing(*_: object) -> None: ...


def _read_outcome(task: asyncio.Future[None]) -> None:
    """Whatever broke the DTLS reader was one peer's doing; it is noted, and the peer is closed by its state."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.info("DTLS of a peer ended: %s", type(error).__name__)
