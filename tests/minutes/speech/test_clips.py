from __future__ import annotations

import io
from pathlib import Path

import av
import pytest

from minutes.speech.audio import RecordedTrack
from minutes.speech.clips import NothingRecorded, cut
from tests.minutes.speech.sounds import opus, record, tone
from tests.same_sound import decoded

PACKETS = opus(tone(3.0), 10.0) + opus(tone(1.0), 20.0)


@pytest.fixture
def track(tmp_path: Path) -> RecordedTrack:
    record(tmp_path, PACKETS, longest=1.0)
    return RecordedTrack(tmp_path)


def contents(clip: bytes) -> list[tuple[float, bytes]]:
    with av.open(io.BytesIO(clip), "r") as container:
        assert container.format.name == "matroska,webm"
        assert container.streams.audio[0].codec_context.name in ("opus", "libopus")
        packets = [packet for packet in container.demux() if packet.pts is not None and packet.size]
        return [(float((each.pts or 0) * (each.time_base or 0)), bytes(each)) for each in packets]


def test_a_clip_holds_the_very_packets_of_its_time_across_chunks(track: RecordedTrack) -> None:
    found = contents(cut(track, 10.5, 12.5))
    assert [payload for _, payload in found] == [payload for at, payload in PACKETS if 10.49 < at < 12.49]
    assert found[0][0] == 0.0
    assert found[-1][0] == pytest.approx(1.98, abs=0.002)


def test_a_clip_begins_with_the_packet_that_sounds_at_its_start(track: RecordedTrack) -> None:
    found = contents(cut(track, 10.51, 10.6))
    assert found[0] == (0.0, next(payload for at, payload in PACKETS if at == pytest.approx(10.5)))


def test_pauses_keep_their_length(track: RecordedTrack) -> None:
    found = contents(cut(track, 12.0, 21.0))
    assert next(at for at, _ in found if at > 2.0) == pytest.approx(8.0, abs=0.002)


def test_a_clip_decodes(track: RecordedTrack) -> None:
    with av.open(io.BytesIO(cut(track, 10.0, 12.0)), "r") as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) == pytest.approx(96_000, abs=1000)


def test_an_instant_is_the_packet_that_sounds_then(track: RecordedTrack) -> None:
    assert len(contents(cut(track, 11.005, 11.006))) == 1


@pytest.mark.parametrize(("start", "end"), [(0.0, 9.0), (14.0, 19.0), (30.0, 40.0)])
def test_where_nothing_was_recorded_there_is_no_clip(track: RecordedTrack, start: float, end: float) -> None:
    with pytest.raises(NothingRecorded):
        cut(track, start, end)


def test_the_same_clip_is_the_same_bytes(track: RecordedTrack) -> None:
    assert cut(track, 10.5, 12.5) == cut(track, 10.5, 12.5)


def test_of_a_silent_stretch_no_packet_is_in_it(track: RecordedTrack) -> None:
    whole, part = contents(cut(track, 10.0, 12.9)), contents(cut(track, 10.0, 12.9, ((11.0, 11.5),)))
    assert part == [each for each in whole if not 10.94 < each[0] + 10.0 < 11.5]


def test_times_stay_true_where_the_beginning_is_silent(track: RecordedTrack) -> None:
    whole, part = contents(cut(track, 10.0, 12.9)), contents(cut(track, 10.0, 12.9, ((9.0, 11.0),)))
    assert part[0][0] == 0.0
    assert part[1:] == [each for each in whole if each[0] >= 1.0]
    sound = decoded(cut(track, 10.0, 12.9, ((9.0, 11.0),)))
    assert abs(sound[: int(0.9 * 16_000)]).max() < 0.001
    assert abs(sound[int(1.2 * 16_000) :]).max() > 0.3
