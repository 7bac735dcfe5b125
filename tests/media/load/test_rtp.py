"""Held against aiortc's own reader and writer."""

from __future__ import annotations

import struct

from aiortc.rtp import (
    HeaderExtensionsMap,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    RtpPacket,
    unpack_remb_fci,
)

from media.load import rtp


def test_a_packet_with_extensions_is_read_by_others() -> None:
    data = rtp.packet(0x80 | 96, 7, 8, 9, [(4, b"12"), (1, b"\x19")], b"payload")
    read = RtpPacket.parse(data, HeaderExtensionsMap())
    assert (read.marker, read.payload_type, read.sequence_number, read.timestamp, read.ssrc) == (1, 96, 7, 8, 9)
    assert read.payload == rtp.payload_of(data) == b"payload"
    assert data[12:14] == b"\xbe\xde"


def test_a_payload_is_found_behind_csrc_and_before_padding() -> None:
    packet = RtpPacket(payload_type=96, sequence_number=1, timestamp=2, ssrc=3, payload=b"picture")
    packet.csrc, packet.padding_size = [4], 8
    assert rtp.payload_of(packet.serialize()) == b"picture"


def test_reports_and_estimates_are_read_by_others() -> None:
    blocks = [rtp.block(5, 12, 3, 70_000, 0x1234_5678, 65_536)]
    report, estimate = RtcpPacket.parse(rtp.receiver_report(1, blocks) + rtp.remb(1, 12_000_000, [5, 6]))
    assert isinstance(report, RtcpRrPacket)
    block = report.reports[0]
    assert (block.ssrc, block.fraction_lost, block.packets_lost, block.highest_sequence) == (5, 12, 3, 70_000)
    assert (block.lsr, block.dlsr) == (0x1234_5678, 65_536)
    assert isinstance(estimate, RtcpPsfbPacket)
    bitrate, ssrcs = unpack_remb_fci(estimate.fci)
    assert abs(bitrate - 12_000_000) < 100
    assert ssrcs == [5, 6]


def test_a_sender_report_is_read_by_others_and_heard_by_us() -> None:
    data = rtp.sender_report(5, 1_000.5, 77, 10, 2_000)
    (read,) = RtcpPacket.parse(data)
    assert isinstance(read, RtcpSrPacket)
    assert (read.ssrc, read.sender_info.rtp_timestamp, read.sender_info.packet_count) == (5, 77, 10)
    assert rtp.hear(data).senders == [(5, read.sender_info.ntp_timestamp >> 16 & 0xFFFFFFFF)]


def test_hears_what_is_asked_of_a_sender() -> None:
    asked = struct.pack("!BBHIIHH", 0x81, 205, 3, 1, 5, 65_535, 0b1001)
    picture = RtcpPsfbPacket(fmt=rtp.PLI, ssrc=1, media_ssrc=6)
    full = RtcpPsfbPacket(fmt=rtp.FIR, ssrc=1, media_ssrc=0, fci=(7).to_bytes(4, "big") + b"\x01\0\0\0")
    estimate = rtp.remb(1, 300_000, [5])
    heard = rtp.hear(asked + bytes(picture) + bytes(full) + estimate)
    assert heard.missing == [(5, 65_535), (5, 0), (5, 3)]
    assert heard.keyframes == [6, 7]
    assert heard.remb == 300_000


def test_its_own_nacks_are_read_by_others() -> None:
    (read,) = RtcpPacket.parse(rtp.nack(1, 5, [9, 300]))
    assert isinstance(read, RtcpRtpfbPacket)
    assert (read.media_ssrc, read.lost) == (5, [9, 300])


def test_what_is_cut_off_is_passed_over() -> None:
    data = rtp.sender_report(5, 1_000.5, 77, 10, 2_000)
    for length in range(len(data)):
        assert rtp.hear(data[:length]).senders == []
