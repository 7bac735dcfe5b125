"""Read and write a CTranslate2 `model.bin` (binary version 6): names to arrays.

Layout, little endian: u32 version, string specification, u32 revision, u32 count; then per variable a string name, u8
rank, u32 per dimension, u8 type, u32 bytes, the values; then u32 count of aliases, each a string alias and the string
name of what it stands for. A string is u16 length and bytes ending in NUL.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
VERSION, SPECIFICATION = 6, "WhisperSpec"
_BFLOAT16 = np.uint16  # numpy has none: bits that are only moved
_TYPES: dict[int, type[np.generic]] = {
    0: np.float32,
    1: np.int8,
    2: np.int16,
    3: np.int32,
    4: np.float16,
    5: _BFLOAT16,
}
_KINDS = {np.dtype(kind): number for number, kind in _TYPES.items()}


class NotAModel(ValueError):
    """The file is not a Whisper model in CTranslate2's binary version 6."""


@dataclass(frozen=True, slots=True)
class Model:
    revision: int
    variables: dict[str, Array]
    aliases: dict[str, str]
    """Other names of variables."""


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0

    def number(self, form: str) -> int:
        (value,) = struct.unpack_from("<" + form, self._data, self._at)
        self._at += struct.calcsize("<" + form)
        return int(value)

    def raw(self, size: int) -> memoryview:
        if self._at + size > len(self._data):
            raise NotAModel("the file is cut short")
        self._at += size
        return self._data[self._at - size : self._at]

    def string(self) -> str:
        return bytes(self.raw(self.number("H"))).rstrip(b"\0").decode()


def read_model(path: Path) -> Model:
    """Arrays are views of the file's bytes. Raises NotAModel."""
    reader = _Reader(path.read_bytes())
    try:
        version, specification, revision, count = (
            reader.number("I"),
            reader.string(),
            reader.number("I"),
            reader.number("I"),
        )
        if (version, specification) != (VERSION, SPECIFICATION):
            raise NotAModel(f"version {version} of {specification}")
        variables = dict(_variable(reader) for _ in range(count))
        return Model(revision, variables, {reader.string(): reader.string() for _ in range(reader.number("I"))})
    except (struct.error, UnicodeDecodeError, KeyError) as error:
        raise NotAModel(str(error)) from error


def write_model(model: Model) -> bytes:
    """What `read_model` reads."""
    return b"".join(_pieces(model))


def _variable(reader: _Reader) -> tuple[str, Array]:
    name = reader.string()
    shape = [reader.number("I") for _ in range(reader.number("B"))]
    kind, size = reader.number("B"), reader.number("I")
    return name, np.frombuffer(reader.raw(size), _TYPES[kind]).reshape(shape)


def _pieces(model: Model) -> Iterator[bytes | memoryview]:
    yield struct.pack("<I", VERSION) + _string(SPECIFICATION)
    yield struct.pack("<II", model.revision, len(model.variables))
    for name, values in model.variables.items():
        yield _string(name) + struct.pack(f"<B{values.ndim}I", values.ndim, *values.shape)
        yield struct.pack("<BI", _KINDS[values.dtype], values.nbytes)
        yield np.ascontiguousarray(values).data.cast("B") if values.ndim else values.tobytes()
    yield struct.pack("<I", len(model.aliases))
    for alias, name in model.aliases.items():
        yield _string(alias) + _string(name)


def _string(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("<H", len(raw)) + raw
