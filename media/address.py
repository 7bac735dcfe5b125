"""Addresses as Python and as the kernel writes them. Pure."""

from __future__ import annotations

import socket
import sys

Address = tuple[str, int]
IPV4_BYTES, IPV6_BYTES = 16, 28  # of sockaddr_in and sockaddr_in6


def family_of(address: Address) -> int:
    return socket.AF_INET6 if ":" in address[0] else socket.AF_INET


def bytes_of(family: int) -> int:
    """How long the packed form is."""
    return IPV6_BYTES if family == socket.AF_INET6 else IPV4_BYTES


def pack(address: Address) -> bytes:
    """A `sockaddr_in` or `sockaddr_in6` (ip(7), ipv6(7))."""
    host, port = address[0], address[1].to_bytes(2, "big")
    family = family_of(address).to_bytes(2, sys.byteorder)
    if ":" in host:
        return family + port + bytes(4) + socket.inet_pton(socket.AF_INET6, host.partition("%")[0]) + bytes(4)
    return family + port + socket.inet_aton(host) + bytes(8)


def unpack(packed: bytes) -> Address:
    """The reverse, but for scopes and flows."""
    port = int.from_bytes(packed[2:4], "big")
    if len(packed) == IPV6_BYTES:
        return socket.inet_ntop(socket.AF_INET6, packed[8:24]), port
    return socket.inet_ntoa(packed[4:8]), port
