"""Read a CTranslate2 `model.bin` (binary version 6): names to arrays.

Layout, little endian: u32 version, string specification, u32 revision, u32 count; then per variable a string name, u8
rank, u32 per dimension, u8 type, u32 bytes, the values; then aliases. A string is u16 length and bytes ending in NUL.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
VERSION = 6
_TYPES: dict[int, type[np.generic]] = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


class NotAModel(ValueError):
    """The file is not a Whisper model in CTranslate2's binary version 6."""


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, form: str) -> int:
        (value,) = struct.unpack_from("<" + form, self._data, self._at)
        self._at += struct.calcsize("<" + form)
        return int(value)

    def raw(self, size: int) -> bytes:
        if self._at + size > len(self._data):
            raise NotAModel("the file is cut short")
        self._at += size
        return self._data[self._at - size : self._at]

    def string(self) -> str:
        return self.raw(self.number("H")).rstrip(b"\0").decode()


def read_variables(path: Path) -> dict[str, Array]:
    """Raises NotAModel."""
    reader = _Reader(path.read_bytes())
    try:
        version, specification, _, count = reader.number("I"), reader.string(), reader.number("I"), reader.number("I")
        if (version, specification) != (VERSION, "WhisperSpec"):
            raise NotAModel(f"version {version} of {specification}")
        return dict(_variable(reader) for _ in range(count))
    except (struct.error, UnicodeDecodeError, KeyError) as error:
        raise NotAModel(str(error)) from error


def _variable(reader: _Reader) -> tuple[str, Array]:
    name = reader.string()
    shape = [reader.number("I") for _ in range(reader.number("B"))]
    kind, size = reader.number("B"), reader.number("I")
    return name, np.frombuffer(reader.raw(size), _TYPES[kind]).reshape(shape)
