"""Models that come, go and are broken."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from minutes.speech.engines import shelf
from minutes.speech.engines.device import Device, chosen
from minutes.speech.engines.records import NotFetched, WeightsError, beside, record, recorded
from minutes.speech.engines.shelf import FASTER, OPENAI, State
from minutes.speech.engines.weights import model_directory

FILES = {"config.json": b"{}", "model.bin": b"numbers", "tokenizer.json": b"{}", "vocabulary.txt": b"a"}


def invent(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (directory / name).write_bytes(content)
    return directory


def bring(name: str, directory: Path) -> None:
    invent(directory)
    (directory / ".cache").mkdir()


def test_a_fetched_model_is_kept_with_its_digests(tmp_path: Path) -> None:
    model = shelf.fetch("owner/large", tmp_path, bring)
    assert (model.name, model.engine, model.state) == ("owner--large", FASTER, State.VERIFIED)
    assert model.size == sum(map(len, FILES.values()))
    directory = tmp_path / "models" / "owner--large"
    assert {path.name for path in directory.iterdir()} == set(FILES)
    assert {path.name for path in directory.parent.iterdir()} == {"owner--large", "owner--large.sha256"}
    assert model_directory("owner/large", tmp_path) == model_directory("owner--large", tmp_path) == str(directory)
    with pytest.raises(WeightsError, match="is there already"):
        shelf.fetch("owner/large", tmp_path, bring)


def test_its_digests_are_what_sha256sum_checks(tmp_path: Path) -> None:
    record(invent(tmp_path / "large"))
    command = ["sha256sum", "--check", "--strict", "--quiet", "large.sha256"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "large" / "model.bin").write_bytes(b"nimbers")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_a_changed_model_is_found_and_never_loaded(tmp_path: Path) -> None:
    shelf.fetch("large", tmp_path, bring)
    shelf.use("large", tmp_path)
    (tmp_path / "models" / "large" / "tokenizer.json").write_bytes(b"{ }")
    found = shelf.check("large", tmp_path)
    assert found.state is State.DAMAGED
    assert "tokenizer.json has SHA-256" in found.reason
    with pytest.raises(WeightsError, match=r"tokenizer\.json"):
        model_directory("large", tmp_path)
    with pytest.raises(WeightsError, match=r"tokenizer\.json"):
        shelf.use("large", tmp_path)


def test_what_breaks_off_stays_for_the_next_time(tmp_path: Path) -> None:
    def break_off(name: str, directory: Path) -> None:
        (directory / "model.bin").write_bytes(b"num")
        raise NotFetched("the line broke")

    def break_at_once(name: str, directory: Path) -> None:
        raise NotFetched("there is no line")

    for download in (break_at_once, break_off):
        with pytest.raises(NotFetched):
            shelf.fetch("large", tmp_path, download)
        assert [model.name for model in shelf.models(tmp_path)] == ["whisper-base"]
        assert (tmp_path / "models" / ".fetch-large" / "model.bin").exists() == (download is break_off)
    with pytest.raises(WeightsError, match=r"config\.json, tokenizer\.json, vocabulary\.\* is missing"):
        shelf.fetch("large", tmp_path, lambda name, directory: None)
    assert shelf.fetch("large", tmp_path, bring).state is State.VERIFIED


@pytest.mark.parametrize("name", ["", "..", "../../etc", "/srv/large", "a/b/c", "a b", "base", "whisper-base", "a/.."])
def test_what_is_no_name_is_not_fetched(tmp_path: Path, name: str) -> None:
    with pytest.raises(WeightsError, match="not a hub model's name"):
        shelf.fetch(name, tmp_path, bring)
    assert list(tmp_path.iterdir()) == []


def test_a_checkpoint_is_the_second_engines(tmp_path: Path) -> None:
    def bring_checkpoint(name: str, directory: Path) -> None:
        (directory / "medium.pt").write_bytes(b"numbers")

    model = shelf.fetch("medium", tmp_path, bring_checkpoint)
    assert (model.name, model.engine, model.state) == ("medium.pt", OPENAI, State.VERIFIED)
    shelf.use("medium.pt", tmp_path)
    assert shelf.in_use(OPENAI, tmp_path) == str(tmp_path / "models" / "medium.pt")
    assert shelf.in_use(FASTER, tmp_path) == ""


def test_what_is_used_is_remembered_for_each_engine(tmp_path: Path) -> None:
    assert shelf.in_use(FASTER, tmp_path) == ""
    invent(tmp_path / "models" / "copied")
    assert shelf.use("copied", tmp_path).state is State.UNRECORDED
    assert shelf.in_use(FASTER, tmp_path) == "copied"
    with pytest.raises(WeightsError, match="no model small"):
        shelf.use("small", tmp_path)
    (tmp_path / "models" / "use.json").write_text("{")
    with pytest.raises(WeightsError, match=r"use\.json cannot be read"):
        shelf.in_use(FASTER, tmp_path)


def test_the_base_model_is_used_again(data: Path) -> None:
    invent(data / "models" / "copied")
    shelf.use("copied", data)
    assert shelf.use("base", data).state is State.VERIFIED
    assert shelf.in_use(FASTER, data) == ""


@pytest.mark.parametrize("text", ["", "abc  large/model.bin\n", "0" * 64 + "  ../secret.key\n", "\0\xff"])
def test_a_list_of_digests_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    model = invent(tmp_path / "large")
    beside(model).write_text(text)
    with pytest.raises(WeightsError, match="no list of SHA-256 digests of large"):
        recorded(model)


@pytest.mark.parametrize(
    ("gpus", "supported", "device"),
    [
        (0, {"int8", "float32"}, Device("cpu", "int8")),
        (0, {"float32"}, Device("cpu", "float32")),
        (1, {"int8", "float16", "float32"}, Device("cuda", "float16")),
        (2, {"int8", "float32"}, Device("cuda", "float32")),
    ],
)
def test_a_gpu_is_used_where_there_is_one(gpus: int, supported: set[str], device: Device) -> None:
    assert chosen(gpus, supported) == device
