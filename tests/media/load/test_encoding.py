"""What a participant sends, packet by packet."""

from __future__ import annotations

import itertools

from media.load.encoding import KEPT, Encoding, Numbers
from media.load.material import Layer
from media.load.rtp import payload_of
from media.load.sdp import LEVEL, MID, REPAIRED_RID, RID, TRANSPORT_CC, Told
from media.load.sent import Published
from media.load.tracks import Pictures, Sound
from media.rtp import header, vp8

IDS = {LEVEL: 1, TRANSPORT_CC: 3, MID: 4, RID: 10, REPAIRED_RID: 11}
TOLD = Told("1", True, 96, 97, IDS, (), {})
LOOP = Layer("f", 25, ((b"key-a", b"key-b"), (b"one",), (b"two",)))
LOW = Layer("q", 5, ((b"low-key",), (b"low-one",)))


def encoding(rid: str = "f", told: Told = TOLD, ssrc: int = 100) -> Encoding:
    return Encoding(told, rid, Numbers(ssrc, 10, 0), itertools.count(500).__next__)


def pictures(sent: list[bytes], *layers: Layer) -> Pictures:
    encodings = [encoding(layer.rid, ssrc=100 * (at + 1)) for at, layer in enumerate(layers)]
    made = Pictures(encodings, layers, Published(), sent.append, itertools.count(1).__next__)
    made.on = True
    return made


def test_says_mid_and_rid_until_it_is_reported() -> None:
    source = encoding()
    first = header.parse(source.write(b"payload", 0, False, False, None, 1))
    source.heard(100)
    second = header.parse(source.write(b"payload", 0, True, False, None, 2))
    assert first.extensions == {3: (500).to_bytes(2, "big"), 4: b"1", 10: b"f"}
    assert second.extensions == {3: (501).to_bytes(2, "big")}
    assert (first.sequence, second.sequence, second.marker) == (10, 11, True)


def test_repeats_on_the_retransmission_stream() -> None:
    source = encoding()
    source.write(b"payload", 90, True, False, None, 1)
    again = source.again(10)
    assert again is not None
    read = header.parse(again)
    assert (read.ssrc, read.payload_type, read.marker, read.timestamp) == (101, 97, True, 90)
    assert read.extensions[11] == b"f"
    assert payload_of(again) == (10).to_bytes(2, "big") + b"payload"
    assert source.again(9) is None


def test_keeps_so_many_packets_only() -> None:
    source = encoding()
    for _ in range(KEPT + 1):
        source.write(b"payload", 0, False, False, None, 1)
    assert source.again(10) is None
    assert source.again(11) is not None


def test_repeats_a_packet_as_it_was_where_no_stream_for_that_is_agreed() -> None:
    source = encoding(told=Told("0", False, 111, None, IDS, (), {}))
    packet = source.write(b"payload", 0, False, False, 25, 1)
    assert source.again(10) == packet
    assert (source.again(9), source.resent) == (None, 1)


def test_a_picture_begins_with_a_key_frame_and_again_when_asked() -> None:
    sent: list[bytes] = []
    made = pictures(sent, LOOP)
    for asked in (False, False, True, False):
        if asked:
            made.keyframe(100)
        made.step()
    assert [payload_of(each)[6:] for each in sent] == [b"key-a", b"key-b", b"one", b"key-a", b"key-b", b"one"]
    assert made.encodings[0].keyframes_asked == 1
    assert [made.encodings[0].sent.keyframes[number] for number in range(10, 16)] == [1, 0, 0, 1, 0, 0]


def test_its_descriptors_run_on() -> None:
    sent: list[bytes] = []
    made = pictures(sent, LOOP)
    for _ in range(3):
        made.step()
    read = [header.parse(each) for each in sent]
    found = [vp8.parse(data, each.start, each.end) for data, each in zip(sent, read, strict=True)]
    assert [each.starts_frame for each in found] == [True, False, True, True]
    assert [each.picture_id - found[0].picture_id for each in found] == [0, 0, 1, 2]
    assert [each.tl0picidx - found[0].tl0picidx for each in found] == [0, 0, 1, 2]
    assert [each.marker for each in read] == [False, True, True, True]
    assert [each.timestamp for each in read] == [3_600, 3_600, 7_200, 10_800]


def test_layers_have_their_own_pace_and_may_be_unwanted() -> None:
    sent: list[bytes] = []
    made = pictures(sent, LOW, LOOP)
    for _ in range(5):
        made.step()
    assert [each.packets for each in made.encodings] == [1, 7]
    made.want((True, False))
    for _ in range(5):
        made.step()
    assert [each.packets for each in made.encodings] == [2, 7]
    made.want((True, True))
    sent.clear()
    made.step()
    assert payload_of(sent[0])[6:] == b"key-a"


def test_a_microphone_marks_where_speech_begins_and_keeps_to_the_clock() -> None:
    sent: list[bytes] = []
    sound = Sound(encoding(rid=""), (b"a", b"b"), Published(), sent.append, itertools.count(1).__next__)
    for on in (True, True, False, True):
        sound.on = on
        sound.step()
    read = [header.parse(each) for each in sent]
    assert [each.marker for each in read] == [True, False, True]
    assert [each.timestamp for each in read] == [960, 1_920, 3_840]
    assert [each.extensions[1] for each in read] == [b"\x19"] * 3


def test_in_a_hurry_timestamps_still_tell_the_time() -> None:
    sent: list[bytes] = []
    sound = Sound(encoding(rid=""), (b"a",), Published(), sent.append, itertools.count(1).__next__)
    sound.on, sound.speed = True, 4.0
    assert sound.period_s == 0.005
    for _ in range(2):
        sound.step()
    assert [header.parse(each).timestamp for each in sent] == [240, 480]
