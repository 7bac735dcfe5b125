"""A recording with damaged chunks is caught up with: every second that can be decoded is heard, and none twice."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import numpy as np

from minutes.speech.audio import OpusDecoder, RecordedTrack
from minutes.speech.ports import SAMPLE_RATE_HZ, CatchUp, Failed, Heard, Recognition, Samples, Utterance, Word
from minutes.speech.transcriber import Transcriber, TranscriberOptions
from tests.minutes.speech.fakes import LoudnessVad
from tests.minutes.speech.sounds import TimedPacket, opus, record, tone

LONG, CHUNK_S = 40.0, 5.0
FRAME = SAMPLE_RATE_HZ // 100


class Ears:
    """An `Engine` that counts the loud hundredths of a second it is given."""

    recognition = Recognition("ears 1", "none", "", "{}")

    def __init__(self) -> None:
        self.seconds = 0.0

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        self.seconds += loud(samples)
        end = len(samples) / SAMPLE_RATE_HZ
        return (Utterance(0.0, end, "tone", (Word("tone", 0.0, end, 0.9),)),)


def loud(samples: Samples) -> float:
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    return float(np.count_nonzero(np.abs(frames).max(axis=1) > 0.05)) / 100


def damage(directory: Path) -> None:
    """The second chunk has other bytes, the fourth is cut, the sixth is empty, the seventh has a wrong time in it."""
    chunks, chance = [chunk.path for chunk in RecordedTrack(directory).chunks()], random.Random(4)
    content = bytearray(chunks[1].read_bytes())
    for _ in range(30):
        content[chance.randrange(len(content))] ^= 0xFF
    chunks[1].write_bytes(content)
    chunks[3].write_bytes(chunks[3].read_bytes()[: chunks[3].stat().st_size // 2])
    chunks[5].write_bytes(b"")
    content = bytearray(chunks[6].read_bytes())
    at = content.index((1_000).to_bytes(2, "big") + b"\x80")
    content[at : at + 2] = (30_000).to_bytes(2, "big")
    chunks[6].write_bytes(content)


def decodable(packets: list[TimedPacket]) -> float:
    """Seconds, by a decoder that knows nothing of listeners."""
    decoder = OpusDecoder()
    return sum(loud(sound.samples) for at, payload in packets if (sound := decoder.decode(at, payload)) is not None)


def catch_up(directory: Path, start: float, ears: Ears, stop_at: float) -> tuple[float, list[Utterance]]:
    """How far it was heard, and what was said; a worker that dies at `stop_at` has said no more."""
    work, until = Transcriber(ears, LoudnessVad, TranscriberOptions(slice=3.0)), start
    said: list[Utterance] = []
    work.take(CatchUp("a", 1, start, str(directory)), 0.0)
    while work.busy(0.0) and until < stop_at:
        for reply in work.step(0.0):
            assert not isinstance(reply, Failed)
            if isinstance(reply, Heard):
                until = reply.until
                said += list(reply.utterances)
    return until, said


def test_every_second_that_can_be_decoded_is_heard_once(tmp_path: Path) -> None:
    # Bursts of a second: the listener closes an utterance in each pause, so it can be left and taken up again.
    packets = [packet for packet in opus(tone(LONG)) if packet[0] % 3.0 < 1.5]
    record(tmp_path, packets, longest=CHUNK_S)
    damage(tmp_path)
    readable = decodable(list(RecordedTrack(tmp_path).packets()))
    assert 0.6 * decodable(packets) < readable < 0.9 * decodable(packets)
    ears = Ears()
    until, said = catch_up(tmp_path, 0.0, ears, LONG / 2)
    assert LONG / 2 <= until < LONG
    rest = catch_up(tmp_path, until, ears, float("inf"))[1]
    spans = [(each.start, each.end) for each in said + rest]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert abs(ears.seconds - readable) < 0.03 * readable
