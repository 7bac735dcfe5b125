"""Which of a Whisper model's tokens are what: its vocabulary as GPT-2 writes bytes. PURE but for reading the list."""

from __future__ import annotations

import json
from pathlib import Path

LATIN_ENDS = "\u0250"
SPACE = "\u0120"  # as bytes are written


def vocabulary(directory: Path) -> tuple[str, list[str]]:
    """The name of the file in which a CTranslate2 model lists its tokens, and these."""
    listed = directory / "vocabulary.json"
    if listed.is_file():
        return listed.name, json.loads(listed.read_text())
    plain = directory / "vocabulary.txt"
    return plain.name, plain.read_bytes().decode().removesuffix("\n").split("\n")


def latin(token: str) -> bool:
    """Letters of one byte and those of Latin script, signs, and single bytes, of which anything can be written."""
    try:
        raw = bytes(_BYTES[letter] for letter in token)
        return len(raw) == 1 or all(letter < LATIN_ENDS or "\u2010" <= letter <= "\u205e" for letter in raw.decode())
    except (KeyError, UnicodeDecodeError):
        return False


def _byte_letters() -> dict[str, int]:
    """GPT-2's alphabet of bytes: those that can be seen stand for themselves, the others for letters from 256 on."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    unseen = [byte for byte in range(0x100) if byte not in seen]
    return {chr(byte): byte for byte in seen} | {chr(0x100 + at): byte for at, byte in enumerate(unseen)}


_BYTES = _byte_letters()
