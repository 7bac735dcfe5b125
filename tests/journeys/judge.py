"""Hold what the archive has, and what people heard, against what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.journeys.script import Script, SpokenWord, Turn

Sound = npt.NDArray[np.float64]
FRAME_S = 0.02
EAR_RATE_HZ = 16_000
EARLIEST_S = 0.1
LATEST_S = 0.2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the archive, its times moved to script time."""

    speaker: str | None
    start: float
    end: float
    text: str


def lines_of(transcript: Iterable[dict[str, Any]], script_began_at: float) -> list[Line]:
    """API lines in script time; `script_began_at` is the meeting time of the script's first second."""
    return [
        Line(row["speaker"], row["start"] - script_began_at, row["end"] - script_began_at, row["text"])
        for row in transcript
    ]


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def strangers(lines: Sequence[Line], script: Script, names: dict[str, str], slack: float = 1.0) -> list[Line]:
    """Lines that stand under somebody who was silent at the time."""
    by_name = {name: speaker for speaker, name in names.items()}

    def spoken(line: Line) -> float:
        turns = [turn for turn in script.turns if turn.speaker == by_name.get(line.speaker or "")]
        return sum(max(0.0, min(line.end, t.end + slack) - max(line.start, t.start - slack)) for t in turns)

    return [line for line in lines if spoken(line) < 0.8 * (line.end - line.start)]


def unheard_turns(lines: Sequence[Line], script: Script, names: dict[str, str]) -> list[Turn]:
    """Turns that cannot be recognised under the right speaker at the right time."""
    return [turn for turn in script.turns if not stands(lines, turn, names[turn.speaker])]


def stands(lines: Sequence[Line], turn: Turn, name: str, slack: float = 1.5) -> bool:
    """Whether a turn can be recognised in its speaker's lines of that time: most of its letters stand there in runs.

    Letters, because this asks where words stand; how well they were understood is the word error rate's question.
    """
    found = [line.text for line in lines if line.speaker == name and overlaps(line, turn, slack)]
    wanted, heard = ("".join(tokens(text)) for text in (turn.text, " ".join(found)))
    blocks = SequenceMatcher(None, wanted, heard, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= 3) >= 0.6 * len(wanted)


def overlaps(line: Line, turn: Turn, slack: float) -> bool:
    return line.start < turn.end + slack and line.end > turn.start - slack


def repeats(lines: Sequence[Line], length: int = 6) -> list[str]:
    """Runs of `length` words that stand more than once in the archive, and must not."""
    seen: set[tuple[str, ...]] = set()
    twice: list[str] = []
    for name in {line.speaker for line in lines}:
        words = [word for line in lines if line.speaker == name for word in tokens(line.text)]
        for at in range(len(words) - length + 1):
            run = tuple(words[at : at + length])
            twice += [" ".join(run)] if run in seen else []
            seen.add(run)
    return twice


# --- ears ---


def envelope(sound: Sound, rate_hz: int) -> Sound:
    """Loudness (root mean square) of consecutive frames of `FRAME_S`."""
    size = int(FRAME_S * rate_hz)
    frames = sound[: sound.size // size * size].reshape(-1, size)
    return np.asarray(np.sqrt(np.mean(frames**2, axis=1)))


def delay_of(heard: Sound, said: Sound, longest_s: float = 2.0) -> float:
    """Seconds by which `heard` lags `said` (both envelopes, same beginning), by their best correlation."""
    steps = range(int(longest_s / FRAME_S))
    size = min(said.size, heard.size - len(steps))
    scores = [float(np.dot(heard[k : k + size], said[:size])) for k in steps]
    return int(np.argmax(scores)) * FRAME_S


def first_word_heard(heard: Sound, said: Sound, turn: Turn, words: Sequence[SpokenWord], delay: float) -> float:
    """How much of a first word arrived: the share of its loud frames that are loud in `heard` as well.

    What was said before a voice got its slot is sent behind it, and a jitter buffer catches up: a first word may come
    up to `LATEST_S` later than the rest of its turn. Or up to `EARLIEST_S` before it: a voice is played as soon as it
    comes, and then slower until the browser holds as much as it is told to.
    """
    first = next(w for w in words if w.speaker == turn.speaker and turn.start < w.end)
    begin, end = int(turn.start / FRAME_S), int(first.end / FRAME_S)
    loud = said[begin:end] > 0.1 * said[begin : int(turn.end / FRAME_S)].max()
    at = max(0, begin + int((delay - EARLIEST_S) / FRAME_S))
    there = heard[at : int(turn.end / FRAME_S) + int((delay + LATEST_S) / FRAME_S)]
    arrived = spread(there > 0.05 * there.max())
    shifts = range(int((EARLIEST_S + LATEST_S) / FRAME_S) + 1)
    return max(float(np.mean(arrived[shift : shift + loud.size][loud])) for shift in shifts)


def spread(frames: npt.NDArray[np.bool_], by: int = 3) -> npt.NDArray[np.bool_]:
    """A frame counts as loud when one within `by` frames is: jitter buffers stretch and squeeze."""
    return np.asarray(np.convolve(frames, np.ones(2 * by + 1), mode="same") > 0)
