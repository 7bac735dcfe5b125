"""Hints help; what merely repeats them is not what was said."""

from __future__ import annotations

import numpy as np

from minutes.speech.audio import Sound
from minutes.speech.lexicon import HINTS, SHORTEST_S, echoes, hints_for
from minutes.speech.listener import Listener
from minutes.speech.ports import SAMPLE_RATE_HZ, Recognition, Samples, Utterance


class Parrot:
    """An engine that reads its hints back."""

    recognition = Recognition("parrot 1", "none", "", "{}")

    def __init__(self) -> None:
        self.prompts: list[str] = []

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        self.prompts.append(prompt)
        return (Utterance(0.0, 1.0, prompt or "yang sungguh diucapkan", ()),)


class AlwaysVoice:
    def probability(self, window: Samples) -> float:
        return 0.9 if np.any(window) else 0.0


def test_short_segments_get_no_hints() -> None:
    assert hints_for(SHORTEST_S - 0.1) == ""
    assert hints_for(SHORTEST_S) == HINTS


def test_an_echo_is_a_run_of_the_hints() -> None:
    assert echoes(HINTS, "baik. Sengketa pemilihan, penyelesaian sengketa, perselisihan hasil.")
    assert not echoes(HINTS, "tim penyelesaian sengketa dan pelanggaran administrasi")
    assert not echoes("", "apa saja")


def test_an_echo_is_heard_again_without_hints() -> None:
    engine = Parrot()
    listener = Listener(engine, AlwaysVoice())
    sound = np.full(int((SHORTEST_S + 1) * SAMPLE_RATE_HZ), 0.1, np.float32)
    said = listener.hear(Sound(0, sound)) + listener.finish()
    assert [each.text for each in said] == ["yang sungguh diucapkan"]
    assert engine.prompts == [HINTS, ""]
