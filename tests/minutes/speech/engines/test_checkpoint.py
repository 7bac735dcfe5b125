from __future__ import annotations

import json
from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from minutes.speech.engines.checkpoint import read_checkpoint
from minutes.speech.engines.ct2 import Model, read_model, write_model
from minutes.speech.engines.graphs import Weights
from minutes.speech.engines.records import WeightsError
from minutes.speech.engines.tokens import latin, vocabulary
from minutes.speech.engines.weights import base_weights

FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")


@pytest.fixture(scope="module")
def base(data: Path) -> Path:
    return base_weights(data)


def linked(base: Path, to: Path, *, but: str) -> Path:
    """All files of a model but one."""
    for name in FILES:
        if name != but:
            (to / name).symlink_to(base / name)
    return to / but


def test_the_base_model_is_read(base: Path) -> None:
    found = read_checkpoint(base)
    tokens = found.tokens
    assert (found.bands, tokens.most, tokens.stamps) == (80, 448, 1_501)
    assert (found.weights.shape("encoder").layers, found.weights.shape("decoder").layers) == (6, 6)
    assert found.weights.shape("decoder").head == 64
    listed = vocabulary(base)[1]
    assert [listed[token] for token in tokens.begin] == ["<|startoftranscript|>", "<|id|>", "<|transcribe|>"]
    assert (listed[tokens.end], listed[tokens.first_stamp]) == ("<|endoftext|>", "<|0.00|>")
    assert tokens.tail[:2] == [tokens.end, tokens.first_stamp]
    assert len(set(tokens.tail)) == len(tokens.tail) == 2 + tokens.stamps + 99
    assert {int(token) for token in tokens.text}.isdisjoint(tokens.tail)
    assert all(layer < 6 and head < 8 for layer, head in found.looking)


def test_words_begin_with_a_space_and_no_suppressed_token_is_written(base: Path) -> None:
    found = read_checkpoint(base)
    assert found.tokenizer.encode(" dan")[0] in found.tokens.starts
    assert found.tokenizer.encode("dan")[0] not in found.tokens.starts
    suppressed = json.loads((base / "config.json").read_text())["suppress_ids"]
    assert suppressed
    assert not {*suppressed} & {*found.tokens.text.tolist()}


def test_only_latin_script_is_written(base: Path) -> None:
    found = read_checkpoint(base)
    listed = vocabulary(base)[1]
    written = {*found.tokens.text.tolist()}
    assert all(latin(listed[token]) for token in written)
    assert written.isdisjoint(found.tokenizer.encode("выборы"))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [None, b"", b"almost", b"[]"])
def test_a_broken_file_is_said_so(base: Path, tmp_path: Path, name: str, content: bytes | None) -> None:
    broken = linked(base, tmp_path, but=name)
    if content is not None:
        broken.write_bytes(content)
    with pytest.raises(WeightsError, match="holds no Whisper model"):
        read_checkpoint(tmp_path)


@pytest.mark.parametrize("heads", [..., None, [[1]], 5])
def test_a_model_that_tells_no_heads_is_said_so(base: Path, tmp_path: Path, heads: object) -> None:
    config = json.loads((base / "config.json").read_text())
    del config["alignment_heads"]
    broken = linked(base, tmp_path, but="config.json")
    broken.write_text(json.dumps(config if heads is ... else {**config, "alignment_heads": heads}))
    with pytest.raises(WeightsError):
        read_checkpoint(tmp_path)


def test_a_model_for_english_alone_is_refused(base: Path, tmp_path: Path) -> None:
    tokens = (base / "vocabulary.txt").read_text().splitlines(keepends=True)
    linked(base, tmp_path, but="vocabulary.txt").write_text("".join(tokens[:51_864]))
    with pytest.raises(WeightsError, match="English alone"):
        read_checkpoint(tmp_path)


def test_a_model_without_its_first_layer_is_said_so(base: Path, tmp_path: Path) -> None:
    model = read_model(base / "model.bin")
    kept = {name: values for name, values in model.variables.items() if name != "encoder/conv1/weight"}
    linked(base, tmp_path, but="model.bin").write_bytes(write_model(Model(model.revision, kept, model.aliases)))
    with pytest.raises(WeightsError, match="conv1"):
        read_checkpoint(tmp_path)


@pytest.mark.parametrize("kind", ["int8", "int16", "float16"])
def test_numbers_are_what_ctranslate2_made_smaller(kind: str) -> None:
    weight = np.random.default_rng(1).normal(0, [[0.1], [1.0], [9.0]], (3, 64)).astype(np.float32)
    layer = ctranslate2.specs.common_spec.LinearSpec()
    layer.weight, layer.bias = weight.copy(), np.arange(3, dtype=np.float32)
    layer.validate()
    layer.optimize(quantization=kind)
    stored = {name: value.numpy() for name, value in layer.variables(ordered=True) if not isinstance(value, str)}
    assert stored["weight"].dtype == np.dtype(kind)
    found = Weights({f"it/{name}": values for name, values in stored.items()})
    inputs_outputs, bias = found.linear("it")
    assert inputs_outputs.dtype == np.float32
    most = np.abs(weight).max(axis=None if kind == "int16" else 1, keepdims=True)  # one scale for all, or for each row
    step = most / {"int8": 250, "int16": 2_000, "float16": 2_000}[kind]
    assert np.all(np.abs(inputs_outputs.T - weight) <= step)
    assert bias.tolist() == [0, 1, 2]


def test_bfloat16_is_the_upper_half_of_a_float() -> None:
    weight = np.random.default_rng(2).normal(size=(4, 5, 3)).astype(np.float32)
    upper = (weight.view(np.uint32) >> 16).astype(np.uint16)
    found = Weights({"it": upper})("it")
    assert found.dtype == np.float32
    assert np.all(np.abs(found - weight) <= np.abs(weight) / 128)
    assert np.array_equal(found.view(np.uint32) & 0xFFFF, np.zeros_like(upper, np.uint32))
