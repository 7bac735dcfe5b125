"""Who attended the finished meeting: its room's events, and what the secretariat put right afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.attendance.models import CorrectionRow
from server.auth.models import Office
from server.demo.people import DemoPerson
from server.rooms import codec
from server.rooms.models import RoomEventRow
from server.rooms.words import RoomEvent
from server.rooms.words import people as words
from server.rooms.words.people import Occupant
from server.rooms.words.seats import Ended, Opened, SeatTaken

_LEADING: dict[str, words.Role] = {"chair": "chair", "secretariat": "secretariat"}
# Seconds behind the opening at which somebody came, in the order of their seats.
_CAME = {"ratna": 0.0, "bambang": 4.0, "maria": 9.0, "wulan": 21.0, "dewi": 0.0}
# Of an office that did not come: what is set, and why.
_CORRECTED = (
    ("bali", {"status": "excused", "note": "Bersamaan dengan rapat pleno"}, "Surat izin KPU Bali nomor 45/2020."),
    (
        "gorontalo",
        {"status": "represented", "represented_by": "Maria Tandilangi, Anggota KPU Kaltara"},
        "Surat kuasa diterima sekretariat pada 19 Juli 2020.",
    ),
)


async def attended(
    session: AsyncSession,
    meeting: str,
    people: tuple[DemoPerson, ...],
    offices: list[Office],
    held: datetime,
    lasted: timedelta,
) -> None:
    """In the caller's transaction. `offices`: all there are, the host first, who invited the others."""
    invited = tuple(words.Office(office.id, office.short_name) for office in offices[1:])
    happened: list[tuple[float, RoomEvent]] = [(0.0, Opened(invited))]
    for number, (username, came) in enumerate(_CAME.items(), 1):
        person = next(each for each in people if each.username == username)
        happened.append((came, _taken(number, person, next(each for each in offices if each.id == person.office))))
    happened += [(lasted.total_seconds(), Ended("kursi-1"))]
    for seconds, event in sorted(happened, key=lambda each: each[0]):
        type, body = codec.to_row(event)
        session.add(RoomEventRow(meeting_id=meeting, at=held + timedelta(seconds=seconds), type=type, body=body))
        await session.flush()
    secretary = next(person for person in people if person.role == "secretariat")
    session.add_all(_corrections(meeting, secretary, held + lasted + timedelta(hours=1)))


def _taken(number: int, person: DemoPerson, office: Office) -> SeatTaken:
    role = _LEADING.get(person.role, "participant")
    who = Occupant(f"demo-{person.username}", person.name, person.position, office.id, office.short_name, role)
    return SeatTaken(f"kursi-{number}", who, shared=False, mic=True, camera=True)


def _corrections(meeting: str, by: DemoPerson, at: datetime) -> list[CorrectionRow]:
    return [
        CorrectionRow(
            meeting_id=meeting,
            subject_kind="office",
            subject_id=office,
            change=change,
            reason=reason,
            by_id=f"demo-{by.username}",
            by_name=by.name,
            by_position=by.position,
            at=at + timedelta(minutes=minutes),
        )
        for minutes, (office, change, reason) in enumerate(_CORRECTED)
    ]
