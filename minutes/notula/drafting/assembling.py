"""Puts a draft together: each section by its own module, then the whole. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args
from zoneinfo import ZoneInfo

from minutes.notula.content import (
    MOST,
    Classification,
    Conclusion,
    Content,
    Contribution,
    Decision,
    Direction,
    FollowUp,
    Problem,
)
from minutes.notula.drafting import (
    binding,
    conclusions,
    contributions,
    decisions,
    directions,
    follow_ups,
    noting,
    problems,
    promises,
    wording,
)
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.follow_ups import Ided, Work
from minutes.notula.drafting.noting import Placed
from minutes.notula.drafting.owners import Directory, called
from minutes.notula.drafting.presiding import Presiding, presiding
from minutes.notula.drafting.turns import Sentence, Turn, turns, who
from minutes.notula.material import Material


def draft(material: Material) -> Content:
    """The first draft. What was noted where nobody was heard is in `uncited`, and not in here."""
    said = turns(material)
    leading = presiding(material, said)
    opened, closed = contributions.opened(said), contributions.closed(said)
    found = _look(material, _course(material, said, leading))
    apart = frozenset(each for part in (*opened, *closed) for each in part) | found.sentences
    return Content(
        **_facts(material, leading),
        opening=_spoken("p", opened),
        discussion=tuple(contributions.discussions(material, said, leading, apart)),
        conclusions=found.conclusions,
        decisions=found.decisions,
        directions=found.directions,
        problems=found.problems,
        follow_ups=found.follow_ups,
        closing=_spoken("t", closed),
    )


@dataclass(frozen=True)
class _Binding:
    """`sentences`: those that stand in these sections and are not told again in the discussion."""

    conclusions: tuple[Conclusion, ...]
    decisions: tuple[Decision, ...]
    directions: tuple[Direction, ...]
    problems: tuple[Problem, ...]
    follow_ups: tuple[FollowUp, ...]
    sentences: frozenset[Sentence]


def _look(material: Material, course: Course) -> _Binding:
    noted = noting.placed(material)
    decided = _unnoted("k", decisions.decisions(course), _texts(noted, "decision"))
    taken = {id(said) for _, each in decided for said in each.sentences}
    directed = _unnoted("a", directions.directions(course, taken), _texts(noted, "direction"))
    promised = promises.promises(course, taken | {id(each.sentence) for _, each in directed})
    works = follow_ups.works(course, decided, directed, promised)
    concluded = _unnoted("s", conclusions.conclusions(course), [each.text for _, each in decided])
    told = [*_texts(noted, "problem")]
    return _Binding(
        tuple(_conclusion(each) for each in concluded)[:MOST],
        (*(_noted_decision(each) for each in _of(noted, "decision")), *(_decision(each) for each in decided))[:MOST],
        (*(_noted_direction(each) for each in _of(noted, "direction")), *(_direction(each) for each in directed))[
            :MOST
        ],
        (*(_noted_problem(each) for each in _of(noted, "problem")), *_problems(course, told))[:MOST],
        (*(_noted_work(each, course.directory) for each in _of(noted, "follow_up")), *_follow_ups(works, noted))[:MOST],
        frozenset(each.sentence for _, each in [*decided, *concluded]),
    )


def _course(material: Material, said: tuple[Turn, ...], leading: Presiding) -> Course:
    people = called([*(turn.speaker for turn in said), material.chair, material.moderator, *material.presenters])
    today = material.opened.astimezone(ZoneInfo(material.zones[0])).date()
    return Course(said, leading, Directory(material.offices, people), today)


def _unnoted(prefix: str, found: Iterable[Found], told: Sequence[str]) -> list[Ided]:
    """What is told already, by who noted it or in another section, is left out; the rest gets its ids."""
    new = (each for each in found if not any(binding.same(each.text, other) for other in told))
    return [(f"{prefix}{number}", each) for number, each in enumerate(new, 1)]


def _texts(noted: Iterable[Placed], kind: str) -> list[str]:
    return [each.noted.text for each in _of(noted, kind)]


def _of(noted: Iterable[Placed], kind: str) -> list[Placed]:
    return [each for each in noted if each.noted.kind == kind and (each.lines or kind == "problem")]


def _conclusion(found: Ided) -> Conclusion:
    number, each = found
    return Conclusion(id=number, text=each.text, cites=each.cites, origin="rule")


def _decision(found: Ided) -> Decision:
    number, each = found
    return Decision(
        id=number,
        text=each.text,
        cites=each.cites,
        origin="rule",
        basis=contributions.law(each.lines),
        how=decisions.how(each),
    )


def _direction(found: Ided) -> Direction:
    number, each = found
    return Direction(id=number, text=each.text, cites=each.cites, origin="rule", by=each.by)


def _problems(course: Course, told: Sequence[str]) -> list[Problem]:
    found = [
        (each, stage)
        for each, stage in problems.problems(course)
        if not any(binding.same(each.text, one) for one in told)
    ]
    return [
        Problem(id=f"m{number}", text=each.text, cites=each.cites, origin="rule", stage=stage)
        for number, (each, stage) in enumerate(found, 1)
    ]


def _follow_ups(works: Iterable[Work], noted: Iterable[Placed]) -> list[FollowUp]:
    told = _texts(noted, "follow_up")
    new = [each for each in works if not any(binding.same(each.found.text, other) for other in told)]
    return [follow_ups.follow_up(f"l{number}", each) for number, each in enumerate(new, 1)]


def _noted_decision(placed: Placed) -> Decision:
    return Decision(id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted")


def _noted_direction(placed: Placed) -> Direction:
    by = who(placed.lines[-1])
    return Direction(id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted", by=by)


def _noted_problem(placed: Placed) -> Problem:
    stage = placed.noted.stage[:300]
    return Problem(id=f"n-{placed.noted.id}", text=_text(placed), cites=placed.cites, origin="noted", stage=stage)


def _noted_work(placed: Placed, directory: Directory) -> FollowUp:
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


def _spoken(prefix: str, parts: Sequence[Sequence[Sentence]]) -> tuple[Contribution, ...]:
    made = (contributions.contribution(f"{prefix}{number}", part) for number, part in enumerate(parts, 1) if part)
    return tuple(each for each in made if each is not None)[:MOST]


def _facts(material: Material, leading: Presiding) -> dict[str, Any]:
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
        "classification": material.classification if known else "biasa",
    }
