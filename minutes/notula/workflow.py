"""How a notula goes from a machine's draft to an archived record: one table, and what must be true before a step. PURE.

Rules:
- What a machine wrote is not a notula: it is submitted when a person has saved it.
- In review its text changes only by proposals that the minute-taker accepts; initials are of a text, and are given
  again when it has changed.
- Approved text is evidence. It is changed by sending it back, and once signed by a new version only.
- Minute-taker and chair are two persons; the minute-taker signs first.
- A version is amended when its successor is signed, not before: until then it is what holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

State = Literal[
    "machine_draft", "edited", "in_review", "returned", "approved", "signed", "archived", "amended", "revoked"
]
Place = Literal[State, "none"]
"""A version's state; "none" before the first draft."""
Move = Literal[
    "draft",  # by the rules, over whatever stands there
    "edit",
    "submit",
    "propose",
    "answer",
    "initial",
    "close_window",  # the time for proposals ends early
    "return",
    "approve",
    "sign",
    "archive",
    "amend",  # opens the next version
    "revoke",
    "assign",  # duties
]
Duty = Literal["minute_taker", "checker", "chair", "archivist", "secretariat", "participant"]
"""`secretariat`: of the host, who give duties; `participant`: whoever may read the meeting."""
Signing = Literal["minute_taker", "chair"]
SIGNERS: tuple[Signing, ...] = ("minute_taker", "chair")
STATES: tuple[State, ...] = get_args(State)
MOVES: tuple[Move, ...] = get_args(Move)
DUTIES: tuple[Duty, ...] = get_args(Duty)
SEALED: frozenset[Place] = frozenset({"signed", "archived", "amended", "revoked"})
"""Nothing that such a version says changes any more."""
EVIDENCE: frozenset[Place] = SEALED - {"amended"} | {"approved"}
"""While the newest version is one of these, the lines it rests on stay as they are."""
CHANGES: frozenset[Move] = frozenset({"draft", "edit", "answer"})
"""Moves that may change the text."""
REASONED: frozenset[Move] = frozenset({"return", "revoke", "amend", "close_window"})
"""Moves that say why."""


@dataclass(frozen=True, slots=True)
class Step:
    """`to`: the state afterwards; `by`: any of these duties is enough."""

    to: State
    by: frozenset[Duty]


def _step(to: State, *by: Duty) -> Step:
    return Step(to, frozenset(by))


def _everywhere(move: Move, *by: Duty) -> dict[tuple[Place, Move], Step]:
    """A move that leaves the state as it is, in every state of the newest version."""
    return {(state, move): _step(state, *by) for state in STATES if state != "amended"}


TABLE: Mapping[tuple[Place, Move], Step] = {
    ("none", "draft"): _step("machine_draft", "minute_taker"),
    ("machine_draft", "draft"): _step("machine_draft", "minute_taker"),
    ("machine_draft", "edit"): _step("edited", "minute_taker"),
    ("edited", "draft"): _step("machine_draft", "minute_taker"),
    ("edited", "edit"): _step("edited", "minute_taker"),
    ("edited", "submit"): _step("in_review", "minute_taker"),
    ("in_review", "propose"): _step("in_review", "participant"),
    ("in_review", "answer"): _step("in_review", "minute_taker"),
    ("in_review", "initial"): _step("in_review", "checker"),
    ("in_review", "close_window"): _step("in_review", "minute_taker"),
    ("in_review", "return"): _step("returned", "checker", "chair"),
    ("in_review", "approve"): _step("approved", "chair"),
    ("returned", "draft"): _step("machine_draft", "minute_taker"),
    ("returned", "edit"): _step("edited", "minute_taker"),
    ("approved", "return"): _step("returned", "chair"),
    ("approved", "sign"): _step("approved", "minute_taker", "chair"),  # the second one makes it `signed`
    ("signed", "archive"): _step("archived", "archivist"),
    ("signed", "amend"): _step("edited", "minute_taker"),  # of the next version
    ("archived", "amend"): _step("edited", "minute_taker"),
    ("revoked", "amend"): _step("edited", "minute_taker"),
    ("signed", "revoke"): _step("revoked", "chair"),
    ("archived", "revoke"): _step("revoked", "chair"),
    **_everywhere("assign", "secretariat"),
}
Why = Literal[
    "illegal_move",
    "not_your_duty",
    "forbidden",
    "notula_sealed",
    "window_open",
    "window_closed",
    "unanswered",
    "not_initialled",
    "already_initialled",
    "not_your_turn",
    "already_signed",
    "minute_taker_first",
    "same_person",
]


class Refusal(Exception):
    """A move that is not made, and nothing has changed. `why` is stable."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Standing:
    """A version as far as steps depend on it.

    `checkers`: persons, in their order; `initialled`: those of them who have initialled the text as it is; `signed`: by
    duty, who has signed what was approved; `window_until`: Unix milliseconds, None where participants are not asked.
    """

    state: Place
    checkers: Sequence[str] = ()
    initialled: frozenset[str] = frozenset()
    signed: Mapping[Signing, str] | None = None
    unanswered: int = 0
    window_until: int | None = None

    @property
    def signatures(self) -> Mapping[Signing, str]:
        return self.signed or {}


def step(state: Place, move: Move, duties: frozenset[Duty]) -> Step:
    """What the table says. Raises `Refusal`: `forbidden` to who has no duty, before the state is told."""
    found = TABLE.get((state, move))
    own = duties - {"participant"}
    if not own and not (move == "propose" and "participant" in duties):
        raise Refusal("forbidden")
    if found is None:
        raise Refusal("notula_sealed" if state in SEALED else "illegal_move")
    if not found.by & duties:
        raise Refusal("not_your_duty")
    return found


def checked(standing: Standing, move: Move, duties: frozenset[Duty], person: str, now: int) -> Step:
    """The table, and what must be true besides. `now`: Unix milliseconds. Raises `Refusal`."""
    found = step(standing.state, move, duties)
    if move == "propose" and not _open(standing, now):
        raise Refusal("window_closed")
    if move == "close_window" and not _open(standing, now):
        raise Refusal("window_closed")
    if move == "initial":
        _in_turn(standing, person)
    if move == "approve":
        _ripe(standing, now)
    if move == "sign":
        signs_as(standing, duties, person)
    return found


def signs_as(standing: Standing, duties: frozenset[Duty], person: str) -> Signing:
    """In which of their duties somebody signs now. Raises `Refusal`."""
    done = standing.signatures
    wanted: Signing = "chair" if "minute_taker" in done else "minute_taker"
    if wanted in duties and person not in done.values():
        return wanted
    if wanted == "chair":
        raise Refusal("same_person" if "chair" in duties and person in done.values() else "already_signed")
    raise Refusal("minute_taker_first")


def next_checker(standing: Standing) -> str | None:
    """Whose initials are due."""
    return next((each for each in standing.checkers if each not in standing.initialled), None)


def _open(standing: Standing, now: int) -> bool:
    return standing.window_until is not None and now < standing.window_until


def _in_turn(standing: Standing, person: str) -> None:
    if person in standing.initialled:
        raise Refusal("already_initialled")
    if person != next_checker(standing):
        raise Refusal("not_your_turn")


def _ripe(standing: Standing, now: int) -> None:
    if _open(standing, now):
        raise Refusal("window_open")
    if standing.unanswered:
        raise Refusal("unanswered")
    if next_checker(standing) is not None:
        raise Refusal("not_initialled")
