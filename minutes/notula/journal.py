"""What the moves of a notula tell: who initialled, signed, proposed, answered, and that no row was changed. PURE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from minutes.notula.canonical import sha256
from minutes.notula.models import NotulaExport, NotulaMove
from minutes.notula.workflow import Signing

FIELDS = (
    "meeting_id",
    "number",
    "version",
    "move",
    "before",
    "after",
    "by_id",
    "by_name",
    "by_position",
    "reason",
    "details",
    "content_sha256",
    "at",
    "previous",
)

_OF_EXPORT = ("meeting_id", "version", "kind", "file", "bytes", "sha256", "at", "previous")


class BrokenChain(Exception):
    """A row of the journal is not as it was written: the number says which."""

    def __init__(self, number: int) -> None:
        super().__init__(f"move {number}")
        self.number = number


def hashed(move: NotulaMove) -> str:
    """SHA-256 of all that it says, the hash of the move before included."""
    return sha256({name: getattr(move, name) for name in FIELDS})


def unbroken(moves: Sequence[NotulaMove]) -> None:
    """`moves`: all of a meeting, in their order. Raises `BrokenChain` at the first that does not follow."""
    previous = ""
    for number, move in enumerate(moves, 1):
        if move.number != number or move.previous != previous or move.hash != hashed(move):
            raise BrokenChain(number)
        previous = move.hash


def export_hashed(export: NotulaExport, sealed: str) -> str:
    """SHA-256 of what a row of exports says. `sealed`: `sha256` of the version that the file is of."""
    return sha256({"sealed": sealed, **{name: getattr(export, name) for name in _OF_EXPORT}})


@dataclass(frozen=True, slots=True)
class Proposal:
    """`answer`: the move in which it was answered."""

    id: str
    statement: str
    was: str
    text: str
    made: NotulaMove
    answer: NotulaMove | None

    @property
    def accepted(self) -> bool | None:
        return bool(self.answer.details["accepted"]) if self.answer is not None else None


def of_version(moves: Sequence[NotulaMove], version: int) -> list[NotulaMove]:
    return [each for each in moves if each.version == version]


def initials(moves: Sequence[NotulaMove], content_sha256: str) -> list[NotulaMove]:
    """Of a version, under its text as it is: since it was last submitted, one a person."""
    since = _since(moves, "submit")
    found = {each.by_id: each for each in since if each.move == "initial" and each.content_sha256 == content_sha256}
    return list(found.values())


def signatures(moves: Sequence[NotulaMove]) -> dict[Signing, NotulaMove]:
    """Of a version, under what was approved last, in the order in which they were given."""
    return {each.details["duty"]: each for each in _since(moves, "approve") if each.move == "sign"}


def returned(moves: Sequence[NotulaMove]) -> NotulaMove | None:
    """Why a version lies with the minute-taker again; None when it has been submitted since, or never was returned."""
    steps = [each for each in moves if each.move in ("return", "submit")]
    return steps[-1] if steps and steps[-1].move == "return" else None


def proposals(moves: Sequence[NotulaMove]) -> list[Proposal]:
    answers = {each.details["proposal"]: each for each in moves if each.move == "answer"}
    return [_proposal(each, answers) for each in moves if each.move == "propose"]


def told(moves: Sequence[NotulaMove]) -> list[NotulaMove]:
    """For people: what somebody saves again and again is told once, as of the last time."""
    found = []
    for (move, _, _), together in groupby(moves, lambda each: (each.move, each.by_id, each.version)):
        part = list(together)
        found += part[-1:] if move == "edit" else part
    return found


def _proposal(move: NotulaMove, answers: dict[str, NotulaMove]) -> Proposal:
    said: dict[str, Any] = move.details
    return Proposal(said["id"], said["statement"], said["was"], said["text"], move, answers.get(said["id"]))


def _since(moves: Sequence[NotulaMove], last: str) -> Sequence[NotulaMove]:
    """Moves behind the last of a kind; none where there was none."""
    places = [at for at, each in enumerate(moves) if each.move == last]
    return moves[places[-1] + 1 :] if places else []
