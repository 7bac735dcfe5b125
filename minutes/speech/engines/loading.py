"""From settings to an engine."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
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
    """`model`: "" is the base model; else a directory, a `.pt` file or a hub model's name, as the engine takes it.

    Weights that ship are assembled below `data`. Raises EngineUnavailable and weights.WeightsError.
    """
    if name not in _ENGINES:
        raise EngineUnavailable(f"{name}: choose one of {', '.join(_ENGINES)}")
    module, kind = _ENGINES[name]
    try:
        make = cast(Callable[[str, Path, int], Engine], getattr(import_module(module), kind))
        return make(model, data, threads)
    except ModuleNotFoundError as error:
        raise EngineUnavailable(f"{name} needs the package {error.name}") from error
