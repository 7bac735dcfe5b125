"""Invented people in real positions."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "rakor-demo-2020"  # noqa: S105  (printed for whoever tries the demo)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    username: str
    name: str
    position: str
    office: str
    role: str


PEOPLE = (
    DemoPerson("ratna", "Ratna Wulandari", "Anggota KPU RI, Divisi Hukum dan Pengawasan", "kpuri", "chair"),
    DemoPerson("bambang", "Bambang Haryanto", "Kepala Biro Hukum Sekretariat Jenderal", "kpuri", "participant"),
    DemoPerson("dewi", "Dewi Anggraini", "Kepala Subbagian Tata Usaha", "kpuri", "secretariat"),
    DemoPerson("maria", "Maria Tandilangi", "Anggota, Divisi Hukum dan Pengawasan", "kaltara", "participant"),
    DemoPerson("wulan", "Wulan Prasetyo", "Kepala Bagian Hukum, Teknis dan Hupmas", "sumbar", "participant"),
)
