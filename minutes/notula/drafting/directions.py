"""What whoever leads, or a principal of the host, asks the offices to do. PURE."""

from __future__ import annotations

import re
from collections.abc import Collection

from minutes.notula.drafting import binding, roots
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.presiding import CLOSED, OPENED
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.turns import Sentence

_DIRECTS = re.compile(
    either(
        r"""agar / supaya / harap / diharapkan / diharap / diminta / dimohon / mohon / tolong / wajib / diwajibkan / jangan(?: sampai)?
        / pastikan / segera / (?:saya|kami) (?:minta|harap|harapkan|tugaskan|instruksikan|mohon|ingatkan|tegaskan)
        / diinstruksikan / ditugaskan / menugaskan / menjadi (?:tugas|tanggung jawab|kewajiban) / penanggung jawab\S*
        / (?:saya|kami) (?:serahkan|percayakan|beri waktu) / paling lambat(?:nya)? / selambat-lambatnya / selambatnya / sudah harus
        / (?:perlu|harus) / tidak boleh / dilarang"""
    )
)
# An assignment without such a word: "nanti Pusdatin yang mengirimkan", "pedoman akan disusun oleh Biro Hukum".
_ASSIGNS = re.compile(
    either(
        r"""(?:akan|nanti|nantinya) \S*di\S+ oleh(?: \S+){1,4} / nanti(?: \S+){1,5} yang (?:me|ber)?\S+
        / (?:saya|kami) tunggu(?: \S+){0,8} / ditunggu(?: \S+){0,8} / hasilnya(?: \S+){0,6} (?:sampaikan|laporkan|dilaporkan|disampaikan)"""
    )
)
_RUNS = re.compile(
    either(
        r"""(?:mohon|tolong|harap|diharap|agar|supaya)(?: \S+){0,6} (?:mik\S*|mute|unmute|suaranya|kamera\S*|layar\S*|(?:meng)?ganti nama)(?: \S+)*
        / mohon (?:izin|maaf|waktu|doa|bersabar|ditunggu|perhatian|kesediaan)(?: \S+)* / (?:lanjut|dilanjutkan|silakan|singkat saja)
        / (?:laporannya|paparannya|pertanyaannya) singkat(?: \S+)* / saya minta laporannya singkat(?: \S+)*"""
    )
)
# The speaker's own duty, what is wished and what the law says bind nobody in the meeting.
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
            found.append(Found(text, said))
    return binding.merged(found)


def directs(course: Course, said: Sentence) -> bool:
    plain = said.plain
    if (
        not course.presiding.directs(said.speaker)
        or said.text.rstrip().endswith("?")
        or OPENED.search(plain)
        or CLOSED.search(plain)
    ):
        return False
    asks = _DIRECTS.search(plain) is not None and _OWN.search(plain) is None
    return (asks or assigns(plain)) and _RUNS.search(plain) is None


def assigns(plain: str) -> bool:
    return _ASSIGNS.search(plain) is not None
