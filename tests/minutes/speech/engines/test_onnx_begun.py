"""What known words and hints in front change, and what they must not, with the weights that ship."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minutes.speech.engines.ctranslate2_runtime import Ctranslate2Runtime
from minutes.speech.engines.lanes import Sound
from minutes.speech.engines.onnx_runtime import OnnxRuntime
from minutes.speech.engines.reading import Reading
from minutes.speech.engines.runtimes import Beginning, Floats, Runtime, Search
from minutes.speech.engines.weights import base_weights
from minutes.speech.ports import SAMPLE_RATE_HZ
from tests.minutes.speech.engines.alone import write
from tests.minutes.speech.sounds import spoken, voice

SEARCH = Search(4, 5, 0.4, 1.0)
TURN = spoken("bambang", 74.0, 85.0)[0]
VOICE = voice("bambang", TURN.start, TURN.end)


@pytest.fixture(scope="module")
def base(data: Path) -> Path:
    return base_weights(data)


@pytest.fixture(scope="module")
def runtime(base: Path) -> OnnxRuntime:
    return OnnxRuntime(base)


def mel(runtime: Runtime, samples: Floats, frames: int = 1_280) -> Floats:
    found = runtime.features(samples)[:, :frames]
    return np.pad(found, ((0, 0), (0, frames - found.shape[1])))


@pytest.fixture(scope="module")
def sound(runtime: OnnxRuntime) -> Sound:
    return runtime.encode(mel(runtime, VOICE))


def test_a_known_word_does_not_see_those_behind_it(runtime: OnnxRuntime, sound: Sound) -> None:
    """Where it looks is 0.05 off, by rounding; 0.24 where it sees them."""
    begin = [*runtime._tokens.begin, runtime._tokens.first_stamp]
    front = [*begin, *runtime.tokenizer.encode(" pelanggaran administrasi pemilihan")]

    def looks(behind: str) -> Floats:
        reading = Reading(runtime._decoder, sound, 8)
        reading.begin([*front, *runtime.tokenizer.encode(behind)], 0)
        return reading.looks(range(1, len(front)))

    one, other = looks(" kepada provinsi"), looks(" Bawaslu sengketa suara")
    assert np.linalg.norm(one - other) < 0.12 * np.linalg.norm(one - one.mean())


def test_of_long_hints_the_first_are_left_out(runtime: OnnxRuntime, sound: Sound) -> None:
    def hinted(hints: str) -> float:
        return write(runtime, sound, Beginning(hints), SEARCH).probability

    many = "dan " * 400
    assert hinted(f"KPU Provinsi {many}") == hinted(many) != hinted(f"{many}KPU Provinsi")


def test_behind_known_words_no_stamp_opens(runtime: OnnxRuntime, sound: Sound) -> None:
    known = tuple(runtime.tokenizer.encode(" Saya"))
    first = write(runtime, sound, Beginning("", known, 0.3), SEARCH).tokens[0]
    assert first in runtime._tokens.starts
    assert write(runtime, sound, Beginning(), SEARCH).tokens[0] >= runtime._tokens.first_stamp


def test_a_transcript_begins_by_the_latest(runtime: OnnxRuntime) -> None:
    delayed = np.concatenate([np.zeros(4 * SAMPLE_RATE_HZ, np.float32), VOICE])
    sound = runtime.encode(mel(runtime, delayed, 1_664))

    def opens(latest: float) -> float:
        first = write(runtime, sound, Beginning(), replace(SEARCH, latest=latest)).tokens[0]
        return (first - runtime._tokens.first_stamp) / 50

    assert opens(8.0) == pytest.approx(4.0, abs=0.5)
    assert opens(1.0) <= 1.0


def test_silence_is_as_likely_as_ctranslate2_has_it(base: Path, runtime: OnnxRuntime) -> None:
    other = Ctranslate2Runtime(base)
    random = np.random.default_rng(1)
    for samples in (np.zeros(SAMPLE_RATE_HZ), random.normal(0, 0.02, 2 * SAMPLE_RATE_HZ)):
        quiet = samples.astype(np.float32)
        ours = write(runtime, runtime.encode(mel(runtime, quiet)), Beginning(), SEARCH).silence
        theirs = write(other, other.encode(mel(other, quiet)), Beginning(), SEARCH).silence
        assert ours == pytest.approx(theirs, abs=0.15)
