"""Who is what, where, on a day: the one place that says so, as a rule over rows and as a query.

Of the posts that somebody holds on a day the one that began last counts, since an acting post is taken on top of one's
own; of those that began together a definite one. Without any, the post that began last is where they belong on paper,
but it gives no powers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.models import Office, Person, Position

CALENDAR = ZoneInfo("Asia/Jakarta")  # appointments are dated by the central office's calendar
PREFIXES = {"definitif": "", "plt": "Plt. ", "plh": "Plh. "}


class Post(Protocol):
    """What the rule looks at."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


P = TypeVar("P", bound=Post)


@dataclass(frozen=True, slots=True)
class Placed:
    """A person with the post that counts on a day. `serves`: they hold it then."""

    person: Person
    position: Position
    office: Office
    serves: bool


def today(now: datetime) -> date:
    return now.astimezone(CALENDAR).date()


def held_on(position: Post, day: date) -> bool:
    return (position.valid_from or day) <= day <= (position.valid_until or day)


def counting(positions: Iterable[P], day: date) -> P | None:
    """The post that counts on `day`; None for somebody who has none at all."""
    known = sorted(positions, key=lambda each: (each.kind, each.id))
    return max(known, key=lambda each: (held_on(each, day), each.valid_from or date.min), default=None)


def called(position: Position) -> str:
    """`Plt. Ketua`."""
    return PREFIXES[position.kind] + position.title


def placed(day: date) -> Select[Person, Position, Office]:
    """Everybody with the post that counts on `day`, as rows of which `as_placed` makes `Placed`."""
    ranked = _ranked(day)
    query = select(Person, Position, Office).join(ranked, ranked.c.person_id == col(Person.id))
    query = query.join(Position, col(Position.id) == ranked.c.id).join(Office, col(Office.id) == Position.office_id)
    return query.where(ranked.c.rank == 1)


def serving(day: date) -> Select[Person, Position, Office]:
    """Those of them who hold it then."""
    return placed(day).where(holds(day))


def holds(day: date) -> ColumnElement[bool]:
    begun = or_(col(Position.valid_from).is_(None), col(Position.valid_from) <= day)
    return and_(begun, or_(col(Position.valid_until).is_(None), col(Position.valid_until) >= day))


def as_placed(row: Any, day: date) -> Placed:
    person, position, office = row
    return Placed(person, position, office, held_on(position, day))


async def find(session: AsyncSession, day: date, whom: ColumnElement[bool]) -> Placed | None:
    """The one person who fits, where they are on `day`."""
    row = (await session.execute(placed(day).where(whom))).first()
    return as_placed(row, day) if row is not None else None


def _ranked(day: date) -> Subquery:
    order = (
        case((holds(day), 0), else_=1),
        col(Position.valid_from).desc().nulls_last(),
        col(Position.kind),
        col(Position.id),
    )
    rank = func.row_number().over(partition_by=col(Position.person_id), order_by=order).label("rank")
    return select(col(Position.id).label("id"), col(Position.person_id).label("person_id"), rank).subquery()
