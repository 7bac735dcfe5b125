"""The key that seals: made once, readable for its owner only, its public half beside it for everybody who verifies.

PEM (PKCS #8 and SubjectPublicKeyInfo), so that openssl reads them too. Blocking.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

PRIVATE, PUBLIC = "seal.key", "seal.pub"


class BadKey(Exception):
    """A file that should hold a key and does not. Says which, and what to do."""


def private_key(data: Path) -> Ed25519PrivateKey:
    """That of this installation; made where there is none. Raises `BadKey`."""
    file = data / PRIVATE
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate()
        _keep(file, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(
            f"{file} is damaged. Put it back from a backup: what another key seals does not verify with this one"
        )
    _publish(data / PUBLIC, key.public_key())
    return key


def public_key(file: Path) -> Ed25519PublicKey:
    """Raises `BadKey`."""
    try:
        key = load_pem_public_key(file.read_bytes())
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey(f"{file}: tidak ada kunci publik Ed25519 yang dapat dibaca di sini")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the key, in groups that people compare: read out, printed, put on a wall."""
    digits = hashlib.sha256(key.public_bytes_raw()).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _publish(file: Path, key: Ed25519PublicKey) -> None:
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    if not file.exists() or file.read_bytes() != pem:
        _keep(file, pem, 0o644)


def _keep(file: Path, content: bytes, mode: int) -> None:
    """The name exists only when all of the content is on disk. A key that somebody else made meanwhile stands."""
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    if file.name == PRIVATE and file.exists():
        new.unlink()
        return
    new.rename(file)
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
