"""What a transcript must say of its engine, so that it can be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path


def versions(*packages: str) -> str:
    """Names and versions of installed packages: "faster-whisper 1.2.1, ctranslate2 4.6.0"."""
    return ", ".join(f"{package} {version(package)}" for package in packages)


def described(options: Mapping[str, object]) -> str:
    """The same options are the same text."""
    return json.dumps(options, sort_keys=True)


def digest(weights: Path) -> str:
    """SHA-256; empty where a library keeps the file out of sight. About half a second for 150 MB."""
    if not weights.is_file():
        return ""
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
