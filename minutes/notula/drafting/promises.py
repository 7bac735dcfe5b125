"""What somebody promises and whoever leads takes: "akan kami kirim hari Senin". "Baik, ditunggu." PURE."""

from __future__ import annotations

import re
from collections.abc import Collection

from minutes.notula.drafting import binding, roots
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.directions import dated
from minutes.notula.drafting.due import due
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.turns import Sentence

_PROMISES = re.compile(
    either(
        r"""akan(?: segera)? (?:kami|saya) \S+ / (?:kami|saya) akan(?: segera)? \S+
        / (?:nanti|besok|segera|langsung)(?: \S+){0,2} (?:kami|saya) \S+
        / (?:kami|saya) (?:kirim|kirimkan|sampaikan|laporkan|selesaikan|siapkan|susun|lengkapi|serahkan|tambah
        |perbaiki|unggah|bagikan)
        / (?:senin|selasa|rabu|kamis|jumat|sabtu|besok|lusa|minggu depan|malam ini|sore ini
        |tanggal(?: \S+){1,3})(?: ini| depan)? (?:akan )?(?:kami|saya) \S+
        / (?:kpu|kip|biro|bagian|\S+) akan (?:melengkapi|mengirim\S*|menyampaikan|melaporkan|menyelesaikan
        |menyiapkan|menyerahkan)"""
    )
)
_DONE = re.compile(
    either(
        r"""sudah / telah / tadi / kemarin / kalau(?! begitu) / apakah / tidak / belum bisa / ingin / hendak / izin
        / mohon / saya (?:mau|tunggu|minta|putuskan|lihat)"""
    )
)
_TAKEN = re.compile(
    either(r"ditunggu / (?:kami|saya) tunggu / catat / baik / oke / ok / ya / bagus / setuju / silakan / dicatat")
)
_NOTED = re.compile(either(r"ditunggu / (?:kami|saya) tunggu / catat / dicatat / segera"))
FEWEST, FEWEST_ROOTS = 4, 3


def promises(course: Course, taken: Collection[int]) -> list[Found]:
    """With a day, and taken by who leads; or taken in so many words."""
    found = []
    for said in course.sentences():
        plain = said.plain
        if id(said) in taken or _PROMISES.search(plain) is None or _DONE.search(plain) is not None:
            continue
        text = binding.quoted(said.text)
        enough = len(text.split()) >= FEWEST and len(roots.roots(text)) >= FEWEST_ROOTS
        if enough and _is_taken(course, said, due(said.text, course.today) is not None):
            found.append(Found(text, said, also=dated(course, said)))
    return binding.merged(found)


def _is_taken(course: Course, said: Sentence, dated: bool) -> bool:
    """Whoever leads promises it, or takes it; without a day in so many words."""
    answers = [each.plain for each in course.after(said, 4) if course.leads(each)]
    taken = _TAKEN if dated else _NOTED
    return (dated and course.leads(said)) or any(taken.search(each) is not None for each in answers)
