"""With the weights that ship."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from minutes.speech.engines.checkpoint import read_checkpoint
from minutes.speech.engines.ctranslate2_runtime import Ctranslate2Runtime
from minutes.speech.engines.lanes import Sound
from minutes.speech.engines.onnx_runtime import OnnxRuntime
from minutes.speech.engines.reading import Reading
from minutes.speech.engines.records import WeightsError
from minutes.speech.engines.runtimes import Beginning, Floats, Runtime, Search, Written
from minutes.speech.engines.search import Follows, Told
from minutes.speech.engines.weights import base_weights
from minutes.speech.ports import SAMPLE_RATE_HZ
from tests.minutes.speech.engines.alone import step, write
from tests.minutes.speech.sounds import spoken, voice
from tests.wer import wer

FRAMES = 1_280
ROUNDED = 1.0
"""Nats: activations of eight bits have one scale for all rows that are read together. Processors differ: 0.72 on one,
less than 0.7 on another."""
SEARCH = Search(200, 5, 0.4, 1.0)


def likely(told: Told) -> Floats:
    """Log probabilities of the likeliest, of all text."""
    return told.scores - np.float32(told.total)


@pytest.fixture(scope="module")
def base(data: Path) -> Path:
    return base_weights(data)


@pytest.fixture(scope="module")
def runtime(base: Path) -> OnnxRuntime:
    return OnnxRuntime(base)


def mel(runtime: Runtime, samples: Floats) -> Floats:
    found = runtime.features(samples)[:, :FRAMES]
    return np.pad(found, ((0, 0), (0, FRAMES - found.shape[1])))


@pytest.fixture(scope="module")
def sound(runtime: OnnxRuntime) -> Sound:
    turn = spoken("bambang", 74.0, 85.0)[0]
    return runtime.encode(mel(runtime, voice("bambang", turn.start, turn.end)))


def text(runtime: Runtime, written: Written) -> str:
    return runtime.tokenizer.decode([token for token in written.tokens if token < runtime.tokenizer.eot])


def test_it_hears_what_ctranslate2_hears(base: Path, runtime: OnnxRuntime, sound: Sound) -> None:
    other = Ctranslate2Runtime(base)
    turn = spoken("bambang", 74.0, 85.0)[0]
    theirs = write(other, other.encode(mel(other, voice("bambang", turn.start, turn.end))), Beginning(), SEARCH)
    ours = write(runtime, sound, Beginning(), SEARCH)
    assert wer(turn.text, text(runtime, ours)) <= wer(turn.text, text(other, theirs)) + 0.05
    assert ours.probability == pytest.approx(theirs.probability, abs=0.1)
    assert ours.silence == pytest.approx(theirs.silence, abs=0.1)


def test_the_same_sound_is_the_same_text(runtime: OnnxRuntime, sound: Sound) -> None:
    for temperature in (0.0, 0.4):
        search = Search(200, 5, 0.4, 1.0, temperature)
        first, again = (write(runtime, sound, Beginning("KPU Provinsi."), search) for _ in range(2))
        assert (first.tokens, first.probability) == (again.tokens, again.probability)


def test_known_words_are_read_at_once_as_one_by_one(runtime: OnnxRuntime, sound: Sound) -> None:
    tokens = runtime.tokenizer.encode(" pelanggaran administrasi pemilihan")
    begin = [*runtime._tokens.begin, runtime._tokens.first_stamp]
    together = Reading(runtime._decoder, sound, 8)
    at_once = together.begin([*begin, *tokens], 0).told
    apart = Reading(runtime._decoder, sound, 8)
    node, told = apart.begin(begin, 0).node, None
    for token in tokens:
        ((node, told),) = step(apart, [(node, token)])
    assert told is not None
    assert np.all(likely(told)[:2] == pytest.approx(likely(at_once)[:2], abs=ROUNDED))
    assert len({*told.tokens[:5]} & {*at_once.tokens[:5]}) >= 2
    other = Reading(runtime._decoder, sound, 8).begin(begin, 0).told
    assert len({*told.tokens[:5]} & {*other.tokens[:5]}) < 2


def test_hypotheses_do_not_see_each_other(runtime: OnnxRuntime, sound: Sound) -> None:
    words = [runtime.tokenizer.encode(each) for each in (" pelanggaran administrasi", " penyelesaian sengketa")]
    begin = [*runtime._tokens.begin, runtime._tokens.first_stamp]
    length = min(map(len, words))

    def ends(some: list[list[int]]) -> list[Told]:
        reading = Reading(runtime._decoder, sound, 8)
        nodes = [reading.begin(begin, 0).node] * len(some)
        found: Follows = []
        for at in range(length):
            found = step(reading, [(node, each[at]) for node, each in zip(nodes, some, strict=True)])
            nodes = [node for node, _ in found]
        return [told for _, told in found]

    for each, told in zip(words, ends(words), strict=True):
        (alone,) = ends([each])
        assert likely(told)[0] == pytest.approx(likely(alone)[0], abs=ROUNDED)
        assert len({*told.tokens[:5]} & {*alone.tokens[:5]}) >= 3
    first, second = ends(words)
    assert not {*first.tokens[:5]} & {*second.tokens[:5]}  # seeing the other would be seen


def test_words_lie_where_they_were_said(runtime: OnnxRuntime, sound: Sound) -> None:
    written = write(runtime, sound, Beginning(), SEARCH)
    turn = spoken("bambang", 74.0, 85.0)[0]
    aligned = runtime.align(sound, written, round(100 * (turn.end - turn.start)))
    count = sum(token < runtime.tokenizer.eot for token in written.tokens)
    assert len(aligned.frames) == count + 1
    assert len(aligned.probabilities) == count
    assert np.all(np.diff(aligned.frames) >= 0)
    assert aligned.frames[-1] / 50 == pytest.approx(turn.end - turn.start, abs=0.6)
    assert np.all((aligned.probabilities > 0) & (aligned.probabilities <= 1))


def test_nobody_speaks_in_silence(runtime: OnnxRuntime, sound: Sound) -> None:
    quiet = runtime.encode(mel(runtime, np.zeros(SAMPLE_RATE_HZ, np.float32)))
    silence = write(runtime, quiet, Beginning(), SEARCH).silence
    assert silence > 0.5 > write(runtime, sound, Beginning(), SEARCH).silence


@pytest.mark.parametrize("frames", [128, 2_944])
def test_short_and_long_windows_are_heard(runtime: OnnxRuntime, frames: int) -> None:
    mel = np.zeros((80, frames), np.float32)
    written = write(runtime, runtime.encode(mel), Beginning("a " * 500), Search(3, 5, 0.4, 1.0))
    assert len(written.tokens) <= 3


def test_what_is_no_model_is_said_so(tmp_path: Path, base: Path) -> None:
    with pytest.raises(WeightsError):
        read_checkpoint(tmp_path)
    for name in ("config.json", "vocabulary.txt", "tokenizer.json"):
        (tmp_path / name).write_bytes((base / name).read_bytes())
    (tmp_path / "model.bin").write_bytes((base / "model.bin").read_bytes()[:10_000])
    with pytest.raises(WeightsError):
        read_checkpoint(tmp_path)


def test_it_is_a_runtime(runtime: OnnxRuntime) -> None:
    assert cast(Runtime, runtime).packages == ("onnxruntime", "wordfreq")
