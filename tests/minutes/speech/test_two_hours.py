"""Hours of one microphone on a sound card that runs fast, heard from the recording and resumed near its end.

Real: the way from packet to disk, the recording, decoding, Silero and the segmenter over all of it, and Whisper over
the last minutes, in a process of its own. `make soak-speech` lets Whisper hear all of it and kills it in the middle.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import pytest

from minutes.speech.ports import CatchUp, Heard, Samples, Utterance
from minutes.speech.silero import SileroVad
from minutes.speech.transcriber import Transcriber
from tests.bench.soak_speech import hear, lost, offset, shifts
from tests.media.recorded import Turn, record
from tests.minutes.speech.fakes import CountingEngine

DRIFT = 100e-6
HOLDS_S, SAME_S, STEADY = 0.15, 0.02, 0.95
MOST_GROWTH_BYTES = 12_000_000
RESUMED_S = 220.0  # before the end
PAGE = os.sysconf("SC_PAGE_SIZE")


class LoudEngine(CountingEngine):
    """Says where the sound is loud, and keeps none of it."""

    def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
        said = super().transcribe(samples, prompt)
        self.heard.clear()
        return said


@dataclass(frozen=True, slots=True)
class Recording:
    directory: Path
    turns: list[Turn]

    @property
    def length(self) -> float:
        return self.turns[-1].end


@pytest.fixture(
    scope="module",
    params=[pytest.param(0.25, id="a quarter of an hour"), pytest.param(2.0, id="two hours", marks=pytest.mark.full)],
)
def recording(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    directory = tmp_path_factory.mktemp("long") / "recording"
    return Recording(directory, record(directory, request.param, DRIFT))


def catch_up(directory: Path) -> Iterator[Heard]:
    work = Transcriber(LoudEngine(), SileroVad)
    work.take(CatchUp("long", 1, 0.0, str(directory)), 0.0)
    while work.busy(0.0):
        yield from (reply for reply in work.step(0.0) if isinstance(reply, Heard))


@pytest.mark.full
@pytest.mark.timeout(600)
def test_times_hold_and_memory_stays_flat(recording: Recording) -> None:
    said: list[Utterance] = []
    memory: list[tuple[float, int]] = []
    for reply in catch_up(recording.directory):
        said += reply.utterances
        memory.append((reply.until / recording.length, resident()))
    early = max(size for part, size in memory if 0.15 <= part < 0.3)
    late = max(size for part, size in memory if part >= 0.85)
    turns, moved = recording.turns, shifts(recording.turns, said)
    off = median(found for turn in turns if (found := offset(turn, said)) is not None)
    print(
        f"{recording.length / 3600:.1f} h, {len(said)} utterances, {(late - early) / 1e6:+.1f} MB, "
        f"moved by {min(moved):+.3f} to {max(moved):+.3f} s, {off:+.3f} s from where they were said"
    )
    assert late - early < MOST_GROWTH_BYTES
    assert lost(turns, said) == 0
    assert len(moved) > 0.3 * len(turns)
    assert mean(abs(each) < HOLDS_S for each in moved) >= STEADY  # a cut may fall elsewhere
    assert abs(median(moved[-10:])) < SAME_S
    assert abs(off) < HOLDS_S


@pytest.mark.timeout(300)
async def test_who_resumes_hears_the_rest_only(recording: Recording, data: Path) -> None:
    start = recording.length - RESUMED_S
    life = await hear(recording.directory, data, start)
    assert life.first is not None
    assert life.first >= start
    assert all(each.end > start for each in life.said)
    rest = [turn for turn in recording.turns if turn.start > start + 1.0]
    assert rest
    assert lost(rest, life.said) == 0


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
