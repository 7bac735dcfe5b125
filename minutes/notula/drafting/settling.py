"""Words that settle a matter, and those that undo them: reported, refused, put off, asked. PURE."""

from __future__ import annotations

import re

from minutes.notula.drafting.reading import either

WE = r"(?:saya|kita|kami|rapat(?: ini| koordinasi ini)?|rakor(?: ini)?|forum(?: ini)?|pleno(?: ini)?)"
SETTLE = (
    r"(?:putuskan|memutuskan|tetapkan|menetapkan|sepakati|menyepakati|setujui|menyetujui|sepakat(?! dengan)|bersepakat"
    r"|setuju(?! dengan))"
)
SETTLED = re.compile(
    either(
        rf"""{WE}(?: (?:juga|sudah|semua|bersama|semuanya|telah|langsung|dengan ini))* {SETTLE}
        / (?:diputuskan|disepakati|ditetapkan|disetujui)
        / (?:sepakat|setuju|disepakati|disetujui) (?:ya|semua)
        / keputusan(?:nya)?(?: kita| rapat| saya)?(?: adalah| yaitu)
        / (?:saya|kita) (?:ketok|ketuk|kunci|patok|ambil keputusan) / ketok palu / (?:sah|fix|final) ya
        / itu keputusan(?:nya)?(?: kita)?
        / menjadi keputusan(?: rapat)?
        / kita (?:mundurkan|majukan|undur|undurkan|geser|jadwalkan|hentikan|hapus|batalkan|perpanjang|pertahankan
        |batasi)
        / nyatakan (?:sah|diterima|disetujui|disepakati)
        / (?:usul\S*|permohonan|saran\S*|permintaan)(?: \S+){{0,6}} (?:kita|saya|kami) (?:terima|akomodir|akomodasi)
        / (?:\S+ ){{0,2}}(?:sepakat|setuju|disepakati|disetujui)$ / kita terima / dengan ini (?:di)?\S+kan"""
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
PROPOSED = re.compile(
    either(r"usul\S* / mengusulkan / bagaimana kalau / gimana kalau / sebaiknya / saran\S* / menyarankan")
)
PUT = re.compile(
    r"^(?:baik|oke|jadi|nah|kalau begitu)?[\s,]*"
    r"(?:(?:bagaimana|gimana)(?: kalau| jika)?|apa(?:kah)?(?: (?:kita )?(?:sepakat|setuju))?)[\s,]+",
    re.IGNORECASE,
)
WHETHER = re.compile(
    either(r"ada (?:yang )?(?:keberatan|menolak|tidak setuju|lain) / ada (?:tanggapan|masukan|usul)(?: lain)?")
)
# A heading of what follows, and nothing settled by itself.
HEADS = re.compile(r"(?:sebagai berikut|hal-hal berikut|(?:beberapa|\S+) (?:hal|poin|butir)(?: penting)?(?: yaitu)?)$")
# "Kita sepakat bahwa sengketa adalah keniscayaan": an opinion that all share.
STATES = re.compile(r" (?:bahwa )?(?:\S+ ){1,4}(?:adalah|merupakan|ialah)(?!\S)")
LEADS_IN = re.compile(
    either("(?:kalau|jika) begitu / tidak ada(?: yang)? keberatan / dengan demikian / oleh karena itu / untuk itu")
)
FILLS = re.compile(
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
        / (?:tadi|sudah|sidang|majelis|hakim|{_BODY})(?: \S+){{0,4}} ketok palu / bukan keputusan(?: \S+)?
        / sudah (?:kita |di)sepakati"""
    )
)
ASKED = re.compile(
    either(r"apakah / bagaimana / kapan / siapa / mengapa / kenapa / ada yang keberatan / boleh(?:kah)?")
)
ASSENT = re.compile(either(r"sepakat / setuju / siap / baik / ya / iya / oke / sip / tidak ada(?: yang keberatan)?"))
TAG = re.compile(either(r"(?:di)?(?:sepakat\S*|setuju\S*) / ya / kan"))
YES = re.compile(either("sepakat / setuju / kami setuju / kami sepakat"))
DESCRIBES = re.compile(
    either(
        r"""sudah(?: \S+){0,3} (?:berjalan|baik|lengkap|selesai|terlaksana|cukup) / masih(?: \S+){0,3} (?:lemah
        |kurang|ada|rendah|banyak)
        / terdapat / berjalan (?:baik|lancar) / pada umumnya / secara umum / mengalami / menghadapi"""
    )
)
OBLIGES = re.compile(
    either(
        r"""wajib / harus / agar / supaya / tidak (?:boleh|ada) / dilarang / jangan / paling lambat
        / \S*[pm]utuskan / disepakati
        / ditetapkan / disetujui / me[a-z]{3,}(?:kan|i)? / di[a-z]{3,}(?:kan|i)? / ber[a-z]{4,} / tetap"""
    )
)


def trigger(said: str) -> re.Match[str] | None:
    """The first words that settle something and are not undone by those around them."""
    undone = [match.span() for match in _NOT_SETTLED.finditer(said)]
    found = (match for pattern in (SETTLED, _SETTLES_ALSO) for match in pattern.finditer(said))
    return next((each for each in found if not any(a < each.end() and each.start() < b for a, b in undone)), None)
