"""The sealed PDF: what it carries, that other readers find it, and that no byte of it can change unseen."""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from functools import cache

import pikepdf
import pytest
import typst
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from minutes.notula.documents.container import FILE_NAME, MOST_BYTES, NotSealed, read_pdf, seal_pdf

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SAID = json.dumps({"format": "rakor-sealed-1", "code": "ABCD-EFGH-JKLM-NPQR", "title": "Rakor “daring” é"}).encode()


@cache
def printed() -> bytes:
    source = '#set document(title: "x")\n#set text(lang: "id")\n= Judul\nIsi.'
    standards: list[typst.PDFStandard] = ["a-3a", "ua-1"]
    made = typst.compile(
        source.encode(), format="pdf", ignore_system_fonts=True, pdf_standards=standards, timestamp=1594260000
    )
    assert isinstance(made, bytes)
    return made


@cache
def sealed() -> bytes:
    return seal_pdf(printed(), SAID, KEY.sign)


def is_ours(data: bytes) -> bool:
    try:
        found = read_pdf(data)
        KEY.public_key().verify(found.signature, found.signed_digest)
    except (NotSealed, InvalidSignature):
        return False
    return found.sealed_json == SAID


def test_what_was_sealed_is_read_back() -> None:
    found = read_pdf(sealed())
    assert found.sealed_json == SAID
    assert is_ours(sealed())
    zeroed = sealed().replace(found.signature.hex().encode(), b"0" * 128)
    assert found.signed_digest == hashlib.sha256(zeroed).digest()


def test_the_same_is_the_same_file_and_another_key_moves_nothing() -> None:
    assert seal_pdf(printed(), SAID, KEY.sign) == sealed()
    other = seal_pdf(printed(), SAID, lambda digest: bytes(64))
    assert len(other) == len(sealed())
    assert sum(one != another for one, another in zip(other, sealed(), strict=True)) <= 128


def test_other_readers_find_the_same_attachment() -> None:
    with pikepdf.open(io.BytesIO(sealed())) as opened:
        assert opened.attachments[FILE_NAME].get_file().read_bytes() == SAID
        assert opened.Root.AF[0].AFRelationship == "/Source"
        assert bytes(opened.Root.PieceInfo.Rakor.Private) == read_pdf(sealed()).signature
        assert opened.check_pdf_syntax() == []
    assert PdfReader(io.BytesIO(sealed())).attachments[FILE_NAME] == [SAID]


def test_every_single_byte_counts() -> None:
    """Each changed to another value, the file checked as who verifies checks it."""
    data = bytearray(sealed())
    for at in range(0, len(data), 31):
        data[at] ^= 0x01
        assert not is_ours(bytes(data)), at
        data[at] ^= 0x01
    first = sealed().index(b"/Private <")
    for at in range(first, first + 140):
        for flip in (0x01, 0x20):  # 0x20: capitals, which are the same digits
            data[at] ^= flip
            assert not is_ours(bytes(data)), at
            data[at] ^= flip
    assert is_ours(bytes(data))


@given(st.integers(0, 20_000), st.binary(max_size=40), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_what_is_cut_out_or_put_in_is_seen(at: int, put: bytes, gone: int) -> None:
    changed = sealed()[:at] + put + sealed()[at + gone :]
    assert is_ours(changed) == (changed == sealed())


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n", b"1 0 obj\n<< /Type /Catalog >>\nendobj\n"])
def test_what_is_appended_is_seen(more: bytes) -> None:
    assert not is_ours(sealed() + more)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"{}", bytes(1000)])
def test_what_is_no_sealed_file_is_refused(data: bytes) -> None:
    with pytest.raises(NotSealed):
        read_pdf(data)


def test_what_was_only_printed_is_no_sealed_file() -> None:
    with pytest.raises(NotSealed):
        read_pdf(printed())


def test_two_seals_or_two_attachments_are_none() -> None:
    with pytest.raises(NotSealed):
        read_pdf(sealed() + sealed())


def test_a_bomb_is_not_unpacked() -> None:
    """A stream of more zeros than are unpacked, squeezed to little."""
    packed = zlib.compress(bytes(MOST_BYTES + 1), 1)
    seal = b"/PieceInfo << /Rakor << /LastModified (D:2020) /Private <" + b"0" * 128 + b"> >> >>"
    head = f"/Type /EmbeddedFile /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    with pytest.raises(NotSealed):
        read_pdf(b"%PDF-1.7\n" + seal + head + packed)
    with pytest.raises(NotSealed):
        read_pdf(b"%PDF-1.7\n" + seal + head + b"not packed")


def test_a_file_that_is_too_long_is_refused() -> None:
    with pytest.raises(NotSealed):
        read_pdf(sealed() + bytes(MOST_BYTES))


def test_a_signature_of_another_length_seals_nothing() -> None:
    with pytest.raises(ValueError, match="63 bytes"):
        seal_pdf(printed(), SAID, lambda digest: bytes(63))
