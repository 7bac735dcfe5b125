"""The columns of both kinds of table: what they are called, what may stand there. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from server.directory.importing.reading import BadTable, Row

Kind = Literal["offices", "people"]


@dataclass(frozen=True, slots=True)
class Column:
    """`also`: other headers it is known by, as `_plain` writes them. `hint` is for who fills in the template."""

    key: str
    title: str
    hint: str
    required: bool = False
    also: tuple[str, ...] = ()


OFFICES = (
    Column("id", "ID satker", "Kosong: ditentukan dari kode atau nama. Misalnya kaltara.", also=("id", "slug")),
    Column("code", "Kode wilayah", "Kode Kemendagri: 65 provinsi, 65.01 kab/kota.", also=("kode", "kodekemendagri")),
    Column("name", "Nama satker", "Nama resmi.", True, ("nama", "satker", "kantor", "namakantor")),
    Column("short_name", "Nama singkat", "Seperti tampil di ruang rapat. Kosong: dari nama.", also=("singkatan",)),
    Column("level", "Tingkat", "pusat, provinsi, kabupaten/kota, instansi. Kosong: dari kode.", also=("level",)),
    Column("kind", "Jenis instansi", "Hanya instansi luar: bawaslu, dkpp, pemda, pengadilan, …", also=("jenis",)),
    Column("parent", "Satker induk", "ID, kode atau nama. Kosong: dari kode.", also=("induk", "satkeratasan")),
    Column("zone", "Zona waktu", "WIB, WITA atau WIT. Kosong: seperti satker induk.", also=("zona",)),
    Column("valid_from", "Berlaku sejak", "Misalnya 2022-07-25. Kosong: sejak dahulu.", also=("sejak", "mulai")),
    Column("valid_until", "Berlaku sampai", "Hari terakhir. Kosong: masih berlaku.", also=("sampai",)),
)
PEOPLE = (
    Column("username", "Nama pengguna", "Untuk masuk; pengenal orang dalam berkas ini.", True, ("username", "akun")),
    Column("name", "Nama", "Lengkap dengan gelar bila ada. Nama tunggal boleh.", True, ("namalengkap",)),
    Column("office", "Satker", "ID, kode, nama singkat atau nama lengkap.", True, ("kantor", "unitkerja", "idsatker")),
    Column("title", "Jabatan", "Tanpa Plt. atau Plh.", True),
    Column("kind", "Jenis jabatan", "definitif, plt. atau plh. Kosong: definitif.", also=("jenis",)),
    Column("valid_from", "Mulai", "Hari pertama. Wajib bila orang ini pindah jabatan.", also=("sejak", "tmt")),
    Column("valid_until", "Sampai", "Hari terakhir. Kosong: masih menjabat.", also=("berlakusampai",)),
    Column("role", "Peran", "peserta, sekretariat, pimpinan, administrator. Kosong: peserta.", also=("role",)),
    Column("email", "Email", "Untuk pengingat tindak lanjut. Kosong: tidak ada.", also=("surel", "alamatemail")),
    Column("active", "Aktif", "ya atau tidak. Kosong: ya.", also=("akunaktif",)),
)
COLUMNS: dict[Kind, tuple[Column, ...]] = {"offices": OFFICES, "people": PEOPLE}


@dataclass(frozen=True, slots=True)
class Record:
    """One row by its columns; what the file has no column for is absent."""

    number: int
    cells: dict[str, str]

    def get(self, key: str) -> str:
        return self.cells.get(key, "")

    def __contains__(self, key: str) -> bool:
        return key in self.cells


@dataclass(frozen=True, slots=True)
class Table:
    records: tuple[Record, ...]
    ignored: tuple[str, ...]  # headers that nobody knows


def table(rows: Sequence[Row], kind: Kind) -> Table:
    """Raises `BadTable` when a column is missing or stands there twice."""
    header, *others = rows
    known = {name: column for column in COLUMNS[kind] for name in (_plain(column.title), *column.also)}
    places: dict[str, int] = {}
    ignored = []
    for place, title in enumerate(header.cells):
        column = known.get(_plain(title))
        if column is None:
            ignored += [title[:60]] if title else []
        elif column.key in places:
            raise BadTable(f"Kolom '{column.title}' ada dua kali. Hapus salah satunya.", "column_twice")
        else:
            places[column.key] = place
    missing = [column.title for column in COLUMNS[kind] if column.required and column.key not in places]
    if missing:
        told = ", ".join(missing)
        raise BadTable(f"Kolom wajib tidak ada: {told}. Unduh templat untuk melihat judul kolom.", "columns_missing")
    records = [Record(row.number, {key: _at(row, place) for key, place in places.items()}) for row in others]
    return Table(tuple(records), tuple(ignored))


def title_of(kind: Kind, key: str) -> str:
    return next((column.title for column in COLUMNS[kind] if column.key == key), key)


def _at(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _plain(title: str) -> str:
    """`Nama  Pengguna *` → `namapengguna`."""
    return re.sub(r"[^a-z0-9]", "", title.casefold())
