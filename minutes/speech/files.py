"""A recording that was not made here: any audio or video file to utterances."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from minutes.speech import lexicon
from minutes.speech.audio import decode_file
from minutes.speech.listener import Listener
from minutes.speech.ports import AT_ONCE, SAMPLE_RATE_HZ, Engine, Utterance, Vad


def transcribe_file(
    path: Path,
    engine: Engine,
    vad: Vad,
    progress: Callable[[float, float], None],
    subject: lexicon.Subject = lexicon.Subject(),  # frozen and empty: any meeting
) -> list[Utterance]:
    """Utterances with times in seconds from the file's beginning. `subject`: what is known of the meeting.

    `progress` is called with (seconds heard, seconds in all); the second never falls below the first.
    Raises minutes.speech.audio.UnreadableAudio.
    """
    listener = Listener(engine, vad, hints=lexicon.hints(subject), at_once=AT_ONCE)
    said: list[Utterance] = []
    heard = length = 0.0
    for sound, length in decode_file(path):
        said += listener.hear(sound)
        heard = sound.end / SAMPLE_RATE_HZ
        progress(heard, max(heard, length))
    said += listener.finish()
    progress(heard, heard)
    return said
