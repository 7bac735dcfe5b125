"""The second engine, with the first one's weights. Needs the extra `openai`."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes.speech.engines.loading import load_engine
from minutes.speech.ports import Engine
from tests.minutes.speech.sounds import spoken, voice
from tests.wer import wer

pytestmark = [
    pytest.mark.openai,
    # openai-whisper and torch warn about their own and each other's futures.
    pytest.mark.filterwarnings("ignore"),
]


def test_it_hears_what_the_default_engine_hears(data: Path, whisper: Engine) -> None:
    second = load_engine("openai_whisper", "", data)
    turn = spoken("bambang", 74.0, 85.0)[0]
    samples = voice("bambang", turn.start - 0.3, turn.end + 0.3)
    ours, theirs = (engine.transcribe(samples) for engine in (whisper, second))
    first, other = (" ".join(utterance.text for utterance in each) for each in (ours, theirs))
    assert wer(turn.text, other) <= 0.3
    assert wer(first, other) <= 0.25
    words = [word for utterance in theirs for word in utterance.words]
    assert all(0.0 <= word.start <= word.end <= turn.end - turn.start + 1 for word in words)
