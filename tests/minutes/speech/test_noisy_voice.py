"""Who speaks quietly, or through noise, is heard. All of rakor-1 against plain faster-whisper: `make bench-noise`."""

from __future__ import annotations

import pytest

from minutes.speech.audio import Sound
from minutes.speech.listener import Listener
from minutes.speech.ports import SAMPLE_RATE_HZ, Engine, Recognition, Samples, Utterance, Word
from minutes.speech.segmenter import SegmenterOptions
from minutes.speech.silero import SileroVad
from tests.bench.noise import CONDITIONS, Score, score, under
from tests.minutes.speech.noises import NOISES
from tests.minutes.speech.sounds import spoken, voice

AROUND_S = 0.5
# "Terima kasih." of three speakers, in seconds of rakor-1, with no other word.
THANKS = (("bambang", 35.8, 37.06), ("ratna", 94.0, 95.5), ("maria", 102.8, 103.93), ("ratna", 201.2, 202.75))


def heard(whisper: Engine, samples: Samples) -> str:
    listener = Listener(whisper, SileroVad())
    return " ".join(each.text for each in listener.hear(Sound(0, samples)) + listener.finish())


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_turn_is_heard_however_quiet_or_noisy_the_microphone(whisper: Engine, condition: str) -> None:
    turn = spoken("ratna", 16.0, 27.0)[0]
    found = heard(whisper, under(condition, voice("ratna", turn.start - AROUND_S, turn.end + AROUND_S)))
    assert score(turn.text, found).lost <= 0.25


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("Satu, dua, tiga, empat.", Score(0.0, 0.0, 0.0)),
        ("satu tiga empat", Score(0.25, 0.25, 0.25)),
        ("satu dua lima empat", Score(0.25, 0.25, 0.0)),
        ("satu dua tiga tiga empat", Score(0.25, 0.0, 0.0)),
        ("satu lima enam", Score(0.75, 0.75, 0.25)),
        ("", Score(1.0, 1.0, 1.0)),
    ],
)
def test_what_was_lost_is_counted(found: str, expected: Score) -> None:
    assert score("satu dua tiga empat", found) == expected


class Polite:
    """An `Engine` that hears thanks in everything, in the middle of it."""

    recognition = Recognition("polite 1", "none", "", "{}")

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        middle = len(samples) / SAMPLE_RATE_HZ / 2
        thanks = (Word("Terima", middle - 0.3, middle, 0.9), Word("kasih.", middle, middle + 0.3, 0.9))
        return (Utterance(0.0, 2 * middle, "Terima kasih.", thanks),)


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize(("speaker", "start", "end"), THANKS)
def test_thanks_that_were_spoken_stay(condition: str, speaker: str, start: float, end: float) -> None:
    assert heard(Polite(), under(condition, voice(speaker, start, end))) == "Terima kasih."


@pytest.mark.parametrize("noise", NOISES)
def test_thanks_that_noise_brought_about_are_dropped(noise: str) -> None:
    """Where everything is looked at, as if all of it might be speech."""
    everything = SegmenterOptions(onset=0.0, offset=0.0)
    listener = Listener(Polite(), SileroVad(), options=everything)
    assert listener.hear(Sound(0, NOISES[noise](60.0))) + listener.finish() == []
