"""RTCP as others write it is read as they mean it; what is broken is refused and harms nothing."""

from __future__ import annotations

import pytest
from aiortc import rtp as reference
from hypothesis import given
from hypothesis import strategies as st

from media import rtcp
from media.errors import BadPacket

words = st.integers(0, 2**32 - 1)
blocks = st.builds(
    reference.RtcpReceiverInfo,
    ssrc=words,
    fraction_lost=st.integers(0, 255),
    packets_lost=st.integers(-(2**23), 2**23 - 1),
    highest_sequence=words,
    jitter=words,
    lsr=words,
    dlsr=words,
)
infos = st.builds(
    reference.RtcpSenderInfo,
    ntp_timestamp=st.integers(0, 2**64 - 1),
    rtp_timestamp=words,
    packet_count=words,
    octet_count=words,
)
senders = st.builds(reference.RtcpSrPacket, ssrc=words, sender_info=infos, reports=st.lists(blocks, max_size=4))
receivers = st.builds(reference.RtcpRrPacket, ssrc=words, reports=st.lists(blocks, max_size=4))
lost = st.lists(st.integers(0, 65_535), min_size=1, max_size=9, unique=True).map(sorted)
nacks = st.builds(reference.RtcpRtpfbPacket, fmt=st.just(1), ssrc=words, media_ssrc=words, lost=lost)
pictures = st.builds(
    reference.RtcpPsfbPacket,
    fmt=st.sampled_from([1, 4, 15]),
    ssrc=words,
    media_ssrc=words,
    fci=st.binary(max_size=8).map(lambda each: each + bytes(-len(each) % 4)),
)


def plain(packet: object) -> object:
    """Without what tells the reference's classes from ours."""
    if isinstance(packet, reference.RtcpSrPacket | rtcp.RtcpSrPacket):
        info, mine = packet.sender_info, [plain(each) for each in packet.reports]
        return packet.ssrc, info.ntp_timestamp, info.rtp_timestamp, info.packet_count, info.octet_count, mine
    if isinstance(packet, reference.RtcpRrPacket | rtcp.RtcpRrPacket):
        return packet.ssrc, [plain(each) for each in packet.reports]
    if isinstance(packet, reference.RtcpReceiverInfo | rtcp.RtcpReceiverInfo):
        known = (packet.ssrc, packet.fraction_lost, packet.packets_lost, packet.highest_sequence)
        return *known, packet.jitter, packet.lsr, packet.dlsr
    if isinstance(packet, reference.RtcpRtpfbPacket | rtcp.RtcpRtpfbPacket):
        return packet.fmt, packet.ssrc, packet.media_ssrc, packet.lost
    assert isinstance(packet, reference.RtcpPsfbPacket | rtcp.RtcpPsfbPacket)
    return packet.fmt, packet.ssrc, packet.media_ssrc, packet.fci


@given(st.lists(st.one_of(senders, receivers, nacks, pictures), max_size=4))
def test_a_compound_is_read_as_it_was_written(packets: list[reference.AnyRtcpPacket]) -> None:
    data = b"".join(bytes(packet) for packet in packets)
    assert [plain(each) for each in rtcp.parse(data)] == [plain(each) for each in packets]


@given(st.lists(st.one_of(senders, receivers, nacks, pictures), min_size=1, max_size=2), st.data())
def test_what_is_cut_off_is_refused(packets: list[reference.AnyRtcpPacket], draw: st.DataObject) -> None:
    data = b"".join(bytes(packet) for packet in packets)
    last = len(bytes(packets[-1]))
    with pytest.raises(BadPacket):
        rtcp.parse(data[: -draw.draw(st.integers(1, last - 1))])


@pytest.mark.parametrize("kind", [rtcp.SR, rtcp.RR, rtcp.RTPFB, rtcp.PSFB])
def test_a_packet_that_says_to_be_shorter_than_its_kind_is_refused(kind: int) -> None:
    following = bytes(reference.RtcpRrPacket(ssrc=1, reports=[])) * 4
    with pytest.raises(BadPacket):
        rtcp.parse(bytes([0x80, kind, 0, 0]) + following)


def test_kinds_that_say_nothing_to_us_are_passed_over() -> None:
    goodbye = bytes(reference.RtcpByePacket(sources=[1]))
    assert rtcp.parse(goodbye + rtcp.pli(5)) == [rtcp.RtcpPsfbPacket(1, rtcp.OUR_SSRC, 5)]


@given(st.integers(0, 2**40), st.lists(words, max_size=3))
def test_a_remb_is_read_as_the_reference_writes_it(bitrate: int, ssrcs: list[int]) -> None:
    fci = reference.pack_remb_fci(bitrate, ssrcs)
    assert rtcp.remb_bitrate(fci) == reference.unpack_remb_fci(fci)[0]
    assert rtcp.remb_bitrate(fci[:-1]) is None
