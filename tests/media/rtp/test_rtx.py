"""Repair packets (RFC 4588) read back into what they repeat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.rtp import header, rtx
from tests.media.packets import OPUS, VP8, rtp

ORIGINAL, REPAIR = 8, 9
REPAIR_TYPE = 97


def repair(sequence: int, payload: bytes, padding: int = 0, mid: str | None = None) -> bytes:
    """A repair packet, number 500 of its own stream, for number `sequence` of the original."""
    body = rtx.OSN.pack(sequence) + payload
    return rtp(500, 90_000, body, ssrc=REPAIR, payload_type=REPAIR_TYPE, marker=True, mid=mid, padding=padding)


@given(st.integers(0, 65535), st.binary(max_size=40), st.integers(0, 9), st.none() | st.sampled_from(["1", "24"]))
def test_the_original_is_restored(sequence: int, payload: bytes, padding: int, mid: str | None) -> None:
    data = repair(sequence, payload, padding, mid)
    found = rtx.restore(header.parse(data), data, VP8, ORIGINAL)
    plain = rtp(sequence, 90_000, payload, ssrc=ORIGINAL, payload_type=VP8, marker=True, mid=mid)
    wanted = header.parse(plain)
    assert found is not None
    assert data[found.start : found.end] == payload
    assert (found.payload_type, found.marker, found.sequence) == (VP8, True, sequence)
    assert (found.timestamp, found.ssrc, found.extensions) == (wanted.timestamp, ORIGINAL, wanted.extensions)


@pytest.mark.parametrize("payload", [b"", b"\x01"])
def test_a_probe_repeats_nothing(payload: bytes) -> None:
    data = rtp(500, 90_000, payload, ssrc=REPAIR, payload_type=REPAIR_TYPE, padding=200)
    assert rtx.restore(header.parse(data), data, VP8, ORIGINAL) is None


def test_an_empty_original_is_still_one() -> None:
    """Browsers pad with empty packets of the stream itself too; left out, one would be a hole."""
    data = repair(7, b"", padding=10)
    found = rtx.restore(header.parse(data), data, OPUS, ORIGINAL)
    assert found is not None
    assert (found.sequence, found.start) == (7, found.end)
