from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minutes.speech.audio import OPUS_RATE_HZ, Sound
from minutes.speech.mixing import BLOCK, Part, limited, mixed, silenced
from minutes.speech.mixing_worker import NO_ROOM, Order, make
from minutes.speech.peaks import PER_SECOND, peaks
from minutes.speech.ports import Samples
from tests.minutes.speech.sounds import opus, record, tone
from tests.same_sound import decoded


def microphone(directory: Path, hz: float, at: float, seconds: float = 2.0, loud: float = 1.0) -> Part:
    record(directory, opus(tone(seconds, hz) * np.float32(loud), at))
    return Part(directory)


def whole(*parts: Part, seconds: float = 6.0) -> Samples:
    return np.concatenate(list(mixed(parts, seconds)))


def strength(sound: Samples, hz: float, start: float, end: float, rate: int = OPUS_RATE_HZ) -> float:
    """Of a tone in a stretch: its amplitude."""
    part = sound[round(start * rate) : round(end * rate)]
    wave = np.exp(-2j * np.pi * hz * np.arange(len(part)) / rate)
    return float(2 * abs(np.dot(part, wave)) / len(part))


def test_everybody_is_heard_where_they_spoke(tmp_path: Path) -> None:
    sound = whole(microphone(tmp_path / "a", 440, 1.0), microphone(tmp_path / "b", 1000, 2.0))
    assert len(sound) == 6 * BLOCK
    assert strength(sound, 440, 1.2, 2.9) > 0.3
    assert strength(sound, 440, 3.2, 5.0) < 0.01
    assert strength(sound, 1000, 1.0, 1.9) < 0.01
    assert strength(sound, 1000, 2.2, 3.9) > 0.3
    assert np.abs(sound).max() <= 1.0


def test_a_faint_microphone_is_raised_and_a_silent_one_is_not(tmp_path: Path) -> None:
    sound = whole(microphone(tmp_path / "a", 440, 0.0, 5.0, loud=0.08))
    assert strength(sound, 440, 4.0, 4.9) > 2 * strength(sound, 440, 0.1, 0.2)
    assert np.abs(whole(microphone(tmp_path / "b", 440, 0.0, 5.0, loud=0.001))).max() < 0.001


def test_nothing_is_left_of_a_silenced_stretch(tmp_path: Path) -> None:
    part = microphone(tmp_path / "a", 440, 1.0, 4.0)
    sound = whole(Part(part.directory, ((2.0, 3.0),)), microphone(tmp_path / "b", 1000, 1.0, 4.0))
    assert strength(sound, 440, 1.2, 1.9) > 0.3
    assert strength(sound, 440, 2.0, 3.0) < 1e-3
    assert strength(sound, 440, 3.1, 4.8) > 0.3
    assert strength(sound, 1000, 2.0, 3.0) > 0.3


def test_it_fades_outside_of_the_stretch_only() -> None:
    sound = silenced(Sound(0, np.ones(OPUS_RATE_HZ, np.float32)), [(0.4, 0.6), (0.5, 0.7)])
    black = slice(round(0.4 * OPUS_RATE_HZ), round(0.7 * OPUS_RATE_HZ))
    assert not sound.samples[black].any()
    assert np.abs(np.diff(sound.samples)).max() < 0.01
    untouched = Sound(0, np.ones(10, np.float32))
    assert silenced(untouched, [(0.4, 0.6)]) is untouched


def test_loud_voices_are_bent_and_not_cut() -> None:
    loud = np.linspace(-3, 3, 1001).astype(np.float32)
    bent = limited(loud)
    assert np.abs(bent).max() <= 1.0
    assert (np.diff(bent) >= 0).all()
    quiet = loud[np.abs(loud) < 0.7]
    assert limited(quiet) is quiet


def test_peaks_are_the_loudest_of_each_part_of_a_second() -> None:
    block = np.zeros(BLOCK, np.float32)
    block[BLOCK // PER_SECOND] = -0.5
    assert list(peaks(block)[:3]) == [0, 128, 0]
    assert len(peaks(block)) == PER_SECOND


def test_files_are_made_whole_with_their_times(tmp_path: Path) -> None:
    part = microphone(tmp_path / "a", 440, 2.5)
    order = Order(5.2, tmp_path / "m.webm", tmp_path / "m.peaks", (Part(part.directory, ((3.0, 3.5),)),))
    assert Order.from_json(order.to_json()) == order
    shares = list(make(order))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert sorted(each.name for each in tmp_path.glob("m.*")) == ["m.peaks", "m.webm"]
    sound = decoded(order.sound.read_bytes())
    assert strength(sound, 440, 0.0, 2.4, 16_000) < 0.01
    assert strength(sound, 440, 2.6, 2.95, 16_000) > 0.3
    assert strength(sound, 440, 3.05, 3.45, 16_000) < 0.01
    assert strength(sound, 440, 3.6, 4.4, 16_000) > 0.3
    looks = order.peaks.read_bytes()
    assert len(looks) == 6 * PER_SECOND
    assert max(looks[: 2 * PER_SECOND]) < 3
    assert min(looks[52:58]) > 80


def test_a_meeting_of_which_nothing_is_recorded_is_silent(tmp_path: Path) -> None:
    assert not whole(Part(tmp_path / "none"), seconds=1.5).any()


@pytest.mark.parametrize("seconds", [0.0, 0.4, 1.0])
def test_it_lasts_as_long_as_the_meeting(tmp_path: Path, seconds: float) -> None:
    assert len(list(mixed([], seconds))) == int(np.ceil(seconds))


def test_nothing_is_kept_where_the_disk_is_full(tmp_path: Path) -> None:
    (tmp_path / "m.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as full:
        list(make(Order(3.0, tmp_path / "m.webm", tmp_path / "m.peaks", ())))
    assert full.value.errno == NO_ROOM
    assert [each.name for each in tmp_path.iterdir()] == ["m.part"]
