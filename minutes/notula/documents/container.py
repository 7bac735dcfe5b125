"""A sealed PDF: the sealed JSON travels in it, and a signature over all of its bytes stands in it. PURE, deterministic.

    catalog /AF, /Names /EmbeddedFiles  -> the sealed JSON, for every reader of PDF/A-3
    catalog /PieceInfo /Rakor /Private  -> <64 bytes in hexadecimal>: over the SHA-256 of the file with these zero

The digits have a fixed width, so nothing moves when they are filled in: offsets stay true, and a file with any other
byte has another digest. Files are read by their bytes alone, not by a parser of PDF: who asks is anybody, and nothing
here unpacks more than a sealed JSON may be long.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import pikepdf
from pikepdf import AttachedFileSpec, Dictionary, Name, ObjectStreamMode, Pdf, String

from minutes.notula.sealing import MOST_BYTES as MOST_UNPACKED

FILE_NAME = "rakor-sealed.json"
SIGNATURE_BYTES = 64  # Ed25519
MOST_BYTES = 32 * 2**20
_ZEROS = b"0" * 2 * SIGNATURE_BYTES
_SEAL = re.compile(rb"/PieceInfo << /Rakor << /LastModified \([^()]{0,40}\) /Private <([0-9a-f]{128})> >> >>")
_STREAM = re.compile(rb"/Type /EmbeddedFile /Length (\d{1,9}) /Filter /FlateDecode >>\nstream\n")


class NotSealed(ValueError):
    """No PDF with a seal of ours: never was, or damaged where the seal or the sealed JSON stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """`signed_digest`: SHA-256 of the file with its signature zeroed. Whether `signature` is right is for who asks."""

    signed_digest: bytes
    signature: bytes
    sealed_json: bytes


def seal_pdf(pdf: bytes, sealed_json: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """`pdf`: PDF/A-3 without attachments. `sign`: makes 64 bytes of a digest. Raises `ValueError` for other lengths."""
    prepared = _with_attachment(pdf, sealed_json)
    first, last = _place(prepared)
    signature = sign(hashlib.sha256(prepared).digest())
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError(f"a signature of {len(signature)} bytes")
    sealed = prepared[:first] + signature.hex().encode() + prepared[last:]
    if read_pdf(sealed).sealed_json != sealed_json:
        raise ValueError("what was sealed is not what can be read")
    return sealed


def read_pdf(data: bytes) -> Found:
    """Raises `NotSealed`."""
    if len(data) > MOST_BYTES or not data.startswith(b"%PDF-"):
        raise NotSealed
    first, last = _place(data)
    zeroed = hashlib.sha256(data[:first])
    zeroed.update(_ZEROS)
    zeroed.update(memoryview(data)[last:])
    return Found(zeroed.digest(), bytes.fromhex(data[first:last].decode()), _attached(data))


def _place(data: bytes) -> tuple[int, int]:
    """Where the digits of the one signature stand."""
    return _only(_SEAL, data).span(1)


def _attached(data: bytes) -> bytes:
    found = _only(_STREAM, data)
    packed = data[found.end() : found.end() + int(found[1])]
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, MOST_UNPACKED)
    except zlib.error as error:
        raise NotSealed from error
    if not unpacking.eof or unpacking.unused_data:
        raise NotSealed
    return unpacked


def _only(pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes]:
    found = list(islice(pattern.finditer(data), 2))
    if len(found) != 1:
        raise NotSealed
    return found[0]


def _with_attachment(pdf: bytes, sealed_json: bytes) -> bytes:
    """The same file for the same: dates are those of the printing."""
    with Pdf.open(io.BytesIO(pdf)) as opened:
        made = str(opened.docinfo.get("/CreationDate", "D:20000101000000Z"))
        spec = AttachedFileSpec(
            opened,
            sealed_json,
            description="Notula tersegel, dapat dibaca mesin",
            filename=FILE_NAME,
            mime_type="application/json",
            creation_date=made,
            mod_date=made,
            relationship=Name.Source,
        )
        opened.attachments[FILE_NAME] = spec
        opened.Root.AF = pikepdf.Array([opened.attachments[FILE_NAME].obj])
        opened.Root.PieceInfo = Dictionary(
            Rakor=Dictionary(LastModified=String(made), Private=String(bytes(SIGNATURE_BYTES)))
        )
        written = io.BytesIO()
        opened.save(written, deterministic_id=True, object_stream_mode=ObjectStreamMode.disable)
    return written.getvalue()
