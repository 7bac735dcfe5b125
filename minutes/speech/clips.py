"""Cut a few seconds out of a recorded track, to be played next to a line."""

from __future__ import annotations

import io
from fractions import Fraction

import av

from minutes.speech.audio import RecordedTrack

OPUS_RATE_HZ = 48_000
_MILLISECOND = Fraction(1, 1000)


class NothingRecorded(LookupError):
    """The recording holds no sound in the asked range."""


def cut(track: RecordedTrack, start: float, end: float) -> bytes:
    """[start, end) of meeting time as one WebM/Opus file, not re-encoded. Raises NothingRecorded.

    The clip's own time 0 is `start`, or the beginning of the packet that is sounding at `start`; pauses keep
    their length.
    """
    packets = list(track.packets(start, end))
    if not packets:
        raise NothingRecorded(f"no sound between {start:.3f} and {end:.3f}")
    origin = min(start, packets[0][0])
    return _muxed([(round((at - origin) * 1000), payload) for at, payload in packets])


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
