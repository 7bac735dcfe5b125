"""The same numbers in another order: the same words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import tokenizers
from faster_whisper import WhisperModel

from minutes.speech.engines.arranged import BEGIN, END, NO_STAMPS, Arranged, arranged
from minutes.speech.engines.ct2 import read_model
from minutes.speech.engines.records import WeightsError
from minutes.speech.engines.tokens import latin
from minutes.speech.engines.weights import base_weights
from tests.minutes.speech.sounds import spoken, voice


@pytest.fixture(scope="module")
def base(data: Path) -> Path:
    return base_weights(data)


@pytest.fixture(scope="module")
def found(base: Path) -> Arranged:
    return arranged(base)


def tokens_of(found: Arranged) -> list[str]:
    return found.files["vocabulary.txt"].decode().removesuffix("\n").split("\n")


def test_a_token_has_the_vector_that_it_had(base: Path, found: Arranged, tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(found.files["model.bin"])
    before = read_model(base / "model.bin").variables["decoder/embeddings/weight"]
    after = read_model(tmp_path / "model.bin").variables["decoder/embeddings/weight"]
    was = {token: number for number, token in enumerate((base / "vocabulary.txt").read_bytes().decode().split("\n"))}
    tokens = tokens_of(found)
    assert len(tokens) == len(after) == len(set(tokens))
    for number in [*range(0, len(tokens), 997), found.echo(0.0), found.echo(30.0)]:
        assert np.array_equal(after[number], before[was[tokens[number].removesuffix(" again")]])


def test_text_and_echoes_lie_between_the_beginning_and_the_end(found: Arranged) -> None:
    tokens = tokens_of(found)
    assert tokens.index(BEGIN) == 0
    assert [tokens[found.echo(seconds)] for seconds in (0.0, 2.4, 99.0)] == [
        f"<|{seconds}|> again" for seconds in ("0.00", "2.40", "30.00")
    ]
    assert 0 < tokens.index("Ġdan") < found.echo(0.0) < found.echo(30.0) < tokens.index(END) < tokens.index(NO_STAMPS)
    assert tokens[tokens.index(NO_STAMPS) + 1] == "<|0.00|>"
    assert found.echo(2.4) in json.loads(found.files["config.json"])["suppress_ids"]


def test_a_text_has_the_same_tokens(base: Path, found: Arranged) -> None:
    before = tokenizers.Tokenizer.from_file(str(base / "tokenizer.json"))
    after = tokenizers.Tokenizer.from_buffer(found.files["tokenizer.json"])
    text = " Rapat koordinasi dibuka, Pasal 138 ayat (2): café."
    now = after.encode(text, add_special_tokens=False)
    assert now.tokens == before.encode(text, add_special_tokens=False).tokens
    assert after.decode(now.ids) == text
    assert after.token_to_id("<|transcribe|>") == tokens_of(found).index("<|transcribe|>")


def test_the_same_words_are_heard(base: Path, found: Arranged) -> None:
    turn = spoken("bambang", 74.0, 85.0)[0]
    sound = voice("bambang", turn.start, turn.end)

    def heard(files: dict[str, bytes] | None) -> list[tuple[str, float]]:
        model = WhisperModel(str(base), device="cpu", compute_type="int8", cpu_threads=1, files=files)
        segments, _ = model.transcribe(sound, language="id", without_timestamps=False)
        return [(segment.text, segment.end) for segment in segments]

    assert heard(dict(found.files)) == heard(None)


@pytest.mark.parametrize(
    ("token", "kept"), [("Ġrapat", True), ("Ã©", True), ("åľº", False), ("å", True), ("Ð¾Ð", False), ("âĢĶ", True)]
)
def test_other_scripts_are_left_out(token: str, kept: bool) -> None:
    assert latin(token) is kept


def test_what_is_no_model_is_refused(base: Path, tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes((base / name).read_bytes())
    (tmp_path / "model.bin").write_bytes(b"almost")
    with pytest.raises(WeightsError):
        arranged(tmp_path)
