"""What whoever leads, or a principal of the host, asks the offices to do. PURE."""

from __future__ import annotations

import re
from collections.abc import Collection

from minutes.notula.drafting import binding, roots
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.due import due
from minutes.notula.drafting.owners import owners
from minutes.notula.drafting.presiding import CLOSED, OPENED
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.turns import Sentence

# These direct somebody by themselves …
_DIRECTS = re.compile(
    either(
        r"""agar / supaya / harap / diharapkan / diharap / diminta / dimohon / mohon / tolong / diwajibkan
        / jangan(?: sampai)?
        / pastikan / (?:saya|kami) (?:minta|harap|harapkan|tugaskan|instruksikan|mohon|ingatkan|tegaskan)
        / diinstruksikan
        / ditugaskan / menugaskan / menjadi (?:tugas|tanggung jawab|kewajiban) / penanggung jawab\S*
        / (?:saya|kami) (?:serahkan|percayakan|beri waktu) / tidak boleh / dilarang / cukup(?: \S+){0,4} saja
        / (?:akan|nanti|nantinya)(?: \S+){0,3} di\S+ oleh(?: \S+){1,4} / nanti(?: \S+){1,5} yang \S+
        / hasilnya(?: \S+){0,6} (?:sampaikan|laporkan|dilaporkan|disampaikan|tunggu|ditunggu)"""
    )
)
# … and these where somebody is named who is to do it: else they tell what the law says, or what may come.
_OBLIGES = re.compile(
    either(
        r"""wajib / harus / perlu / segera / akan (?:segera )?(?:me|ber)\S+ / paling lambat(?:nya)?
        / selambat-lambatnya / selambatnya
        / sudah harus / (?:saya|kami) tunggu / ditunggu
        / (?:hubungi|kirim|kirimkan|buat|buatkan|bikin|siapkan|susun|catat|cek|koordinasikan|laporkan|sampaikan
        |undang|surati|lengkapi
        |kumpulkan|tunjuk|bentuk|selesaikan|tindaklanjuti|bagikan|unggah|perbaiki|percepat|jadwalkan|konfirmasi
        |tanyakan|carikan|minta)
        / silakan(?: \S+){0,3} (?:buat|kirim|lapor|susun|koordinasi)\S*"""
    )
)
# What runs the meeting itself.
_RUNS = re.compile(
    either(
        r"""(?:mohon|tolong|harap|diharap|agar|supaya)(?: \S+){0,6} (?:mik\S*|mute|unmute|suaranya|kamera\S*
        |layar\S*|(?:meng)?ganti nama)
        / mohon (?:izin|maaf|waktu|doa|bersabar|ditunggu|perhatian|kesediaan) / memberikan sambutan
        / sambutan(?: \S+)? / berkenan / (?:singkat|dipersingkat|ringkas)(?: saja)? / dilanjutkan
        / (?:mohon|tolong|minta|silakan|harap|agar|untuk|bisa|dapat)(?: \S+){0,6} (?:menanggapi|menjelaskan
        |menjawab|memaparkan|melanjutkan
        |membacakan|menambahkan|memimpin doa|dijelaskan|dijawab|ditanggapi|ditayangkan|diulang|ulangi|memulai
        |dimulai|dibacakan
        |menyampaikan (?:paparan|laporannya|tanggapan\S*|pendapat\S*|materi\S*|sambutan\S*|arahan\S*))"""
    )
)
# The speaker's own duty, and what is wished, bind nobody else.
_OWN = re.compile(
    either(r"(?:saya|kami) (?:harus|perlu|wajib|segera) / kami (?:mohon|minta) (?:penjelasan|arahan|bantuan)")
)
FEWEST, FEWEST_ROOTS = 4, 3


def directions(course: Course, taken: Collection[int]) -> list[Found]:
    """`taken`: ids of sentences that decide something already."""
    found = []
    for said in course.sentences():
        if id(said) in taken or not directs(course, said):
            continue
        text = binding.quoted(said.text)
        if len(text.split()) >= FEWEST and len(roots.roots(text)) >= FEWEST_ROOTS:
            found.append(Found(text, said, also=dated(course, said)))
    return binding.merged(found)


def directs(course: Course, said: Sentence) -> bool:
    plain = said.plain
    if not course.presiding.directs(said.speaker) or course.asks(said) or OPENED.search(plain) or CLOSED.search(plain):
        return False
    runs = _RUNS.search(plain) is not None and due(said.text, course.today) is None
    if runs or _OWN.search(plain) is not None:
        return False
    return _DIRECTS.search(plain) is not None or (
        _OBLIGES.search(plain) is not None and bool(owners(plain, course.directory))
    )


def dated(course: Course, said: Sentence) -> tuple[Sentence, ...]:
    """What puts its day right just after: "Ralat, tanggal 14.", "Kalau begitu hari Senin."."""
    after = (each for each in course.after(said, 4) if _puts_right(course, said, each))
    return tuple(after)[:1]


def _puts_right(course: Course, said: Sentence, after: Sentence) -> bool:
    short = len(after.plain.split()) <= LONGEST_CORRECTION and not course.asks(after)
    speaks = after.speaker == said.speaker or course.leads(after)
    return short and speaks and _CORRECTS.search(after.plain) is not None and due(after.text, course.today) is not None


_CORRECTS = re.compile(
    r"^(?:oh |eh |ya |baik |oke |maaf )*"
    r"(?:maaf|ralat|koreksi|maksud saya|maksudnya|kalau begitu|berarti|jadi|eh|bukan)(?!\S)"
)
LONGEST_CORRECTION = 10  # words
