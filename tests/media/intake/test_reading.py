"""Files of unknown origin: sound stands where it stood in them, and nothing but sound is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from media.intake import errors
from media.intake.reading import FRAME, LONGEST_S, Reading
from media.rtp.opus import RATE_HZ
from tests import recordings


def tone(seconds: float) -> recordings.Samples:
    return np.asarray(8_000 * np.sin(np.arange(round(seconds * RATE_HZ)) * 0.05), np.int16)


def read(file: Path) -> tuple[list[tuple[float, float]], bool]:
    """(start, end) in seconds of every unbroken run of sound, and whether the file was cut short."""
    reading = Reading(file)
    runs: list[tuple[float, float]] = []
    for stretch in reading.stretches():
        assert len(stretch.samples) == FRAME
        start, end = stretch.position / RATE_HZ, (stretch.position + FRAME) / RATE_HZ
        if runs and start == pytest.approx(runs[-1][1], abs=1e-6):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    reading.close()
    return runs, reading.cut_short


def half(file: Path) -> Path:
    content = file.read_bytes()
    cut = file.with_stem(f"{file.stem}-half")
    cut.write_bytes(content[: len(content) // 2])
    return cut


def opus_file(file: Path, times: Sequence[float]) -> Path:
    """WebM with one packet of 20 ms at each of these times."""
    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE_HZ, "mono", "s16"
    encoder.open()
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libopus", rate=RATE_HZ, layout="mono")
        for number, at in enumerate(times):
            frame = av.AudioFrame.from_ndarray(tone(0.02)[None], format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE_HZ, number * FRAME
            for packet in encoder.encode(frame):
                packet.stream, packet.time_base = stream, Fraction(1, RATE_HZ)
                packet.pts = packet.dts = round(at * RATE_HZ)
                container.mux(packet)
    return file


@pytest.mark.parametrize(
    ("suffix", "pictures"), [*((suffix, False) for suffix in recordings.FORMATS), ("mp4", True), ("webm", True)]
)
def test_a_recording_is_read_whole(tmp_path: Path, suffix: str, pictures: bool) -> None:
    runs, cut_short = read(recordings.write(tmp_path / f"rapat.{suffix}", tone(6.0), pictures))
    assert len(runs) == 1
    assert runs[0] == pytest.approx((0.0, 6.0), abs=0.06)
    assert not cut_short


@pytest.mark.parametrize(
    ("suffix", "told"), [("mp3", True), ("webm", True), ("flac", True), ("ogg", False), ("wav", False)]
)
def test_a_file_cut_in_the_middle_gives_what_is_there(tmp_path: Path, suffix: str, told: bool) -> None:
    """Ogg does not name its length, and that of WAV is counted in bytes."""
    runs, cut_short = read(
        half(recordings.write(tmp_path / f"rapat.{suffix}", recordings.speech("rakor-1/ratna.flac", 2, 22)))
    )
    assert 5.0 < runs[-1][1] < 15.0
    assert cut_short is told


def test_an_mp4_without_its_index_says_what_is_missing(tmp_path: Path) -> None:
    whole = recordings.write(tmp_path / "rapat.mp4", tone(10.0))
    with pytest.raises(errors.CutShort):
        Reading(half(whole))


def test_an_mp4_whose_index_comes_first_gives_what_is_there(tmp_path: Path) -> None:
    whole = recordings.write(tmp_path / "rapat.mp4", tone(20.0), pictures=True, options={"movflags": "faststart"})
    runs, cut_short = read(half(whole))
    assert 3.0 < runs[-1][1] < 17.0
    assert cut_short


def test_a_hole_stays_a_hole(tmp_path: Path) -> None:
    times = [number * 0.02 for number in range(100)]
    runs, _ = read(opus_file(tmp_path / "jeda.webm", times + [at + 60.0 for at in times]))
    assert len(runs) == 2
    assert runs[0] == pytest.approx((0.0, 2.0), abs=0.05)
    assert runs[1] == pytest.approx((60.0, 62.0), abs=0.05)


def test_times_that_breathe_are_no_holes(tmp_path: Path) -> None:
    times = [number * 0.02 + (0.03 if number % 7 == 0 else 0.0) for number in range(200)]
    runs, _ = read(opus_file(tmp_path / "goyah.webm", sorted(times)))
    assert len(runs) == 1


def test_a_recording_that_does_not_begin_at_zero_does(tmp_path: Path) -> None:
    runs, _ = read(opus_file(tmp_path / "siaran.webm", [7000.0 + number * 0.02 for number in range(100)]))
    assert runs == [pytest.approx((0.0, 2.0), abs=0.05)]


def test_more_than_a_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.TooLong):
        read(opus_file(tmp_path / "abadi.webm", [0.0, 0.02, LONGEST_S + 1.0]))


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nrapat.wav\n#EXT-X-ENDLIST\n"
NOT_MEDIA = {
    "text.mp3": b"Notula rapat\n" * 5_000,
    "empty.ogg": b"",
    "playlist.mp4": PLAYLIST.encode(),
    "list.mp4": b"ffconcat version 1.0\nfile rapat.wav\n",
    "picture.mp4": b"\x89PNG\r\n\x1a\n" + bytes(5_000),
}


@pytest.mark.parametrize("name", NOT_MEDIA)
def test_what_is_no_recording_is_refused(tmp_path: Path, name: str) -> None:
    """A playlist would make the server open what it names: other files, other machines."""
    recordings.write(tmp_path / "rapat.wav", tone(1.0))
    (tmp_path / name).write_bytes(NOT_MEDIA[name])
    with pytest.raises((errors.NotMedia, errors.NoSound)):
        Reading(tmp_path / name)


def test_pictures_alone_are_no_meeting(tmp_path: Path) -> None:
    with pytest.raises(errors.NoSound):
        Reading(recordings.write_film(tmp_path / "bisu.mp4", 2.0))


def test_noise_in_a_good_wrapping_is_read_without_harm(tmp_path: Path) -> None:
    """Damaged packets are passed over; the sound around them stays where it was."""
    whole = recordings.write(tmp_path / "rapat.webm", recordings.speech("rakor-1/ratna.flac", 2, 22))
    content = bytearray(whole.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3_000] = np.random.default_rng(4).bytes(3_000)
    whole.write_bytes(content)
    runs, _ = read(whole)
    assert runs[0][0] == 0.0
    assert runs[-1][1] == pytest.approx(20.0, abs=0.5)
