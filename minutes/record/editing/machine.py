"""What the machine heard where a line stands now, whoever rewrote, split or merged it since. PURE but for one read.

For whoever holds what was approved against what was heard. What is blackened in the line is blackened here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record.editing import history, states
from minutes.record.editing.history import Entry, Link
from minutes.record.editing.states import State, spelled
from minutes.record.editing.words import REDACTED, Word, is_redacted
from minutes.record.models import Line

Span = tuple[float, float]


async def heard(session: AsyncSession, meeting_id: str, lines: Sequence[Line]) -> dict[str, str]:
    """By id of lines of one meeting, the machine's words before anybody touched them. Untouched ones say it."""
    links = await history.links(session, meeting_id)
    touched = {line for _, line, _ in links}
    entries = await history.of_meeting(session, meeting_id) if any(line.id in touched for line in lines) else []
    first = firsts(entries)
    return {
        line.id: told(states.of(line), _own(links, line.id, first)) if line.id in touched else line.text
        for line in lines
    }


def firsts(entries: Iterable[Entry]) -> dict[str, State]:
    """The machine's lines as they were before their first edit. PURE."""
    found: dict[str, State | None] = {}
    for entry in entries:
        found.setdefault(entry.line, entry.before)
    return {id: state for id, state in found.items() if state is not None}


def told(line: State, machine: Iterable[State]) -> str:
    """Of a machine's lines the words that were spoken during this one. PURE."""
    black = [(word["start"], word["end"]) for word in line.words if is_redacted(word)]
    words = sorted((word for state in machine for word in spelled(state).words), key=lambda word: word["start"])
    said: list[str] = []
    for word in words:
        if line.start <= _middle(word) <= line.end:
            text = REDACTED if any(_touch(word, span) for span in black) else word["text"]
            if text != REDACTED or said[-1:] != [REDACTED]:
                said.append(text)
    return " ".join(said)


def _own(links: Iterable[Link], line: str, first: dict[str, State]) -> list[State]:
    return [first[id] for id in sorted({id for _, id in history.lineage(links, line)}) if id in first]


def _middle(word: Word) -> float:
    return float(word["start"] + word["end"]) / 2


def _touch(word: Word, span: Span) -> bool:
    """Of what is blackened not even the edge of a word is told."""
    return bool(word["start"] < span[1] and word["end"] > span[0]) or span[0] <= _middle(word) <= span[1]
