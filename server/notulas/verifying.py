"""Whether a code or a file is a notula of this installation. Nothing is told but what stands on the paper."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.ext.asyncio import AsyncSession

from minutes.notula import checking, versions
from minutes.notula.checking import Checked
from minutes.notula.keys import fingerprint
from minutes.notula.models import NotulaSealed
from minutes.notula.sealing import NotMatching, opened
from server.db import Sessions
from server.errors import NotFound
from server.notulas.schemas import FileOut, SignerOut, VerificationOut, moment

DETAILS = {
    "": "Berkas ini sama dengan notula yang disegel.",
    "unknown": "Berkas ini bukan PDF, DOCX, atau JSON notula Rakor.",
    "not_sealed": "Berkas ini tidak memuat segel Rakor.",
    "changed": "Isi berkas ini berbeda dari yang disegel.",
    "other_key": "Berkas ini disegel dengan kunci lain, bukan oleh server ini.",
    "not_signed": "Berkas ini tidak memuat tanda tangan dua pihak.",
    "not_kept": "Berkas ini bukan salinan yang dikeluarkan server ini, atau sudah berubah.",
}
CODE_LETTERS = 16
AT_ONCE = 4  # files in memory; whoever comes then is asked to come again


@dataclass(frozen=True, slots=True)
class Verifying:
    sessions: Sessions
    key: Ed25519PublicKey
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def code(self, code: str) -> VerificationOut:
        """Raises `NotFound`."""
        async with self.sessions() as session:
            found = await versions.by_code(session, written(code))
            if found is None:
                raise NotFound("Kode ini tidak dikenal. Periksa setiap hurufnya.", code="unknown_code")
            return await self._about(session, found)

    async def file(self, data: bytes) -> FileOut:
        """In a thread: 32 MB take a moment."""
        digest = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
        checked = await asyncio.to_thread(checking.checked, data, self.key)
        async with self.sessions() as session:
            kept = await self._kept(session, checked, digest)
            about = await self._about(session, kept) if kept is not None else None
        why = _why(checked, kept)
        return FileOut(
            matches=not why,
            kind=checked.kind,
            sha256=digest,
            why=why,
            detail=DETAILS[why],
            code=about.code if about is not None else None,
            of=about,
        )

    async def _kept(self, session: AsyncSession, checked: Checked, digest: str) -> NotulaSealed | None:
        """What the file is of: by what it carries, or as a file that was printed here."""
        if checked.sealed is not None:
            found = await versions.by_code(session, str(checked.sealed.document["code"]))
            return found if found is not None and found.sha256 == checked.sealed.sha256 else None
        export = await versions.by_sha256(session, digest)
        if export is None:
            return None
        return next(
            each for each in await versions.sealed(session, export.meeting_id) if each.version == export.version
        )

    async def _about(self, session: AsyncSession, found: NotulaSealed) -> VerificationOut:
        rows = await versions.every(session, found.meeting_id)
        row = next(each for each in rows if each.number == found.version)
        later = [
            each.version for each in await versions.sealed(session, found.meeting_id) if each.version > found.version
        ]
        document = await asyncio.to_thread(_document, found, self.key)
        content = document["content"]
        return VerificationOut(
            code=found.code,
            title=content["title"],
            date=_day(content),
            host=content["host"],
            state=row.state,
            version=found.version,
            sha256=found.sha256,
            signers=[_signer(each) for each in document["signatures"]],
            superseded_by=later[-1] if later else None,
            revoked=row.state == "revoked",
            key=fingerprint(self.key),
        )


def written(code: str) -> str:
    """As it is printed, however it was typed: small letters, without dashes, with blanks."""
    letters = "".join(each for each in code.upper() if each.isalnum())
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4)) if len(letters) == CODE_LETTERS else ""


def _document(found: NotulaSealed, key: Ed25519PublicKey) -> dict[str, Any]:
    """Whatever happened to the database or its key since: what is told is what was sealed, or nothing is."""
    try:
        return dict(opened(found.document, key).document)
    except NotMatching:
        raise NotFound("Arsip notula ini rusak. Hubungi sekretariat.", code="damaged") from None


def _why(checked: Checked, kept: NotulaSealed | None) -> str:
    if checked.kind == "docx":
        return "" if kept is not None else "not_kept"
    return checked.why or ("" if kept is not None else "not_kept")


def _signer(said: dict[str, Any]) -> SignerOut:
    return SignerOut(duty=said["duty"], name=said["name"], position=said["position"], at=moment(said["at"]))


def _day(content: dict[str, Any]) -> str:
    """In the zone of the host."""
    return datetime.fromisoformat(content["starts"]).astimezone(ZoneInfo(content["zones"][0])).date().isoformat()
