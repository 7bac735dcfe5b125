"""One stream of a participant as it comes in: what is new goes on, and nobody's trouble becomes another's."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from media.ports import Packet
from media.rtp.nack import GIVE_UP_S
from media.uptrack import KEYFRAME_PAUSE_S, PACKET_COST, RING, SOUND_BUDGET
from tests.media.packets import VP8, audio_track, receive, received, rtp, video_track, vp8


@dataclass
class Sink:
    """Keeps what it gets, or fails."""

    fails: bool = False
    packets: list[Packet] = field(default_factory=list)
    closed: int = 0

    def write(self, packet: Packet) -> None:
        if self.fails:
            raise RuntimeError("the disk is gone")
        self.packets.append(packet)

    def close(self) -> None:
        self.closed += 1


def test_a_packet_is_read_once_for_all() -> None:
    track = video_track()
    data = rtp(5, 900, vp8(7, 8, height=540), payload_type=VP8, marker=True, padding=4)
    packet = received(track, data, 2.5)
    assert (packet.index, packet.timestamp, packet.marker, packet.arrival) == (5, 900, True, 2.5)
    assert (packet.keyframe, packet.empty, track.height) == (True, False, 540)
    assert packet.data[packet.start : packet.end] == vp8(7, 8, height=540)
    assert received(audio_track(), rtp(1, 1, b"\xf8", level=33), 1.0).level == 33


def test_what_came_before_or_does_not_belong_is_not_new() -> None:
    track = audio_track()
    received(track, rtp(1_000, 1, b"\xf8"), 1.0)
    assert receive(track, rtp(1_000, 1, b"\xf8"), 1.0) is None
    assert receive(track, rtp(1_000 - RING, 1, b"\xf8"), 1.0) is None
    assert receive(track, rtp(1_001, 1, b"\xf8", payload_type=9), 1.0) is None
    received(track, rtp(1_000 - RING + 1, 1, b"\xf8"), 1.0)
    assert (track.packets, track.lost) == (2, RING - 2)


def test_a_stream_costs_no_more_than_its_budget() -> None:
    track = audio_track()
    size = len(rtp(1, 1, bytes(1_000)))
    for number in range(200):
        receive(track, rtp(number, number, bytes(1_000)), 1.0)
    assert track.packets == SOUND_BUDGET[1] // (size + PACKET_COST)
    assert track.refused == 200 - track.packets
    received(track, rtp(300, 1, b"\xf8"), 2.0)


def test_padding_goes_on_and_is_no_sound() -> None:
    track, sink = audio_track(), Sink()
    track.sinks.append(sink)
    assert received(track, rtp(1, 1, b"", padding=9), 1.0).empty
    assert sink.packets == []


def test_a_sink_that_fails_is_left_out_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    track, broken, sink = audio_track(), Sink(fails=True), Sink()
    track.sinks += [broken, sink]
    for number in (1, 2):
        received(track, rtp(number, number, b"\xf8"), 1.0)
    assert len(sink.packets) == 2
    assert caplog.text.count("failed and is removed") == 1


def test_key_frame_requests_are_held_and_never_lost() -> None:
    track = video_track()
    assert not track.keyframe_due(1.0)
    track.ask_keyframe()
    assert track.keyframe_due(1.0)
    track.ask_keyframe()
    track.ask_keyframe()
    assert not track.keyframe_due(1.0 + KEYFRAME_PAUSE_S / 2)
    assert track.keyframe_due(1.01 + KEYFRAME_PAUSE_S)
    assert not track.keyframe_due(9.0)
    sound = audio_track()
    sound.ask_keyframe()
    assert not sound.keyframe_due(1.0)


def test_a_picture_that_stays_incomplete_needs_a_key_frame() -> None:
    track = video_track()
    for number in (1, 3):
        received(track, rtp(number, 1, vp8(1, 1), payload_type=VP8), 1.0)
    assert track.missing(1.1) == [2]
    assert not track.keyframe_due(1.1)
    assert track.missing(1.1 + GIVE_UP_S) == []
    assert track.keyframe_due(1.1 + GIVE_UP_S)


def test_rates_and_losses_are_those_of_the_last_while() -> None:
    track = audio_track()
    track.measure(1.0)
    for number in range(0, 100, 2):
        received(track, rtp(number, number, bytes(88)), 1.0 + number / 100)
    track.measure(2.0)
    assert track.bitrate == 50 * 100 * 8
    track.reception(2.0)
    assert track.fraction_lost == pytest.approx(49 / 99, abs=0.01)
    track.measure(3.0)
    assert track.bitrate == 0
    assert video_track().reception(1.0) is None


def test_closing_ends_sinks_once_and_keeps_no_packets() -> None:
    """Slots that carried it remember it for as long as they do not carry many others."""
    track, sink = audio_track(), Sink()
    track.sinks.append(sink)
    received(track, rtp(1, 1, b"\xf8"), 1.0)
    track.close()
    track.close()
    assert sink.closed == 1
    assert (track.ring.size, track.ring.get(1)) == (1, None)
    assert receive(track, rtp(2, 2, b"\xf8"), 1.0) is None
