"""What two persons sign, what the server seals, and whether a file is that. PURE.

    approved  {format, code, version, previous, journal, content, evidence}   SHA-256 of it is what each signature names
    sealed    approved + signatures + seal                    the seal is Ed25519 over the SHA-256 of all but `seal`

`journal` is the hash of the last move before the signatures: with it the whole way to them is fixed. All of it is
canonical JSON: a file with any other byte, be it a blank, is another file.
"""

from __future__ import annotations

import json
import secrets
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from minutes.notula.canonical import NotCanonical, canonical, read, sha256
from minutes.notula.content import Content

FORMAT = "rakor-sealed-1"
METHOD = "internal_seal"
CODE_BYTES = 10  # 16 letters of base32
MOST_BYTES = 16 * 2**20  # of a sealed JSON: hours of talk are some hundred kilobytes
MOST_NESTED = 200_000  # lists and objects in it
MOST_COMMAS = 1_000_000
Wrong = Literal["not_sealed", "changed", "other_key", "not_signed"]
"""No sealed notula at all; not as it was sealed; sealed by somebody else; without two persons' signatures."""


class NotMatching(Exception):
    """A file is not what was sealed."""

    def __init__(self, why: Wrong) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that is what was sealed. `sha256`: of all but `seal`; `content`: may be printed again."""

    document: Mapping[str, Any]
    sha256: str

    @property
    def content(self) -> Content:
        return restored(self.document["content"])


def new_code() -> str:
    """`ABCD-EFGH-IJKL-MNOP`: nobody finds one by trying."""
    letters = b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def plain(content: Content) -> dict[str, Any]:
    """A content as canonical JSON takes it: meeting seconds become milliseconds."""
    said: dict[str, Any] = content.model_dump(mode="json")
    return {**said, "votes": [_in_ms(each) for each in said["votes"]]}


def restored(said: Mapping[str, Any]) -> Content:
    """Back from `plain`."""
    votes = [{**{k: v for k, v in each.items() if k != "at_ms"}, "at": each["at_ms"] / 1000} for each in said["votes"]]
    return Content.model_validate_json(json.dumps({**said, "votes": votes}))


def approved(
    content: Content, evidence: Mapping[str, Any], code: str, version: int, previous: str | None, journal: str
) -> dict[str, Any]:
    """What is signed. `previous`: SHA-256 of the version sealed before."""
    return {
        "format": FORMAT,
        "code": code,
        "version": version,
        "previous": previous,
        "journal": journal,
        "content": plain(content),
        "evidence": dict(evidence),
    }


def signature(duty: str, name: str, position: str, at: int, of: str) -> dict[str, Any]:
    """`at`: Unix milliseconds; `of`: SHA-256 of what was approved."""
    return {"duty": duty, "name": name, "position": position, "at": at, "method": METHOD, "sha256": of}


def seal(document: Mapping[str, Any], signatures: Sequence[Mapping[str, Any]], key: Ed25519PrivateKey) -> bytes:
    """The sealed JSON."""
    signed = {**document, "signatures": [dict(each) for each in signatures]}
    by = {"key": public_hex(key.public_key()), "signature": key.sign(bytes.fromhex(sha256(signed))).hex()}
    return canonical({**signed, "seal": by})


def opened(data: bytes, key: Ed25519PublicKey) -> Sealed:
    """A sealed JSON, if `key` has sealed it and not a byte is different. Raises `NotMatching`."""
    document = _read(data)
    given = document.get("seal")
    if not isinstance(given, dict) or set(given) != {"key", "signature"}:
        raise NotMatching("not_sealed")
    if given["key"] != public_hex(key):
        raise NotMatching("other_key")
    digest = sha256({name: value for name, value in document.items() if name != "seal"})
    _verify(key, given["signature"], digest)
    _both_signed(document)
    return Sealed(document, digest)


def digest_of(data: bytes) -> str:
    """SHA-256 of a sealed JSON of our own, without its seal."""
    document = _read(data)
    return sha256({name: value for name, value in document.items() if name != "seal"})


def public_hex(key: Ed25519PublicKey) -> str:
    return key.public_bytes_raw().hex()


def _read(data: bytes) -> dict[str, Any]:
    if not _could_be_sealed(data):
        raise NotMatching("not_sealed")
    try:
        document = read(data)
    except NotCanonical:
        raise NotMatching("changed") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotMatching("not_sealed")
    return document


def _could_be_sealed(data: bytes) -> bool:
    """Who asks is anybody: of a few megabytes of `[],[],` a reader of JSON makes gigabytes, so it never sees them."""
    return (
        len(data) <= MOST_BYTES
        and FORMAT.encode() in data
        and data.count(b"[") + data.count(b"{") <= MOST_NESTED
        and data.count(b",") <= MOST_COMMAS
    )


def _verify(key: Ed25519PublicKey, signature: object, digest: str) -> None:
    try:
        made = bytes.fromhex(signature) if isinstance(signature, str) else b""
        if made.hex() != signature:  # capitals and blanks are no other signature, but another file
            raise NotMatching("changed")
        key.verify(made, bytes.fromhex(digest))
    except (ValueError, InvalidSignature):
        raise NotMatching("changed") from None


def _both_signed(document: Mapping[str, Any]) -> None:
    """Whoever seals has seen to it; a file that says otherwise is none of ours."""
    names = [name for name in document if name not in ("seal", "signatures")]
    of = sha256({name: document[name] for name in names})
    signed = document.get("signatures")
    duties = [each.get("duty") for each in signed if each.get("sha256") == of] if isinstance(signed, list) else []
    if duties != ["minute_taker", "chair"]:
        raise NotMatching("not_signed")


def _in_ms(voting: Mapping[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in voting.items() if k != "at"}, "at_ms": round(voting["at"] * 1000)}
