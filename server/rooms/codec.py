"""Room events as they lie in the table: a type name and a JSON body. Pure."""

from __future__ import annotations

import dataclasses
from typing import get_args

from pydantic import TypeAdapter

from server.rooms.words import RoomEvent

_TYPES: dict[str, TypeAdapter[RoomEvent]] = {each.__name__: TypeAdapter(each) for each in get_args(RoomEvent)}


def to_row(event: RoomEvent) -> tuple[str, dict[str, object]]:
    return type(event).__name__, dataclasses.asdict(event)


def from_row(type_name: str, body: dict[str, object]) -> RoomEvent:
    """Raises `KeyError` for a type nobody knows, pydantic's `ValidationError` for a body that does not fit."""
    return _TYPES[type_name].validate_python(body)
