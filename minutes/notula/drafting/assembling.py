"""Puts a draft together: each section by its own module, then the whole. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast, get_args

from minutes.notula.content import MOST, Classification, Content, Contribution, Decision, Direction, FollowUp, Problem
from minutes.notula.drafting import contributions, noting, wording
from minutes.notula.drafting.noting import Placed
from minutes.notula.drafting.presiding import Presiding, presiding
from minutes.notula.drafting.turns import Sentence, turns, who
from minutes.notula.material import Material


def draft(material: Material) -> Content:
    """The first draft. What was noted where nobody was heard is in `uncited`, and not in here."""
    said = turns(material)
    leading = presiding(material, said)
    opened, closed = contributions.opened(said), contributions.closed(said)
    apart = frozenset(each for part in (*opened, *closed) for each in part)
    noted = noting.placed(material)
    return Content(
        **_facts(material, leading),
        opening=_spoken("p", opened),
        discussion=tuple(contributions.discussions(material, said, leading, apart)),
        decisions=tuple(_decision(each) for each in _of(noted, "decision"))[:MOST],
        directions=tuple(_direction(each) for each in _of(noted, "direction"))[:MOST],
        problems=tuple(_problem(each) for each in _of(noted, "problem"))[:MOST],
        follow_ups=tuple(_follow_up(each) for each in _of(noted, "follow_up"))[:MOST],
        closing=_spoken("t", closed),
    )


def _facts(material: Material, leading: Presiding) -> dict[str, object]:
    known = material.classification in get_args(Classification)
    return {
        "meeting_id": material.meeting_id,
        "title": material.title,
        "starts": material.opened,
        "ends": material.ended,
        "zones": material.zones,
        "host": material.host,
        "host_city": material.host_city,
        "agenda": material.agenda,
        "chair": leading.chair,
        "secretary": material.secretary,
        "moderator": material.moderator,
        "presenters": material.presenters,
        "attendance": material.attendance,
        "votes": material.votes,
        "classification": cast(Classification, material.classification if known else "biasa"),
    }


def _spoken(prefix: str, parts: Sequence[Sequence[Sentence]]) -> tuple[Contribution, ...]:
    made = (contributions.contribution(f"{prefix}{number}", part) for number, part in enumerate(parts, 1) if part)
    return tuple(each for each in made if each is not None)[:MOST]


def _of(noted: Iterable[Placed], kind: str) -> list[Placed]:
    return [each for each in noted if each.noted.kind == kind and (each.lines or kind == "problem")]


def _decision(placed: Placed) -> Decision:
    return Decision(id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted")


def _direction(placed: Placed) -> Direction:
    by = who(placed.lines[-1])
    return Direction(id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted", by=by)


def _problem(placed: Placed) -> Problem:
    return Problem(
        id=f"n-{placed.noted.id}",
        text=_text(placed),
        cites=placed.cites,
        origin="noted",
        stage=placed.noted.stage[:300],
    )


def _follow_up(placed: Placed) -> FollowUp:
    owners = (placed.noted.who,) if placed.noted.who else ()
    return FollowUp(
        id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted", owners=owners, due=placed.due
    )


def _text(placed: Placed) -> str:
    return wording.finished(placed.noted.text)
