"""Posts of one person in a table: which of theirs a row is about, and how they stand once it is taken. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from server.directory.importing.columns import Record
from server.directory.rules import PositionEntry, day_before, ends_with, overlaps


@dataclass(frozen=True, slots=True)
class Post:
    """`id` empty: a new one."""

    id: str
    entry: PositionEntry


def held_by(posts: list[Post], post: PositionEntry, record: Record) -> Post | None:
    """The post that a row is about; without a first day the latest of that name."""
    alike = [each for each in posts if same(each.entry, post)]
    exact = [each for each in alike if each.entry.valid_from == post.valid_from]
    if exact or record.get("valid_from"):
        return exact[0] if exact else None
    return max(alike, key=lambda each: each.entry.valid_from or date.min, default=None)


def taken(posts: list[Post], held: Post | None, post: PositionEntry) -> list[Post]:
    """As they stand once a row is taken: `post` in the place of `held`, or new, and then what it ends is ended."""
    if held is not None:
        return [Post(held.id, post) if each is held else each for each in posts]
    return [*(_ended(each, post) for each in posts), Post("", post)]


def _ended(former: Post, new: PositionEntry) -> Post:
    if new.valid_from is None or not ends_with(former.entry, new):
        return former
    return Post(former.id, replace(former.entry, valid_until=day_before(new.valid_from)))


def same(one: PositionEntry, other: PositionEntry) -> bool:
    return (one.office_id, one.title.casefold(), one.kind) == (other.office_id, other.title.casefold(), other.kind)


def both_definite(one: PositionEntry, other: PositionEntry) -> bool:
    return {one.kind, other.kind} == {"definitif"} and overlaps(one, other)
