"""A slot's stream stays one stream, whatever fills it, and never gives two byte strings one number."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from media.downtrack import DownTrack
from media.ports import Kind, Packet
from media.rtp import header
from media.rtp import vp8 as descriptor
from media.rtp.sequence import Unwrapper
from media.uptrack import UpTrack
from tests.media.packets import OPUS, VP8, audio_track, receive, rtp, video_track, vp8

SLOT_SSRC = 4711


def slot(kind: Kind, first_sequence: int = 100, first_timestamp: int = 5_000) -> DownTrack:
    video = kind is Kind.CAMERA
    rate = 90_000 if video else 48_000
    return DownTrack("5", kind, SLOT_SSRC, VP8 if video else OPUS, rate, 4, first_sequence, first_timestamp)


@dataclass
class Source:
    """A sender with its own numbering, which may begin anywhere."""

    track: UpTrack
    sequence: int
    timestamp: int
    picture: int
    video: bool
    sent: list[bytes] = field(default_factory=list)

    def packet(self, *, keyframe: bool, padding: bool, leap: int) -> bytes:
        self.sequence += 1 + leap
        self.timestamp += 3_000 if self.video else 960
        if padding:
            data = rtp(self.sequence, self.timestamp, b"", payload_type=VP8 if self.video else OPUS, padding=8)
        elif self.video:
            self.picture += 1
            data = rtp(
                self.sequence, self.timestamp, vp8(self.picture, self.picture, keyframe=keyframe), payload_type=VP8
            )
        else:
            data = rtp(self.sequence, self.timestamp, b"\xf8sound" + self.sequence.to_bytes(8, "big", signed=True))
        self.sent.append(data)
        return data


class Wire:
    """What SRTP would see: every (SSRC, extended index) and the bytes it protected."""

    def __init__(self, down: DownTrack) -> None:
        self.down = down
        self.buffer = bytearray(2048)
        self.protected: dict[tuple[int, int], bytes] = {}
        self.order: list[int] = []
        self._unwrap = Unwrapper()

    def forward(self, track: UpTrack, packet: Packet) -> None:
        length = self.down.pack(track, packet, self.buffer)
        if length:
            self.note(bytes(self.buffer[:length]))

    def nack(self, sequence: int) -> None:
        length = self.down.repack(sequence & 0xFFFF, self.buffer)
        if length:
            data = bytes(self.buffer[:length])
            assert (SLOT_SSRC, self._unwrap.peek(header.parse(data).sequence)) in self.protected
            self.note(data)

    def note(self, data: bytes) -> None:
        parsed = header.parse(data)
        before = self._unwrap.highest
        index = self._unwrap.unwrap(parsed.sequence)
        assert before is None or abs(index - before) < 32_000, "SRTP would lose count"
        assert self.protected.setdefault((parsed.ssrc, index), data) == data
        self.order.append(index)


actions = st.lists(
    st.tuples(
        st.sampled_from(["send"] * 8 + ["hold", "hold", "again", "again", "again", "switch", "nack", "nack", "empty"]),
        st.sampled_from([0, 0, 0, 0, 1, 2]),  # which source
        st.integers(0, 12),  # which of the past ones
        st.sampled_from([0] * 12 + [1, 2, 7, 300, 2_000, 32_600]),  # a leap in the source's numbering
        st.sampled_from(["plain"] * 6 + ["keyframe", "keyframe", "padding"]),
    ),
    min_size=40,
    max_size=120,
)
starts = st.tuples(st.integers(0, 65_535), st.integers(0, 2**32 - 1), st.integers(0, 32_767))


@settings(max_examples=300, deadline=None)
@given(video=st.booleans(), begins=st.lists(starts, min_size=3, max_size=3), first=starts, play=actions)
def test_no_index_is_ever_protected_twice_with_different_bytes(
    video: bool,
    begins: list[tuple[int, int, int]],
    first: tuple[int, int, int],
    play: list[tuple[str, int, int, int, str]],
) -> None:
    make = video_track if video else audio_track
    sources = [Source(make(f"p{n}", csrc=n + 1), *begin, video) for n, begin in enumerate(begins)]
    wire = Wire(slot(Kind.CAMERA if video else Kind.MIC, first[0] % 32_768, first[1]))
    wire.down.switch(sources[0].track)
    now = 0.0
    for action, which, past, leap, what in play:
        now += 0.01
        source = sources[which]
        if action == "switch":
            wire.down.switch(source.track)
        elif action == "empty":
            wire.down.switch(None)
        elif action == "nack" and wire.order:
            wire.nack(wire.order[-1 - past % len(wire.order)])
        elif action == "again" and source.sent:
            _play(wire, source, source.sent[-1 - past % len(source.sent)], now)
        else:
            data = source.packet(keyframe=what == "keyframe", padding=what == "padding", leap=leap)
            if action != "hold":  # a held packet may come by later, through `again`
                _play(wire, source, data, now)


def _play(wire: Wire, source: Source, data: bytes, now: float) -> None:
    packet = receive(source.track, data, now)
    if isinstance(packet, Packet):
        wire.forward(source.track, packet)


def _sent(down: DownTrack, track: UpTrack, data: bytes, now: float) -> header.Header | None:
    buffer = bytearray(2048)
    packet = receive(track, data, now)
    assert isinstance(packet, Packet)
    length = down.pack(track, packet, buffer)
    return header.parse(bytes(buffer[:length])) if length else None


def test_a_switch_of_sound_runs_on_without_a_seam() -> None:
    down, one, two = slot(Kind.MIC), audio_track("a"), audio_track("b", csrc=71)
    down.switch(one)
    first = _sent(down, one, rtp(65_535, 2**32 - 1, b"\xf8x"), 1.0)
    second = _sent(down, one, rtp(0, 959, b"\xf8x"), 1.02)
    down.switch(two)
    third = _sent(down, two, rtp(9, 77, b"\xf8x"), 1.52)
    assert first is not None
    assert second is not None
    assert third is not None
    assert [each.sequence for each in (first, second, third)] == [100, 101, 102]
    assert second.timestamp - first.timestamp == 960
    assert third.timestamp - second.timestamp == 24_000  # half a second later
    assert third.marker
    assert (first.ssrc, first.payload_type, first.extensions) == (SLOT_SSRC, OPUS, {4: b"5"})


def test_every_packet_names_its_source() -> None:
    down, track = slot(Kind.MIC), audio_track(csrc=0xABCD)
    down.switch(track)
    buffer = bytearray(64)
    packet = receive(track, rtp(1, 1, b"\xf8x"), 0.0)
    assert isinstance(packet, Packet)
    down.pack(track, packet, buffer)
    assert buffer[0] & 0x0F == 1
    assert int.from_bytes(buffer[12:16], "big") == 0xABCD


def test_the_old_picture_runs_until_the_new_key_frame() -> None:
    down, old, new = slot(Kind.CAMERA), video_track("a"), video_track("b", csrc=81)
    assert down.switch(old)
    assert _sent(down, old, rtp(1, 0, vp8(5, 5), payload_type=VP8), 0.0) is None
    assert _sent(down, old, rtp(2, 3_000, vp8(6, 6, keyframe=True), payload_type=VP8), 0.1) is not None
    assert down.switch(new)
    assert _sent(down, new, rtp(50, 9, vp8(900, 9), payload_type=VP8), 0.2) is None
    assert _sent(down, old, rtp(3, 6_000, vp8(7, 7), payload_type=VP8), 0.2) is not None
    assert _sent(down, new, rtp(51, 3_009, vp8(901, 10, keyframe=True), payload_type=VP8), 0.3) is not None
    assert _sent(down, old, rtp(4, 9_000, vp8(8, 8), payload_type=VP8), 0.3) is None
    assert down.source is new
    assert not down.needs_keyframe


def test_picture_numbers_run_on_over_a_switch() -> None:
    down, old, new = slot(Kind.CAMERA), video_track("a"), video_track("b", csrc=81)
    buffer = bytearray(256)
    seen = []
    down.switch(old)
    for track, data in [
        (old, rtp(2, 3_000, vp8(32_767, 255, keyframe=True), payload_type=VP8)),
        (old, rtp(3, 6_000, vp8(0, 0), payload_type=VP8)),
        (new, rtp(51, 9, vp8(901, 10, keyframe=True), payload_type=VP8)),
    ]:
        down.switch(track)
        packet = receive(track, data, 0.1)
        assert isinstance(packet, Packet)
        length = down.pack(track, packet, buffer)
        parsed = header.parse(bytes(buffer[:length]))
        found = descriptor.parse(bytes(buffer[:length]), parsed.start, parsed.end)
        seen.append((found.picture_id, found.tl0picidx))
    assert seen == [(0, 0), (1, 1), (2, 2)]


def test_padding_leaves_no_hole() -> None:
    down, track = slot(Kind.CAMERA), video_track()
    down.switch(track)
    first = _sent(down, track, rtp(1, 0, vp8(1, 1, keyframe=True), payload_type=VP8), 0.0)
    assert receive(track, rtp(2, 0, b"", payload_type=VP8, padding=20), 0.01) is None
    second = _sent(down, track, rtp(3, 3_000, vp8(2, 2), payload_type=VP8), 0.1)
    assert first is not None
    assert second is not None
    assert second.sequence == first.sequence + 1


def test_a_nack_is_answered_across_a_switch() -> None:
    down, one, two = slot(Kind.MIC), audio_track("a"), audio_track("b", csrc=71)
    wire = Wire(down)
    down.switch(one)
    for track, data in [(one, rtp(1, 1, b"\xf8one")), (two, rtp(9, 9, b"\xf8two"))]:
        down.switch(track)
        packet = receive(track, data, 0.0)
        assert isinstance(packet, Packet)
        wire.forward(track, packet)
    wire.nack(100)
    wire.nack(101)
    assert wire.order == [100, 101, 100, 101]
    assert down.repack(99, bytearray(64)) == 0
    assert down.resent == 2


def test_a_sender_report_ties_our_time_to_our_numbers() -> None:
    down, track = slot(Kind.MIC), audio_track()
    assert down.sender_report(0.0, 0.0) is None
    down.switch(track)
    _sent(down, track, rtp(1, 1, b"\xf8x"), 10.0)
    report = down.sender_report(10.5, 1_700_000_000.0)
    assert report is not None
    assert int.from_bytes(report[8:12], "big") == 1_700_000_000 + 2_208_988_800
    assert int.from_bytes(report[16:20], "big") == 5_000 + 24_000
