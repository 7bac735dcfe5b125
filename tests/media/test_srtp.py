"""What goes out under one connection's keys: slots by one session, all else by another."""

from __future__ import annotations

import pytest
from aiortc.rtcdtlstransport import SRTP_PROFILES, SRTPProtectionProfile

from media.aiortc_bridge import SRTP_PROTECT, PacketBuffer, Srtp
from tests.media.network import Keys
from tests.media.packets import rtp

SLOT, REPAIRS = 7_001, 7_002
WRAP = 1 << 16


@pytest.fixture(params=SRTP_PROFILES, ids=lambda profile: profile.openssl_profile.decode())
def keys(request: pytest.FixtureRequest) -> Keys:
    profile: SRTPProtectionProfile = request.param
    return Keys(profile=profile)


def fan_out(srtp: Srtp, packet: bytes) -> bytes:
    """As the fan-out protects: by the session that is for slots."""
    buffer = PacketBuffer()
    buffer.bytes[: len(packet)] = packet
    buffer.length[0] = len(packet)
    assert SRTP_PROTECT(srtp.sending, buffer.cdata, buffer.length) == 0
    return bytes(buffer.bytes[: buffer.length[0]])


def protected(srtp: Srtp, packet: bytes, again: bool) -> bytes:
    buffer = PacketBuffer()
    buffer.bytes[: len(packet)] = packet
    length = (srtp.protect_again if again else srtp.protect)(buffer, len(packet))
    assert length
    return bytes(buffer.bytes[:length])


def test_what_a_slot_sends_again_is_the_same_bytes_though_its_numbers_have_wrapped(keys: Keys) -> None:
    packets = {index: rtp(index % WRAP, 960, b"%d" % index, ssrc=SLOT) for index in range(WRAP - 400, WRAP + 100)}
    rtp_before = {index: fan_out(keys.ours, packet) for index, packet in packets.items()}
    keys.open(rtp_before[WRAP - 400])
    for index in (WRAP - 399, WRAP - 1, WRAP, WRAP + 99):
        again = protected(keys.ours, packets[index], again=True)
        assert again == rtp_before[index]
        assert keys.open(again) == packets[index]


def test_repairs_and_padding_of_a_slot_are_read_beside_it(keys: Keys) -> None:
    for number in range(3):
        voice, repair = (rtp(number, 960, b"x", ssrc=ssrc) for ssrc in (SLOT, REPAIRS))
        assert keys.open(fan_out(keys.ours, voice)) == voice
        assert keys.open(protected(keys.ours, repair, again=False)) == repair
