"""An attendance list as an office prints it: every word of the document, before it has pages. PURE.

Workbook and paper say the same because both are made from this. Its digest is of the data, not of a file: whoever has
the list as JSON can compare it with what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from minutes.language import dates
from server.attendance.corrected import Corrected, corrected, numbered
from server.attendance.corrections import counting
from server.attendance.facts import Facts, changed_at, digest
from server.attendance.listing import Listing
from server.attendance.persons import ATTENDED, Person
from server.attendance.rows import Row, rows
from server.auth.models import Office
from server.proceedings.presence import GAP_S, LATE_S

COLUMNS = ("No", "Nama", "Jabatan", "Satker", "Peran", "Moda")
COLUMNS_BEHIND = ("Durasi (menit)", "Status", "Keterangan")


@dataclass(frozen=True, slots=True)
class Signature:
    """`name` "": to be filled in by hand."""

    what: str
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Document:
    letterhead: str
    title: str
    subtitle: str
    draft: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    counts: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    corrections: tuple[Corrected, ...]
    dated: str
    signatures: tuple[Signature, ...]
    sha256: str


def document(facts: Facts, found: Listing) -> Document:
    start = facts.opened_at.astimezone(ZoneInfo(facts.zone))
    zone = dates.zone_name(start)
    state = facts.until.astimezone(ZoneInfo(facts.zone))
    draft = "" if facts.over else f"Sementara: rapat masih berlangsung, keadaan pukul {dates.clock(state)} {zone}"
    return Document(
        letterhead=facts.host.name,
        title="Daftar Hadir",
        subtitle=facts.title,
        draft=draft,
        facts=_facts(facts, found, start),
        columns=(*COLUMNS, f"Jam masuk ({zone})", f"Jam keluar ({zone})", *COLUMNS_BEHIND),
        rows=rows(found, numbered(found), facts.zone),
        counts=_counts(found),
        notes=_notes(found),
        corrections=corrected(found, facts.opened_at.timestamp(), facts.zone),
        dated=dates.long_date(changed_at(facts, found).astimezone(state.tzinfo)),
        signatures=_signatures(facts.host, found),
        sha256=digest(facts, found),
    )


def _facts(facts: Facts, found: Listing, start: datetime) -> tuple[tuple[str, str], ...]:
    zones = [each.zone for each in found.offices if each.zone and each.status in ATTENDED]
    offices = found.of_offices
    told = [
        ("Hari/Tanggal", dates.day_and_date(start)),
        ("Waktu", dates.in_zones(facts.opened_at, facts.until if facts.over else None, facts.zone, zones)),
        ("Tempat/Media", _place(found)),
        ("Penyelenggara", facts.host.name),
        ("Kehadiran", _attended(found)),
    ]
    if facts.classification != "biasa":
        told.append(("Klasifikasi", facts.classification.capitalize()))
    if facts.quorum:
        # Whoever sent somebody else does not count towards a quorum: it asks who was there themselves.
        word = "terpenuhi" if offices.present >= facts.quorum else "tidak terpenuhi"
        told.append(("Kuorum", f"{facts.quorum} satker: {word} ({offices.present} hadir sendiri)"))
    return tuple(told)


def _place(found: Listing) -> str:
    modes = {person.mode for office in found.offices for person in office.people}
    return "Daring melalui Rakor dan luring" if "onsite" in modes else "Daring melalui Rakor"


def _attended(found: Listing) -> str:
    """The sentence that is read first: "34 dari 38 satker hadir, 2 di antaranya diwakili"."""
    offices = found.of_offices
    represented = f", {offices.represented} di antaranya diwakili" if offices.represented else ""
    return f"{offices.attended} dari {offices.total} satker hadir{represented}"


def _counts(found: Listing) -> tuple[tuple[str, str, str], ...]:
    """A row for every status: of invited offices, of people."""
    offices, people = found.of_offices, found.of_people
    pairs = (
        ("Hadir", offices.present, people.present),
        ("di antaranya terlambat", offices.late, people.late),
        ("Diwakili", offices.represented, people.represented),
        ("Izin", offices.excused, people.excused),
        ("Tanpa keterangan", offices.absent, people.absent),
        ("Jumlah", offices.total, people.total),
    )
    return tuple((label, str(one), str(other)) for label, one, other in pairs)


def _notes(found: Listing) -> tuple[str, ...]:
    gone = sum(each.withdraws is None for each in found.corrections) - len(counting(found.corrections))
    told = [
        f"Jam masuk, jam keluar, dan durasi diukur oleh sistem. Putus sambungan sampai {GAP_S / 60:.0f} menit dihitung "
        f"hadir; terlambat berarti masuk lebih dari {LATE_S / 60:.0f} menit setelah rapat dibuka.",
        "Satker yang diwakili dihitung hadir. Satker penyelenggara dan instansi luar tidak masuk hitungan satker.",
    ]
    if gone:
        told.append(f"{gone} koreksi yang dicabut tidak dicetak; riwayat lengkapnya tersimpan dalam sistem.")
    return tuple(told)


def _signatures(host: Office, found: Listing) -> tuple[Signature, ...]:
    own = [person for office in found.offices if office.id == host.id for person in office.people]
    there = [person for person in own if person.status in ATTENDED]
    return (
        _signature("Notulis", there, ("minutes_taker", "secretariat")),
        _signature("Pimpinan Rapat", there, ("chair",)),
    )


def _signature(what: str, people: Sequence[Person], roles: Sequence[str]) -> Signature:
    """By the first who has the first of these roles."""
    for role in roles:
        for person in people:
            if person.role == role:
                return Signature(what, person.name, person.position)
    return Signature(what, "", "")
