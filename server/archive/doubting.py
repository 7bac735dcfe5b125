"""Lines as they are read, with the doubts about them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json
from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record import crosstalk, tracks
from minutes.record.flags import Span, doubts
from minutes.record.models import Line
from minutes.search.vocabulary import known
from server.archive.schemas import LineOut, data

MOST_BYTES = 48 << 20  # of lines that are kept: three meetings of two hours
Key = tuple[str, int, tuple[Span, ...], frozenset[str]]
"""A line's id and version, when others speak during it, and who takes part: nothing else is told of it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A `LineOut` as JSON, and the kinds of its flags."""

    json: bytes
    kinds: frozenset[str]


class Shelf:
    """Lines that have been described, kept as they were told until they are others. Belongs to the event loop.

    Who opens a transcript that somebody has read before waits for the database and the line, not for doubts.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._held = most_bytes, 0
        self._written: OrderedDict[Key, Written] = OrderedDict()

    async def written(self, session: AsyncSession, found: Sequence[Line]) -> list[Written]:
        """Of lines of one meeting, in the order spoken."""
        if not found:
            return []
        people = await tracks.people(session, found[0].meeting_id)
        others = await crosstalk.beside(session, found)
        keys = [(line.id, line.version, tuple(spans), people) for line, spans in zip(found, others, strict=True)]
        missing = [(key, line) for key, line in zip(keys, found, strict=True) if key not in self._written]
        told = {key: self._written[key] for key in keys if key in self._written}
        if missing:  # in a thread: a thousand lines take a third of a second
            told |= await asyncio.to_thread(_all_written, missing)
        for key in keys:
            self._keep(key, told[key])
        return [told[key] for key in keys]

    def _keep(self, key: Key, written: Written) -> None:
        """The newest last; what nobody has asked for longest goes."""
        if key not in self._written:
            self._held += len(written.json)
        self._written[key] = written
        self._written.move_to_end(key)
        while self._held > self._most:
            self._held -= len(self._written.popitem(last=False)[1].json)


async def described(session: AsyncSession, found: Sequence[Line]) -> list[LineOut]:
    """Lines of one meeting, in the order spoken. In a thread: a thousand of them may take half a second."""
    if not found:
        return []
    people = await tracks.people(session, found[0].meeting_id)
    others = await crosstalk.beside(session, found)
    return await asyncio.to_thread(_described, found, others, people)


def _described(found: Sequence[Line], others: Sequence[Sequence[Span]], people: frozenset[str]) -> list[LineOut]:
    return [LineOut.model_validate(_data(line, spans, people)) for line, spans in zip(found, others, strict=True)]


def _all_written(lines: Sequence[tuple[Key, Line]]) -> dict[Key, Written]:
    return {key: _written(_data(line, key[2], key[3])) for key, line in lines}


def _written(told: dict[str, Any]) -> Written:
    kinds = frozenset(str(flag["kind"]) for flag in told["flags"])
    return Written(to_json(told), kinds)


def _data(line: Line, others: Sequence[Span], people: frozenset[str]) -> dict[str, Any]:
    return data(line, doubts(line.text, line.words, others, people, known))
