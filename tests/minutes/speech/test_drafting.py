from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from minutes.speech.drafting import Drafting, DraftingOptions
from minutes.speech.ports import SAMPLE_RATE_HZ, Samples, Word
from minutes.speech.segmenter import WINDOW, Segment

OPTIONS = DraftingOptions(every=0.6, shortest=1.0, longest=6.0, context=2.0, edge=0.2, hold=2.5, doubted=1.5)


class Speaker:
    """A `Drafter` that hears "k0 k1 k2 …", half a second each, since meeting time 0: samples say where they are."""

    def __init__(self) -> None:
        self.windows: list[tuple[float, float]] = []
        self.told: list[str] = []

    def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
        start, end = float(samples[0]), float(samples[-1])
        self.windows.append((start, end))
        self.told.append(" ".join(word.text for word in settled))
        first = round(start * 2) + len(settled)
        return tuple(
            Word(f"k{n}", n / 2 - start, (n + 1) / 2 - start, 0.9) for n in range(first, int(end * 2 + 0.01) + 1)
        )


def position(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)


def utterance(start: float, end: float) -> Segment:
    """Every sample says when it was."""
    places = np.arange(position(start), position(end), dtype=np.float32)
    return Segment(position(start), places / np.float32(SAMPLE_RATE_HZ))


def spoken(drafting: Drafting, start: float, end: float) -> list[tuple[str, str]]:
    """Looks at an utterance as it grows, whenever it is worth it: what was settled and open."""
    shown: list[tuple[str, str]] = []
    at = start
    while at < end:
        at += 0.1
        if drafting.news(position(start), position(at)):
            draft = drafting.look(utterance(start, at))
            assert [draft.start, draft.until] == pytest.approx([start, at], abs=1e-3)
            shown.append((draft.settled, draft.open))
    return shown


def test_words_are_shown_and_then_stay() -> None:
    drafting = Drafting(Speaker(), OPTIONS)
    shown = spoken(drafting, 0.0, 2.3)
    assert shown == [("", "k0 k1 k2"), ("k0 k1", "k2 k3"), ("k0 k1 k2 k3", "k4")]


def test_a_look_is_worth_it_when_enough_is_new() -> None:
    drafting = Drafting(Speaker(), OPTIONS)
    assert drafting.news(0, position(0.9)) == 0.0
    assert drafting.news(0, position(1.0)) == pytest.approx(1.0)
    drafting.look(utterance(0.0, 1.0))
    assert drafting.news(0, position(1.5)) == 0.0
    assert drafting.news(0, position(1.7)) == pytest.approx(0.7)


def test_silence_behind_settled_words_is_not_looked_at() -> None:
    class Brief:
        def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
            return () if settled else (Word("Baik.", 0.1, 0.6, 0.9),)

    drafting = Drafting(Brief(), OPTIONS)
    drafting.look(utterance(0.0, 1.0))
    assert drafting.news(0, position(1.7), quiet=1.0) == pytest.approx(0.7)
    drafting.look(utterance(0.0, 1.7))
    assert drafting.news(0, position(2.4), quiet=1.7) == 0.0
    assert drafting.news(0, position(2.4), quiet=0.1) == pytest.approx(0.7)


def test_a_long_utterance_is_looked_at_in_a_window_that_moves() -> None:
    speaker = Speaker()
    shown = spoken(Drafting(speaker, OPTIONS), 0.0, 30.0)
    assert all(end - start < OPTIONS.longest + 0.7 for start, end in speaker.windows)
    assert max(start for start, _ in speaker.windows) > 24
    settled = shown[-1][0].split()
    assert settled == [f"k{n}" for n in range(len(settled))]
    assert len(settled) > 55
    assert all(
        told.split()[:1] in ([], [f"k{round(start * 2)}"])
        for told, (start, _) in zip(speaker.told, speaker.windows, strict=True)
    )


def test_an_utterance_is_over_once() -> None:
    drafting = Drafting(Speaker(), OPTIONS)
    assert not drafting.over(None)
    drafting.look(utterance(0.0, 2.0))
    assert not drafting.over((0, position(2.1)))
    assert drafting.over(None)
    assert not drafting.over(None)


def test_the_next_utterance_begins_with_nothing() -> None:
    speaker = Speaker()
    drafting = Drafting(speaker, OPTIONS)
    spoken(drafting, 0.0, 3.0)
    draft = drafting.look(utterance(10.0, 11.0))
    assert (draft.settled, draft.open) == ("", "k20 k21 k22")
    assert speaker.told[-1] == ""


def test_where_a_long_one_is_cut_what_was_settled_behind_the_cut_stays() -> None:
    speaker = Speaker()
    drafting = Drafting(speaker, OPTIONS)
    spoken(drafting, 0.0, 5.0)
    assert drafting.over((position(2.0), position(5.1)))
    draft = drafting.look(utterance(2.0, 5.1))
    assert speaker.told[-1].split()[0] == "k4"
    assert draft.settled.split()[0] == "k4"


def test_a_word_that_is_heard_otherwise_every_time_does_not_keep_the_rest_open() -> None:
    class Doubtful(Speaker):
        def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
            found = super().draft(samples, settled)
            return tuple(replace(w, text=f"k3{'ab'[len(self.told) % 2]}") if w.text == "k3" else w for w in found)

    def settled(hold: float) -> str:
        return spoken(Drafting(Doubtful(), replace(OPTIONS, hold=hold)), 0.0, 5.0)[-1][0]

    assert settled(99.0) == "k0 k1 k2"
    assert settled(2.0).startswith("k0 k1 k2 k3")
    assert len(settled(2.0).split()) >= 7


def test_words_that_take_no_time_are_not_shown() -> None:
    class Looping:
        def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
            return (Word("Baik.", 0.1, 0.6, 0.9), *(Word("terima", 0.6, 0.6, 0.9) for _ in range(5)))

    draft = Drafting(Looping(), OPTIONS).look(utterance(0.0, 1.0))
    assert draft.open == "Baik."


def test_a_phrase_that_nobody_said_is_not_shown() -> None:
    class Polite:
        def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
            return (Word("Terima", 0.4, 0.7, 0.9), Word("kasih.", 0.7, 1.0, 0.9))

    def draft(probability: float) -> str:
        samples = np.zeros(40 * WINDOW, np.float32)
        return Drafting(Polite(), OPTIONS).look(Segment(0, samples, (probability,) * 40)).open

    assert (draft(0.4), draft(0.9)) == ("", "Terima kasih.")


def test_a_look_knows_how_much_clear_voice_is_behind_what_it_is_told() -> None:
    class Told(Speaker):
        def __init__(self) -> None:
            super().__init__()
            self.voiced: list[float] = []

        def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
            self.voiced.append(voiced)
            return super().draft(samples, settled)

    speaker = Told()
    drafting = Drafting(speaker, OPTIONS)
    for length in (100, 110, 120):  # windows, a third of them doubtful
        sound = utterance(0.0, length * WINDOW / SAMPLE_RATE_HZ)
        drafting.look(Segment(sound.start, sound.samples, (0.9, 0.9, 0.6) * (length // 3) + (0.9,) * (length % 3)))
    assert speaker.voiced[0] == pytest.approx((3.2 - OPTIONS.edge) * 2 / 3, abs=0.05)
    behind = 1.5 + 0.2  # what is doubted, and up to the word's end before it
    assert speaker.voiced[2] == pytest.approx((behind - OPTIONS.edge) * 2 / 3, abs=0.3)
    assert speaker.told[2] != ""
