"""What media writes, minutes reads: the layout on disk that the two agree on without knowing each other."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from media.recorder import CHUNK_S, PAUSE_S, Chunk, ChunkWriter, Recorder, store
from media.reorder import Sound
from minutes.speech.audio import RecordedTrack
from minutes.speech.clips import NothingRecorded, cut


def sounds(start: float, seconds: float) -> list[Sound]:
    """A tone as Opus packets of 20 ms, beginning at `start`."""
    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "s16"
    encoder.open()
    made: list[Sound] = []
    for number in range(round(seconds * 50)):
        tone = (8_000 * np.sin(np.arange(number * 960, (number + 1) * 960) * 0.05)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(tone[None], format="s16", layout="mono")
        frame.sample_rate, frame.pts = 48_000, number * 960
        for packet in encoder.encode(frame):
            at = start + len(made) * 0.02
            made.append(Sound(at, at + 0.02, bytes(packet)))
    return made


def test_a_track_is_read_as_it_was_spoken(tmp_path: Path) -> None:
    writer = ChunkWriter()
    recorder = Recorder(tmp_path / "track", writer)
    said = [*sounds(7.0, 12.0), *sounds(19.0 + PAUSE_S + 1, 3.0)]
    for sound in said:
        recorder.take(sound)
    recorder.close()
    writer.close()
    track = RecordedTrack(tmp_path / "track")
    chunks = track.chunks()
    assert all(chunk.end - chunk.start <= CHUNK_S + 0.021 for chunk in chunks)
    assert [payload for _, payload in track.packets()] == [sound.payload for sound in said]
    assert [at for at, _ in track.packets()] == pytest.approx([sound.start for sound in said], abs=0.002)
    assert track.until == pytest.approx(said[-1].end, abs=0.002)


def test_a_chunk_that_was_not_finished_is_not_there(tmp_path: Path) -> None:
    (path,) = [store(Chunk(tmp_path, tuple(sounds(0.0, 1.0))))]
    path.rename(path.with_name("0000005000.part"))
    assert RecordedTrack(tmp_path).chunks() == []
    assert RecordedTrack(tmp_path / "never").chunks() == []


def test_a_clip_is_the_sound_between_two_times(tmp_path: Path) -> None:
    for second in (0.0, 5.0):
        store(Chunk(tmp_path, tuple(sounds(second, 5.0))))
    clip = tmp_path / "clip.webm"
    clip.write_bytes(cut(RecordedTrack(tmp_path), 4.0, 6.5))
    with av.open(str(clip)) as container:
        packets = [packet for packet in container.demux(audio=0) if packet.size]
    assert len(packets) == pytest.approx(125, abs=2)
    with pytest.raises(NothingRecorded):
        cut(RecordedTrack(tmp_path), 60.0, 61.0)
