"""A line as far as edits reach: what the history keeps of it, whole. PURE.

Who sat there and in which meeting does not change with words; all else does, and comes back when an edit is undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from minutes.record.editing.words import Word, Words, spread, untold
from minutes.record.models import Line


@dataclass(frozen=True, slots=True)
class State:
    """`words`: as in `Line.words`; joined with spaces they are `text`, or there are none. Times are meeting seconds."""

    track_id: str
    start: float
    end: float
    text: str
    words: Words
    person_id: str | None
    person_name: str | None
    position: str | None
    known_by: str
    heard_by: str | None
    edited: bool
    version: int


def of(line: Line) -> State:
    return State(
        track_id=line.track_id,
        start=line.start,
        end=line.end,
        text=line.text,
        words=tuple(line.words),
        person_id=line.person_id,
        person_name=line.person_name,
        position=line.position,
        known_by=line.known_by,
        heard_by=line.heard_by,
        edited=line.edited,
        version=line.version,
    )


def kept(state: State) -> dict[str, Any]:
    """As data for the history."""
    return {**asdict(state), "words": list(state.words)}


def read(kept: dict[str, Any]) -> State:
    return State(**{**kept, "words": tuple(kept["words"])})


def same(one: State | None, other: State | None) -> bool:
    """Whether a line says the same, whatever happened to it in between."""
    if one is None or other is None:
        return one is other
    return replace(one, version=other.version) == other


def spelled(state: State) -> State:
    """With words where there are none, or others than the text says: spread over the line, and nobody is sure."""
    tokens = state.text.split()
    if [token for word in state.words for token in word["text"].split()] == tokens:
        return state
    return replace(state, words=tuple(untold(*each) for each in spread(tokens, state.start, state.end)))


def worded(state: State, words: Sequence[Word]) -> State:
    """In other words, by hand."""
    return replace(state, words=tuple(words), text=" ".join(word["text"].strip() for word in words), edited=True)
