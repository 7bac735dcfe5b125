"""Commands and replies on a pipe: frames of a big-endian u32 length and a msgpack list [type, field, …].

Fields are positional, in the order of their dataclass in ports.py. Parent and worker are always the same version of
this file, so nothing is negotiated; what does not parse is a broken pipe or a library printing into it: the talk ends.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import Any

import msgpack

from minutes.speech.ports import (
    CatchUp,
    Command,
    Done,
    Drafted,
    Drop,
    Failed,
    Finish,
    Hear,
    Heard,
    Listen,
    Ready,
    Recognition,
    Reply,
    Utterance,
    Word,
)

Message = Command | Reply
LARGEST_FRAME = 16 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class BadFrame(ValueError):
    """Bytes that are no message; nothing after them can be trusted."""


def encode(message: Message) -> bytes:
    """One frame."""
    body: bytes = msgpack.packb([type(message).__name__, *_fields(message)])
    return _LENGTH.pack(len(body)) + body


class FrameReader:
    """Bytes as they come from a pipe, to messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Every message completed by `data`. Raises BadFrame."""
        self._buffer += data
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > LARGEST_FRAME:
                raise BadFrame(f"a frame of {length} bytes")
            if len(self._buffer) < _LENGTH.size + length:
                return
            body = bytes(self._buffer[_LENGTH.size : _LENGTH.size + length])
            del self._buffer[: _LENGTH.size + length]
            yield decode(body)


def decode(body: bytes) -> Message:
    """Raises BadFrame."""
    try:
        name, *fields = msgpack.unpackb(body)
        return _READERS[name](*fields)
    except Exception as error:  # msgpack's own errors share no base class; all mean the same here
        raise BadFrame(type(error).__name__) from error


def _fields(message: Message) -> list[object]:
    match message:
        case Heard(track, token, until, utterances):
            return [track, token, until, [_said(utterance) for utterance in utterances]]
        case Hear(track, token, packets):
            return [track, token, packets]
        case Ready(by):
            return [by.engine, by.model, by.weights, by.options]
        case _:
            return [getattr(message, name) for name in type(message).__slots__]


def _said(utterance: Utterance) -> list[object]:
    words = [[word.text, word.start, word.end, word.probability] for word in utterance.words]
    return [utterance.start, utterance.end, utterance.text, words, utterance.prompt]


def _hear(track: str, token: int, packets: list[tuple[float, bytes]]) -> Hear:
    return Hear(track, token, tuple((float(at), payload) for at, payload in packets))


def _heard(track: str, token: int, until: float, utterances: list[tuple[float, float, str, list[Any], str]]) -> Heard:
    said = (
        Utterance(start, end, text, tuple(Word(*word) for word in words), prompt)
        for start, end, text, words, prompt in utterances
    )
    return Heard(track, token, until, tuple(said))


_READERS: dict[str, Callable[..., Message]] = {
    "Listen": Listen,
    "Hear": _hear,
    "Finish": Finish,
    "CatchUp": CatchUp,
    "Drop": Drop,
    "Ready": lambda *by: Ready(Recognition(*by)),
    "Heard": _heard,
    "Drafted": Drafted,
    "Done": Done,
    "Failed": Failed,
}
