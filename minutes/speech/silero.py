"""Silero voice activity detection: the ONNX model that ships inside faster-whisper, fed as a stream."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from minutes.speech.onnx_session import session
from minutes.speech.ports import Samples

WINDOW = 512
CONTEXT = 64  # the model wants the end of the window before in front of each window
STATE = (1, 1, 128)


class _Session(Protocol):
    def run(self, outputs: None, inputs: dict[str, npt.NDArray[np.float32]]) -> list[npt.NDArray[np.float32]]: ...


@cache
def _session() -> _Session:
    """Loaded once per process: the model keeps no state of its own, `SileroVad` carries it."""
    from faster_whisper.utils import get_assets_path

    return cast(_Session, session(Path(get_assets_path()) / "silero_vad_v6.onnx"))


class SileroVad:
    """A `Vad` for one track."""

    def __init__(self) -> None:
        self._session = _session()
        self._hidden = np.zeros(STATE, np.float32)
        self._cell = np.zeros(STATE, np.float32)
        self._context: Samples = np.zeros(CONTEXT, np.float32)

    def forget(self) -> None:
        self._hidden, self._cell = np.zeros(STATE, np.float32), np.zeros(STATE, np.float32)

    def probabilities(self, windows: Samples) -> list[float]:
        """Many at once take half of the time that they take one by one, and give the same."""
        if not len(windows):
            return []
        before = np.concatenate([self._context[np.newaxis], windows[:-1, -CONTEXT:]])
        self._context = windows[-1, -CONTEXT:]
        given = {"input": np.concatenate([before, windows], axis=1), "h": self._hidden, "c": self._cell}
        said, self._hidden, self._cell = self._session.run(None, given)
        return [float(each) for each in said.reshape(-1)]
