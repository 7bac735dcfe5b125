"""Cut a few seconds out of a recorded track, to be played next to a line."""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction

import av

from minutes.speech.audio import RecordedTrack

Span = tuple[float, float]
"""Start and end in meeting seconds."""
OPUS_RATE_HZ = 48_000
PACKET_S = 0.06  # none of a browser's lasts longer
SILENCE = bytes([0xF8, 0xFF, 0xFE])  # 20 ms of nothing, as encoders say it (RFC 6716, 3.1: CELT, full band, one frame)
_MILLISECOND = Fraction(1, 1000)


class NothingRecorded(LookupError):
    """The recording holds no sound in the asked range."""


def cut(track: RecordedTrack, start: float, end: float, silent: Sequence[Span] = ()) -> bytes:
    """[start, end) of meeting time as one WebM/Opus file, not re-encoded. Raises NothingRecorded.

    Of `silent` stretches no packet is in it: nothing of what was said there can be got out of the file again.

    The clip's own time 0 is `start`, or the beginning of the packet that is sounding at `start`; pauses keep
    their length.
    """
    packets = list(track.packets(start, end))
    if not packets:
        raise NothingRecorded(f"no sound between {start:.3f} and {end:.3f}")
    origin = min(start, packets[0][0])
    heard = [packet for packet in packets if not _sounds_in(packet[0], silent)]
    return _muxed([(round((at - origin) * 1000), payload) for at, payload in _from(origin, heard)])


def _sounds_in(at: float, silent: Sequence[Span]) -> bool:
    return any(since - PACKET_S < at < until for since, until in silent)


def _from(origin: float, packets: list[tuple[float, bytes]]) -> list[tuple[float, bytes]]:
    """A file begins with its first packet: where that is left out, one of silence stands in, and times stay true."""
    return packets if packets and packets[0][0] - origin < PACKET_S else [(origin, SILENCE), *packets]


def _muxed(packets: list[tuple[int, bytes]]) -> bytes:
    """`packets`: (milliseconds, Opus payload), in order."""
    target = io.BytesIO()
    # The same sound is the same bytes, without a number drawn by lot: parts sent at different times belong together.
    with av.open(target, "w", format="webm", options={"fflags": "bitexact"}) as container:
        # Only the stream's header comes from this encoder (mono, 48 kHz, pre-skip); it is never given a sample.
        stream = container.add_stream("libopus", rate=OPUS_RATE_HZ, layout="mono")
        for at_ms, payload in packets:
            packet = av.Packet(payload)
            packet.stream = stream
            packet.pts = packet.dts = at_ms
            packet.time_base = _MILLISECOND
            container.mux(packet)
    return target.getvalue()
