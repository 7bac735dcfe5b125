"""The two STUN messages of an ICE-lite side (RFC 8489): binding requests read, their answers written. Pure.

Every browser asks every two seconds or so, for as long as it is in a room.
"""

from __future__ import annotations

import hmac
import socket
import struct
import zlib
from typing import NamedTuple

from media.address import Address

HEADER = struct.Struct("!HHI12s")  # section 5: type, length, cookie, transaction
ATTRIBUTE = struct.Struct("!HH")
COOKIE = 0x2112A442
REQUEST, RESPONSE = 0x0001, 0x0101  # of the binding method
USERNAME, INTEGRITY, XOR_MAPPED_ADDRESS, USE_CANDIDATE, FINGERPRINT = 0x0006, 0x0008, 0x0020, 0x0025, 0x8028
INTEGRITY_BYTES = 20
FINGERPRINT_XOR = 0x5354554E
MOST_BYTES = 1_200


class Key:
    """A password, ready to sign with (section 9.1.1): it is made once for many checks."""

    __slots__ = ("_begun",)

    def __init__(self, password: str) -> None:
        self._begun = hmac.new(password.encode(), digestmod="sha1")

    def sign(self, data: bytes) -> bytes:
        signing = self._begun.copy()
        signing.update(data)
        return signing.digest()


class Check(NamedTuple):
    """A binding request that is well formed; its integrity is not yet known."""

    ufrag: str  # of the side that is asked (RFC 8445 section 7.2.2)
    nominates: bool
    transaction: bytes
    signed: bytes  # what the integrity covers
    integrity: bytes

    def authentic(self, key: Key) -> bool:
        """Whether whoever sent it knows the password (section 14.5)."""
        return hmac.compare_digest(key.sign(self.signed), self.integrity)


def parse_check(data: bytes) -> Check | None:
    """Read a binding request; None for whatever else came, however broken, and for one without integrity."""
    if not HEADER.size <= len(data) <= MOST_BYTES or len(data) % 4:
        return None
    kind, length, cookie, transaction = HEADER.unpack_from(data)
    if kind != REQUEST or cookie != COOKIE or length != len(data) - HEADER.size:
        return None
    username, nominates, signed = b"", False, 0
    at = HEADER.size
    while at < len(data):
        name, size = ATTRIBUTE.unpack_from(data, at)
        value = at + ATTRIBUTE.size
        if value + size > len(data):
            return None
        if name == FINGERPRINT:
            if value + 4 != len(data) or size != 4 or data[value:] != _fingerprint(data[:at]):
                return None
        elif signed:
            pass  # section 14.5: what follows the integrity counts for nothing, but for the fingerprint
        elif name == INTEGRITY:
            if size != INTEGRITY_BYTES:
                return None
            signed = at
        elif name == USERNAME:
            username = data[value : value + size]
        elif name == USE_CANDIDATE:
            nominates = True
        at = value + size + (-size & 3)
    ufrag = username.partition(b":")[0]
    if not signed or not ufrag.isascii():
        return None
    integrity = data[signed + ATTRIBUTE.size : signed + ATTRIBUTE.size + INTEGRITY_BYTES]
    return Check(ufrag.decode(), nominates, transaction, _with_length(data[:signed]), integrity)


def response(check: Check, source: Address, key: Key) -> bytes:
    """The answer: from which address the request came (section 14.2), signed."""
    host, port = source[0].partition("%")[0], source[1]
    family, plain = (2, socket.inet_pton(socket.AF_INET6, host)) if ":" in host else (1, socket.inet_aton(host))
    mask = COOKIE.to_bytes(4, "big") + check.transaction
    hidden = bytes(a ^ b for a, b in zip(plain, mask, strict=False))
    body = struct.pack("!HHBBH", XOR_MAPPED_ADDRESS, 4 + len(plain), 0, family, port ^ COOKIE >> 16) + hidden
    data = _with_length(HEADER.pack(RESPONSE, 0, COOKIE, check.transaction) + body)
    data += ATTRIBUTE.pack(INTEGRITY, INTEGRITY_BYTES) + key.sign(data)
    data = _with_length(data, behind=8)
    return data + ATTRIBUTE.pack(FINGERPRINT, 4) + _fingerprint(data)


def _with_length(data: bytes, behind: int = ATTRIBUTE.size + INTEGRITY_BYTES) -> bytes:
    """With the length up to the end of the attribute of `behind` bytes that follows, as both sums want it."""
    return data[:2] + (len(data) - HEADER.size + behind).to_bytes(2, "big") + data[4:]


def _fingerprint(data: bytes) -> bytes:
    return (zlib.crc32(data) ^ FINGERPRINT_XOR).to_bytes(4, "big")
