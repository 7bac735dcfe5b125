from __future__ import annotations

from pathlib import Path

import pytest

from minutes.speech.audio import UnreadableAudio
from minutes.speech.files import transcribe_file
from minutes.speech.ports import Engine
from minutes.speech.silero import SileroVad
from tests.minutes.speech.fakes import CountingEngine, LoudnessVad
from tests.minutes.speech.sounds import DATA, chunk, opus, spoken, tone, voice
from tests.wer import wer


def test_a_file_is_transcribed_with_its_progress(tmp_path: Path) -> None:
    path = chunk(tmp_path, 0, opus(tone(1.0)) + opus(tone(2.0), 6.0))
    steps: list[tuple[float, float]] = []
    said = transcribe_file(path, CountingEngine(), LoudnessVad(), lambda done, total: steps.append((done, total)))
    assert [u.text for u in said] == ["1.0", "2.0"]
    assert said[1].start == pytest.approx(6.0, abs=0.05)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert all(done <= total for done, total in steps)
    assert steps[-1] == pytest.approx((8.0, 8.0), abs=0.1)


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notula.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableAudio):
        transcribe_file(path, CountingEngine(), LoudnessVad(), lambda done, total: None)


def test_silence_has_no_words(tmp_path: Path, whisper: Engine) -> None:
    path = chunk(tmp_path, 0, opus(tone(10.0) * 0))
    assert transcribe_file(path, whisper, SileroVad(), lambda done, total: None) == []


def test_a_meeting_is_understood_through_opus(tmp_path: Path, whisper: Engine) -> None:
    """Real speech, real codec, real recogniser: half a minute of one speaker, words at their places."""
    start, end = 36.0, 65.0
    path = chunk(tmp_path, 0, opus(voice("bambang", start, end)))
    said = transcribe_file(path, whisper, SileroVad(), lambda done, total: None)
    turns = spoken("bambang", start, end)
    assert turns
    assert wer(" ".join(turn.text for turn in turns), " ".join(u.text for u in said)) <= 0.25
    words = [word for utterance in said for word in utterance.words]
    assert all(0.0 <= word.start <= word.end <= end - start + 1 for word in words)
    assert all(0.0 < word.probability <= 1.0 for word in words)
    assert start + said[0].start == pytest.approx(turns[0].start, abs=0.6)
    assert start + said[-1].end == pytest.approx(turns[-1].end, abs=0.6)


def test_a_human_voice_is_heard_too(whisper: Engine) -> None:
    """English, so only that words come: this engine is told to expect Indonesian."""
    assert transcribe_file(DATA / "jfk.flac", whisper, SileroVad(), lambda done, total: None)
