"""How a printed list says what is known of people: Indonesian, as in an office's own lists. PURE."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from minutes.language import dates
from server.attendance.corrections import Change, Mode, Role
from server.attendance.persons import Standing

ROLES: dict[Role, str] = {
    "chair": "Pimpinan Rapat",
    "moderator": "Moderator",
    "secretariat": "Sekretariat",
    "minutes_taker": "Notulis",
    "presenter": "Narasumber",
    "operator": "Operator",
    "participant": "Peserta",
    "observer": "Peninjau",
    "guest": "Tamu",
}
MODES: dict[Mode, str] = {"online": "Daring", "onsite": "Luring", "shared_device": "Perangkat bersama"}
STATUSES: dict[Standing, str] = {
    "present": "Hadir",
    "late": "Hadir, terlambat",
    "excused": "Izin",
    "represented": "Diwakili",
    "absent": "Tanpa keterangan",
}
_FIELDS = {
    "name": "nama",
    "position": "jabatan",
    "office": "satker",
    "status": "status",
    "represented_by": "diwakili oleh",
    "mode": "moda",
    "came_at": "jam masuk",
    "left_at": "jam keluar",
    "role": "peran",
    "note": "keterangan",
}


def status(standing: Standing, represented_by: str) -> str:
    if standing == "represented" and represented_by:
        return f"Diwakili oleh {represented_by}"
    return STATUSES[standing]


def change(said: Change, zone: str) -> str:
    """What a correction sets: "status: Izin; keterangan: Tugas luar"."""
    told = said.set()
    return "; ".join(f"{label}: {_value(name, told[name], zone)}" for name, label in _FIELDS.items() if name in told)


def minutes(value: float | None) -> str:
    return str(round(value)) if value is not None else ""


def clock(moment: datetime | None, zone: str) -> str:
    return dates.clock(moment.astimezone(ZoneInfo(zone))) if moment is not None else ""


def at(seconds: float, zone: str) -> str:
    """The clock at `seconds` of Unix time."""
    return dates.clock(datetime.fromtimestamp(seconds, ZoneInfo(zone)))


def _value(name: str, value: Any, zone: str) -> str:
    words: dict[str, dict[Any, str]] = {"status": dict(STATUSES), "mode": dict(MODES), "role": dict(ROLES)}
    if name in words:
        return words[name][value]
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(zone))
        return f"{dates.clock(local)} {dates.zone_name(local)}"
    return str(value) or "dikosongkan"
