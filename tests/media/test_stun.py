"""Checks as an independent implementation writes them, and our answers as it reads them."""

from __future__ import annotations

import pytest
from aioice import stun as reference

from media import stun

PASSWORD = "p" * 32
KEY = stun.Key(PASSWORD)
SOURCES = [("198.51.100.7", 40_000), ("2001:db8::7", 40_001), ("fe80::7%eth0", 9)]


def check(signed: bool = True, username: str = "ours:theirs", nominates: bool = True) -> bytes:
    message = reference.Message(message_method=reference.Method.BINDING, message_class=reference.Class.REQUEST)
    message.attributes["USERNAME"] = username
    message.attributes["PRIORITY"] = 1
    message.attributes["ICE-CONTROLLING"] = 7
    if nominates:
        message.attributes["USE-CANDIDATE"] = None
    if signed:
        message.add_message_integrity(PASSWORD.encode())
    message.add_fingerprint()
    return bytes(message)


def read(data: bytes) -> stun.Check:
    found = stun.parse_check(data)
    assert found is not None
    return found


@pytest.mark.parametrize("nominates", [True, False])
def test_a_check_is_read(nominates: bool) -> None:
    found = read(check(nominates=nominates))
    assert (found.ufrag, found.nominates, found.authentic(KEY)) == ("ours", nominates, True)
    assert not found.authentic(stun.Key("q" * 32))


@pytest.mark.parametrize("source", SOURCES)
def test_the_answer_is_what_others_understand(source: tuple[str, int]) -> None:
    request = check()
    answer = reference.parse_message(stun.response(read(request), source, KEY))
    assert answer.check_message_integrity(PASSWORD.encode())
    assert answer.message_class is reference.Class.RESPONSE
    assert answer.transaction_id == request[8:20]
    assert answer.attributes["XOR-MAPPED-ADDRESS"] == (source[0].partition("%")[0], source[1])
    assert list(answer.attributes)[-2:] == ["MESSAGE-INTEGRITY", "FINGERPRINT"]


def test_a_check_without_integrity_is_none() -> None:
    assert stun.parse_check(check(signed=False)) is None


def test_every_changed_bit_is_noticed() -> None:
    """By the form, by the fingerprint or by the integrity; only what stands in the fingerprint itself may differ."""
    data = check()
    for at in range(len(data) - 8):
        found = stun.parse_check(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert found is None or not found.authentic(KEY)


def test_whatever_is_cut_off_is_none() -> None:
    data = check()
    assert [at for at in range(len(data)) if stun.parse_check(data[:at]) is not None] == []


def test_what_follows_the_integrity_counts_for_nothing() -> None:
    plain = check(nominates=False)[:-8]
    more = plain + stun.ATTRIBUTE.pack(stun.USE_CANDIDATE, 0)
    longer = more[:2] + (len(more) - 20).to_bytes(2, "big") + more[4:]
    assert not read(longer).nominates
    assert read(longer).authentic(KEY)
