"""The models of an installation: which there are, whether they are as they came, and which one is used.

models/whisper-base/            ships; its digests stand in weights.py
models/large-v3-turbo/          fetched, for faster-whisper
models/large-v3-turbo.sha256    its digests
models/medium.pt                a checkpoint, for openai-whisper
models/use.json                 {"faster_whisper": "large-v3-turbo"}
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from minutes.speech.engines.records import WeightsError, record, recorded, sha256, verify
from minutes.speech.engines.weights import BASE, BASE_SHA256, base_weights, is_base, kept

FASTER, OPENAI = "faster_whisper", "openai_whisper"
_NEEDED = ("config.json", "model.bin", "tokenizer.json")  # without the last an engine would ask a hub for it
_NAME = re.compile(r"\w[\w.-]*(/\w[\w.-]*)?", re.ASCII)


class State(Enum):
    VERIFIED = "verified"
    DAMAGED = "damaged"
    UNRECORDED = "unrecorded"
    """Nobody kept its digests: it may be what it should be."""
    PACKED = "packed"
    """It ships, and is put together when it is first needed."""


@dataclass(frozen=True, slots=True)
class Model:
    name: str
    engine: str
    size: int
    """Bytes of all its files."""
    digest: str
    """SHA-256 of its numbers; empty while there are none."""
    state: State
    reason: str = ""


def models(data: Path) -> list[Model]:
    """Every model, the base model first, each compared with its digests: some seconds for each gigabyte."""
    base = data / "models" / BASE
    found = [] if base.is_dir() else [Model(BASE, FASTER, 0, "", State.PACKED)]
    for path in sorted((data / "models").glob("[!.]*"), key=lambda path: (path != base, path.name)):
        if (path / "model.bin").is_file():
            found.append(_looked_at(path, FASTER, path / "model.bin"))
        elif path.suffix == ".pt" and path.is_file():
            found.append(_looked_at(path, OPENAI, path))
    return found


def check(name: str, data: Path) -> Model:
    """One model by its name; the base model is put together if it is not there. Raises WeightsError."""
    if is_base(name):
        base_weights(data)
    wanted = BASE if is_base(name) else kept(name, data).name
    found = next((model for model in models(data) if model.name == wanted), None)
    if found is None:
        raise WeightsError(f"there is no model {name} in {data / 'models'}")
    return found


def in_use(engine: str, data: Path) -> str:
    """The model that `use` has set for an engine: its name, or a checkpoint's path; empty for the base model.

    Raises WeightsError for a file that cannot be read.
    """
    name = _choices(data).get(engine, "")
    return str(data / "models" / name) if name.endswith(".pt") else name


def use(name: str, data: Path) -> Model:
    """What servers use that start from now on; the base model is that of every engine.

    Raises WeightsError for a model that is not there or is damaged.
    """
    model = check(name, data)
    if model.state is State.DAMAGED:
        raise WeightsError(model.reason)
    choices = {} if model.name == BASE else {**_choices(data), model.engine: model.name}
    draft = _choice_file(data).with_name(".use.json")
    draft.write_text(json.dumps(choices, sort_keys=True) + "\n")
    draft.replace(_choice_file(data))
    return model


def fetch(name: str, data: Path, download: Callable[[str, Path], None]) -> Model:
    """A hub's model into `data`, with its digests. What came before the line broke stays for the next time.

    `download(name, directory)` is the engine's own; it raises WeightsError, and so does this.
    """
    draft = draft_of(name, data)
    if kept(name, data).exists():
        raise WeightsError(f"{kept(name, data)} is there already; remove it to fetch it anew")
    draft.mkdir(parents=True, exist_ok=True)
    try:
        download(name, draft)
    finally:
        with contextlib.suppress(OSError):
            draft.rmdir()  # when nothing came
    source = _whole(draft)
    target = kept(name, data) if source == draft else data / "models" / source.name
    shutil.rmtree(draft / ".cache", ignore_errors=True)  # where the hub's library remembers what it has
    source.replace(target)
    shutil.rmtree(draft, ignore_errors=True)
    record(target)
    return check(target.name, data)


def draft_of(name: str, data: Path) -> Path:
    """Where a model grows while it is fetched. Raises WeightsError for what is no name of a hub's model."""
    if not _NAME.fullmatch(name) or is_base(name):
        raise WeightsError(f"{name}: not a hub model's name, as `large-v3-turbo` or `owner/model`; `base` ships")
    return data / "models" / f".fetch-{kept(name, data).name}"


def _whole(draft: Path) -> Path:
    """The directory or the one checkpoint that came."""
    checkpoints = list(draft.glob("*.pt"))
    if len(checkpoints) == 1:
        return checkpoints[0]
    missing = [name for name in _NEEDED if not (draft / name).is_file()]
    missing += [] if any(draft.glob("vocabulary.*")) else ["vocabulary.*"]
    if missing:
        raise WeightsError(f"what came is no model for faster-whisper: {', '.join(missing)} is missing")
    return draft


def _looked_at(path: Path, engine: str, numbers: Path) -> Model:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    size, reason = sum(file.stat().st_size for file in files), ""
    try:
        digests = {f"{BASE}/{name}": wanted for name, wanted in BASE_SHA256.items()}
        digests = digests if path.name == BASE else recorded(path)
        verify(path.parent, digests)
        state = State.VERIFIED if digests else State.UNRECORDED
    except WeightsError as error:
        state, reason = State.DAMAGED, str(error)
    return Model(path.name, engine, size, sha256(numbers), state, reason)


def _choices(data: Path) -> dict[str, str]:
    file = _choice_file(data)
    if not file.is_file():
        return {}
    try:
        found = dict(json.loads(file.read_text()))
    except ValueError as error:
        raise WeightsError(f"{file} cannot be read; remove it to use the base model") from error
    return {str(engine): str(name) for engine, name in found.items()}


def _choice_file(data: Path) -> Path:
    return data / "models" / "use.json"
