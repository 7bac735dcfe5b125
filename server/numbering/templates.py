"""Numbers of letters, as an office writes them: "41/HK.04-BA/08/KPU/III/2026". PURE.

Forms differ by office and change by decree, so they are data: a template with placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from minutes.language.spelled import roman_month
from server.errors import BadRequest

PLACEHOLDERS = ("no", "klasifikasi", "jenis", "unit", "satker", "bulan_romawi", "tahun")
DEFAULT = "{no}/{klasifikasi}-{jenis}/{unit}/{tahun}"
MOST_SIGNS = 120
# Codes seen in the offices' letters where there are any ("BA"); each office enters its own.
CODES = {"notula": "Nt", "risalah": "Rs", "tindak-lanjut": "TL", "berita-acara": "BA"}
_PART = re.compile(r"\{([^{}]*)\}")
_PLAIN = re.compile(r"[\w ./()–-]*")
_NUMBER = re.compile(r"[\w ./()–-]{1,120}")


@dataclass(frozen=True, slots=True)
class Scheme:
    """How an office numbers. `codes`: of kinds of papers, for {jenis}."""

    template: str = DEFAULT
    classification: str = "HK.04"
    unit: str = "08"
    office: str = "KPU"
    codes: Mapping[str, str] = field(default_factory=lambda: dict(CODES))


def checked(scheme: Scheme) -> Scheme:
    """Raises `BadRequest` that says what is wrong and how it is put right."""
    used = _PART.findall(scheme.template)
    for wrong in (each for each in used if each not in PLACEHOLDERS):
        known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
        raise _refused(f"“{{{wrong}}}” tidak dikenal. Yang dapat dipakai: {known}.")
    if not _PLAIN.fullmatch(_PART.sub("", scheme.template)):
        raise _refused("Pola hanya boleh memuat huruf, angka, spasi, titik, garis miring, garis hubung, dan kurung.")
    if used.count("no") != 1:
        raise _refused("Pola harus memuat {no} tepat satu kali, agar setiap surat bernomor sendiri.")
    if "tahun" not in used:
        raise _refused("Pola harus memuat {tahun}: nomor urut dimulai lagi setiap tahun.")
    _filled(scheme, used)
    if len(written(scheme, "berita-acara", 99999, date(2000, 8, 1))) > MOST_SIGNS:
        raise _refused(f"Nomor yang terbentuk lebih dari {MOST_SIGNS} huruf. Persingkat pola atau kode.")
    return scheme


def written(scheme: Scheme, kind: str, number: int, day: date) -> str:
    """`day`: on which it is taken, where the office is."""
    values = {
        "no": str(number),
        "klasifikasi": scheme.classification,
        "jenis": scheme.codes.get(kind, CODES[kind]),
        "unit": scheme.unit,
        "satker": scheme.office,
        "bulan_romawi": roman_month(day.month),
        "tahun": str(day.year),
    }
    return _PART.sub(lambda found: values[found[1]], scheme.template)


def by_hand(number: str) -> str:
    """One that was given elsewhere. Raises `BadRequest`."""
    tidy = " ".join(number.split())
    if not _NUMBER.fullmatch(tidy):
        raise BadRequest(
            "Nomor memuat 1 sampai 120 huruf, angka, spasi, titik, garis miring, garis hubung, atau kurung.",
            code="bad_number",
        )
    return tidy


def _filled(scheme: Scheme, used: list[str]) -> None:
    codes = {"klasifikasi": scheme.classification, "unit": scheme.unit, "satker": scheme.office}
    for name, value in codes.items():
        if name in used and not value:
            raise _refused(f"Pola memakai {{{name}}}, tetapi kodenya kosong. Isi kodenya atau hapus dari pola.")
    if "jenis" in used and not all(scheme.codes.get(kind) for kind in CODES):
        raise _refused("Pola memakai {jenis}, tetapi ada jenis naskah tanpa kode. Isi semua kode jenis.")
    for value in (*codes.values(), *scheme.codes.values()):
        if not _PLAIN.fullmatch(value):
            raise _refused(f"Kode “{value}” memuat tanda yang tidak dapat dipakai dalam nomor surat.")


def _refused(detail: str) -> BadRequest:
    return BadRequest(detail, code="bad_template")
