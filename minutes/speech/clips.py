"""Cut a few seconds out of a recorded track, to be played next to a line."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction

import av

from minutes.speech.audio import RecordedTrack

Span = tuple[float, float]
"""Start and end in meeting seconds."""
OPUS_RATE_HZ = 48_000
PACKET_S = 0.12  # none lasts longer (RFC 6716, 3.2.5)
SILENCE = bytes([0xF8, 0xFF, 0xFE])  # 20 ms of nothing, as encoders say it (RFC 6716, 3.1: CELT, full band, one frame)
SILENCE_S = 0.02
_MILLISECOND = Fraction(1, 1000)


class NothingRecorded(LookupError):
    """The recording holds no sound in the asked range."""


def cut(track: RecordedTrack, start: float, end: float, silent: Sequence[Span] = ()) -> bytes:
    """[start, end) of meeting time as one WebM/Opus file, not re-encoded. Raises NothingRecorded.

    Of `silent` stretches no packet is in it: nothing of what was said there can be got out of the file again. Packets
    of silence stand in: players that count samples would step over a hole, and mark the wrong words from there on.

    The clip's own time 0 is `start`, or the beginning of the packet that is sounding at `start`; pauses keep
    their length.
    """
    packets = list(track.packets(start, end))
    if not packets:
        raise NothingRecorded(f"no sound between {start:.3f} and {end:.3f}")
    origin = min(start, packets[0][0])
    return _muxed([(round((at - origin) * 1000), payload) for at, payload in _silenced(packets, silent, end)])


def _silenced(packets: list[tuple[float, bytes]], silent: Sequence[Span], end: float) -> Iterator[tuple[float, bytes]]:
    following = [at for at, _ in packets[1:]] + [end]
    for (at, payload), then in zip(packets, following, strict=True):
        until = max(at + SILENCE_S, min(then, at + PACKET_S))  # it sounds no longer than until the next one
        if any(since < until and at < last for since, last in silent):
            count = round((until - at) / SILENCE_S)
            yield from ((at + number * SILENCE_S, SILENCE) for number in range(count))
        else:
            yield at, payload


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
