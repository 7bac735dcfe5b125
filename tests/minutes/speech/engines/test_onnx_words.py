"""Numbers and times of the weights that ship, beside another library's and the truth."""

from __future__ import annotations

import json
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from faster_whisper import WhisperModel

from minutes.speech.engines.checkpoint import read_checkpoint
from minutes.speech.engines.onnx_runtime import OnnxRuntime
from minutes.speech.engines.runtimes import Beginning, Floats, Search, Written
from minutes.speech.engines.weights import base_weights
from minutes.speech.engines.wording import joined, placed
from minutes.speech.ports import Word
from tests.minutes.speech.engines.alone import write
from tests.minutes.speech.sounds import DATA, spoken, voice
from tests.wer import words as plain

SEARCH = Search(200, 5, 0.4, 1.0)
TURN = spoken("bambang", 74.0, 85.0)[0]
FRAMES = round(100 * (TURN.end - TURN.start))


@pytest.fixture(scope="module")
def base(data: Path) -> Path:
    return base_weights(data)


@pytest.fixture(scope="module")
def runtime(base: Path) -> OnnxRuntime:
    return OnnxRuntime(base)


@pytest.fixture(scope="module")
def mel(runtime: OnnxRuntime) -> Floats:
    found = runtime.features(voice("bambang", TURN.start, TURN.end))[:, :FRAMES]
    return np.pad(found, ((0, 0), (0, 1_280 - FRAMES)))


def heard(runtime: OnnxRuntime, mel: Floats, beginning: Beginning, search: Search = SEARCH) -> Written:
    return write(runtime, runtime.encode(mel), beginning, search)


def words(runtime: OnnxRuntime, mel: Floats, beginning: Beginning) -> list[Word]:
    sound = runtime.encode(mel)
    written = write(runtime, sound, beginning, SEARCH)
    aligned = runtime.align(sound, written, FRAMES)
    text = [token for token in written.tokens if token < runtime.tokenizer.eot]
    tokens = [*beginning.known, *text, runtime.tokenizer.eot]
    texts, parts = runtime.tokenizer.split_to_word_tokens(tokens)
    return joined(placed(texts[:-1], [len(part) for part in parts[:-1]], aligned))


def said() -> tuple[list[str], list[float]]:
    """The words of the turn, and when each ends."""
    listed = json.loads((DATA / "rakor-1" / "words.json").read_text())
    own = [each for each in listed if each["speaker"] == "bambang" and TURN.start < each["end"] <= TURN.end + 0.01]
    return [each["word"] for each in own], [each["end"] - TURN.start for each in own]


def late(found: list[Word]) -> list[float]:
    """How much later than in truth the words end that were heard right."""
    texts = ["".join(plain(word.text)) for word in found]
    truth, ends = said()
    blocks = SequenceMatcher(None, truth, texts, autojunk=False).get_matching_blocks()
    return [found[b + at].end - ends[a + at] for a, b, size in blocks for at in range(size)]


def test_words_end_where_they_were_said_to(runtime: OnnxRuntime, mel: Floats) -> None:
    found = late(words(runtime, mel, Beginning()))
    assert len(found) > 0.7 * len(said()[0])
    assert np.median(np.abs(found)) < 0.1
    assert np.quantile(np.abs(found), 0.9) < 0.3


def test_known_words_are_placed_as_found_ones(runtime: OnnxRuntime, mel: Floats) -> None:
    whole = words(runtime, mel, Beginning())
    text = "".join(f" {word.text}" for word in whole[:6])
    known = tuple(runtime.tokenizer.encode(text))
    again = words(runtime, mel, Beginning("", known, whole[5].end))
    assert [word.text for word in again[:9]] == [word.text for word in whole[:9]]
    assert all(word.probability == 1.0 for word in again[:6])
    apart = [abs(one.end - other.end) for one, other in zip(whole[:9], again[:9], strict=True)]
    assert np.median(apart) < 0.15


def test_the_encoder_tells_the_decoder_what_it_does_in_float32(base: Path, runtime: OnnxRuntime, mel: Floats) -> None:
    """Keys and values of eight bits against CTranslate2's. Of a sound 0.1 s later they would be 0.65 off and more."""
    plainly = WhisperModel(str(base), device="cpu", compute_type="float32", cpu_threads=1)
    theirs = np.asarray(plainly.encode(mel))[0]
    ours, weights = runtime.encode(mel), read_checkpoint(base).weights
    shape = weights.shape("decoder")
    for layer in range(shape.layers):
        weight, bias = weights.linear(f"decoder/layer_{layer}/attention/linear_1")
        both = (theirs @ weight + bias).reshape(-1, 2, shape.heads, shape.head).transpose(1, 2, 0, 3)
        for name, wanted in zip(("keys", "values"), both, strict=True):
            found = (ours[f"{name}{layer}"] * ours[f"{name}_scale{layer}"])[0]
            found = found.swapaxes(1, 2) if name == "keys" else found
            assert found.shape == wanted.shape
            assert np.linalg.norm(found - wanted) < 0.3 * np.linalg.norm(wanted), (name, layer)


def test_of_long_hints_the_last_are_read(runtime: OnnxRuntime, mel: Floats) -> None:
    def hinted(count: int) -> float:
        return heard(runtime, mel, Beginning("dan " * count), replace(SEARCH, most=4)).probability

    assert len(runtime.tokenizer.encode(" dan")) == 1
    assert hinted(400) == hinted(223) != hinted(222)


def test_no_more_is_written_than_there_are_places(runtime: OnnxRuntime, mel: Floats) -> None:
    known = tuple(runtime.tokenizer.encode(" dan" * 440))
    found = heard(runtime, mel, Beginning("", known, 1.0), replace(SEARCH, beam=1))
    assert len(found.tokens) == 448 - 440 - 4  # it would go on


@pytest.mark.parametrize("frames", [1, 2, 3_000])
def test_the_shortest_and_the_longest_sound_are_placed(runtime: OnnxRuntime, frames: int) -> None:
    sound = runtime.encode(np.zeros((80, frames), np.float32))
    written = write(runtime, sound, Beginning(), Search(6, 2, 0.4, 0.0))
    aligned = runtime.align(sound, written, frames)
    assert len(aligned.frames) == 1 + sum(token < runtime.tokenizer.eot for token in written.tokens)
    assert np.all(np.diff(aligned.frames) >= 0)
    assert 0 <= aligned.frames[-1] < max(1, frames // 2)
    assert np.isfinite(written.probability)
