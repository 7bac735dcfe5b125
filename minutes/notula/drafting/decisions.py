"""What the meeting decided: points read out as its decisions, and sentences that settle a matter. PURE.

Only whoever leads settles one. No decision of the meeting: what a court or another body decided and somebody reports,
what is put off or refused, what is asked, and what anybody else only claims to have been decided.
"""

from __future__ import annotations

import re

from minutes.notula.content import Agreed
from minutes.notula.drafting import binding, roots
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.presiding import CLOSED, OPENED
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.readings import ReadOut, is_numbered, read_out
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
        / (?:saya|kita) (?:ketok|ketuk|kunci|patok|ambil keputusan) / ketok palu / (?:sah|fix|final) ya
        / itu keputusan(?:nya)?(?: kita)?
        / menjadi keputusan(?: rapat)? / nyatakan (?:sah|diterima|disetujui|disepakati)
        / (?:usul\S*|permohonan|saran\S*|permintaan)(?: \S+){{0,6}} (?:kita|saya|kami) (?:terima|akomodir|akomodasi)
        / kita terima / dengan ini (?:di)?\S+kan"""
    )
)
# Said after "jadi" and the like by whoever leads, this settles a matter as well.
_SETTLES_ALSO = re.compile(
    either(
        r"""(?:jadi|maka|kalau begitu|dengan demikian|oleh karena itu|berarti)(?: \S+){0,6} kita (?:pakai|gunakan
        |ambil|pilih|tunda
        |laksanakan|adakan|jadwalkan|tentukan|batalkan|perpanjang|pertahankan|bagi|mulai)"""
    )
)
_PROPOSED = re.compile(
    either(r"usul\S* / mengusulkan / bagaimana kalau / gimana kalau / sebaiknya / saran\S* / menyarankan")
)
_PUT = re.compile(
    r"^(?:baik|oke|jadi|nah|kalau begitu)?[\s,]*"
    r"(?:(?:bagaimana|gimana)(?: kalau| jika)?|apakah (?:kita )?(?:sepakat|setuju))\s+",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    either(r"ada (?:yang )?(?:keberatan|menolak|tidak setuju|lain) / ada (?:tanggapan|masukan|usul)(?: lain)?")
)
TAKEN_UP = 6  # sentences back
# A heading of what follows, and nothing settled by itself.
_HEADS = re.compile(r"(?:sebagai berikut|hal-hal berikut|(?:beberapa|\S+) (?:hal|poin|butir)(?: penting)?(?: yaitu)?)$")
_LEADS_IN = re.compile(
    either("(?:kalau|jika) begitu / tidak ada(?: yang)? keberatan / dengan demikian / oleh karena itu / untuk itu")
)
_FILLS = re.compile(
    r"(?: (?:ya|bahwa|untuk|hal-hal|sebagai berikut|bersama|jadi|maka|agar|supaya|saja|pak|bu|adalah|yaitu))*"
)
_BODY = (
    r"(?:bawaslu|panwas\S*|panwaslih|mahkamah|mk|ma|pengadilan|ptun|pttun|dkpp|dpr|dprd|hakim|majelis|kemendagri|pemerintah"
    r"|presiden|bupati|gubernur|wali ?kota|polres|polda|kejaksaan|gakkumdu|gugus tugas|satgas|ombudsman|partai|paslon"
    r"|undang-undang|putusan|pasal|pkpu|peraturan|komisi ii|pleno kami|kpu kabupaten|ppk|kpps)"
)
_OTHERS = r"(?: (?!kita|saya|kami|rapat|forum|rakor)\S+)"
_SETTLING = r"\S*(?:putus|mutus|sepakat|setuju|tetapkan|netapkan)\S*"
# Where one of these covers the words that settle, nothing is settled.
_NOT_SETTLED = re.compile(
    either(
        rf"""{_BODY}{_OTHERS}{{0,7}} (?:{_SETTLING}|\S*tolak) / {_SETTLING} oleh {_BODY}
        / (?:belum|tidak|bukan|tak|nggak|jangan)(?:(?: (?:bisa|dapat|mau|akan|perlu|berani|kita|saya|kami|untuk
        |pernah|juga|boleh|usah|sempat|ada|dulu))*) (?:{_SETTLING}|terima)
        / (?:nanti|akan|baru|besok|mau|ingin|hendak)(?: (?:bisa|dapat|kita|saya|kami|di))* {_SETTLING}
        / (?:kalau(?! begitu| demikian)|jika|apabila|bila|seandainya|sebelum|setelah|sesudah|menunggu
        |tunggu)(?: \S+){{0,4}} {_SETTLING}
        / (?:dulu|dahulu|tahun lalu|rapat (?:yang )?lalu|kemarin|waktu itu|bulan lalu)(?: \S+){{0,6}} {_SETTLING}
        / bukan keputusan(?: \S+)? / sudah (?:kita |di)sepakati"""
    )
)
_ASKED = re.compile(
    either(r"apakah / bagaimana / kapan / siapa / mengapa / kenapa / ada yang keberatan / boleh(?:kah)?")
)
_ASSENT = re.compile(either(r"sepakat / setuju / siap / baik / ya / iya / oke / sip / tidak ada(?: yang keberatan)?"))
_TAG = re.compile(either(r"(?:di)?(?:sepakat\S*|setuju\S*) (?:ya|semua) / ya / kan / sepakat / setuju"))
_DESCRIBES = re.compile(
    either(
        r"""sudah(?: \S+){0,3} (?:berjalan|baik|lengkap|selesai|terlaksana|cukup) / masih(?: \S+){0,3} (?:lemah
        |kurang|ada|rendah|banyak)
        / terdapat / berjalan (?:baik|lancar) / pada umumnya / secara umum / mengalami / menghadapi"""
    )
)
_OBLIGES = re.compile(
    either(
        r"""wajib / harus / agar / supaya / tidak (?:boleh|ada) / dilarang / jangan / paling lambat
        / \S*[pm]utuskan / disepakati
        / ditetapkan / disetujui / me[a-z]{3,}(?:kan|i)? / di[a-z]{3,}(?:kan|i)? / ber[a-z]{4,} / tetap"""
    )
)
FEWEST, FEWEST_ROOTS = 3, 3  # words, and roots of words, that say something of the matter


def decisions(course: Course) -> list[Found]:
    """In the order they were made; each matter once."""
    listed = list(read_out(course))
    points = {id(each.said) for each in listed}
    found = [made for each in listed if _binds(each) and (made := _point(course, each)) is not None]
    found += [
        made for said in course.sentences() if id(said) not in points and (made := _settled(course, said)) is not None
    ]
    return binding.merged(sorted(found, key=lambda each: each.sentence.start))


def described(course: Course) -> list[Found]:
    """Points of a list that say how things are, and bind nobody."""
    return [made for each in read_out(course) if not _binds(each) and (made := _point(course, each)) is not None]


def _goes_on(course: Course, said: Sentence) -> Sentence | None:
    """Of "Yang pertama soal gudang. Gudang harus siap besok." the second."""
    after = course.after(said, 1)
    goes_on = bool(after) and after[0].turn == said.turn and not course.asks(after[0])
    return after[0] if goes_on and not is_numbered(after[0].plain) else None


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


def _point(course: Course, point: ReadOut) -> Found | None:
    """Without its number, and without "diputuskan bahwa"."""
    said = point.said
    start = point.plain_from
    heading = re.match(rf"(?:{_WE} )?(?:{_SETTLE}|diputuskan|disepakati|ditetapkan|disetujui)", said.plain[start:])
    if heading is not None:
        start = _matter(said.plain, start + heading.end())
    text = binding.quoted(said.text[said.reading.start(start) :])
    if len(roots.roots(text)) < FEWEST_ROOTS and (rest := _goes_on(course, said)) is not None:
        return Found(f"{text} {binding.quoted(rest.text)}".strip(), said, also=(rest,), list_number=point.number)
    return Found(text, said, list_number=point.number) if len(text.split()) >= FEWEST else None


def _settled(course: Course, said: Sentence) -> Found | None:
    if not course.leads(said) or OPENED.search(said.plain) or CLOSED.search(said.plain):
        return None
    settled = _trigger(said.plain)
    if settled is None or (_asks(said, settled.start()) and not _agreed(course, said)):
        return None
    if _HEADS.search(said.plain, settled.start()) is not None:
        return None
    before, place = _LEADS_IN.sub("", said.plain[: settled.start()]), _matter(said.plain, settled.end())
    after = binding.quoted(said.text[said.reading.start(place) :])
    introduced = settled.re is _SETTLED and (place > settled.end() + 1 or not roots.roots(before))
    if introduced and len(after.split()) >= FEWEST:
        return Found(after, said)
    if len(roots.roots(said.plain)) - introduced >= FEWEST_ROOTS:
        return Found(binding.quoted(said.text), said)
    return _taken_up(course, said)


def _trigger(said: str) -> re.Match[str] | None:
    """The first words that settle something and are not undone by those around them."""
    undone = [match.span() for match in _NOT_SETTLED.finditer(said)]
    found = (match for pattern in (_SETTLED, _SETTLES_ALSO) for match in pattern.finditer(said))
    return next((each for each in found if not any(a < each.end() and each.start() < b for a, b in undone)), None)


def _taken_up(course: Course, said: Sentence) -> Found | None:
    """What was said or proposed just before is settled by "disepakati ya."."""
    matter = next((each for each in course.before(said, TAKEN_UP) if _is_matter(course, each)), None)
    if matter is None:
        return None
    put = _PUT.sub("", matter.text).rstrip(" ?")
    return Found(binding.quoted(put), matter, also=(said,))


def _is_matter(course: Course, said: Sentence) -> bool:
    """Whoever leads said it, or somebody proposed it; not whether anybody objects."""
    enough = len(roots.roots(said.text)) >= FEWEST_ROOTS
    return (
        enough
        and _WHETHER.search(said.plain) is None
        and (course.leads(said) or _PROPOSED.search(said.plain) is not None)
    )


def _matter(said: str, end: int) -> int:
    """Where in plain words the matter begins that is settled."""
    full = _FILLS.match(said, end)
    return (full.end() if full is not None else end) + 1


def _asks(said: Sentence, before: int | None = None) -> bool:
    asked = _ASKED.search(said.plain[:before])
    return said.text.rstrip().endswith("?") or asked is not None


def _agreed(course: Course, said: Sentence) -> bool:
    """It was put as "sepakat ya?", and nobody said no."""
    if _ASKED.search(said.plain) is not None or _TAG.search(said.plain) is None:
        return False
    answers = [each.plain for each in course.after(said) if not course.leads(each)]
    return bool(answers) and all(_ASSENT.match(each) is not None for each in answers[:2])
