"""Hints help; what merely repeats them is not what was said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.audio import Sound
from minutes.speech.engines.weights import base_weights
from minutes.speech.lexicon import (
    ECHO,
    LATE_S,
    MOST_TOKENS,
    SHORTEST_S,
    Subject,
    echoes,
    hints,
    hints_for,
)
from minutes.speech.listener import Listener
from minutes.speech.ports import SAMPLE_RATE_HZ, Recognition, Samples, Utterance, Word
from minutes.speech.vocabulary import GENERAL, TOPICS
from tests.minutes.speech.fakes import LoudnessVad

SUBJECT = Subject(
    "Rapat Koordinasi Persiapan Penyelesaian Pelanggaran Administrasi dan Sengketa Pemilihan Tahun 2020",
    ("KPU RI", "Kalimantan Utara", "Sumatera Barat"),
    ("Ratna Wulandari", "Dr. Bambang Haryanto, S.H., M.H.", "Maria Tandilangi"),
)
HINTS = hints(SUBJECT)
DISCUSSED = "Yang dibahas adalah "


def sentences(told: str) -> list[str]:
    """The most important first."""
    return [sentence.rstrip(".") for sentence in told.split(". ")][::-1]


def test_a_meetings_own_words_stand_nearest_to_the_sound() -> None:
    assert sentences(HINTS)[:4] == [
        f"{DISCUSSED}sengketa pemilihan, pelanggaran administrasi dan persiapan penyelesaian",
        "Yang berbicara adalah Maria Tandilangi, Bambang Haryanto dan Ratna Wulandari",
        "Rapat diikuti Sumatera Barat, Kalimantan Utara dan KPU RI",
        GENERAL[0].rstrip("."),
    ]


def test_of_nothing_known_any_meeting_is_told() -> None:
    assert sentences(hints(Subject())) == [sentence.rstrip(".") for sentence in GENERAL]


@pytest.mark.parametrize(
    ("title", "discussed"),
    [
        ("Evaluasi", "evaluasi"),
        ("Rapat Kerja: Pemutakhiran Daftar Pemilih Tetap", "pemilih tetap dan pemutakhiran daftar"),
        ("JDIH – KPU", "KPU dan JDIH"),
        ("Sosialisasi PKPU Nomor 5 Tahun 2020", "sosialisasi PKPU"),
        ("RAKOR DPT KALIMANTAN UTARA", "kalimantan utara dan rakor DPT"),
        ("Rakor di Kalimantan Utara", "Kalimantan Utara"),
        ("Undang-Undang Pemilu", "Undang-Undang pemilu"),
        ("A/B, C.", "c, b dan a"),
    ],
)
def test_a_title_is_taken_apart_where_small_words_stand(title: str, discussed: str) -> None:
    told = sentences(hints(Subject(title, ("KPU RI", "Kalimantan Utara"))))[0]
    assert told.startswith(DISCUSSED)
    assert told.removeprefix(DISCUSSED).endswith(discussed)


@pytest.mark.parametrize("title", ["", "dan 2020", "...", "\n\t", "A" * 100, "Rapat Koordinasi Nasional"])
def test_a_title_that_says_nothing_is_not_told(title: str) -> None:
    assert hints(Subject(title)) == hints(Subject())


def test_a_topic_brings_its_own_words() -> None:
    assert "Sidalih" in hints(Subject("Rakor Pemutakhiran Data Pemilih"))
    assert "Sidalih" not in hints(Subject("Rakor Kearsipan"))


def test_a_title_that_is_read_out_is_no_echo() -> None:
    assert not echoes(HINTS, SUBJECT.title)
    assert not echoes(HINTS, "saya persilakan Ibu Ratna Wulandari dan Bapak Bambang Haryanto")


def is_short_and_on_one_line(told: str) -> bool:
    return len(told.encode()) <= MOST_TOKENS * 3 and told.isprintable()


@given(st.builds(Subject, st.text(), st.lists(st.text(), max_size=9), st.lists(st.text(), max_size=9)))
def test_whatever_somebody_typed_the_hints_are_short(subject: Subject) -> None:
    assert is_short_and_on_one_line(hints(subject))


def test_what_stands_between_sentences_is_counted_too() -> None:
    names = ["0", "00000", "00000000000000"]
    assert is_short_and_on_one_line(hints(Subject("", names, names)))


@pytest.mark.parametrize(
    "hostile", ["rapat " * 40_000, "A" * 200_000, "." * 200_000, "\0\x1b[31m\r\n\u202e\u200b", "🎉" * 50_000, "\ud800"]
)
def test_hostile_text_is_bounded_and_leaves_the_rest_alone(hostile: str) -> None:
    told = hints(Subject(hostile, [hostile] * 500, [hostile] * 500))
    assert is_short_and_on_one_line(told)
    assert told.endswith(GENERAL[0]) or GENERAL[0] in told


def test_whisper_has_room_for_all_of_them(data: Path) -> None:
    """Counted by its own tokenizer: 223 is what it keeps of a prompt, and close to them its library misbehaves."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base_weights(data) / "tokenizer.json"))
    topics = " ".join(keys[0] for keys, _ in TOPICS)
    offices = ("KPU DIY", "KPU NTB", "KPU NTT", "KPU Sultra", "KPU Kepri", "KPU Jateng", "KPU Kaltim", "KPU Sumbar")
    for subject in (
        SUBJECT,
        Subject(),
        Subject(topics),
        Subject("Rakor", offices),
        Subject("ПЖЩ " * 90),
        Subject("🎉"),
    ):
        assert len(tokenizer.encode(" " + hints(subject), add_special_tokens=False).ids) <= MOST_TOKENS * 1.2


class Parrot:
    """An engine that reads its hints back, or hears nothing before `start`."""

    recognition = Recognition("parrot 1", "none", "", "{}")

    def __init__(self, start: float | None = None) -> None:
        self.prompts: list[str] = []
        self._start = start

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        self.prompts.append(prompt)
        if not prompt:
            return (Utterance(0.0, 1.0, "yang sungguh diucapkan", ()),)
        if self._start is None:
            return (Utterance(0.0, 1.0, prompt, ()),)
        word = Word("diucapkan", self._start, self._start + 0.4, 0.9)
        return (Utterance(0.0, 6.0, "diucapkan", (word,)),)


class AlwaysVoice(LoudnessVad):
    def probabilities(self, windows: Samples) -> list[float]:
        return [0.9 if np.any(window) else 0.0 for window in windows]


def heard(engine: Parrot) -> list[str]:
    listener = Listener(engine, AlwaysVoice(), hints=HINTS)
    sound = np.full(int((SHORTEST_S + 1) * SAMPLE_RATE_HZ), 0.1, np.float32)
    return [each.text for each in listener.hear(Sound(0, sound)) + listener.finish()]


def test_short_segments_get_no_hints() -> None:
    assert hints_for(HINTS, SHORTEST_S - 0.1) == ""
    assert hints_for(HINTS, SHORTEST_S) == HINTS


def test_an_echo_is_a_run_of_the_hints() -> None:
    run = " ".join(HINTS.replace(".", "").split()[:ECHO])
    assert echoes(HINTS, f"baik. {run}, sekian")
    assert not echoes(HINTS, " ".join(run.split()[:-1]))
    assert not echoes("", "apa saja")


def test_an_echo_is_heard_again_without_hints() -> None:
    engine = Parrot()
    assert heard(engine) == ["yang sungguh diucapkan"]
    assert engine.prompts == [HINTS, ""]


def test_what_begins_late_is_heard_again_without_hints() -> None:
    assert heard(Parrot(LATE_S + 0.1)) == ["yang sungguh diucapkan"]
    assert heard(Parrot(LATE_S - 0.1)) == ["diucapkan"]
