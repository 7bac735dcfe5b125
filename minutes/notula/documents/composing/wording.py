"""How papers call what a notula holds. PURE."""

from __future__ import annotations

from collections.abc import Iterable

from minutes.language.law import REGULATIONS
from minutes.notula.content import Agreed, Category, Content, Contribution, Direction, FollowUp, Manner, Who

MANNERS: dict[Manner, str] = {
    "presentation": "paparan",
    "question": "pertanyaan",
    "response": "tanggapan",
    "proposal": "usul",
    "objection": "keberatan",
    "direction": "arahan",
    "remark": "",
}
AGREED: dict[Agreed, str] = {
    "": "",
    "musyawarah": "musyawarah untuk mufakat",
    "aklamasi": "aklamasi",
    "suara": "pemungutan suara",
}
CATEGORIES: dict[Category, str] = {
    "penguatan_organisasi": "Penguatan organisasi",
    "tata_kelola": "Tata kelola",
    "sarana_prasarana": "Sarana prasarana",
    "monitoring": "Monitoring",
    "evaluasi": "Evaluasi",
    "koordinasi_internal": "Koordinasi internal",
    "koordinasi_eksternal": "Koordinasi eksternal",
    "regulasi": "Regulasi",
    "dokumen_hukum": "Dokumen hukum",
    "lainnya": "Lainnya",
}
METHODS = {"hands": "Angkat tangan", "roll": "Panggilan satu per satu"}
SOMEBODY = "Peserta rapat"
_LAWS = {key: written for _, written, key in REGULATIONS}  # of several names the last, which is the short one
_LONG_NAME = "Komisi Pemilihan Umum"


def letterhead(office: str) -> tuple[str, ...]:
    """As it heads a letter: "KPU Provinsi Bali" in two lines, in full and in capitals."""
    if office == "KPU RI":
        return (f"{_LONG_NAME} Republik Indonesia".upper(),)
    full = office.replace("KPU", _LONG_NAME, 1) if office.startswith("KPU ") else office
    if full.startswith(f"{_LONG_NAME} ") and not full.endswith("Republik Indonesia"):
        return _LONG_NAME.upper(), full.removeprefix(_LONG_NAME).strip().upper()
    return (full.upper(),)


def person(who: Who) -> str:
    """ "Budi Santoso (Ketua, KPU Provinsi Bali)"; "" for nobody."""
    serves = serving(who)
    if not who.name:
        return serves
    return f"{who.name} ({serves})" if serves else who.name


def serving(who: Who) -> str:
    """Post and office; the office only where the post does not name it."""
    told = [who.position] if who.office and who.office in who.position else [who.position, who.office]
    return ", ".join(filter(None, told))


def speaker(said: Contribution) -> Who:
    """Whom the paper names: nobody where it is to be without names."""
    return said.speaker if said.named else Who(name=SOMEBODY)


def law(key: str) -> str:
    """`pkpu:2020:5` is "PKPU Nomor 5 Tahun 2020"; what is no key stays as it was written."""
    kind, _, rest = key.partition(":")
    year, _, number = rest.partition(":")
    return f"{_LAWS[kind]} Nomor {number} Tahun {year}" if kind in _LAWS and number and year else key


def laws(keys: Iterable[str]) -> str:
    return "; ".join(law(each) for each in keys)


def listed(parts: Iterable[str], last: str = "dan") -> str:
    """ "a, b, dan c"."""
    found = list(parts)
    if len(found) < 3:
        return f" {last} ".join(found)
    return f"{', '.join(found[:-1])}, {last} {found[-1]}"


def clause(text: str) -> str:
    """Without its full stop, to stand within a sentence."""
    return text.rstrip(" .;,")


def sentence(text: str) -> str:
    """With a full stop, unless it ends with a sign of its own."""
    return text if text[-1:] in '.!?:;)”"…' else f"{text}."


def owners(todo: FollowUp) -> str:
    everybody = ["Seluruh satker yang diundang"] if todo.all_offices else []
    return "; ".join([*todo.owners, *everybody]) or "–"


def sources(content: Content) -> dict[str, str]:
    """Of what follows from something: id to "Keputusan 2"."""
    found: dict[str, str] = {}
    kinds = (("Kesimpulan", content.conclusions), ("Keputusan", content.decisions), ("Arahan", content.directions))
    for name, several in kinds:
        found |= {each.id: f"{name} {number}" for number, each in enumerate(several, 1)}
    return found


def by(direction: Direction) -> str:
    return f"Oleh: {person(direction.by)}" if person(direction.by) else ""
