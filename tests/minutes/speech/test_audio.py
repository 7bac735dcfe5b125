from __future__ import annotations

import itertools
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.speech.audio import OpusDecoder, RecordedTrack, Sound, UnreadableAudio, decode_file
from minutes.speech.ports import SAMPLE_RATE_HZ
from tests.minutes.speech.sounds import DATA, chunk, opus, record, tone

PACKETS = opus(tone(1.0))


def decoded(packets: list[tuple[float, bytes]]) -> list[Sound]:
    decoder = OpusDecoder()
    return [sound for at, payload in packets if (sound := decoder.decode(at, payload)) is not None]


def test_consecutive_packets_leave_no_sample_out() -> None:
    sounds = decoded(PACKETS)
    assert [s.position for s in sounds] == [320 * i for i in range(len(PACKETS))]
    assert all(len(s.samples) == 320 for s in sounds)


def test_the_sound_is_the_sound_that_was_encoded() -> None:
    samples = np.concatenate([s.samples for s in decoded(PACKETS)])[4000:12000]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    assert int(np.argmax(spectrum)) * SAMPLE_RATE_HZ / len(samples) == pytest.approx(440, abs=3)
    assert float(np.abs(samples).max()) == pytest.approx(0.5, abs=0.05)


def test_a_gap_is_exact_to_the_sample() -> None:
    sounds = decoded([*PACKETS[:10], *((at + 4.2005, payload) for at, payload in PACKETS[10:])])
    assert sounds[9].end == 3200
    assert sounds[10].position == round((0.2 + 4.2005) * SAMPLE_RATE_HZ)


def test_one_lost_packet_leaves_its_own_length() -> None:
    sounds = decoded(PACKETS[:10] + PACKETS[11:])
    assert sounds[10].position - sounds[9].end == 320


@given(st.lists(st.floats(-0.004, 0.004), min_size=len(PACKETS), max_size=len(PACKETS)))
@settings(max_examples=20, deadline=None)
def test_times_that_breathe_make_no_holes(jitter: list[float]) -> None:
    sounds = decoded([(1 + at + shift, payload) for (at, payload), shift in zip(PACKETS, jitter, strict=True)])
    assert all(later.position == earlier.end for earlier, later in itertools.pairwise(sounds))


def test_a_drifting_clock_stays_within_the_tolerance() -> None:
    sounds = decoded([(at * 1.02, payload) for at, payload in PACKETS])
    for (at, _), sound in zip(PACKETS, sounds, strict=True):
        assert abs(sound.position - at * 1.02 * SAMPLE_RATE_HZ) <= 161
    assert all(later.position >= earlier.end for earlier, later in itertools.pairwise(sounds))


def test_a_packet_that_comes_twice_is_heard_once() -> None:
    sounds = decoded([*PACKETS[:5], PACKETS[3], *PACKETS[5:]])
    assert [s.position for s in sounds] == [320 * i for i in range(len(PACKETS))]


def test_a_damaged_packet_is_a_hole() -> None:
    sounds = decoded([*PACKETS[:5], (0.1, b"\xff" * 3), *PACKETS[6:]])
    assert sounds[5].position - sounds[4].end == 320


def test_chunks_are_listed_by_time_and_unfinished_ones_are_not_there(tmp_path: Path) -> None:
    later = chunk(tmp_path, 12_000, opus(tone(1.0), 12.0))
    earlier = chunk(tmp_path, 1_000, opus(tone(1.0), 1.0))
    (tmp_path / "0000020000.part").write_bytes(b"half")
    (tmp_path / "note.txt").write_text("not sound")
    track = RecordedTrack(tmp_path)
    assert [c.path for c in track.chunks()] == [earlier, later]
    assert track.chunks()[0].start == 1.0
    assert [c.path for c in track.chunks(5.0)] == [later]
    assert [c.path for c in track.chunks(0.0, 12.0)] == [earlier]
    assert track.until == track.chunks()[1].end


def test_a_recording_gives_back_its_packets_at_their_times(tmp_path: Path) -> None:
    packets = opus(tone(3.0), 0.5) + opus(tone(1.0), 9.0)
    record(tmp_path, packets, longest=1.0)
    found = list(RecordedTrack(tmp_path).packets())
    assert [payload for _, payload in found] == [payload for _, payload in packets]
    assert [at for at, _ in found] == pytest.approx([at for at, _ in packets], abs=0.001)
    cut = [at for at, _ in RecordedTrack(tmp_path).packets(1.01, 1.1)]
    assert cut == pytest.approx([1.0, 1.02, 1.04, 1.06, 1.08], abs=0.001)


def test_nothing_recorded_is_nothing_to_hear(tmp_path: Path) -> None:
    track = RecordedTrack(tmp_path / "none")
    assert (track.chunks(), list(track.packets()), track.until) == ([], [], 0.0)


def test_a_damaged_chunk_costs_only_itself(tmp_path: Path) -> None:
    packets = opus(tone(2.0))
    record(tmp_path, packets, longest=1.0)
    RecordedTrack(tmp_path).chunks()[0].path.write_bytes(b"\x1a\x45\xdf\xa3 no more")
    assert [payload for _, payload in RecordedTrack(tmp_path).packets()] == [p for at, p in packets if at > 0.99]


@pytest.mark.parametrize("seed", range(40))
def test_bytes_that_changed_move_nobody_else_in_time(tmp_path: Path, seed: int) -> None:
    """Whatever the disk made of a chunk: what is read of it lies inside it, in order, and all others are whole."""
    packets, chance = opus(tone(3.0)), random.Random(seed)
    record(tmp_path, packets, longest=1.0)
    _, damaged, _ = RecordedTrack(tmp_path).chunks()
    content = bytearray(damaged.path.read_bytes())
    for _ in range(chance.randrange(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    damaged.path.write_bytes(content[: chance.randrange(len(content))] if seed % 2 else content)
    found = list(RecordedTrack(tmp_path).packets())
    times = [at for at, _ in found]
    assert times == sorted(times)
    whole = [(at, p) for at, p in packets if not damaged.start <= at + 0.001 < damaged.end]
    others = [(at, p) for at, p in found if not damaged.start <= at + 0.001 < damaged.end]
    assert [p for _, p in others] == [p for _, p in whole]
    assert [at for at, _ in others] == pytest.approx([at for at, _ in whole], abs=0.001)


@pytest.mark.parametrize("ms", [900, 120, 32_000])
def test_a_packet_at_a_wrong_time_costs_only_itself(tmp_path: Path, ms: int) -> None:
    """Its time in the file (RFC 9559 section 10.2: sixteen bits behind the number of the track) was changed."""
    packets = opus(tone(1.0))
    path = chunk(tmp_path, 0, packets)
    content = path.read_bytes()
    at = content.index(packets[10][1]) - 3
    assert int.from_bytes(content[at : at + 2], "big") == 200
    path.write_bytes(content[:at] + ms.to_bytes(2, "big") + content[at + 2 :])
    found = [payload for _, payload in RecordedTrack(tmp_path).packets()]
    assert found == [payload for number, (_, payload) in enumerate(packets) if number != 10]


def test_any_file_is_decoded(tmp_path: Path) -> None:
    sounds = list(decode_file(DATA / "jfk.flac"))
    assert sounds[0][0].position == 0
    assert sounds[-1][0].end == 11 * SAMPLE_RATE_HZ
    assert sounds[0][1] == pytest.approx(11.0)


def test_a_hole_in_a_file_keeps_its_length(tmp_path: Path) -> None:
    path = chunk(tmp_path, 0, opus(tone(1.0)) + opus(tone(1.0), 5.0))
    sounds = [sound for sound, _ in decode_file(path)]
    after = next(s for s, before in zip(sounds[1:], sounds, strict=False) if s.position > before.end)
    assert after.position == pytest.approx(5 * SAMPLE_RATE_HZ, abs=160)


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"\x00" * 4096])
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudio):
        list(decode_file(path))
