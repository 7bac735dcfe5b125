"""How long an Opus packet sounds, without decoding it (RFC 6716 section 3.1). Pure."""

from __future__ import annotations

RATE_HZ = 48_000
LONGEST = 5_760  # 120 ms
_SILK_MS = (10, 20, 40, 60)
_CELT_MS = (2.5, 5, 10, 20)


def duration(payload: bytes) -> int:
    """Samples at 48 kHz; 0 for an empty or impossible packet."""
    if not payload:
        return 0
    frame: float
    config, code = payload[0] >> 3, payload[0] & 0x03
    if config < 12:
        frame = _SILK_MS[config & 3]
    elif config < 16:
        frame = (10, 20)[config & 1]
    else:
        frame = _CELT_MS[config & 3]
    if code == 3 and len(payload) < 2:
        return 0
    frames = (1, 2, 2, payload[1] & 0x3F if code == 3 else 0)[code]
    samples = round(frame * frames * RATE_HZ / 1000)
    return samples if samples <= LONGEST else 0
