"""What all commands share: where they write, and how they refuse."""

from __future__ import annotations

import sys
from typing import NoReturn

from pydantic import ValidationError
from rich.console import Console

from server.settings import Settings

out, err = Console(), Console(stderr=True)


def fail(reason: str) -> NoReturn:
    err.print(f"[red]{reason}[/red]", highlight=False, soft_wrap=True)
    sys.exit(1)


def read_settings() -> Settings:
    """What is wrong is said in a line each, without pydantic's report."""
    try:
        return Settings()
    except ValidationError as error:
        fail("\n".join(_wrong([str(part) for part in each["loc"]], each["msg"]) for each in error.errors()))


def _wrong(place: list[str], reason: str) -> str:
    said = reason.removeprefix("Value error, ")
    return f"RAKOR_{'_'.join(place).upper()}: {said}" if place else said
