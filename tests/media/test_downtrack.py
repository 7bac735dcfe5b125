"""What a slot of one receiver sends, case by case; test_streams.py holds it over random plays."""

from __future__ import annotations

import socket
import struct

import pytest

from media.downtrack import DownTrack, stamp
from media.forwarder import Forwarder
from media.ports import Kind
from media.rtp import header
from media.rtp import vp8 as descriptor
from media.uptrack import UpTrack
from tests.media.network import Keys, Outlet, Receiver, receiver
from tests.media.packets import OPUS, VP8, audio_track, received, rtp, video_track, vp8
from tests.media.wire import RTX_SSRC, SLOT_SSRC, Watcher, plain_payload, stream


class Stage:
    """A forwarder with one watcher, at a time that is set by hand."""

    def __init__(self, outlet: Outlet, receiver: Receiver, kind: Kind) -> None:
        self.now = 1.0
        self.forwarder = Forwarder(outlet.engine, lambda: self.now)
        self.watcher = Watcher.open(stream(kind), outlet, receiver)
        self.slot = self.watcher.slot

    def send(self, track: UpTrack, data: bytes, now: float) -> header.Header | None:
        """One packet of a source; what came of it."""
        found = self.sends(track, data, now)
        assert len(found) <= 1
        return header.parse(found[0]) if found else None

    def sends(self, track: UpTrack, data: bytes, now: float) -> list[bytes]:
        self.now = now
        self.forwarder.forward(track, received(track, data, now))
        self.forwarder.work()
        return [self.watcher.keys.open(each) for each in self.watcher.receiver.take()]

    def pictures(self, track: UpTrack, sequence: int, picture_id: int, keyframe: bool = False) -> tuple[int, int]:
        """Send a picture and read its numbers as they come."""
        payload = vp8(picture_id, picture_id, keyframe=keyframe)
        (plain,) = self.sends(track, rtp(sequence, sequence * 3_000, payload, payload_type=VP8), 1 + sequence / 30)
        parsed = header.parse(plain)
        found = descriptor.parse(plain, parsed.start, parsed.end)
        return found.picture_id, found.tl0picidx


@pytest.fixture
def sound(sending: Outlet, listening: Receiver) -> Stage:
    return Stage(sending, listening, Kind.MIC)


@pytest.fixture
def film(sending: Outlet, listening: Receiver) -> Stage:
    return Stage(sending, listening, Kind.CAMERA)


def test_a_switch_of_sound_runs_on_without_a_seam(sound: Stage) -> None:
    one, two = audio_track("a"), audio_track("b", csrc=71)
    assert not sound.slot.want(one)
    first = sound.send(one, rtp(65_535, 2**32 - 1, b"\xf8x"), 1.0)
    second = sound.send(one, rtp(0, 959, b"\xf8x"), 1.02)
    sound.slot.want(two)
    third = sound.send(two, rtp(9, 77, b"\xf8x"), 1.52)
    assert first is not None
    assert second is not None
    assert third is not None
    assert [each.sequence for each in (first, second, third)] == [100, 101, 102]
    assert second.timestamp - first.timestamp == 960
    assert third.timestamp - second.timestamp == 24_000  # half a second later
    assert (first.ssrc, first.payload_type, first.extensions) == (SLOT_SSRC, OPUS, {4: b"5"})
    assert sound.slot.switches == 2


def test_a_voice_that_overlaps_the_one_before_is_not_thrown_away(sound: Stage) -> None:
    """What two said at the same time has one time: the second must not lie before the end of the first."""
    one, two = audio_track("a"), audio_track("b", csrc=71)
    sound.slot.want(one)
    first = sound.send(one, rtp(1, 1, b"\xf8x"), 1.0)
    sound.slot.want(two)
    second = sound.send(two, rtp(1, 1, b"\xf8x"), 1.0)
    assert first is not None
    assert second is not None
    assert second.timestamp - first.timestamp == 960


def test_every_packet_names_its_source(sound: Stage) -> None:
    track = audio_track(csrc=0xABCD)
    sound.slot.want(track)
    (plain,) = sound.sends(track, rtp(1, 1, b"\xf8x"), 1.0)
    assert plain[0] & 0x0F == 1
    assert int.from_bytes(plain[12:16], "big") == 0xABCD


def test_the_old_picture_runs_until_the_new_key_frame(film: Stage) -> None:
    old, new = video_track("a"), video_track("b", csrc=81)
    assert film.slot.want(old)
    assert film.send(old, rtp(1, 0, vp8(5, 5), payload_type=VP8), 1.0) is None
    assert film.pictures(old, 2, 6, keyframe=True) == (0, 0)
    assert film.slot.want(new)
    assert film.send(new, rtp(50, 9, vp8(900, 9), payload_type=VP8), 1.2) is None
    assert film.pictures(old, 3, 7) == (1, 1)
    assert film.pictures(new, 51, 901, keyframe=True) == (2, 2)
    assert film.send(old, rtp(4, 9_000, vp8(8, 8), payload_type=VP8), 3.0) is None
    assert (film.slot.track, film.slot.pending) == (new, None)
    assert (old.holders, old.fan.groups, list(new.holders)) == ({}, {}, [film.slot])


def test_a_wish_taken_back_before_the_key_frame_changes_nothing(film: Stage) -> None:
    old, new = video_track("a"), video_track("b", csrc=81)
    film.slot.want(old)
    film.pictures(old, 1, 1, keyframe=True)
    assert film.slot.want(new)
    assert film.slot.coming is new
    assert not film.slot.want(old)
    assert film.slot.coming is old
    assert new.waiting == {}
    assert film.pictures(old, 2, 2) == (1, 1)


def test_padding_at_the_end_of_a_stretch_does_not_turn_picture_numbers_back(film: Stage) -> None:
    """Browsers probe with packets of padding, which have no picture."""
    old, new = video_track("a"), video_track("b", csrc=81)
    film.slot.want(old)
    assert film.pictures(old, 1, 700, keyframe=True) == (0, 0)
    assert film.pictures(old, 2, 701) == (1, 1)
    film.send(old, rtp(3, 6_000, b"", payload_type=VP8, padding=20), 1.2)
    film.slot.want(new)
    assert film.pictures(new, 51, 30, keyframe=True) == (2, 2)


def test_padding_behind_a_leap_does_not_either(film: Stage) -> None:
    track = video_track()
    film.slot.want(track)
    film.pictures(track, 1, 700, keyframe=True)
    padding = film.send(track, rtp(5_000, 6_000, b"", payload_type=VP8, padding=20), 1.2)
    assert padding is not None
    assert padding.sequence == 101
    assert film.pictures(track, 5_001, 701) == (1, 1)


def test_picture_numbers_wrap(film: Stage) -> None:
    track = video_track()
    film.slot.want(track)
    assert film.pictures(track, 1, 32_767, keyframe=True) == (0, 0)
    assert film.pictures(track, 2, 0) == (1, 1)


def test_padding_leaves_no_hole(film: Stage) -> None:
    track = video_track()
    film.slot.want(track)
    sent = [
        film.send(track, rtp(1, 0, vp8(1, 1, keyframe=True), payload_type=VP8), 1.0),
        film.send(track, rtp(2, 0, b"", payload_type=VP8, padding=20), 1.01),
        film.send(track, rtp(3, 3_000, vp8(2, 2), payload_type=VP8), 1.1),
    ]
    assert [each.sequence for each in sent if each is not None] == [100, 101, 102]


def test_a_picture_carries_the_time_of_its_sending(film: Stage) -> None:
    """Not that of its arrival: the receiver would take our waiting for a queue on the way. Late ones do their best."""
    track = video_track()
    film.slot.want(track)
    stamps = []
    for sequence, arrival, sent in [(1, 2.0, 2.25), (3, 2.5, 2.75), (2, 3.0, 3.25)]:
        data = rtp(sequence, 0, vp8(sequence, 1, keyframe=sequence == 1), payload_type=VP8)
        film.forwarder.forward(track, received(track, data, arrival))
        film.now = sent
        film.forwarder.work()
        (plain,) = (film.watcher.keys.open(each) for each in film.watcher.receiver.take())
        stamps.append(int.from_bytes(header.parse(plain).extensions[2], "big"))
    assert stamps == [stamp(2.25), stamp(2.75), stamp(3.0)]


def test_an_answer_across_a_switch_is_what_was_sent_then(sound: Stage) -> None:
    one, two = audio_track("a"), audio_track("b", csrc=71)
    buffer = memoryview(bytearray(2_048))
    sent = []
    for track, data in [(one, rtp(1, 1, b"\xf8one")), (two, rtp(9, 9, b"\xf8two"))]:
        sound.slot.want(track)
        sent += sound.sends(track, data, 1.0)
    for number, plain in zip((100, 101), sent, strict=True):
        assert bytes(buffer[: sound.slot.repack(number, buffer)]) == plain
    assert sound.slot.repack(99, buffer) == 0
    assert sound.slot.repack(102, buffer) == 0
    assert sound.slot.resent == 2


def test_a_repair_is_the_original_behind_its_number(film: Stage) -> None:
    track = video_track()
    buffer = memoryview(bytearray(2_048))
    film.slot.want(track)
    (plain,) = film.sends(track, rtp(1, 0, vp8(1, 1, keyframe=True), payload_type=VP8, marker=True), 1.0)
    length = film.slot.repair(100, 9.5, buffer)
    repair = header.parse(bytes(buffer[:length]))
    assert (repair.ssrc, repair.payload_type, repair.sequence) == (RTX_SSRC, 97, 50)
    assert (repair.timestamp, repair.marker) == (5_000, True)
    assert bytes(buffer[repair.start : repair.end]) == (100).to_bytes(2, "big") + plain_payload(plain)
    assert repair.extensions == {4: b"5", 2: stamp(9.5).to_bytes(3, "big")}
    assert header.parse(plain).extensions[2] == stamp(1.0).to_bytes(3, "big")


def test_padding_is_a_repair_of_nothing(film: Stage) -> None:
    track = video_track()
    buffer = memoryview(bytearray(2_048))
    film.slot.want(track)
    film.sends(track, rtp(1, 0, vp8(1, 1, keyframe=True), payload_type=VP8), 1.0)
    lengths = [film.slot.padding(2.0, buffer), film.slot.padding(2.0, buffer)]
    parsed = header.parse(bytes(buffer[: lengths[1]]))
    assert (parsed.ssrc, parsed.payload_type, parsed.sequence) == (RTX_SSRC, 97, 51)
    assert (parsed.timestamp, parsed.start) == (5_000, parsed.end)
    assert lengths[0] == lengths[1] == parsed.end + 255
    assert film.slot.padded == 2
    film.slot.want(None)
    assert header.parse(bytes(buffer[: film.slot.padding(2.0, buffer)])).timestamp == 5_000


def test_what_was_not_agreed_is_not_sent(sending: Outlet, sound: Stage) -> None:
    buffer = memoryview(bytearray(2_048))
    track = audio_track()
    sound.slot.want(track)
    sound.send(track, rtp(1, 1, b"\xf8x"), 1.0)
    assert sound.slot.repair(100, 1.0, buffer) == 0
    assert sound.slot.padding(1.0, buffer) == 0
    bare = DownTrack(stream(Kind.CAMERA)._replace(mid_id=None, stamp_id=None), sending.engine)
    keys = Keys()
    bare.connect(keys.ours.sending, ("127.0.0.1", 9), socket.AF_INET, keys.ours.trailer)
    parsed = header.parse(bytes(buffer[: bare.padding(1.0, buffer)]))
    assert (parsed.extensions, parsed.start) == ({}, 16)


def test_numbers_begin_in_the_lower_half(sending: Outlet) -> None:
    for wrong in (
        stream(Kind.MIC)._replace(first_sequence=32_768),
        stream(Kind.MIC)._replace(first_rtx_sequence=32_768),
    ):
        with pytest.raises(ValueError, match="32768"):
            DownTrack(wrong, sending.engine)


def test_nothing_goes_to_a_receiver_without_an_address(sending: Outlet) -> None:
    slot, track = DownTrack(stream(Kind.MIC), sending.engine), audio_track()
    slot.want(track)
    slot.begin(received(track, rtp(1, 1, b"\xf8x"), 1.0))
    assert slot.track is None
    assert slot.coming is track
    assert slot.repack(100, memoryview(bytearray(64))) == 0


def test_a_receiver_that_moves_to_the_other_family_takes_its_slot_along(sound: Stage) -> None:
    track = audio_track()
    sound.slot.want(track)
    assert sound.send(track, rtp(1, 1, b"\xf8x"), 1.0) is not None
    keys = sound.watcher.keys
    with receiver(socket.AF_INET6) as elsewhere:
        sound.slot.connect(keys.ours.sending, elsewhere.address, socket.AF_INET6, keys.ours.trailer)
        assert sound.send(track, rtp(2, 961, b"\xf8x"), 1.02) is None
        (datagram,) = elsewhere.take()
        assert header.parse(keys.open(datagram)).sequence == 101
    assert len(track.fan) == 1


def test_counters_count_what_this_slot_sent(sound: Stage) -> None:
    one, two = audio_track("a"), audio_track("b", csrc=71)
    for number in range(3):
        sound.forwarder.forward(one, received(one, rtp(number, number, b"\xf8x"), 1.0))
    sound.slot.want(one)
    for number in range(3, 8):
        sound.send(one, rtp(number, number * 960, b"\xf8xy"), 1.0)
    assert (sound.slot.packets, sound.slot.octets) == (5, 15)
    sound.slot.want(two)
    sound.send(two, rtp(1, 1, b"\xf8"), 2.0)
    sound.slot.want(None)
    assert (sound.slot.packets, sound.slot.octets) == (6, 16)
    assert (sound.slot.switches, sound.slot.layer_changes) == (2, 0)


def test_layers_of_one_source_are_no_switch(film: Stage) -> None:
    low, high = video_track(csrc=80), video_track(csrc=80, ssrc=9)
    for track in (low, high):
        film.slot.want(track)
        film.pictures(track, 1, 5, keyframe=True)
    assert (film.slot.switches, film.slot.layer_changes) == (1, 1)


def test_a_sender_report_ties_our_time_to_our_numbers(sound: Stage) -> None:
    track = audio_track()
    assert sound.slot.sender_report(0.0, 0.0) is None
    sound.slot.want(track)
    assert sound.slot.sender_report(0.0, 0.0) is None
    sound.send(track, rtp(1, 1, b"\xf8x"), 10.0)
    report = sound.slot.sender_report(10.5, 1_700_000_000.0)
    assert report is not None
    ssrc, seconds, _, ticks, packets, octets = struct.unpack("!6I", report[4:])
    assert (ssrc, seconds, ticks) == (SLOT_SSRC, 1_700_000_000 + 2_208_988_800, 5_000 + 24_000)
    assert (packets, octets) == (1, 2)
