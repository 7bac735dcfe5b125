"""Meetings in a few lines, for the rules of drafts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from minutes.language.citations import cited
from minutes.notula.content import Who
from minutes.notula.material import Material, Office, Spoken

HOST = "KPU RI"
CHAIR = Who(name="Ratna Wulandari", position="Anggota KPU RI", office=HOST)
HEAD = Who(name="Bambang Haryanto", position="Kepala Biro Hukum", office=HOST)
MARIA = Who(name="Maria Tandilangi", position="Anggota", office="KPU Provinsi Kalimantan Utara")
OFFICES = (
    Office("kaltara", "KPU Provinsi Kalimantan Utara", "KPU Kaltara"),
    Office("sumbar", "KPU Provinsi Sumatera Barat", "KPU Sumbar"),
    Office("papua", "KPU Provinsi Papua", "KPU Papua"),
    Office("papuabarat", "KPU Provinsi Papua Barat", "KPU Papua Barat"),
)


def line(number: int, who: Who, text: str, start: float, seconds: float = 8.0) -> Spoken:
    laws = tuple(asdict(each) for each in cited(text))
    return Spoken(
        f"l{number}", who.name, who.office, who.office, who.name, who.position, start, start + seconds, text, laws
    )


def lines(*said: tuple[Who, str]) -> tuple[Spoken, ...]:
    """One after the other, every ten seconds."""
    return tuple(line(number, who, text, number * 10.0) for number, (who, text) in enumerate(said, 1))


def material(*said: tuple[Who, str], **parts: Any) -> Material:
    """Held on Thursday, 9 July 2020, from 09.00 WIB."""
    held = {
        "meeting_id": "m1",
        "title": "Rakor penyelesaian sengketa",
        "opened": datetime(2020, 7, 9, 2, tzinfo=UTC),
        "ended": datetime(2020, 7, 9, 4, tzinfo=UTC),
        "zones": ("Asia/Jakarta",),
        "host": HOST,
        "host_city": "Jakarta",
        "lines": lines(*said),
        "offices": OFFICES,
        "chair": CHAIR,
    }
    return Material(**{**held, **parts})
