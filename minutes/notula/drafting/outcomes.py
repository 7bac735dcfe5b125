"""Outcomes that were noted in the meeting, as statements of the draft. PURE."""

from __future__ import annotations

from minutes.notula.content import Decision, Direction, FollowUp, Problem
from minutes.notula.drafting import follow_ups, wording
from minutes.notula.drafting.mentions import Directory
from minutes.notula.drafting.noting import Placed
from minutes.notula.drafting.turns import who


def decision(placed: Placed) -> Decision:
    return Decision(id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted")


def direction(placed: Placed) -> Direction:
    by = who(placed.lines[-1])
    return Direction(id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted", by=by)


def problem(placed: Placed) -> Problem:
    stage = placed.noted.stage[:300]
    return Problem(id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted", stage=stage)


def follow_up(placed: Placed, directory: Directory) -> FollowUp:
    """Whoever noted it named who does it; an office among them is found by its name."""
    named = directory.named(placed.noted.who)
    return FollowUp(
        id=f"n-{placed.noted.id}",
        text=_text(placed),
        cites=placed.cites,
        origin="noted",
        owners=(placed.noted.who[:300],) if placed.noted.who and not named.offices and not named.everybody else (),
        offices=() if named.everybody else named.offices,
        all_offices=named.everybody,
        category=follow_ups.category(placed.noted.text.casefold()),
        due=placed.due,
    )


def _text(placed: Placed) -> str:
    return wording.finished(placed.noted.text)
