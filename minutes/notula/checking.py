"""Is this file what was sealed? By its bytes and a public key alone: offline, on any machine. PURE.

A JSON is checked by its seal, a PDF by the signature over all of its bytes and by the seal of the JSON in it.
A DOCX carries no seal: whether it was printed here only the server knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from minutes.notula.documents.container import NotSealed, read_pdf
from minutes.notula.sealing import NotMatching, Sealed, Wrong, opened

Kind = Literal["pdf", "docx", "json", "unknown"]


@dataclass(frozen=True, slots=True)
class Checked:
    """`why`: "" where it is what was sealed, `sealed` then."""

    kind: Kind
    why: Literal["", "unknown"] | Wrong
    sealed: Sealed | None = None


def checked(data: bytes, key: Ed25519PublicKey) -> Checked:
    kind = kind_of(data)
    if kind == "unknown":
        return Checked(kind, "unknown")
    try:
        if kind == "pdf":
            return Checked(kind, "", _pdf(data, key))
        if kind == "json":
            return Checked(kind, "", opened(data, key))
    except NotMatching as error:
        return Checked(kind, error.why)
    return Checked(kind, "not_sealed")


def kind_of(data: bytes) -> Kind:
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    return "json" if data[:1] == b"{" else "unknown"


def chained(found: Sequence[Sealed]) -> str | None:
    """None where each is the next version of the one before; else what is missing or does not follow."""
    ordered = sorted(found, key=lambda each: int(each.document["version"]))
    for before, after in pairwise(ordered):
        if before.document["content"]["meeting_id"] != after.document["content"]["meeting_id"]:
            return "other_meeting"
        if after.document["previous"] != before.sha256:
            return "broken"
    return None


def _pdf(data: bytes, key: Ed25519PublicKey) -> Sealed:
    try:
        found = read_pdf(data)
    except NotSealed:
        raise NotMatching("not_sealed") from None
    try:
        key.verify(found.signature, found.signed_digest)
    except InvalidSignature:
        # By whom else, the JSON in it tells; with the right key, something else is different.
        opened(found.sealed_json, key)
        raise NotMatching("changed") from None
    return opened(found.sealed_json, key)
