"""Retransmission as a stream of its own (RFC 4588). Pure.

A repair packet has the header of its own stream; its payload is the original sequence number (OSN) and then the
original payload.
"""

from __future__ import annotations

import struct

from media.rtp.header import Header

OSN = struct.Struct("!H")  # RFC 4588 section 4


def restore(header: Header, data: bytes, payload_type: int, ssrc: int) -> Header | None:
    """The header of the packet that a repair packet repeats, its bounds within the same `data`: nothing is copied.

    `payload_type`, `ssrc`: of the original stream. None: too short to hold a number, as browsers send to probe.
    """
    start = header.start + OSN.size
    if start > header.end:
        return None
    (sequence,) = OSN.unpack_from(data, header.start)
    return Header(payload_type, header.marker, sequence, header.timestamp, ssrc, start, header.end, header.extensions)
