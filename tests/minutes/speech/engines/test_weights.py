from __future__ import annotations

from pathlib import Path

import pytest

from minutes.speech.engines.ct2 import NotAModel, read_model, write_model
from minutes.speech.engines.loading import EngineUnavailable, load_engine
from minutes.speech.engines.records import WeightsError, verify
from minutes.speech.engines.weights import BASE_SHA256, base_weights, model_directory, model_name


def test_the_base_model_is_put_together_and_verified(data: Path) -> None:
    directory = base_weights(data)
    assert {path.name for path in directory.iterdir()} == set(BASE_SHA256)
    assert [path.name for path in directory.parent.iterdir() if path.name.startswith(".")] == []
    assert model_directory("", data) == str(directory)


def test_one_wrong_bit_is_found(tmp_path: Path) -> None:
    directory = tmp_path / "models" / "whisper-base"
    directory.mkdir(parents=True)
    for name in BASE_SHA256:
        (directory / name).write_bytes(b"almost")
    with pytest.raises(WeightsError, match=r"model\.bin"):
        base_weights(tmp_path)


def test_a_missing_file_is_found(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="missing"):
        verify(tmp_path, {"model.bin": "0" * 64})


def test_another_model_is_a_directory_or_a_name(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"no model\.bin"):
        model_directory(str(tmp_path), tmp_path)
    (tmp_path / "model.bin").write_bytes(b"")
    assert model_directory(str(tmp_path), tmp_path) == str(tmp_path)
    assert model_directory("large-v3-turbo", tmp_path) == "large-v3-turbo"
    assert model_name("") == "whisper-base"
    assert model_name("/srv/models/large-v3-turbo") == "large-v3-turbo"


def test_an_unknown_engine_is_refused(data: Path) -> None:
    with pytest.raises(EngineUnavailable, match="choose one of"):
        load_engine("shorthand", "", data)


@pytest.mark.parametrize(
    "content", [b"", b"\x06\x00\x00\x00", b"\x05\0\0\0\x0c\0WhisperSpec\0\x03\0\0\0\x01\0\0\0", b"x" * 99]
)
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(NotAModel):
        read_model(path)


def test_the_base_models_variables_are_read(data: Path) -> None:
    path = base_weights(data) / "model.bin"
    model = read_model(path)
    assert write_model(model) == path.read_bytes()
    variables = model.variables
    assert variables["encoder/conv1/weight"].shape == (512, 80, 3)
    assert variables["decoder/embeddings/weight"].shape[0] == 51_865
