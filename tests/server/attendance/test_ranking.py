"""Order of precedence: role, then post, then name."""

from __future__ import annotations

from server.attendance.corrections import Role
from server.attendance.ranking import precedence

IN_ORDER: list[tuple[Role, str, str]] = [
    ("chair", "Staf", "Zainal"),
    ("moderator", "Anggota", "Yusuf"),
    ("presenter", "Tenaga Ahli", "Xaverius"),
    ("participant", "Ketua KPU Provinsi", "Wulan"),
    ("participant", "Plt. Ketua", "Yohana"),
    ("participant", "Wakil Ketua", "Agus"),
    ("participant", "Anggota, Divisi Hukum", "Bambang"),
    ("participant", "Sekretaris Jenderal", "Agus"),
    ("participant", "Sekretaris", "Agus"),
    ("participant", "Kepala Bagian Hukum", "Agus"),
    ("participant", "Kasubbag Hukum", "agus"),
    ("participant", "Kepala Subbagian Tata Usaha", "Bambang"),
    ("participant", "Pranata Komputer", "Agus"),
    ("participant", "Staf", "Agus"),
    ("guest", "Tamu", "Agus"),
]
BACKWARDS = IN_ORDER[::-1]


def test_who_stands_before_whom() -> None:
    assert sorted(BACKWARDS, key=lambda each: precedence(*each)) == IN_ORDER
