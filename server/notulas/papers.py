"""The papers of a sealed notula: set from what was sealed, and nothing else; the PDF carries it and is sealed whole."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from minutes.notula.documents.composing import compose
from minutes.notula.documents.container import seal_pdf
from minutes.notula.documents.sealed import sheet_of
from minutes.notula.documents.sheet import Sheet
from minutes.notula.sealing import Sealed, opened
from server.printing.printer import Printer


class SealedPapers:
    """`address`: of the page on which codes are verified, "" where nobody has said how Rakor is reached."""

    def __init__(self, printer: Printer, key: Ed25519PrivateKey, public_url: str) -> None:
        self._printer, self._key, self._url = printer, key, public_url.rstrip("/")

    async def printed(self, meeting: str, sealed_json: bytes) -> Mapping[str, bytes]:
        """Raises `RakorError`, and `NotMatching` where what was kept is not what was sealed."""
        sealed = await asyncio.to_thread(opened, sealed_json, self._key.public_key())
        sheet = self._sheet(sealed)
        paper = await asyncio.to_thread(compose, "notula", sheet)
        pdf = await self._printer.make("paper.pdf", paper, sheet.printed_at)
        docx = await self._printer.make("paper.docx", paper, sheet.printed_at)
        return {"notula.pdf": await asyncio.to_thread(seal_pdf, pdf, sealed_json, self._key.sign), "notula.docx": docx}

    def _sheet(self, sealed: Sealed) -> Sheet:
        return sheet_of(sealed.document, sealed.content, sealed.sha256, self._url)
