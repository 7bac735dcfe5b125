"""What somebody promises and whoever leads takes: "akan kami kirim hari Senin". "Baik, ditunggu." PURE."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from minutes.notula.drafting import binding
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.due import due
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.turns import Sentence

_PROMISES = re.compile(
    either(
        r"""akan(?: segera)? (?:kami|saya) \S+ / (?:kami|saya) akan(?: segera)? \S+ / (?:nanti|besok|segera|langsung)(?: \S+){0,2} (?:kami|saya) \S+
        / (?:kami|saya) (?:kirim|kirimkan|sampaikan|laporkan|selesaikan|siapkan|susun|lengkapi|serahkan|tambah|perbaiki|unggah|bagikan)
        / (?:kpu|kip|biro|bagian|\S+) akan (?:melengkapi|mengirim\S*|menyampaikan|melaporkan|menyelesaikan|menyiapkan|menyerahkan)"""
    )
)
_DONE = re.compile(
    either(r"sudah / telah / tadi / kemarin / kalau / apakah / tidak / belum bisa / ingin / hendak / izin / mohon")
)
_TAKEN = re.compile(
    either(r"ditunggu / (?:kami|saya) tunggu / catat / baik / oke / ok / ya / bagus / setuju / silakan / dicatat")
)
FEWEST = 4


def promises(course: Course, today: date, taken: Collection[int]) -> list[Found]:
    """With a day, and taken by who leads; or taken in so many words."""
    found = []
    for said in course.sentences():
        plain = said.plain
        if id(said) in taken or _PROMISES.search(plain) is None or _DONE.search(plain) is not None:
            continue
        text = binding.quoted(said.text)
        if len(text.split()) >= FEWEST and due(said.text, today) is not None and _is_taken(course, said):
            found.append(Found(text, said))
    return binding.merged(found)


def _is_taken(course: Course, said: Sentence) -> bool:
    """Whoever leads promises it, or takes it."""
    answers = (each for each in course.after(said, 4) if course.leads(each))
    return course.leads(said) or any(_TAKEN.search(each.plain) is not None for each in answers)
