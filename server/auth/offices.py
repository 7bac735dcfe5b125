"""KPU RI and its provincial offices, with their time zones (Keppres 41/1987)."""

from __future__ import annotations

from sqlalchemy import select
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

CENTRE = "kpuri"


async def ensure(session: AsyncSession) -> None:
    """Add the offices that are missing, in the caller's transaction; what somebody has changed stays."""
    known = set((await session.scalars(select(col(Office.id)))).all())
    session.add_all(office for office in offices() if office.id not in known)
    await session.flush()


def offices() -> list[Office]:
    """The central office, then the 38 provincial ones."""
    central = Office(
        id=CENTRE, code="", short_name="KPU RI", name="Komisi Pemilihan Umum Republik Indonesia", zone=_WIB
    )
    return [central, *(_office(*province) for province in _PROVINCES)]


def _office(slug: str, code: str, province: str, zone: str) -> Office:
    short, name = _NAMES.get(slug, (_SHORT.get(slug, f"KPU {province}"), f"KPU Provinsi {province}"))
    return Office(id=slug, code=code, short_name=short, name=name, zone=zone)
