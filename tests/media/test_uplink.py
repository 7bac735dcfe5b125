"""What one participant sends: which stream is what, what is asked for again, and when it came."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from media import rtcp, sdp
from media.errors import BadPacket
from media.ports import Kind, Packet, SlotPlan
from media.rtp import rtx
from media.rtp.nack import REORDERING_S
from media.source import Source
from media.uplink import FEEDBACK_S, Uplink
from media.uptrack import KEYFRAME_PAUSE_S, UpTrack
from tests.media.client import REPAIRED_RID_ID, RID_ID, RTX, TWCC_ID, offer
from tests.media.house import FINGERPRINT
from tests.media.packets import OPUS, VP8, rtp, vp8

PLAN = SlotPlan(1, 1)
MIC, CAMERA, SCREEN, SOUND = "0", "1", "2", "3"


@dataclass
class Sink:
    """Keeps what it gets."""

    packets: list[Packet] = field(default_factory=list)
    closed: bool = False

    def write(self, packet: Packet) -> None:
        self.packets.append(packet)

    def close(self) -> None:
        self.closed = True


class Desk:
    """An uplink and what it made of packets."""

    def __init__(self, *, full: bool = True) -> None:
        self.bound: list[tuple[Source, UpTrack]] = []
        self.sink = Sink()
        self.now = 1.0
        self.uplink = Uplink("maria", sdp.parse_offer(offer(PLAN, FINGERPRINT, full=full), PLAN), self._bound)

    def _bound(self, source: Source, track: UpTrack) -> None:
        self.bound.append((source, track))
        track.sinks.append(self.sink)

    def get(self, data: bytes) -> tuple[UpTrack, Packet] | None:
        return self.uplink.receive(data, self.now)

    def film(self, ssrc: int, sequence: int, rid: str = "", mid: str | None = None) -> tuple[UpTrack, Packet] | None:
        """A picture; with `rid` and `mid` as browsers say them at first."""
        more = {RID_ID: rid.encode()} if rid else {}
        payload = vp8(sequence, sequence, keyframe=True)
        return self.get(rtp(sequence, sequence, payload, ssrc=ssrc, payload_type=VP8, mid=mid, more=more))

    def repair(
        self, ssrc: int, sequence: int, *, rid: str = "", mid: str | None = None, padding: int = 0
    ) -> tuple[UpTrack, Packet] | None:
        """Picture number `sequence` of a layer once more."""
        more = {REPAIRED_RID_ID: rid.encode()} if rid else {}
        payload = b"" if padding else rtx.OSN.pack(sequence) + vp8(sequence, sequence, keyframe=True)
        data = rtp(900 + sequence, sequence, payload, ssrc=ssrc, payload_type=RTX, mid=mid, more=more, padding=padding)
        return self.get(data)

    def speak(self, sequence: int, ssrc: int = 7, mid: str | None = MIC) -> tuple[UpTrack, Packet] | None:
        return self.get(rtp(sequence, sequence * 960, b"\xf8x", ssrc=ssrc, mid=mid))

    @property
    def layers(self) -> dict[str, int]:
        """SSRC of each layer of the camera that has come."""
        source = self.uplink.source(Kind.CAMERA)
        return {track.rid: track.ssrc for track in source.tracks} if source is not None else {}


@pytest.fixture
def desk() -> Desk:
    return Desk()


# --- which stream is what ---


def test_layers_are_bound_by_mid_and_rid_in_whatever_order_they_come(desk: Desk) -> None:
    for ssrc, rid in ((22, "f"), (20, "q"), (21, "h")):
        assert desk.film(ssrc, 1, rid, CAMERA) is not None
    assert desk.layers == {"q": 20, "h": 21, "f": 22}
    assert [source.kind for source, _ in desk.bound] == [Kind.CAMERA] * 3
    assert len({track.csrc for _, track in desk.bound}) == 1
    received = desk.film(21, 2)  # later ones say nothing of it any more
    assert received is not None
    assert received[0].rid == "h"


def test_each_section_is_a_source_of_its_own(desk: Desk) -> None:
    desk.speak(1)
    desk.speak(1, ssrc=8, mid=SOUND)
    desk.film(20, 1, "q", CAMERA)
    desk.film(30, 1, "f", SCREEN)
    assert {kind: source.kind for kind, source in desk.uplink.sources.items()} == {kind: kind for kind in Kind}
    assert len({source.csrc for source in desk.uplink.sources.values()}) == 4
    assert desk.uplink.sources[Kind.SCREEN].rids == ("q", "f")


@pytest.mark.parametrize(
    ("mid", "more", "payload_type"),
    [
        (None, {}, VP8),
        ("9", {RID_ID: b"q"}, VP8),
        ("4", {}, OPUS),  # a slot of ours
        (CAMERA, {}, VP8),
        (CAMERA, {RID_ID: b"x"}, VP8),
        (CAMERA, {RID_ID: b"\xff"}, VP8),
        (CAMERA, {RID_ID: b"q"}, 98),  # not what was negotiated: it must not take the place of what is
        (MIC, {}, 0),
    ],
)
def test_what_cannot_be_bound_is_left_alone(
    desk: Desk, mid: str | None, more: dict[int, bytes], payload_type: int
) -> None:
    assert desk.get(rtp(1, 1, vp8(1, 1), ssrc=20, payload_type=payload_type, mid=mid, more=more)) is None
    assert desk.uplink.tracks == {}
    assert desk.uplink.reports(2.0) == []
    desk.now += 1
    assert desk.uplink.due(desk.now) == []
    desk.uplink.on_sender_report(20, 1, 1, desk.now)


def test_what_is_no_rtp_is_refused(desk: Desk) -> None:
    with pytest.raises(BadPacket):
        desk.get(b"\x80")


def test_a_new_stream_of_a_layer_takes_the_place_of_the_old_one_for_good(desk: Desk) -> None:
    desk.speak(1)
    source = desk.uplink.sources[Kind.MIC]
    former = source.tracks[0]
    assert desk.speak(1, ssrc=8) is not None
    assert source.tracks[0].ssrc == 8
    assert former.closed
    assert desk.sink.closed
    assert desk.speak(2, ssrc=7) is None
    assert list(desk.uplink.tracks) == [8]
    assert [track.csrc for _, track in desk.bound] == [source.csrc] * 2


def test_without_simulcast_every_stream_is_the_only_layer() -> None:
    desk = Desk(full=False)
    received = desk.film(20, 1, mid=CAMERA)
    assert received is not None
    assert desk.uplink.sources[Kind.CAMERA].rids == ("",)


# --- repairs ---


def test_a_repaired_packet_is_forwarded_once_as_what_it_was(desk: Desk) -> None:
    desk.film(20, 1, "q", CAMERA)
    desk.film(20, 3)
    received = desk.repair(40, 2, rid="q", mid=CAMERA)
    assert received is not None
    track, packet = received
    assert (track.ssrc, packet.index, packet.keyframe) == (20, 2, True)
    assert packet.data[packet.start : packet.end] == vp8(2, 2, keyframe=True)
    assert desk.repair(40, 2) is None
    assert desk.film(20, 2) is None
    assert [each.index for each in desk.sink.packets] == [1, 3, 2]


def test_repairs_of_the_only_layer_need_no_rid() -> None:
    desk = Desk()
    plain = sdp.parse_offer(offer(PLAN, FINGERPRINT, full=True).replace("a=simulcast:send q;h;f\r\n", ""), PLAN)
    desk.uplink = Uplink("maria", plain, desk._bound)
    desk.film(20, 1, mid=CAMERA)
    assert desk.repair(40, 2, mid=CAMERA) is not None
    assert desk.repair(40, 3) is not None


def test_repairs_do_not_bind_before_what_they_repair(desk: Desk) -> None:
    assert desk.repair(40, 2, rid="q", mid=CAMERA) is None
    assert desk.repair(40, 2) is None
    desk.film(20, 1, "q", CAMERA)
    assert desk.repair(40, 2, rid="q", mid=CAMERA) is not None
    desk.film(21, 1, "q", CAMERA)  # the layer begins anew: what repaired the old one says again what it is
    assert desk.repair(40, 3) is None
    assert desk.uplink.tracks[21].packets == 1


def test_probes_of_a_repair_stream_are_nothing(desk: Desk) -> None:
    desk.film(20, 1, "q", CAMERA)
    desk.repair(40, 1, rid="q", mid=CAMERA)
    assert desk.repair(40, 1, padding=200) is None
    assert desk.uplink.tracks[20].packets == 1


# --- what is said to the publisher ---


def test_what_is_missing_is_asked_for_until_it_is_repaired(desk: Desk) -> None:
    desk.film(20, 1, "q", CAMERA)
    desk.repair(40, 1, rid="q", mid=CAMERA)
    desk.film(20, 3)
    desk.now += REORDERING_S + 0.001
    assert desk.uplink.due(desk.now) == [rtcp.nack(20, [2])]
    desk.now += 0.1
    assert desk.uplink.due(desk.now) == [rtcp.nack(20, [2])]
    desk.repair(40, 2)
    desk.now += 0.1
    assert desk.uplink.due(desk.now) == []


def test_key_frames_are_asked_for_once_in_a_while(desk: Desk) -> None:
    desk.film(20, 1, "q", CAMERA)
    track = desk.uplink.tracks[20]
    for _ in range(3):
        track.ask_keyframe()
    assert desk.uplink.due(desk.now) == [rtcp.pli(20)]
    track.ask_keyframe()
    assert desk.uplink.due(desk.now + KEYFRAME_PAUSE_S / 2) == []
    assert desk.uplink.due(desk.now + KEYFRAME_PAUSE_S + 0.01) == [rtcp.pli(20)]


def test_bound_streams_are_reported(desk: Desk) -> None:
    desk.speak(1)
    desk.film(20, 1, "q", CAMERA)
    desk.film(20, 3)
    desk.uplink.on_sender_report(20, 5 << 16, 1, desk.now)
    blocks = {block.ssrc: block for block in desk.uplink.reports(desk.now + 0.5)}
    assert set(blocks) == {7, 20}
    assert (blocks[20].packets_lost, blocks[20].last_sender_report) == (1, 5)
    assert blocks[20].delay_since_sender_report == 32_768
    assert desk.uplink.tracks[20].fraction_lost == pytest.approx(85 / 256)


def test_arrivals_are_told_ten_times_a_second_while_packets_come(desk: Desk) -> None:
    def count(number: int) -> None:
        desk.get(rtp(number, 1, b"\xf8x", ssrc=7, mid=MIC, more={TWCC_ID: number.to_bytes(2, "big")}))

    def told(now: float) -> list[bytes]:
        return [packet for packet in desk.uplink.due(now) if packet[0] & 0x1F == 15]

    assert told(desk.now) == []
    count(1)
    (first,) = told(desk.now)
    assert first[1] == 205
    assert int.from_bytes(first[8:12], "big") == 7
    assert int.from_bytes(first[12:14], "big") == 1
    count(2)
    assert told(desk.now + FEEDBACK_S / 2) == []
    assert len(told(desk.now + FEEDBACK_S)) == 1
    assert told(desk.now + 2 * FEEDBACK_S) == []


def test_packets_of_streams_that_are_not_bound_count_for_what_the_way_bears(desk: Desk) -> None:
    desk.get(rtp(1, 1, b"", ssrc=99, payload_type=RTX, padding=100, more={TWCC_ID: b"\x00\x05"}))
    (told,) = desk.uplink.due(desk.now)
    assert int.from_bytes(told[12:14], "big") == 5


def test_closing_closes_everything(desk: Desk) -> None:
    desk.speak(1)
    desk.film(20, 1, "q", CAMERA)
    desk.uplink.close()
    desk.uplink.close()
    assert desk.sink.closed
    assert all(track.closed for track in desk.uplink.tracks.values())
    assert desk.speak(2) is None
