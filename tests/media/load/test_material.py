"""Media that participants send are what they are said to be."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from media.load import material

DATA = Path(__file__).parents[2] / "data"


def decoded(layer: material.Layer) -> list[av.VideoFrame]:
    decoder = av.VideoCodecContext.create("vp8", "r")
    return [frame for pieces in layer.frames for frame in decoder.decode(av.Packet(b"".join(pieces)))]


@pytest.mark.parametrize(("number", "rate"), [(0, 80_000), (1, 220_000), (2, 490_000)])
def test_a_camera_layer_has_its_size_rate_and_one_key_frame(number: int, rate: int) -> None:
    layer = material.camera(0)[number]
    frames = decoded(layer)
    bits = 8 * sum(len(piece) for pieces in layer.frames for piece in pieces) / material.LOOP_S
    smaller = material.CAMERA[number][1]
    assert len(frames) == material.FRAMES_A_SECOND * material.LOOP_S
    assert (frames[0].width, frames[0].height) == (material.WIDTH // smaller, material.HEIGHT // smaller)
    assert [frame.key_frame for frame in frames] == [True] + [False] * (len(frames) - 1)
    assert 0.9 * rate < bits < 1.1 * rate
    assert max(len(piece) for pieces in layer.frames for piece in pieces) <= material.PAYLOAD_BYTES


def test_sound_is_opus_of_20_ms_and_never_twice_the_same() -> None:
    packets = material.sound(0)
    decoder = av.AudioCodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = material.SOUND_RATE_HZ, "mono"
    samples = sum(frame.samples for packet in packets for frame in decoder.decode(av.Packet(packet)))
    assert samples >= (len(packets) - 1) * material.SOUND_STEP
    assert len(set(packets)) == len(packets) == 50 * material.LOOP_S


def test_a_file_is_said_to_its_last_whole_packet() -> None:
    packets = material.speech(DATA / "jfk.flac")
    decoder = av.AudioCodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = material.SOUND_RATE_HZ, "mono"
    frames = [frame.to_ndarray()[0] for packet in packets for frame in decoder.decode(av.Packet(packet))]
    loudness = [int(abs(frame.astype(int)).max()) for frame in frames]
    assert len(packets) == 11 * 50
    assert max(loudness) > 5_000
    assert material.speech(DATA / "jfk.flac") is packets


@pytest.mark.parametrize("name", ["rakor-1/manifest.json", "nothing.flac"])
def test_what_is_no_sound_cannot_be_said(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        material.speech(DATA / name)


def test_no_two_speakers_sound_or_look_alike() -> None:
    assert not set(material.sound(0)) & set(material.sound(1))
    low = [{piece for pieces in material.camera(seed)[0].frames for piece in pieces} for seed in (0, 1)]
    assert not low[0] & low[1]
