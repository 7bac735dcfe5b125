"""The digests a model had when it came, kept beside it.

`models/large-v3-turbo.sha256` stands beside the directory `models/large-v3-turbo`, `models/medium.pt.sha256` beside the
file `models/medium.pt`. It is what `sha256sum` writes: in `models`, `sha256sum -c large-v3-turbo.sha256` says the same.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


class WeightsError(RuntimeError):
    """The weights are missing or are not what they should be; nothing is transcribed with them."""


class NotFetched(WeightsError):
    """A hub's model did not come."""


def sha256(file: Path) -> str:
    """About half a second for 150 MB."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def beside(model: Path) -> Path:
    """Where the digests of a model's directory or file are kept."""
    return model.with_name(f"{model.name}.sha256")


def record(model: Path) -> None:
    """Keep the digests that a model's files have now."""
    files = [model] if model.is_file() else sorted(path for path in model.iterdir() if path.is_file())
    lines = [f"{sha256(file)}  {file.relative_to(model.parent)}\n" for file in files]
    draft = beside(model).with_name(f".{beside(model).name}")
    draft.write_text("".join(lines))
    draft.replace(beside(model))


def recorded(model: Path) -> dict[str, str]:
    """Digests by path from the model's parent; empty where none are kept. Raises WeightsError for another text."""
    kept = beside(model)
    if not kept.is_file():
        return {}
    found = [_LINE.fullmatch(line) for line in kept.read_text(errors="replace").splitlines()]
    digests = {each[2]: each[1] for each in found if each is not None}
    own = all(name == model.name or name.startswith(f"{model.name}/") for name in digests)
    if None in found or not digests or not own:
        raise WeightsError(f"{kept} is no list of SHA-256 digests of {model.name}")
    return digests


def verify(directory: Path, digests: dict[str, str]) -> None:
    """Raises WeightsError unless every file has its SHA-256."""
    for name, wanted in digests.items():
        path = directory / name
        if not path.is_file():
            raise WeightsError(f"{path} is missing")
        found = sha256(path)
        if found != wanted:
            raise WeightsError(f"{path} has SHA-256 {found}, not {wanted}; remove the model to make or fetch it anew")
