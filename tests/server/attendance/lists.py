"""Invented attendance of any size, with a little of everything that happens: the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from server.attendance.corrections import Change, Correction, Subject
from server.attendance.document import Document, document
from server.attendance.facts import Facts
from server.attendance.listing import Listing, listing
from server.auth.models import Office
from server.auth.offices import offices
from server.proceedings.presence import Attendee
from server.rooms.words.people import Role

OPENED = datetime(2020, 7, 9, 2, 0, tzinfo=UTC)
LASTED_S = 9_000.0
HOST, *PROVINCES = offices()
_FIRST = [
    "Maria",
    "Yohana",
    "Siti",
    "Agus",
    "Bambang",
    "Wulan",
    "Hendra",
    "Rina",
    "Yusuf",
    "Nurhayati",
    "Ketut",
    "Rizky",
    "Muhammad",
]
_LAST = [
    "Tandilangi",
    "Prasetyo",
    "Simanjuntak",
    "Lestari",
    "Hidayatullah",
    "Rumbiak",
    "Wenda",
    "Situmorang",
    "Asy’ari",
]
_POSTS = ("Ketua", "Anggota, Divisi Hukum dan Pengawasan", "Kepala Bagian Hukum, Teknis dan Hupmas", "Staf Pelaksana")


def attendee(
    person: str,
    office: Office,
    *present: tuple[float, float],
    name: str = "Maria Tandilangi",
    position: str = "Anggota",
    role: Role = "participant",
    shared: bool = False,
) -> Attendee:
    whole = present or ((0.0, LASTED_S),)
    return Attendee(person, name, position, office.id, office.short_name, role, shared, whole, 0)


def correction(
    number: int, subject: Subject, change: Change = Change(), withdraws: int | None = None, reason: str = "Surat tugas."
) -> Correction:
    at = OPENED + timedelta(hours=4, minutes=number)
    return Correction(number, subject, change, reason, "Dewi Anggraini", "Kasubbag", at, withdraws)


def of(person: str) -> Subject:
    return Subject("person", person)


def listed(invited: Sequence[Office], people: Sequence[Attendee], corrections: Sequence[Correction] = ()) -> Listing:
    return listing(HOST, invited, people, corrections, OPENED.timestamp())


def facts(title: str = "Rapat Koordinasi Penyelesaian Sengketa Pemilihan Tahun 2020", over: bool = True) -> Facts:
    until = OPENED + timedelta(seconds=LASTED_S)
    return Facts("m1", title, HOST, "Asia/Jakarta", OPENED, until, over)


def sample(count: int) -> Document:
    """A meeting of `count` invited offices."""
    chance = random.Random(count)
    invited = [*PROVINCES, *(_regency(number) for number in range(count))][:count]
    people = [
        attendee("ratna", HOST, name="Dr. Ratna Wulandari, S.H., M.H.", position="Anggota KPU RI", role="chair"),
        attendee("dewi", HOST, name="Dewi Anggraini", position="Kepala Subbagian", role="secretariat"),
    ]
    for at, office in enumerate(invited):
        people += [_somebody(chance, f"p{at}-{each}", office) for each in range(chance.choice((0, 1, 1, 2)))]
    excused = correction(1, Subject("office", invited[0].id), Change(status="excused", note="Surat izin 12/2020"))
    return document(facts(), listed(invited, people, [excused]))


def _somebody(chance: random.Random, person: str, office: Office) -> Attendee:
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}, S.H., M.H."
    came = chance.choice((0.0, 200.0, 1_500.0))
    return attendee(person, office, (came, LASTED_S), name=name, position=chance.choice(_POSTS))


def _regency(number: int) -> Office:
    province = PROVINCES[number % len(PROVINCES)]
    name = f"KPU Kabupaten Contoh {number + 1}"
    return Office(id=f"kab{number}", code=f"{province.code}.{number}", short_name=name, name=name, zone=province.zone)
