"""People of a table, a row for each post, against those that there are. Pure.

A person is known by the user name, a post by office, title and kind, and by its first day where the row gives one. A
definite post that is new ends the one that ran, the day before: that is how people move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from server.directory.importing import values
from server.directory.importing.columns import Record, Table
from server.directory.importing.offices import Names
from server.directory.importing.plan import Planned, Wrong, differences
from server.directory.importing.posts import Post, both_definite, held_by, same, taken
from server.directory.importing.values import Unreadable
from server.directory.rules import (
    Fault,
    PersonEntry,
    PositionEntry,
    ends_with,
    is_over,
    overlaps,
    person_faults,
    position_faults,
    tidy,
)

T = TypeVar("T")
May = Callable[[str, str], Fault | None]  # office, role: None when the asking person may keep such a person
_COLUMN = {"office_id": "office"}
_OF_PERSON = ("username", "name", "role", "email", "active")


@dataclass(slots=True)
class Somebody:
    """`id` empty: new. Posts in the order in which they came."""

    id: str
    entry: PersonEntry
    disabled: bool
    version: int
    posts: list[Post]
    office: str  # where they are today
    myself: bool = False
    row: int = 0  # of the file, the first that says who they are
    touched: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    rows: tuple[Planned, ...]
    people: tuple[Somebody, ...]  # as they are to be; only those of whom something changes


@dataclass(frozen=True, slots=True)
class _Read:
    person: PersonEntry
    disabled: bool
    post: PositionEntry


def plan(
    table: Table, people: Iterable[Somebody], offices: Names, levels: Mapping[str, str], may: May, day: date
) -> PeoplePlan:  # fmt: skip
    """`day`: today, for which posts are over."""
    planning = _Planning({each.entry.username: each for each in people}, offices, levels, may, day)
    rows = tuple(planning.take(record) for record in table.records)
    return PeoplePlan(rows, tuple(each for each in planning.people.values() if each.touched))


def cells(person: PersonEntry, disabled: bool, post: PositionEntry) -> dict[str, str]:
    """As they stand in a table; the office by its id, which is nobody else's."""
    return {
        "username": person.username,
        "name": person.name,
        "office": post.office_id,
        "title": post.title,
        "kind": values.written(post.kind, values.POSTS),
        "valid_from": post.valid_from.isoformat() if post.valid_from else "",
        "valid_until": post.valid_until.isoformat() if post.valid_until else "",
        "role": values.written(person.role, values.ROLES),
        "email": person.email,
        "active": "tidak" if disabled else "ya",
    }


class _Planning:
    def __init__(
        self, people: dict[str, Somebody], offices: Names, levels: Mapping[str, str], may: May, day: date
    ) -> None:  # fmt: skip
        self.people, self._offices, self._levels, self._may, self._day = people, offices, levels, may, day

    def take(self, record: Record) -> Planned:
        label = record.get("name")[:80] or record.get("username")
        wrong: list[Wrong] = []
        somebody = self.people.get(record.get("username").lower())
        read = self._read(record, somebody, wrong)
        if not wrong and somebody is not None and _is_kept(record, read, somebody):
            somebody.row = somebody.row or record.number
            return Planned(record.number, label, "same")  # whoever's it is: an export comes back unchanged
        if not wrong:
            wrong = [_wrong(fault) for fault in self._faults(record, read, somebody)]
        if wrong:
            return Planned(record.number, label, "wrong", wrong=tuple(wrong))
        if somebody is None:
            self._add(record, read)
            return Planned(record.number, label, "new", differences({}, cells(read.person, read.disabled, read.post)))
        return self._changed(record, read, somebody, label)

    def _add(self, record: Record, read: _Read) -> None:
        posts = [Post("", read.post)]
        office, number = read.post.office_id, record.number
        fresh = Somebody("", read.person, read.disabled, 0, posts, office, row=number, touched=True)
        self.people[read.person.username] = fresh

    def _changed(self, record: Record, read: _Read, somebody: Somebody, label: str) -> Planned:
        """Who they are may be said by their first row only; posts by every one."""
        held = held_by(somebody.posts, read.post, record)
        former = held or next((each for each in somebody.posts if ends_with(each.entry, read.post)), None)
        before = cells(somebody.entry, somebody.disabled, former.entry if former else read.post)
        if former is None:  # beside what they hold: all of the post is new
            before = {key: text for key, text in before.items() if key in _OF_PERSON}
        changes = differences(before, cells(read.person, read.disabled, read.post))
        if (read.person, read.disabled) != (somebody.entry, somebody.disabled):
            somebody.entry, somebody.disabled = read.person, read.disabled
        somebody.row = somebody.row or record.number
        somebody.posts = taken(somebody.posts, held, read.post)
        if not changes:
            return Planned(record.number, label, "same")
        somebody.touched = True
        return Planned(record.number, label, "changed", changes)

    def _faults(self, record: Record, read: _Read, somebody: Somebody | None) -> Iterable[Fault]:
        yield from person_faults(read.person)
        yield from position_faults(read.post, self._levels, read.person.role)
        refused = self._may(read.post.office_id, read.person.role)
        if refused is None and somebody is not None and somebody.id:
            offices = [somebody.office, *self._concerned(record, read, somebody)]
            refused = next(filter(None, (self._may(each, somebody.entry.role) for each in offices)), None)
        if refused is not None:
            yield refused
        if somebody is None:
            return
        who = (read.person, read.disabled)
        if somebody.row and who != (somebody.entry, somebody.disabled):
            yield Fault(
                "name", "rows_differ", f"Nama, peran, email dan aktif harus sama seperti di baris {somebody.row}."
            )
        if somebody.myself and (read.person.role, read.disabled) != (somebody.entry.role, somebody.disabled):
            yield Fault("role", "own_account", "Peran dan akun Anda sendiri diubah oleh orang lain.")
        yield from self._later_faults(record, read, somebody)
        yield from _post_faults(record, read.post, somebody)

    def _later_faults(self, record: Record, read: _Read, somebody: Somebody) -> Iterable[Fault]:
        """Of all their posts, as they will be with this row."""
        before = somebody.posts
        after = taken(before, held_by(before, read.post, record), read.post)
        going_on = [each.entry for each in after if not is_over(each.entry, self._day)]
        outside = any(self._levels[each.office_id] == "instansi" for each in going_on if each != read.post)
        if outside and read.person.role != "participant":
            detail = "Orang dari instansi luar hanya dapat menjadi peserta. Pilih peran peserta."
            yield Fault("role", "outside_role", detail)
        if somebody.myself and self._serves(before) and not self._serves(after):
            detail = "Jabatan Anda sendiri yang masih berjalan diakhiri oleh orang lain."
            yield Fault("valid_until", "own_account", detail)

    def _serves(self, posts: Iterable[Post]) -> bool:
        return any(each.entry.held_on(self._day) for each in posts)

    def _concerned(self, record: Record, read: _Read, somebody: Somebody) -> Iterable[str]:
        """Offices of posts that the row ends; when it changes role or account, of all that are not over."""
        account = (read.person.role, read.disabled) != (somebody.entry.role, somebody.disabled)
        new = held_by(somebody.posts, read.post, record) is None
        for each in somebody.posts:
            if (new and ends_with(each.entry, read.post)) or (account and not is_over(each.entry, self._day)):
                yield each.entry.office_id

    def _read(self, record: Record, somebody: Somebody | None, wrong: list[Wrong]) -> _Read:
        office = self._offices.find(record.get("office"))
        if office is None:
            detail = f"Satker '{record.get('office')[:60]}' tidak ada. Impor atau tambahkan satkernya dahulu."
            wrong.append(Wrong("office", "unknown_office", detail))
        said = _Cells(record, wrong)
        role = said.word("role", values.ROLES, somebody.entry.role if somebody else "participant")
        # Where a table has no such column, everybody keeps theirs.
        email = tidy(record.get("email")) if "email" in record else (somebody.entry.email if somebody else "")
        entry = PersonEntry(record.get("username").lower(), tidy(record.get("name")), role, email)
        active = said.active("active", not somebody.disabled if somebody else True)
        post = PositionEntry(
            office_id=office.id if office else "",
            title=tidy(record.get("title")),
            kind=said.word("kind", values.POSTS, "definitif"),
            valid_from=said.day("valid_from"),
            valid_until=said.day("valid_until"),
        )
        held = held_by(somebody.posts, post, record) if somebody else None
        if held is not None:  # what the row leaves open stays
            first = post.valid_from or held.entry.valid_from
            last = post.valid_until if "valid_until" in record else held.entry.valid_until
            post = replace(post, title=held.entry.title, valid_from=first, valid_until=last)
        return _Read(entry, not active, post)


class _Cells:
    """Reads cells; what cannot be read is told, and stands for nothing."""

    def __init__(self, record: Record, wrong: list[Wrong]) -> None:
        self._record, self._wrong = record, wrong

    def word(self, key: str, known: Mapping[str, str], empty: str) -> str:
        try:
            return values.word(self._record.get(key), known) if self._record.get(key) else empty
        except Unreadable as error:
            return self._tell(key, error, empty)

    def active(self, key: str, empty: bool) -> bool:
        try:
            return values.active(self._record.get(key)) if self._record.get(key) else empty
        except Unreadable as error:
            return self._tell(key, error, empty)

    def day(self, key: str) -> date | None:
        try:
            return values.day(self._record.get(key)) if self._record.get(key) else None
        except Unreadable as error:
            return self._tell(key, error, None)

    def _tell(self, key: str, error: Unreadable, empty: T) -> T:
        self._wrong.append(Wrong(key, "unreadable", str(error)))
        return empty


def _is_kept(record: Record, read: _Read, somebody: Somebody) -> bool:
    held = held_by(somebody.posts, read.post, record)
    who = (somebody.entry, somebody.disabled)
    return held is not None and held.entry == read.post and who == (read.person, read.disabled)


def _post_faults(record: Record, post: PositionEntry, somebody: Somebody) -> Iterable[Fault]:
    held = held_by(somebody.posts, post, record)
    others = [each.entry for each in somebody.posts if each is not held]
    if any(same(each, post) and overlaps(each, post) for each in others):
        yield Fault("valid_from", "same_position", "Jabatan yang sama sudah tercatat untuk waktu itu.")
    elif held is None and post.valid_from is None and any(both_definite(each, post) for each in others):
        detail = "Orang ini sudah memiliki jabatan pada waktu itu. Tulis tanggal mulai jabatan yang baru."
        yield Fault("valid_from", "start_missing", detail)


def _wrong(fault: Fault) -> Wrong:
    return Wrong(_COLUMN.get(fault.field, fault.field), fault.code, fault.detail)
