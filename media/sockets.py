"""The sockets of the media port: of each address family one for media, and one for reports and checks, which may wait.

Hundreds of receivers report every second and check their way every other, each at a moment of its own. To wake up for
one costs more than to read it, and what was just in the processor's cache is gone when the next voice comes. So the
kernel sorts them out (socket(7), SO_ATTACH_REUSEPORT_CBPF): they are read together, and however many there are, they
take no place in the buffer from voices. What comes behind a report in one datagram, as NACKs of browsers do, waits with
it: 10 ms while packets come.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import socket
import struct
from array import array
from collections.abc import Iterable

from media.address import family_of
from media.mmsg import stamp_arrivals
from media.settings import MediaSettings

SOCKET_BYTES = 4 << 20
PORT_TRIES = 20
SO_ATTACH_REUSEPORT_CBPF = 51  # socket(7), as Linux numbers it: missing in Python's module
LOAD_BYTE, IS, FROM, HAS, RETURN = 0x30, 0x15, 0x35, 0x45, 0x06  # instructions of classic BPF (bpf(4))
# Which socket of the port gets a datagram, by its first two bytes (RFC 7983, RFC 5761 section 4): the second, number 1,
# gets STUN, and RTCP that begins with a sender or receiver report. Each: instruction, how many to skip when so, when
# not, operand.
SORTING = (
    (LOAD_BYTE, 0, 0, 0),
    (FROM, 0, 4, 4),
    (HAS, 0, 4, 0x80),
    (LOAD_BYTE, 0, 0, 1),
    (IS, 1, 0, 200),
    (IS, 0, 1, 201),
    (RETURN, 0, 0, 1),
    (RETURN, 0, 0, 0),
)
Sockets = dict[int, socket.socket]  # by family
logger = logging.getLogger(__name__)


def bind(settings: MediaSettings) -> tuple[Sockets, Sockets]:
    """Sockets for media and for what may wait, of the family of `bind` or of both on one port. Raises `OSError`.

    Where the kernel does not sort, there are none for what may wait.
    """
    media = _bind(settings)
    return media, {family: second for family, each in media.items() if (second := _beside(each)) is not None}


def _bind(settings: MediaSettings) -> Sockets:
    if settings.bind:
        family = family_of((settings.bind, 0))
        return {family: _open(family, settings.bind, settings.port)}
    for tries_left in reversed(range(PORT_TRIES if settings.port == 0 else 1)):
        first = _open(socket.AF_INET, "0.0.0.0", settings.port)  # noqa: S104
        try:
            second = _open(socket.AF_INET6, "::", first.getsockname()[1])
        except OSError:
            if not tries_left:  # a machine without IPv6, or somebody else holds its port
                return {socket.AF_INET: first}
            first.close()
            continue
        return {socket.AF_INET: first, socket.AF_INET6: second}
    raise OSError("no free port for media")


def _beside(first: socket.socket) -> socket.socket | None:
    """A second socket on the port of one that is bound: nobody else could have taken it meanwhile."""
    host, port = first.getsockname()[:2]
    first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        second = _open(first.family, host, port, shared=True)
    except OSError as error:
        logger.warning("reports and checks are read as they come: no second socket (%s)", error)
        return None
    program = array("B", b"".join(struct.pack("HBBI", *each) for each in SORTING))
    try:
        described = struct.pack("HP", len(SORTING), program.buffer_info()[0])
        first.setsockopt(socket.SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, described)
    except OSError as error:
        logger.warning("reports and checks are read as they come: the kernel does not sort (%s)", error)
        second.close()
        return None
    return second


def _open(family: int, host: str, port: int, shared: bool = False) -> socket.socket:
    made = socket.socket(family, socket.SOCK_DGRAM)
    try:
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.setblocking(False)
        stamp_arrivals(made)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BYTES)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BYTES)
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made


PROBES: dict[int, tuple[str, ...]] = {
    # Nothing is sent: connect only asks the routing table.
    socket.AF_INET: ("198.51.100.1", "10.255.255.255"),
    socket.AF_INET6: ("2001:db8::1", "fd00::1"),
}
LOOPBACK: dict[int, str] = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


def own_addresses(families: Iterable[int]) -> list[str]:
    """This machine's addresses by which others may reach it, its own loopback last.

    Without a non-loopback candidate Chromium on another interface would gather nothing to pair with.
    """
    found: dict[str, None] = {}
    for family in families:
        for probe in PROBES[family]:
            with socket.socket(family, socket.SOCK_DGRAM) as asking, contextlib.suppress(OSError):
                asking.connect((probe, 9))
                found[asking.getsockname()[0]] = None
    usable = [each for each in found if _reachable(each)]
    return [*usable, *(LOOPBACK[family] for family in families)]


def _reachable(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not parsed.is_loopback and not parsed.is_link_local
