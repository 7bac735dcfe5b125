"""Offices of a table against those that there are. Pure.

A row is about the office with its id, else its area code, else its name. A list of regencies needs no more than codes
and names: the level, the province above and its zone follow from the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from server.directory.importing import values
from server.directory.importing.columns import Record, Table
from server.directory.importing.plan import Planned, Wrong, differences
from server.directory.importing.values import Unreadable
from server.directory.rules import OfficeEntry, Taken, office_faults, slug, tidy

_RANK = {"pusat": 0, "provinsi": 1, "kabkota": 2, "instansi": 3}
_COLUMN = {"parent_id": "parent"}  # of fields whose column has another name


@dataclass(frozen=True, slots=True)
class OfficePlan:
    rows: tuple[Planned, ...]
    new: tuple[OfficeEntry, ...]  # what stands above another one first
    changed: tuple[OfficeEntry, ...]


class Names:
    """Finds offices by what people write for them."""

    def __init__(self, offices: Iterable[OfficeEntry]) -> None:
        self._by_id: dict[str, OfficeEntry] = {}
        self._by_code: dict[str, OfficeEntry] = {}
        self._by_name: dict[str, OfficeEntry] = {}
        for each in offices:
            self.add(each)

    def add(self, office: OfficeEntry) -> None:
        self._by_id[office.id] = office
        if office.level in ("provinsi", "kabkota"):
            self._newer(self._by_code, office.code, office)
        for name in (office.name, office.short_name):
            self._newer(self._by_name, _key(name), office)

    def find(self, written: str) -> OfficeEntry | None:
        code = self._by_code.get(values.area_code(written))
        return self._by_id.get(written.lower()) or code or self._by_name.get(_key(written))

    def by_id(self, id: str) -> OfficeEntry | None:
        return self._by_id.get(id)

    def by_code(self, code: str) -> OfficeEntry | None:
        return self._by_code.get(code)

    @staticmethod
    def _newer(known: dict[str, OfficeEntry], key: str, office: OfficeEntry) -> None:
        """Where one followed another under the same name, the present one is meant."""
        former = known.get(key)
        if former is None or (former.valid_until or date.max) <= (office.valid_until or date.max):
            known[key] = office


def plan(table: Table, present: Iterable[OfficeEntry]) -> OfficePlan:
    """The rows in the order of the file."""
    planning = _Planning(present)
    ordered = sorted(table.records, key=lambda record: (_rank(record), record.number))
    rows = sorted((planning.take(record) for record in ordered), key=lambda row: row.number)
    return OfficePlan(tuple(rows), tuple(planning.new), tuple(planning.changed))


def cells(office: OfficeEntry) -> dict[str, str]:
    """As they stand in a table; the office above by its id, which is nobody else's."""
    return {
        "id": office.id,
        "code": office.code,
        "name": office.name,
        "short_name": office.short_name,
        "level": values.written(office.level, values.LEVELS),
        "kind": office.kind,
        "parent": office.parent_id or "",
        "zone": values.zone_name(office.zone),
        "valid_from": office.valid_from.isoformat() if office.valid_from else "",
        "valid_until": office.valid_until.isoformat() if office.valid_until else "",
    }


class _Planning:
    def __init__(self, present: Iterable[OfficeEntry]) -> None:
        offices = list(present)
        self._names = Names(offices)
        self._levels = {each.id: each.level for each in offices}
        self._taken = Taken(offices)
        self._seen: dict[str, int] = {}
        self.new: list[OfficeEntry] = []
        self.changed: list[OfficeEntry] = []

    def take(self, record: Record) -> Planned:
        wrong: list[Wrong] = []
        former = self._former(record)
        entry = self._entry(record, former, wrong)
        if not wrong:
            faults = office_faults(entry, self._levels)
            wrong = [Wrong(_COLUMN.get(fault.field, fault.field), fault.code, fault.detail) for fault in faults]
        if not wrong:
            wrong = list(self._clashes(record, entry))
        if wrong:
            return Planned(record.number, record.get("name")[:80] or record.get("id"), "wrong", wrong=tuple(wrong))
        self._seen[entry.id] = record.number
        if former == entry:
            return Planned(record.number, entry.name, "same")
        changes = differences(cells(former) if former else {}, cells(entry))
        self._keep(entry)
        (self.changed if former else self.new).append(entry)
        return Planned(record.number, entry.name, "changed" if former else "new", changes)

    def _keep(self, entry: OfficeEntry) -> None:
        self._names.add(entry)
        self._levels[entry.id] = entry.level
        self._taken.add(entry)

    def _former(self, record: Record) -> OfficeEntry | None:
        if record.get("id"):
            return self._names.by_id(record.get("id").lower())
        found = self._names.by_code(values.area_code(record.get("code"))) if record.get("code") else None
        if found is None and not record.get("code"):
            found = self._names.find(record.get("name"))
        return found

    def _clashes(self, record: Record, entry: OfficeEntry) -> Iterable[Wrong]:
        if (number := self._seen.get(entry.id)) is not None:
            yield Wrong("id", "row_twice", f"Satker ini sudah ada di baris {number}. Hapus salah satunya.")
        elif (other := self._taken.by(entry)) is not None:
            detail = f"Nama, nama singkat atau kode ini sudah dipakai {other.name} ({other.id})."
            yield Wrong("name", "office_taken", detail)

    def _entry(self, record: Record, former: OfficeEntry | None, wrong: list[Wrong]) -> OfficeEntry:
        """As the row says; what it has no column for stays as it is, what is left empty follows from the code."""
        code = values.area_code(record.get("code")) if "code" in record else (former.code if former else "")
        parent = self._parent(record, former, code, wrong)
        name = tidy(record.get("name"))
        short = tidy(record.get("short_name")) or (former.short_name if former else _short(name))
        entry = OfficeEntry(
            id=former.id if former else record.get("id").lower() or self._fresh(short),
            name=name,
            short_name=short,
            level=former.level if former else _level(code),
            kind=former.kind if former else "",
            parent_id=parent.id if parent else None,
            code=code,
            zone=former.zone if former else _zone_of(parent),
            valid_from=former.valid_from if former else None,
            valid_until=former.valid_until if former else None,
        )
        for key, read in _READ.items():
            try:
                entry = replace(entry, **read(record, entry))
            except Unreadable as error:
                wrong.append(Wrong(key, "unreadable", str(error)))
        return entry

    def _parent(
        self, record: Record, former: OfficeEntry | None, code: str, wrong: list[Wrong]
    ) -> OfficeEntry | None:  # fmt: skip
        written = record.get("parent")
        if written:
            found = self._names.find(written)
            if found is None:
                detail = f"Satker induk '{written[:60]}' tidak ada. Tambahkan dahulu, atau periksa ejaannya."
                wrong.append(Wrong("parent", "unknown_office", detail))
            return found
        if former is not None and ("parent" not in record or former.level in ("provinsi", "kabkota")):
            return self._names.by_id(former.parent_id or "")
        if re.fullmatch(r"\d{2}\.\d{2}", code):
            return self._names.by_code(code[:2])
        return self._names.by_id("kpuri") if re.fullmatch(r"\d{2}", code) else None

    def _fresh(self, short: str) -> str:
        base = slug(short)
        tries = [base, *(f"{base[:37]}-{number}" for number in range(2, 100))]
        return next((each for each in tries if self._names.by_id(each) is None), base)


def _read_level(record: Record, entry: OfficeEntry) -> dict[str, str]:
    return {"level": values.word(record.get("level"), values.LEVELS)} if record.get("level") else {}


def _read_kind(record: Record, entry: OfficeEntry) -> dict[str, str]:
    if "kind" not in record:
        return {}
    return {"kind": values.word(record.get("kind"), values.KINDS) if record.get("kind") else ""}


def _read_zone(record: Record, entry: OfficeEntry) -> dict[str, str]:
    return {"zone": values.zone(record.get("zone"), entry.zone)} if record.get("zone") else {}


def _read_from(record: Record, entry: OfficeEntry) -> dict[str, date | None]:
    return {"valid_from": _day(record, "valid_from")} if "valid_from" in record else {}


def _read_until(record: Record, entry: OfficeEntry) -> dict[str, date | None]:
    return {"valid_until": _day(record, "valid_until")} if "valid_until" in record else {}


_READ: dict[str, Callable[[Record, OfficeEntry], dict[str, Any]]] = {
    "level": _read_level,
    "kind": _read_kind,
    "zone": _read_zone,
    "valid_from": _read_from,
    "valid_until": _read_until,
}


def _day(record: Record, key: str) -> date | None:
    return values.day(record.get(key)) if record.get(key) else None


def _zone_of(parent: OfficeEntry | None) -> str:
    """A regency's is its province's; a province has its own, whatever the centre's is."""
    return parent.zone if parent is not None and parent.level != "pusat" else ""


def _level(code: str) -> str:
    return {2: "provinsi", 5: "kabkota"}.get(len(code), "")


def _rank(record: Record) -> int:
    """What may stand above others comes first; a row that cannot be read comes where it likes."""
    written = values.LEVELS.get(record.get("level").casefold()) or _level(values.area_code(record.get("code")))
    return _RANK.get(written, 3)


def _short(name: str) -> str:
    return name.replace("Kabupaten ", "Kab. ").replace("KPU Provinsi ", "KPU ")[:60]


def _key(name: str) -> str:
    return re.sub("[’‘`]", "'", tidy(name)).casefold()
