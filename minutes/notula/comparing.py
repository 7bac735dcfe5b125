"""What is different between two contents: statements by their ids, and the head by its fields. PURE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutes.notula.content import Content, Statement

SECTIONS = ("opening", "discussion", "conclusions", "decisions", "directions", "problems", "follow_ups", "closing")


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement and where it stands."""

    section: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changed`: before and after; `facts`: names of fields of the head."""

    came: tuple[Placed, ...]
    went: tuple[Placed, ...]
    changed: tuple[tuple[Placed, Placed], ...]
    facts: tuple[str, ...]


def compared(before: Content, after: Content) -> Comparison:
    """Each in the order of its own document. Whoever only moved within a section has not changed."""
    old, new = {each.statement.id: each for each in placed(before)}, {each.statement.id: each for each in placed(after)}
    head = (name for name in Content.model_fields if name not in SECTIONS)
    return Comparison(
        came=tuple(each for id, each in new.items() if id not in old),
        went=tuple(each for id, each in old.items() if id not in new),
        changed=tuple((old[id], each) for id, each in new.items() if id in old and each != old[id]),
        facts=tuple(name for name in head if getattr(before, name) != getattr(after, name)),
    )


def placed(content: Content) -> Iterator[Placed]:
    """All statements, in the order in which they are printed."""
    for section in SECTIONS:
        found = getattr(content, section)
        for each in found:
            if section == "discussion":
                yield from (Placed(section, said) for said in each.contributions)
            else:
                yield Placed(section, each)


def replaced(content: Content, statement: str, text: str) -> Content | None:
    """With another text for one statement; None where there is no such statement."""

    def those(found: tuple[Statement, ...]) -> tuple[Statement, ...]:
        change = {"text": text, "origin": "hand"}
        return tuple(each.model_copy(update=change) if each.id == statement else each for each in found)

    if all(each.statement.id != statement for each in placed(content)):
        return None
    parts: dict[str, object] = {name: those(getattr(content, name)) for name in SECTIONS if name != "discussion"}
    parts["discussion"] = tuple(
        each.model_copy(update={"contributions": those(each.contributions)}) for each in content.discussion
    )
    return Content.model_validate(content.model_copy(update=parts).model_dump())
