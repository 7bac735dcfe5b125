"""Whatever comes from the network, the packet or the peer is dropped, and everybody else goes on."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct

import pytest
from aiortc.rtp import pack_remb_fci
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pylibsrtp._binding import ffi

from media import rtcp, sdp, stun
from media.aiortc_bridge import ROOM_FOR_TRAILER, PacketBuffer, Srtp
from media.delivery import RESENT_A_SECOND, RESENT_AT_ONCE
from media.errors import BadOffer, BadPacket
from media.peer import MOST_SSRCS
from media.ports import SlotPlan
from media.rtp import header, vp8
from tests.media.client import Client, offer
from tests.media.conftest import PATIENCE_S, PLAN, ROOM, Studio, eventually
from tests.media.packets import VP8, rtp
from tests.media.packets import vp8 as picture

GOOD_RTP = rtp(1, 2, picture(3, 4), mid="0", level=5, padding=3)
GOOD_OFFER = offer(SlotPlan(1, 1), "AA:" * 31 + "AA")
REMB = struct.pack("!BBHII", 0x8F, 206, 5, 1, 0) + pack_remb_fci(1_000_000, [7])
NOBODY = "00:" * 31 + "00"
NOISE = st.binary(max_size=200)


def cut(data: bytes) -> st.SearchStrategy[bytes]:
    """Truncated, lengthened, and with bytes changed."""
    places = st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=6)

    def spoil(changes: list[tuple[int, int]], end: int, more: bytes) -> bytes:
        spoiled = bytearray(data)
        for at, value in changes:
            spoiled[at] = value
        return bytes(spoiled[:end]) + more

    return st.builds(spoil, places, st.integers(0, len(data)), st.binary(max_size=8))


@given(NOISE | cut(GOOD_RTP))
def test_rtp_is_read_or_refused(data: bytes) -> None:
    try:
        parsed = header.parse(data)
        assert parsed.start <= parsed.end <= len(data)
        vp8.parse(data, parsed.start, parsed.end)
    except BadPacket:
        pass


@given(NOISE | cut(rtcp.nack(7, [1, 2, 900]) + REMB + rtcp.pli(7)))
def test_rtcp_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(BadPacket):
        rtcp.parse(data)


@given(NOISE | st.binary(min_size=1_000, max_size=2_000))
def test_stun_is_read_or_refused(data: bytes) -> None:
    stun.parse_check(data)
    stun.parse_check(b"\x00\x01" + len(data).to_bytes(2, "big") + b"\x21\x12\xa4\x42" + data)


lines = st.lists(st.sampled_from(GOOD_OFFER.split("\r\n")) | st.text(max_size=60), max_size=60)


@settings(max_examples=150, deadline=None)
@given(lines.map("\r\n".join) | cut(GOOD_OFFER.encode()).map(lambda data: data.decode("latin-1")))
def test_an_offer_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(BadOffer):
        sdp.parse_offer(text, SlotPlan(1, 1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(datagrams=st.lists(NOISE | cut(GOOD_RTP) | st.binary(min_size=1_500, max_size=3_000), min_size=1, max_size=20))
async def test_strangers_change_nothing(studio: Studio, datagrams: list[bytes]) -> None:
    maria, wulan = await pair(studio)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        assert maria.answered is not None
        for datagram in datagrams:
            stranger.sendto(datagram, maria.answered.address)
    await still_hear(maria, wulan)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plain=st.lists(NOISE | cut(GOOD_RTP), max_size=10),
    encrypted=st.lists(cut(GOOD_RTP).filter(lambda data: len(data) >= 12 and data[0] >> 6 == 2), max_size=10),
    control=st.lists(cut(rtcp.nack(7, [1, 2])).filter(lambda data: len(data) >= 8 and data[0] >> 6 == 2), max_size=10),
)
async def test_a_participant_who_sends_garbage_harms_nobody(
    studio: Studio, plain: list[bytes], encrypted: list[bytes], control: list[bytes]
) -> None:
    maria, wulan = await pair(studio)
    for data in plain:
        wulan.send(data or b"\x00")
    for data in encrypted:
        # A header that does not fit its packet cannot be protected: it goes as it is.
        try:
            wulan.send_rtp(data)
        except Exception:
            wulan.send(data)
    for data in control:
        wulan.send_rtcp(data)
    await still_hear(maria, wulan)


@pytest.mark.parametrize(
    "datagram", [b"\x16\xfe\xff" + bytes(10), bytes([20]) * 1_400, b"\x16" * 60_000, b"\x3f", b"\x16\xfe\xfd\x00"]
)
async def test_broken_dtls_harms_nobody(studio: Studio, datagram: bytes) -> None:
    maria, wulan = await pair(studio)
    for _ in range(100):
        wulan.send(datagram)
    await still_hear(maria, wulan)


async def test_a_check_without_the_password_is_nobodys(studio: Studio) -> None:
    maria, wulan = await pair(studio)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as thief:
        thief.bind(("127.0.0.1", 0))
        thief.setblocking(False)
        honest, maria.transport = maria.transport, _Through(thief)  # type: ignore[assignment]
        maria.check(password="x" * 32)
        maria.transport = honest
        await still_hear(maria, wulan)
        with pytest.raises(BlockingIOError):
            thief.recv(2_000)


class _Through:
    """Sends from another socket."""

    def __init__(self, through: socket.socket) -> None:
        self._socket = through

    def sendto(self, data: bytes, address: tuple[str, int]) -> None:
        self._socket.sendto(data, address)


async def test_a_certificate_that_was_not_offered_is_refused(studio: Studio) -> None:
    impostor = Client()

    async def answer(_: str) -> str:
        return await studio.plane.offer("room", "impostor", offer(PLAN, NOBODY))

    await impostor.connect(PLAN, answer)
    await eventually(lambda: studio.of("PeerLost"))
    assert not studio.of("PeerConnected")
    await impostor.close()


async def test_a_flood_of_nacks_is_answered_within_bounds(studio: Studio) -> None:
    maria, wulan = await pair(studio)
    ssrc = header.parse(wulan.packets[0]).ssrc
    body = b"".join(struct.pack("!HH", number * 17 & 0xFFFF, 0xFFFF) for number in range(200))
    for _ in range(20):
        wulan.send_rtcp(struct.pack("!BBHII", 0x81, 205, 2 + len(body) // 4, 1, ssrc) + body)
    await still_hear(maria, wulan)


@pytest.mark.parametrize("size", [1_400, 1_484, 1_500, 1_900, 2_030, 2_040])
async def test_the_largest_packets_never_leave_their_buffer(studio: Studio, size: int) -> None:
    """A forwarded packet grows by our header and by its tag, which libsrtp writes without asking for room."""
    maria, wulan = await pair(studio)
    srtp, buffer = Srtp(wulan.dtls), PacketBuffer(4_096)  # pylibsrtp's own session refuses to send so much
    for number in range(20):
        head = rtp(100 + number, 2, b"", ssrc=1001, payload_type=VP8, mid="1")
        packet = (head + picture(number, number, keyframe=True)).ljust(size, b"\x00")
        buffer.bytes[: len(packet)] = packet
        wulan.send(bytes(buffer.bytes[: srtp.protect(buffer, len(packet))]))
    await still_hear(maria, wulan)


def test_a_buffer_has_room_for_what_libsrtp_appends() -> None:
    buffer = PacketBuffer(64)
    assert len(buffer.bytes) == 64
    assert ffi.sizeof(buffer.cdata) >= 64 + ROOM_FOR_TRAILER


async def test_a_flood_of_sources_costs_nobody_but_its_sender(studio: Studio) -> None:
    maria, wulan = await pair(studio)
    for number in range(1_000):
        wulan.send_rtp(rtp(number, number * 960, b"\xf8\xff\xfe", ssrc=50_000 + number, mid="0", level=20))
        if number % 50 == 0:
            await asyncio.sleep(0)
    await still_hear(maria, wulan)
    counted = await studio.plane.stats(ROOM)
    wulans = counted["peers"]["wulan"]  # type: ignore[index]
    assert wulans["bad_packets"] >= 1_000 - MOST_SSRCS
    await studio.plane.leave(ROOM, "wulan")
    await eventually(lambda: studio.of("TrackEnded"))
    assert len(list((studio.directory / "wulan").iterdir())) <= MOST_SSRCS


async def test_one_datagram_cannot_ask_for_thousands_of_packets(studio: Studio) -> None:
    maria, wulan = await pair(studio)
    for _ in range(60):
        await still_hear(maria, wulan)
    ssrc = header.parse(wulan.packets[0]).ssrc
    one = b"".join(struct.pack("!HH", first & 0xFFFF, 0xFFFF) for first in range(0, 17 * 20, 17))
    ask = struct.pack("!BBHII", 0x81, 205, 2 + len(one) // 4, 1, ssrc) + one
    for _ in range(200):
        wulan.send_rtcp(ask * 10)
    await still_hear(maria, wulan)
    counted = await studio.plane.stats(ROOM)
    resent = sum(slot["resent"] for slot in counted["peers"]["wulan"]["down"].values())  # type: ignore[index]
    assert resent <= RESENT_AT_ONCE + RESENT_A_SECOND * PATIENCE_S


async def pair(studio: Studio) -> tuple[Client, Client]:
    """The same two over many examples: what one example does must not hurt the next."""
    if len(studio.clients) < 2:
        maria, wulan = await studio.join("maria"), await studio.join("wulan")
        maria.spoken = 0
        await still_hear(maria, wulan)
    return studio.clients[0], studio.clients[1]


async def still_hear(maria: Client, wulan: Client) -> None:
    before = sum(wulan.heard.values())
    for _ in range(5):
        maria.spoken += 1
        maria.speak(maria.spoken)
        await asyncio.sleep(0)
    await eventually(lambda: sum(wulan.heard.values()) >= before + 5)
