"""The one way to write a value as JSON, so that the same value has the same digest everywhere (RFC 8785). PURE.

Of numbers only integers that every reader of JSON keeps exactly are written: times are milliseconds.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

LARGEST = 2**53 - 1  # RFC 7493, 2.2: beyond it other readers round


class NotCanonical(ValueError):
    """A value that has no canonical form, or bytes that are not one."""


def canonical(value: Any) -> bytes:
    """Keys sorted by UTF-16 code units, no blanks, UTF-8. Raises `NotCanonical`."""
    try:
        return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical("no canonical form") from error


def read(data: bytes) -> Any:
    """The value of canonical bytes. Raises `NotCanonical` for any others, however alike they read."""
    try:
        value = json.loads(data)
        again = canonical(value)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not canonical JSON") from error
    if again != data:
        raise NotCanonical("not canonical JSON")
    return value


def sha256(value: Any) -> str:
    """Of the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _ordered(value: Any) -> Any:
    match value:
        case None | bool() | str():
            return value
        case int() if abs(value) <= LARGEST:
            return value
        case dict():
            if not all(isinstance(key, str) for key in value):
                raise NotCanonical("a key that is no text")
            return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
        case list() | tuple():
            return [_ordered(each) for each in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
