"""What becomes of a line: each edit as a function of lines. PURE.

No word vanishes but by an edit, times of words stay in order and inside their line, and whoever touches a line leaves
it one version further on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from minutes.record.crosstalk import LONGEST_S
from minutes.record.editing.aligning import realigned
from minutes.record.editing.edits import Check, Inaudible, Merge, Name, OfOneLine, Redact, Retext, Split
from minutes.record.editing.states import State, spelled, worded
from minutes.record.editing.words import INAUDIBLE, Words, blackened, confirmed, is_redacted, typed
from minutes.record.errors import (
    CannotSplit,
    EmptyText,
    NothingThere,
    NotNext,
    OtherRecording,
    OtherSpeaker,
    RedactionStays,
    TooLong,
)
from minutes.record.flags import located

BY_HAND = "named_by_hand"
MOST_CHARACTERS = 4000  # of a line: a minute of the fastest talk is not half of it
Changed = dict[str, State | None]
"""Lines by id as they are now; None: gone."""


def applied(edit: OfOneLine, state: State, fresh: str) -> Changed:
    """What an edit makes of its line; nothing, where it says the same. `fresh`: id of a line that comes of it.

    Raises `Unfit`.
    """
    match edit:
        case Retext(text=text):
            now = retexted(state, text)
        case Name(name=name, position=position):
            now = named(state, name, position)
        case Inaudible(start=start, end=end):
            now = inaudible(state, start, end)
        case Redact(start=start, end=end):
            now = redacted(state, start, end)
        case Check(start=start, end=end):
            now = checked(state, start, end)
        case Split(at=at):
            first, second = split(state, at)
            return {edit.line: _next(state, first), fresh: replace(second, version=1)}
    return {edit.line: _next(state, now)} if now != state else {}


def joined(edit: Merge, first: State, second: State) -> Changed:
    """Raises `OtherSpeaker`, `OtherRecording`, `NotNext`, `TooLong`."""
    return {edit.line: _next(first, merged(first, second)), edit.next: None}


def undone(before: Mapping[str, State | None], now: Mapping[str, State | None]) -> Changed:
    """Lines as they were `before` an edit, one version further on. `now`: as the edit left them."""
    return {
        id: replace(was, version=max(was.version, there.version if there is not None else 0) + 1) if was else None
        for id, was in before.items()
        for there in [now[id]]
    }


def retexted(state: State, text: str) -> State:
    tokens = text.split()
    if not tokens:
        raise EmptyText
    if tokens == state.text.split():
        return state
    state = spelled(state)
    return _bounded(worded(state, realigned(state.words, tokens, state.start, state.end)))


def split(state: State, at: int) -> tuple[State, State]:
    state = spelled(state)
    places = located(state.text, state.words)
    cut = sum((start + end) / 2 < at for start, end in places)
    if not 0 < cut < len(places):
        raise CannotSplit
    first, second = worded(state, state.words[:cut]), worded(state, state.words[cut:])
    return replace(first, end=_until(first)), replace(second, start=min(word["start"] for word in second.words))


def merged(first: State, second: State) -> State:
    if (first.person_name, first.position) != (second.person_name, second.position):
        raise OtherSpeaker
    if first.track_id != second.track_id:
        raise OtherRecording
    first, second = spelled(first), spelled(second)
    if second.words[0]["start"] < first.words[-1]["start"]:
        raise NotNext
    end = max(first.end, second.end)
    if end - first.start > LONGEST_S:
        raise TooLong
    return _bounded(replace(worded(first, (*first.words, *second.words)), end=end))


def named(state: State, name: str, position: str) -> State:
    """An account is meant by its own seat only: whoever is named by hand has none."""
    if (state.person_name, state.position, state.known_by) == (name, position, BY_HAND):
        return state
    return replace(state, person_id=None, person_name=name, position=position, known_by=BY_HAND)


def inaudible(state: State, start: int, end: int) -> State:
    state, first, last = _ranged(state, start, end)
    if any(map(is_redacted, state.words[first:last])):
        raise RedactionStays
    span = _span(state.words[first:last])
    return worded(state, (*state.words[:first], typed(INAUDIBLE, *span), *state.words[last:]))


def redacted(state: State, start: int, end: int) -> State:
    state, first, last = _ranged(state, start, end)
    span = _span(state.words[first:last])
    return worded(state, (*state.words[:first], blackened(*span), *state.words[last:]))


def checked(state: State, start: int, end: int) -> State:
    state, first, last = _ranged(state, start, end)
    heard = (confirmed(word) for word in state.words[first:last])
    return worded(state, (*state.words[:first], *heard, *state.words[last:]))


def _ranged(state: State, start: int, end: int) -> tuple[State, int, int]:
    """The line with its words, and those that the characters from `start` to `end` touch: from first to before last."""
    state = spelled(state)
    places = located(state.text, state.words)
    inside = [at for at, (since, until) in enumerate(places) if start < end and since < end and until > start]
    if not inside:
        raise NothingThere
    return state, inside[0], inside[-1] + 1


def _span(words: Words) -> tuple[float, float]:
    return words[0]["start"], max(word["end"] for word in words)


def _until(state: State) -> float:
    return float(max(word["end"] for word in state.words))


def _next(was: State, now: State) -> State:
    return replace(now, version=was.version + 1)


def _bounded(state: State) -> State:
    if len(state.text) > MOST_CHARACTERS:
        raise TooLong
    return state
