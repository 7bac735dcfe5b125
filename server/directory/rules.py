"""What a right entry of the directory is. Pure; the same for forms and for imports."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from server.auth.accounts import ROLES, USERNAME
from server.auth.models import INSTITUTION_KINDS, LEVELS, POSITION_KINDS, Position
from server.auth.offices import CENTRE

ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
ABOVE = {"provinsi": ("pusat",), "kabkota": ("provinsi",), "instansi": ("pusat", "provinsi", "kabkota")}
MOST_NAME, MOST_SHORT, MOST_TITLE, MOST_EMAIL = 200, 60, 200, 254
EARLIEST, LATEST = date(1945, 8, 17), date(2100, 12, 31)
# One address without a name or comment, in plain letters: what mail servers take everywhere (RFC 5321, dot-string).
_EMAIL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9-]+\.)+[a-z0-9-]{2,}", re.A | re.I)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_CODE = {"provinsi": re.compile(r"\d{2}"), "kabkota": re.compile(r"\d{2}\.\d{2}")}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field. `detail` says what to do, in Indonesian."""

    field: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    id: str
    name: str
    short_name: str
    level: str
    kind: str
    parent_id: str | None
    code: str
    zone: str
    valid_from: date | None
    valid_until: date | None


class Taken:
    """Which names and codes are in use, and when: an office may follow another under the same name."""

    def __init__(self, offices: Iterable[OfficeEntry]) -> None:
        self._by: dict[tuple[str, str], dict[str, OfficeEntry]] = {}
        self._known: dict[str, OfficeEntry] = {}
        for each in offices:
            self.add(each)

    def add(self, office: OfficeEntry) -> None:
        """In the place of what was known of it."""
        former = self._known.get(office.id)
        for key in _claims(former) if former is not None else []:
            self._by[key].pop(office.id, None)
        self._known[office.id] = office
        for key in _claims(office):
            self._by.setdefault(key, {})[office.id] = office

    def by(self, office: OfficeEntry) -> OfficeEntry | None:
        """Another office that has one of them at the same time."""
        others = [each for key in _claims(office) for each in self._by.get(key, {}).values()]
        return next((each for each in others if each.id != office.id and _meet(each, office)), None)


def _claims(office: OfficeEntry) -> list[tuple[str, str]]:
    named = [("name", office.name.casefold()), ("short_name", office.short_name.casefold())]
    return [*named, ("code", office.code)] if office.level in ("provinsi", "kabkota") else named


def _meet(one: OfficeEntry, other: OfficeEntry) -> bool:
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    return begins <= min(one.valid_until or date.max, other.valid_until or date.max)


@dataclass(frozen=True, slots=True)
class PersonEntry:
    username: str
    name: str
    role: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class PositionEntry:
    office_id: str
    title: str
    kind: str
    valid_from: date | None
    valid_until: date | None

    def held_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_until or day)


def tidy(text: str) -> str:
    """One blank between words, none around them; characters in their composed form, as people would type them."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def slug(name: str) -> str:
    """`KPU Kab. Bulungan` → `kpu-kab-bulungan`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def office_faults(entry: OfficeEntry, levels: Mapping[str, str]) -> Iterator[Fault]:
    """`levels` of the offices that there are, by id."""
    if not _SLUG.fullmatch(entry.id):
        yield Fault("id", "bad_office_id", "ID satker: 2 sampai 40 huruf kecil, angka atau tanda hubung.")
    yield from _text("name", entry.name, 3, MOST_NAME, "bad_office_name", "Nama satker")
    yield from _text("short_name", entry.short_name, 2, MOST_SHORT, "bad_short_name", "Nama singkat")
    if entry.level not in LEVELS or (entry.level == "pusat") != (entry.id == CENTRE):
        yield Fault("level", "bad_level", "Tingkat: provinsi, kabkota atau instansi; pusat hanya KPU RI.")
    yield from _kind_faults(entry)
    yield from _parent_faults(entry, levels)
    wanted = _CODE.get(entry.level)
    if wanted is not None and not wanted.fullmatch(entry.code):
        yield Fault("code", "bad_area_code", "Kode wilayah Kemendagri: 65 untuk provinsi, 65.01 untuk kabupaten/kota.")
    elif len(entry.code) > 20:
        yield Fault("code", "bad_area_code", "Kode paling panjang 20 huruf.")
    if entry.zone not in ZONES:
        yield Fault("zone", "unknown_zone", "Zona waktu: WIB, WITA atau WIT.")
    yield from _date_faults(entry.valid_from, entry.valid_until)


def person_faults(entry: PersonEntry) -> Iterator[Fault]:
    if not USERNAME.fullmatch(entry.username):
        detail = "Nama pengguna: 2 sampai 40 huruf kecil, angka, titik, garis bawah atau tanda hubung."
        yield Fault("username", "bad_username", detail)
    yield from _text("name", entry.name, 2, MOST_NAME, "bad_name", "Nama")
    if entry.email and not (len(entry.email) <= MOST_EMAIL and _EMAIL.fullmatch(entry.email)):
        yield Fault("email", "bad_email", "Alamat email tidak lengkap. Contoh: sekretariat@kpu.example.")
    if entry.role not in ROLES:
        yield Fault("role", "unknown_role", f"Peran: {', '.join(ROLES)}.")


def position_faults(entry: PositionEntry, levels: Mapping[str, str], role: str) -> Iterator[Fault]:
    level = levels.get(entry.office_id)
    if level is None:
        yield Fault("office_id", "unknown_office", "Satker ini tidak ada dalam direktori.")
    if level == "instansi" and role != "participant":
        detail = "Orang dari instansi luar hanya dapat menjadi peserta. Pilih peran peserta."
        yield Fault("role", "outside_role", detail)
    yield from _text("title", entry.title, 2, MOST_TITLE, "bad_title", "Jabatan")
    if entry.kind not in POSITION_KINDS:
        yield Fault("kind", "bad_position_kind", "Jenis jabatan: definitif, Plt. atau Plh.")
    yield from _date_faults(entry.valid_from, entry.valid_until)


def _kind_faults(entry: OfficeEntry) -> Iterator[Fault]:
    if entry.level == "instansi" and entry.kind not in INSTITUTION_KINDS:
        yield Fault("kind", "bad_institution", f"Jenis instansi: {', '.join(INSTITUTION_KINDS)}.")
    if entry.level != "instansi" and entry.kind:
        yield Fault("kind", "bad_institution", "Jenis instansi hanya untuk tingkat instansi. Kosongkan.")


def _parent_faults(entry: OfficeEntry, levels: Mapping[str, str]) -> Iterator[Fault]:
    allowed = ABOVE.get(entry.level, ())
    if entry.parent_id is None:
        if entry.level in ("provinsi", "kabkota"):
            yield Fault("parent_id", "bad_parent", "Isi satker induk: KPU RI untuk provinsi, provinsi untuk kab/kota.")
    elif levels.get(entry.parent_id) not in allowed or entry.parent_id == entry.id:
        yield Fault("parent_id", "bad_parent", f"Satker induk harus satu tingkat di atas: {' atau '.join(allowed)}.")


def _text(field: str, value: str, least: int, most: int, code: str, label: str) -> Iterator[Fault]:
    if not least <= len(value) <= most:
        yield Fault(field, code, f"{label}: {least} sampai {most} huruf.")
    elif any(unicodedata.category(letter) == "Cc" for letter in value):
        yield Fault(field, code, f"{label} memuat karakter yang tidak dapat dicetak. Ketik ulang.")


def _date_faults(first: date | None, last: date | None) -> Iterator[Fault]:
    if any(each is not None and not EARLIEST <= each <= LATEST for each in (first, last)):
        yield Fault("valid_from", "bad_dates", "Tanggal dari 17 Agustus 1945 sampai akhir 2100.")
    if first is not None and last is not None and last < first:
        yield Fault("valid_until", "bad_dates", "Tanggal akhir mendahului tanggal mulai.")


def ends_with(former: PositionEntry | Position, new: PositionEntry) -> bool:
    """A new definite post ends a definite one that runs when it begins. Acting posts stand beside one's own."""
    if {former.kind, new.kind} != {"definitif"} or new.valid_from is None:
        return False
    begun = (former.valid_from or date.min) < new.valid_from
    return begun and (former.valid_until is None or former.valid_until >= new.valid_from)


def is_over(position: PositionEntry | Position, day: date) -> bool:
    """False also for one that is still to begin."""
    return position.valid_until is not None and position.valid_until < day


def overlaps(one: PositionEntry | Position, other: PositionEntry) -> bool:
    """Both on some day."""
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    return begins <= min(one.valid_until or date.max, other.valid_until or date.max)


def day_before(day: date) -> date:
    return day - timedelta(days=1)
