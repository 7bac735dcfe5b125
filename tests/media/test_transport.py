"""Two sockets on one port: who a datagram is for, by fragment and then by address, in either family."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aioice import stun

from media.address import Address, pack
from media.aiortc_bridge import PacketBuffer
from media.ice import CONSENT_S, IceLite
from media.settings import MediaSettings
from media.transport import BURST, MOST_MEDIA_BYTES, UdpTransport
from tests.media.conftest import eventually
from tests.media.network import LOOPBACK, Receiver, receiver

V4, V6 = socket.AF_INET, socket.AF_INET6


@dataclass(eq=False)
class Peer:
    """A reader that keeps what it gets."""

    ice: IceLite = field(default_factory=IceLite)
    paths: list[Address | None] = field(default_factory=list)
    dtls: list[bytes] = field(default_factory=list)
    rtp: list[bytes] = field(default_factory=list)
    rtcp: list[bytes] = field(default_factory=list)

    def on_path(self, now: float) -> None:
        self.paths.append(self.ice.address)

    def on_dtls(self, datagram: bytes) -> None:
        self.dtls.append(datagram)

    def on_rtp(self, buffer: PacketBuffer, length: int, now: float) -> None:
        self.rtp.append(bytes(buffer.bytes[:length]))

    def on_rtcp(self, buffer: PacketBuffer, length: int, now: float) -> None:
        self.rtcp.append(bytes(buffer.bytes[:length]))

    def check(self) -> bytes:
        """A nominating request that is authentic."""
        request = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{self.ice.local.ufrag}:browser"
        request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(self.ice.local.password.encode())
        request.add_fingerprint()
        return bytes(request)


class Browser:
    """A socket that sends to the transport."""

    def __init__(self, transport: UdpTransport, receiver: Receiver) -> None:
        self.receiver = receiver
        self._to = (LOOPBACK[socket.AddressFamily(receiver.family)], transport.port)

    @property
    def address(self) -> Address:
        return self.receiver.address

    def send(self, *datagrams: bytes) -> None:
        for each in datagrams:
            self.receiver.send(each, self._to)


@pytest.fixture
async def transport() -> AsyncIterator[UdpTransport]:
    made = UdpTransport(MediaSettings(port=0))
    made.start()
    yield made
    made.close()


@pytest.fixture
def old(transport: UdpTransport, listening: Receiver) -> Browser:
    return Browser(transport, listening)


def take(transport: UdpTransport) -> bool:
    """Reports and checks are read when somebody says so; on loopback they are there once they are sent."""
    return transport.take_patient(asyncio.get_running_loop().time())


def connected(transport: UdpTransport, browser: Browser) -> Peer:
    peer = Peer()
    transport.bind(peer)
    browser.send(peer.check())
    take(transport)
    assert peer.paths == [browser.address]
    return peer


async def test_both_families_share_one_port(transport: UdpTransport) -> None:
    assert set(transport.sockets) == {V4, V6}
    assert {each.getsockname()[1] for each in transport.sockets.values()} == {transport.port}
    hosts = [host for host, port in transport.addresses if port == transport.port]
    assert hosts[-2:] == ["127.0.0.1", "::1"]
    assert len(hosts) == len(transport.addresses)


async def test_a_check_is_answered_and_opens_the_way(transport: UdpTransport, old: Browser) -> None:
    peer = connected(transport, old)
    (answer,) = old.receiver.take()
    assert stun.parse_message(answer).attributes["XOR-MAPPED-ADDRESS"] == old.address
    assert peer.paths == [old.address]
    old.send(
        b"\x80\x60rtp", b"\x80\xc8rtcp", b"\x80\xdfrtcp", b"\x80\xe0rtp", b"\x16\xfe\xfd", b"\x40\x00", b"\xc0\x00"
    )
    await eventually(lambda: peer.dtls)
    assert (peer.rtp, peer.rtcp) == ([b"\x80\x60rtp", b"\x80\xe0rtp"], [b"\x80\xdfrtcp"])
    assert peer.dtls == [b"\x16\xfe\xfd"]
    assert not take(transport)
    assert peer.rtcp == [b"\x80\xdfrtcp", b"\x80\xc8rtcp"]


async def test_reports_are_taken_a_burst_at_a_time(transport: UdpTransport, old: Browser) -> None:
    peer = connected(transport, old)
    old.send(*[b"\x80\xc9rtcp"] * (BURST + 1), b"\x80\x60rtp")
    await eventually(lambda: peer.rtp)
    assert not peer.rtcp
    assert take(transport)
    assert len(peer.rtcp) == BURST
    assert not take(transport)
    assert len(peer.rtcp) == BURST + 1
    transport.close()
    assert not take(transport)


async def test_in_a_hurry_reports_and_checks_are_read_as_they_come(transport: UdpTransport, old: Browser) -> None:
    peer = Peer()
    transport.bind(peer)
    transport.hurry(True)
    old.send(peer.check())
    await eventually(lambda: peer.paths)
    transport.hurry(False)
    old.send(b"\x80\xc9rtcp", b"\x80\x60rtp")
    await eventually(lambda: peer.rtp)
    assert not peer.rtcp
    take(transport)
    assert peer.rtcp == [b"\x80\xc9rtcp"]


async def test_one_who_moves_to_the_other_family_is_followed(transport: UdpTransport, old: Browser) -> None:
    peer = connected(transport, old)
    with receiver(V6) as newer:
        new = Browser(transport, newer)
        new.send(peer.check())
        take(transport)
        (answer,) = newer.take()
        assert stun.parse_message(answer).attributes["XOR-MAPPED-ADDRESS"] == new.address
        assert peer.paths == [old.address, new.address]
        for address in peer.paths:
            assert address is not None
            transport.send(b"to the browser", address)
        assert newer.take() == [b"to the browser"]
        old.send(b"\x80\x60old")  # packets on their way still count
        new.send(b"\x80\x60new")
        await eventually(lambda: len(peer.rtp) == 2)


async def test_strangers_are_counted_and_nothing_else(transport: UdpTransport, old: Browser) -> None:
    peer = Peer()
    transport.bind(peer)
    forged = Peer(ice=IceLite())
    forged.ice.local = type(forged.ice.local)(peer.ice.local.ufrag, "x" * 32)
    old.send(b"\x80\x60rtp", b"\x16dtls", b"\x00\x01", forged.check(), Peer().check(), b"x", b"")
    take(transport)
    await eventually(lambda: sum(transport.dropped.values()) == 7)
    assert transport.dropped == {"stun": 3, "unknown": 4, "oversized": 0, "send": 0}
    assert old.receiver.take() == []
    assert (peer.paths, peer.rtp, peer.dtls) == ([], [], [])


async def test_what_is_too_long_is_dropped(transport: UdpTransport, old: Browser) -> None:
    peer = connected(transport, old)
    fits = b"\x80\x60".ljust(MOST_MEDIA_BYTES, b"x")
    old.send(fits + b"x", b"\x16".ljust(4_000, b"x"), fits)
    await eventually(lambda: peer.rtp)
    assert peer.rtp == [fits]
    assert transport.dropped["oversized"] == 2
    assert peer.dtls == []


async def test_whoever_is_unbound_is_a_stranger(transport: UdpTransport, old: Browser) -> None:
    peer = connected(transport, old)
    transport.unbind(peer)
    old.send(b"\x80\x60rtp", peer.check())
    take(transport)
    await eventually(lambda: transport.dropped["unknown"])
    assert (peer.rtp, len(peer.paths), transport.dropped["stun"]) == ([], 1, 1)
    assert not transport._by_address
    assert not transport._by_ufrag


async def test_addresses_that_have_aged_are_forgotten(transport: UdpTransport, old: Browser) -> None:
    """A browser behind a NAT that rebinds has many in the course of a day."""
    peer = connected(transport, old)
    assert transport._by_address == {pack(old.address): peer}
    peer.ice._seen[old.address] -= CONSENT_S + 1
    with receiver(V6) as newer:
        Browser(transport, newer).send(peer.check())
        take(transport)
        assert len(peer.paths) == 2
        Browser(transport, newer).send(peer.check())
        take(transport)
        assert len(peer.paths) == 3
        with receiver(V4) as newest:
            Browser(transport, newest).send(peer.check())
            take(transport)
            assert len(peer.paths) == 4
            assert set(transport._by_address) == {pack(newer.address), pack(newest.address)}


async def test_sending_is_best_effort(transport: UdpTransport) -> None:
    transport.send(b"x", ("127.0.0.1", 0))
    transport.send(b"x", ("::1", 0))
    assert transport.dropped["send"] == 2


async def test_one_family_alone_does_not_send_to_the_other() -> None:
    with receiver(V6) as elsewhere:
        transport = UdpTransport(MediaSettings(bind="127.0.0.1", port=0))
        assert set(transport.sockets) == {V4}
        transport.send(b"x", elsewhere.address)
        assert elsewhere.take() == []
        transport.close()
    six = UdpTransport(MediaSettings(bind="::1", port=0, addresses=("2001:db8::7",)))
    assert set(six.sockets) == {V6}
    assert six.addresses == (("2001:db8::7", six.port),)
    six.close()


async def test_a_port_that_is_taken_is_an_error(transport: UdpTransport) -> None:
    with pytest.raises(OSError, match="in use"):
        UdpTransport(MediaSettings(port=transport.port))


async def test_closing_leaves_no_reader_and_may_be_done_twice() -> None:
    transport = UdpTransport(MediaSettings(port=0))
    transport.start()
    fds = [each.fileno() for each in transport.sockets.values()]
    transport.close()
    transport.close()
    assert not any(asyncio.get_running_loop().remove_reader(fd) for fd in fds)
    transport.wake()  # a slice that was ordered before


# --- work that may wait ---


class Worker:
    """Has so many slices of work; `log` tells when they were done."""

    def __init__(self, log: list[str]) -> None:
        self.slices, self.log = 0, log

    def __call__(self) -> bool:
        if self.slices:
            self.slices -= 1
            self.log.append("work")
        return self.slices > 0


class Logging(Peer):
    def __init__(self, log: Callable[[str], None]) -> None:
        super().__init__()
        self.log = log

    def on_rtp(self, buffer: PacketBuffer, length: int, now: float) -> None:
        self.log("read")


async def test_sockets_are_read_between_two_slices_of_work(listening: Receiver) -> None:
    log: list[str] = []
    worker = Worker(log)
    transport = UdpTransport(MediaSettings(bind="127.0.0.1", port=0), worker)
    transport.start()
    browser, peer = Browser(transport, listening), Logging(log.append)
    transport.bind(peer)
    browser.send(peer.check())
    take(transport)
    worker.slices = 6
    browser.send(*[b"\x80\x60rtp"] * (2 * BURST))
    await eventually(lambda: log.count("read") == 2 * BURST and not worker.slices)
    assert log[: BURST + 1] == ["read"] * BURST + ["work"]
    assert log.index("read", BURST) < len(log) - 1 - log[::-1].index("work")
    transport.close()


async def test_whoever_wakes_it_twice_gets_one_turn_after_the_other() -> None:
    """Each turn asks for the next: two of them side by side would go on so, with the sockets waiting for both."""
    log: list[str] = []
    worker = Worker(log)
    transport = UdpTransport(MediaSettings(bind="127.0.0.1", port=0), worker)
    worker.slices = 6
    for turns in (1, 2, 3):
        transport.wake()
        transport.wake()
        assert len(log) == turns
        await asyncio.sleep(0)
    transport.close()
