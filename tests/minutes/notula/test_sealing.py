"""A seal holds for every byte, and for nothing that was not signed."""

from __future__ import annotations

import json
import stat
import subprocess
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pytest

from minutes.notula.canonical import canonical, sha256
from minutes.notula.checking import chained, checked
from minutes.notula.documents.container import NotSealed, read_pdf
from minutes.notula.evidence import differences
from minutes.notula.keys import BadKey, fingerprint, private_key, public_key
from minutes.notula.sealing import (
    MOST_BYTES,
    NotMatching,
    new_code,
    opened,
    plain,
    public_hex,
    restored,
    seal,
    signature,
)
from tests.minutes.notula.sealed import KEY, LINES, OTHER, content, document, sealed

PUBLIC = KEY.public_key()


def why(data: bytes) -> str:
    with pytest.raises(NotMatching) as refused:
        opened(data, PUBLIC)
    return refused.value.why


def test_what_was_sealed_is_what_is_read() -> None:
    data = sealed()
    found = opened(data, PUBLIC)
    assert found.content == content()
    assert found.sha256 == sha256({name: value for name, value in json.loads(data).items() if name != "seal"})
    assert sealed() == data, "the same is sealed to the same bytes"


def test_seconds_come_back_from_milliseconds() -> None:
    assert plain(content())["votes"][0]["at_ms"] == 12345
    assert restored(plain(content())) == content()


def test_every_byte_counts() -> None:
    """Of every fourth byte the lowest bit, and all of the seal: changed, or the byte taken away."""
    data = sealed()
    places = sorted({*range(0, len(data), 4), *range(data.index(b'"seal"'), len(data))})
    for at in places:
        changed = bytearray(data)
        changed[at] ^= 1
        assert checked(bytes(changed), PUBLIC).sealed is None, at
    for at in range(0, len(data), 31):
        assert checked(data[:at] + data[at + 1 :], PUBLIC).sealed is None, at
    for more in (data + b"\n", b" " + data, data[:-1], b""):
        assert checked(more, PUBLIC).sealed is None


def test_capital_digits_are_another_file() -> None:
    said = json.loads(sealed())
    for field in ("key", "signature"):
        capital = {**said, "seal": {**said["seal"], field: said["seal"][field].upper()}}
        assert why(canonical(capital)) in ("changed", "other_key")


def test_whoever_seals_with_another_key_is_found_out() -> None:
    assert why(sealed(key=OTHER)) == "other_key"
    said = json.loads(sealed(key=OTHER))
    assert why(canonical({**said, "seal": {**said["seal"], "key": public_hex(PUBLIC)}})) == "changed"


@pytest.mark.parametrize(
    "duties", [[], ["minute_taker"], ["chair", "minute_taker"], ["minute_taker", "chair", "chair"], ["chair"]]
)
def test_nothing_counts_as_signed_that_two_have_not_signed_in_order(duties: list[str]) -> None:
    made = document()
    signed = [signature(duty, "Siapa", "", 1, sha256(made)) for duty in duties]
    assert why(seal(made, signed, KEY)) == "not_signed"


def test_a_signature_under_another_text_is_none() -> None:
    made = document()
    signed = [signature(duty, "Siapa", "", 1, "0" * 64) for duty in ("minute_taker", "chair")]
    assert why(seal(made, signed, KEY)) == "not_signed"


@pytest.mark.parametrize("data", [b"{}", b"[]", b"1", b'{"format":"rakor-sealed-1"}', b"{" * 100_000, b"\x00"])
def test_what_is_no_sealed_notula_is_not_taken_for_one(data: bytes) -> None:
    assert why(data) == "not_sealed"


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":[' + b"[]," * 250_000 + b'[]],"format":"rakor-sealed-1"}',
        b'{"a":[' + b"0.5," * 1_000_001 + b'0],"format":"rakor-sealed-1"}',
        b'{"a":[' + b"[]," * 100_000 + b"[]]}",
        b'{"a":"' + b"a" * MOST_BYTES + b'","format":"rakor-sealed-1"}',
    ],
)
def test_what_would_fill_the_memory_is_not_read(data: bytes) -> None:
    tracemalloc.start()
    try:
        assert why(data) == "not_sealed"
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_pdf_unpacks_no_more_than_a_sealed_json_may_be_long() -> None:
    def pdf(length: int) -> bytes:
        packed = zlib.compress(b" " * length)
        seal = b"/PieceInfo << /Rakor << /LastModified (x) /Private <%s> >> >>" % (b"0" * 128)
        stream = b"/Type /EmbeddedFile /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
        return b"%PDF-1.7\n" + seal + stream + packed

    assert len(read_pdf(pdf(MOST_BYTES)).sealed_json) == MOST_BYTES
    with pytest.raises(NotSealed):
        read_pdf(pdf(MOST_BYTES + 1))


def test_versions_are_a_chain() -> None:
    first = opened(sealed(), PUBLIC)
    second = opened(sealed(2, first.sha256, "B" * 4), PUBLIC)
    third = opened(sealed(3, second.sha256, "C" * 4), PUBLIC)
    assert chained([third, first, second]) is None
    assert chained([first, third]) == "broken"
    assert chained([first, opened(sealed(2, second.sha256, "D" * 4), PUBLIC)]) == "broken"
    assert chained([first, opened(sealed(2, first.sha256, "E" * 4, meeting_id="lain"), PUBLIC)]) == "other_meeting"


def test_what_the_machine_heard_stands_beside_what_was_approved() -> None:
    lines: dict[str, Any] = document()["evidence"]["lines"]
    assert list(lines) == ["l1"]
    (found,) = differences(lines)
    assert (found.heard, found.text) == (LINES[0].heard, LINES[0].text)


def test_codes_are_four_groups_of_base32() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(each) == 19 and set(each) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567-") for each in codes)


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    made = private_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "seal.key").stat().st_mode) == 0o600
    assert private_key(tmp_path).private_bytes_raw() == made.private_bytes_raw()
    assert fingerprint(public_key(tmp_path / "seal.pub")) == fingerprint(made.public_key())
    (tmp_path / "seal.key").write_bytes(b"")
    with pytest.raises(BadKey, match=r"seal\.key"):
        private_key(tmp_path)
    with pytest.raises(BadKey):
        public_key(tmp_path / "seal.key")


def test_openssl_verifies_it_too(tmp_path: Path) -> None:
    """With nothing of ours: the key as it is published, the digest, the signature."""
    key = private_key(tmp_path)
    said = json.loads(sealed(key=key))
    (tmp_path / "digest").write_bytes(bytes.fromhex(opened(sealed(key=key), key.public_key()).sha256))
    (tmp_path / "signature").write_bytes(bytes.fromhex(said["seal"]["signature"]))
    keys = ["-pubin", "-inkey", "seal.pub", "-rawin"]
    asked = ["openssl", "pkeyutl", "-verify", *keys, "-in", "digest", "-sigfile", "signature"]
    told = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
