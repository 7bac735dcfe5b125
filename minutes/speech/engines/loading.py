"""From settings to an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import cast

from minutes.speech.ports import Engine

# Imported only when chosen: each brings hundreds of megabytes with it.
_ENGINES = {
    "faster_whisper": ("minutes.speech.engines.faster_whisper", "FasterWhisper"),
    "openai_whisper": ("minutes.speech.engines.openai_whisper", "OpenAIWhisper"),
}


class EngineUnavailable(RuntimeError):
    """No engine of that name, or its packages are not installed."""


def load_engine(name: str, model: str, data: Path, threads: int = 1) -> Engine:
    """`model`: "" is the base model; else a directory, a `.pt` file, a model kept below `data` or a hub model's name.

    Weights that ship are assembled below `data`. Raises EngineUnavailable and records.WeightsError.
    """
    with _packages(name):
        module = _module(name)
        make = cast(Callable[[str, Path, int], Engine], getattr(module, _ENGINES[name][1]))
        return make(model, data, threads)


def fetch_model(name: str, model: str, directory: Path) -> None:
    """A hub's model into `directory`, by the library of the engine. Raises EngineUnavailable, records.WeightsError."""
    with _packages(name):
        cast(Callable[[str, Path], None], _module(name).fetch)(model, directory)


def _module(name: str) -> ModuleType:
    if name not in _ENGINES:
        raise EngineUnavailable(f"{name}: choose one of {', '.join(_ENGINES)}")
    return import_module(_ENGINES[name][0])


@contextmanager
def _packages(name: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise EngineUnavailable(f"{name} needs the package {error.name}") from error
