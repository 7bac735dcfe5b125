"""KPU RI and its provincial offices, with their time zones (Keppres 41/1987)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.models import Office

_WIB, _PONTIANAK, _WITA, _WIT = "Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"

# slug, Kemendagri code, province, zone
_PROVINCES = (
    ("aceh", "11", "Aceh", _WIB),
    ("sumut", "12", "Sumatera Utara", _WIB),
    ("sumbar", "13", "Sumatera Barat", _WIB),
    ("riau", "14", "Riau", _WIB),
    ("jambi", "15", "Jambi", _WIB),
    ("sumsel", "16", "Sumatera Selatan", _WIB),
    ("bengkulu", "17", "Bengkulu", _WIB),
    ("lampung", "18", "Lampung", _WIB),
    ("babel", "19", "Kepulauan Bangka Belitung", _WIB),
    ("kepri", "21", "Kepulauan Riau", _WIB),
    ("dki", "31", "DKI Jakarta", _WIB),
    ("jabar", "32", "Jawa Barat", _WIB),
    ("jateng", "33", "Jawa Tengah", _WIB),
    ("diy", "34", "DI Yogyakarta", _WIB),
    ("jatim", "35", "Jawa Timur", _WIB),
    ("banten", "36", "Banten", _WIB),
    ("bali", "51", "Bali", _WITA),
    ("ntb", "52", "Nusa Tenggara Barat", _WITA),
    ("ntt", "53", "Nusa Tenggara Timur", _WITA),
    ("kalbar", "61", "Kalimantan Barat", _PONTIANAK),
    ("kalteng", "62", "Kalimantan Tengah", _PONTIANAK),
    ("kalsel", "63", "Kalimantan Selatan", _WITA),
    ("kaltim", "64", "Kalimantan Timur", _WITA),
    ("kaltara", "65", "Kalimantan Utara", _WITA),
    ("sulut", "71", "Sulawesi Utara", _WITA),
    ("sulteng", "72", "Sulawesi Tengah", _WITA),
    ("sulsel", "73", "Sulawesi Selatan", _WITA),
    ("sultra", "74", "Sulawesi Tenggara", _WITA),
    ("gorontalo", "75", "Gorontalo", _WITA),
    ("sulbar", "76", "Sulawesi Barat", _WITA),
    ("maluku", "81", "Maluku", _WIT),
    ("malut", "82", "Maluku Utara", _WIT),
    ("papua", "91", "Papua", _WIT),
    ("papuabarat", "92", "Papua Barat", _WIT),
    ("papuaselatan", "93", "Papua Selatan", _WIT),
    ("papuatengah", "94", "Papua Tengah", _WIT),
    ("papuapegunungan", "95", "Papua Pegunungan", _WIT),
    ("papuabaratdaya", "96", "Papua Barat Daya", _WIT),
)
# Aceh's commission has its own name by law.
_NAMES = {"aceh": ("KIP Aceh", "Komisi Independen Pemilihan Aceh")}
_SHORT = {
    "kaltara": "KPU Kaltara",
    "kaltim": "KPU Kaltim",
    "kalbar": "KPU Kalbar",
    "kalsel": "KPU Kalsel",
    "kalteng": "KPU Kalteng",
    "sumut": "KPU Sumut",
    "sumbar": "KPU Sumbar",
    "sumsel": "KPU Sumsel",
    "babel": "KPU Babel",
    "kepri": "KPU Kepri",
    "dki": "KPU DKI Jakarta",
    "jabar": "KPU Jabar",
    "jateng": "KPU Jateng",
    "diy": "KPU DIY",
    "jatim": "KPU Jatim",
    "ntb": "KPU NTB",
    "ntt": "KPU NTT",
    "sulut": "KPU Sulut",
    "sulteng": "KPU Sulteng",
    "sulsel": "KPU Sulsel",
    "sultra": "KPU Sultra",
    "sulbar": "KPU Sulbar",
    "malut": "KPU Malut",
}

# The days on which the laws that made these provinces came into force (UU 14, 15, 16 and 29 of 2022).
_SINCE = {
    "papuaselatan": date(2022, 7, 25),
    "papuatengah": date(2022, 7, 25),
    "papuapegunungan": date(2022, 7, 25),
    "papuabaratdaya": date(2022, 12, 8),
}

CENTRE = "kpuri"
# In lists: the centre, each province before its regencies, then what is no office of the commission.
IN_ORDER = (
    col(Office.level) == "instansi",
    col(Office.level) != "pusat",
    col(Office.code),
    col(Office.short_name),
    col(Office.id),
)


async def ensure(session: AsyncSession) -> None:
    """Add the offices that are missing, in the caller's transaction; what somebody has changed stays."""
    known = set((await session.scalars(select(col(Office.id)))).all())
    session.add_all(office for office in offices() if office.id not in known)
    await session.flush()


def valid(day: date) -> ColumnElement[bool]:
    """Of offices that there are on `day`."""
    begun = or_(col(Office.valid_from).is_(None), col(Office.valid_from) <= day)
    return and_(begun, or_(col(Office.valid_until).is_(None), col(Office.valid_until) >= day))


def offices() -> list[Office]:
    """The central office, then the 38 provincial ones."""
    central = Office(
        id=CENTRE,
        code="",
        short_name="KPU RI",
        name="Komisi Pemilihan Umum Republik Indonesia",
        zone=_WIB,
        level="pusat",
    )
    return [central, *(_office(*province) for province in _PROVINCES)]


def _office(slug: str, code: str, province: str, zone: str) -> Office:
    short, name = _NAMES.get(slug, (_SHORT.get(slug, f"KPU {province}"), f"KPU Provinsi {province}"))
    return Office(
        id=slug,
        code=code,
        short_name=short,
        name=name,
        zone=zone,
        level="provinsi",
        parent_id=CENTRE,
        valid_from=_SINCE.get(slug),
    )
