"""On what a model is run: a GPU where there is one. PURE."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

# The first that the device can do; the last can be done by all.
_COMPUTE = {"cuda": ("float16", "int8_float16", "float32"), "cpu": ("int8", "float32")}


@dataclass(frozen=True, slots=True)
class Device:
    device: str
    compute: str
    """The kind of numbers it is run with: another kind may hear another word."""


def chosen(gpus: int, supported: Collection[str]) -> Device:
    """`supported`: the kinds of numbers that CTranslate2 can do on the device that it gets."""
    name = device_name(gpus)
    return Device(name, next((kind for kind in _COMPUTE[name] if kind in supported), "float32"))


def device_name(gpus: int) -> str:
    return "cuda" if gpus else "cpu"
