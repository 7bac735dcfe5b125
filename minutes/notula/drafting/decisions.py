"""What the meeting decided: points read out as its decisions, and sentences by which whoever leads settles a matter. PURE.

No decision of the meeting: what a court or another body decided and somebody reports, what is put off or refused, what is
asked, and what anybody else only claims to have been decided.
"""

from __future__ import annotations

import re

from minutes.notula.content import Agreed
from minutes.notula.drafting import binding, wording
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.readings import ReadOut, read_out
from minutes.notula.drafting.turns import Sentence

_WE = r"(?:saya|kita|kami|rapat(?: ini| koordinasi ini)?|rakor(?: ini)?|forum(?: ini)?|pleno(?: ini)?)"
_SETTLE = (
    r"(?:putuskan|memutuskan|tetapkan|menetapkan|sepakati|menyepakati|setujui|menyetujui|sepakat(?! dengan)|bersepakat"
    r"|setuju(?! dengan))"
)
_SETTLED = re.compile(
    either(
        rf"""{_WE}(?: (?:juga|sudah|semua|bersama|semuanya|telah|langsung|dengan ini))* {_SETTLE}
        / (?:diputuskan|disepakati|ditetapkan|disetujui)
        / (?:sepakat|setuju|disepakati|disetujui) (?:ya|semua)
        / keputusan(?:nya)?(?: kita| rapat| saya)?(?: adalah| yaitu)
        / (?:usul\S*|permohonan|saran\S*|permintaan)(?: \S+){{0,6}} (?:kita|saya|kami) (?:terima|akomodir|akomodasi)
        / kita terima / dengan ini (?:di)?\S+kan"""
    )
)
_FILLS = re.compile(
    r"(?: (?:ya|bahwa|untuk|hal-hal|sebagai berikut|bersama|jadi|maka|agar|supaya|saja|pak|bu|adalah|yaitu))*"
)
_BODY = (
    r"(?:bawaslu|panwas\S*|panwaslih|mahkamah|mk|ma|pengadilan|ptun|pttun|dkpp|dpr|dprd|hakim|majelis|kemendagri|pemerintah"
    r"|presiden|bupati|gubernur|wali ?kota|polres|polda|kejaksaan|gakkumdu|gugus tugas|satgas|ombudsman|partai|paslon"
    r"|undang-undang|putusan|pasal|pkpu|peraturan|komisi ii|pleno kami|kpu kabupaten|ppk|kpps)"
)
_NOT_OURS = re.compile(
    either(rf"{_BODY}(?: \S+){{0,7}} (?:\S*putus\S*|\S*tetapkan|\S*setuju\S*|\S*sepakat\S*|\S*tolak)")
)
_BY_OTHERS = re.compile(either(rf"\S*(?:putus|tetap|setuju|sepakat)\S* oleh {_BODY}"))
_NOT_YET = re.compile(
    either(
        r"""(?:belum|tidak|bukan|tak|nggak|jangan|tanpa)(?: \S+){0,3} (?:\S*putus\S*|\S*sepakat\S*|\S*setuju\S*|\S*tetapkan|terima)
        / (?:nanti|akan|baru|besok)(?: \S+){0,3} (?:\S*putuskan|\S*sepakati|\S*tetapkan|\S*setujui)
        / (?:kalau|jika|apabila|bila|seandainya|sebelum|setelah|sesudah|menunggu|tunggu)(?: \S+){0,5}
        (?:\S*putus\S*|\S*sepakat\S*|\S*setuju\S*|\S*tetapkan)
        / (?:dulu|dahulu|tahun lalu|rapat (?:yang )?lalu|kemarin|waktu itu|bulan lalu)(?: \S+){0,6} (?:\S*putus\S*|\S*sepakat\S*|\S*setuju\S*)
        / bukan keputusan(?: \S+)? / sudah (?:kita|di)\s?sepakati"""
    )
)
_ASKED = re.compile(
    either(r"apakah / bagaimana / kapan / siapa / mengapa / kenapa / ada yang keberatan / boleh(?:kah)?")
)
_ASSENT = re.compile(either(r"sepakat / setuju / siap / baik / ya / iya / oke / sip / tidak ada(?: yang keberatan)?"))
_TAG = re.compile(either(r"(?:di)?(?:sepakat\S*|setuju\S*) (?:ya|semua) / ya / kan / sepakat / setuju"))
_DESCRIBES = re.compile(
    either(
        r"""sudah(?: \S+){0,3} (?:berjalan|baik|lengkap|selesai|terlaksana|cukup) / masih(?: \S+){0,3} (?:lemah|kurang|ada|rendah|banyak)
        / terdapat / berjalan (?:baik|lancar) / pada umumnya / secara umum / mengalami / menghadapi"""
    )
)
_OBLIGES = re.compile(
    either(
        r"""wajib / harus / agar / supaya / tidak (?:boleh|ada) / dilarang / jangan / paling lambat / \S*putuskan / disepakati
        / ditetapkan / disetujui / me[a-z]{3,}(?:kan|i)? / di[a-z]{3,}(?:kan|i)? / ber[a-z]{4,} / tetap"""
    )
)
FEWEST = 4  # words that say something of the matter


def decisions(course: Course) -> list[Found]:
    """In the order they were made; each matter once."""
    listed = list(read_out(course))
    points = {id(each.said) for each in listed}
    found = [made for each in listed if _binds(each) and (made := _point(each)) is not None]
    found += [
        made for said in course.sentences() if id(said) not in points and (made := _settled(course, said)) is not None
    ]
    return binding.merged(sorted(found, key=lambda each: each.sentence.start))


def described(course: Course) -> list[Found]:
    """Points of a list that say how things are, and bind nobody."""
    return [made for each in read_out(course) if not _binds(each) and (made := _point(each)) is not None]


def how(found: Found) -> Agreed:
    said = found.sentence.plain
    rows: tuple[tuple[str, Agreed], ...] = (
        ("aklamasi", "aklamasi"),
        (r"voting / pemungutan suara terbanyak / suara terbanyak", "suara"),
        (r"\S*sepakat\S* / musyawarah\S* / mufakat / setuju", "musyawarah"),
    )
    return next((named for words, named in rows if re.search(either(words), said) is not None), "")


def _binds(point: ReadOut) -> bool:
    if _asks(point.said):
        return False
    matter = point.said.plain[point.plain_from :]
    describes = _DESCRIBES.search(matter) is not None
    return not describes if point.decided else _OBLIGES.search(matter) is not None and not describes


def _point(point: ReadOut) -> Found | None:
    """Without its number, and without "diputuskan bahwa"."""
    said = point.said
    start = point.plain_from
    heading = re.match(rf"(?:{_WE} )?(?:{_SETTLE}|diputuskan|disepakati|ditetapkan|disetujui)", said.plain[start:])
    if heading is not None:
        start = _matter(said.plain, start + heading.end())
    text = binding.quoted(said.text[said.reading.start(start) :])
    return Found(text, said, list_item=True) if len(text.split()) >= FEWEST else None


def _settled(course: Course, said: Sentence) -> Found | None:
    if not course.leads(said):
        return None
    settled = _SETTLED.search(said.plain)
    if settled is None or _excluded(said.plain) or (_asks(said) and not _agreed(course, said)):
        return None
    after = said.reading.start(_matter(said.plain, settled.end()))
    text = binding.quoted(said.text[after:])
    if len(text.split()) >= FEWEST:
        return Found(text, said)
    before = binding.quoted(said.text[: said.reading.start(settled.start())])
    if len(before.split()) >= FEWEST:
        return Found(wording.cleaned(said.text), said)
    return _taken_up(course, said)


def _taken_up(course: Course, said: Sentence) -> Found | None:
    """ "Disepakati ya." settles what was said just before."""
    matter = course.before(said)
    if matter is None or len(wording.cleaned(matter.text).split()) < FEWEST:
        return None
    return Found(wording.cleaned(matter.text), matter, also=said.lines)


def _matter(said: str, end: int) -> int:
    """Where in plain words the matter begins that is settled."""
    full = _FILLS.match(said, end)
    return (full.end() if full is not None else end) + 1


def _excluded(said: str) -> bool:
    return any(each.search(said) is not None for each in (_NOT_OURS, _BY_OTHERS, _NOT_YET))


def _asks(said: Sentence) -> bool:
    return said.text.rstrip().endswith("?") or _ASKED.search(said.plain) is not None


def _agreed(course: Course, said: Sentence) -> bool:
    """It was put as "sepakat ya?", and nobody said no."""
    if _ASKED.search(said.plain) is not None or _TAG.search(said.plain) is None:
        return False
    answers = [each.plain for each in course.after(said) if not course.leads(each)]
    return bool(answers) and all(_ASSENT.match(each) is not None for each in answers[:2])
