"""The sheet of a sealed notula: set from what was sealed, and from nothing else. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from minutes.notula.content import Content
from minutes.notula.documents.sheet import Said, Sheet, Signed


def sheet_of(document: Mapping[str, Any], content: Content, sha256: str, address: str, state: str = "signed") -> Sheet:
    """`document`: the sealed JSON, read; `content`: its content; `address`: of this installation, "" for none known."""
    signatures = tuple(_signed(each) for each in document["signatures"])
    return Sheet(
        content=content,
        printed_at=max(each.at for each in signatures),
        state=state,
        version=document["version"],
        signatures=signatures,
        code=document["code"],
        sha256=sha256,
        url=verification(address, document["code"]),
        said=tuple(lines(document["evidence"]["lines"])),
    )


def lines(evidence: Mapping[str, Mapping[str, Any]]) -> Iterable[Said]:
    """Of those that it cites; their times are milliseconds."""
    for id, each in evidence.items():
        yield Said(
            id=id,
            start=each["start"] / 1000,
            end=each["end"] / 1000,
            office=each["office"],
            text=each["text"],
            speaker=each["speaker"] or "",
            position=each["position"] or "",
        )


def verification(address: str, code: str) -> str:
    """Of the page on which a code is verified."""
    return f"{address.rstrip('/')}/verifikasi/{code}" if address else ""


def _signed(said: Mapping[str, Any]) -> Signed:
    at = datetime.fromtimestamp(said["at"] / 1000, UTC)
    return Signed(duty=said["duty"], name=said["name"], position=said["position"], at=at)
