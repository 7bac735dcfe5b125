"""What stands in the way or may: the register of problems by stages of the election. PURE."""

from __future__ import annotations

import re

from minutes.notula.drafting import binding
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.stages import stage

_PROBLEM = re.compile(
    either(
        r"""(?:ter)?kendala(?:nya)? / masalah(?:nya)? / permasalahan(?:nya)? / persoalan(?:nya)? / hambatan
        / kesulitan / terhambat
        / potensi (?:sengketa|masalah|permasalahan|pelanggaran|gugatan) / risiko / rawan
        / (?:di)?khawatir(?:kan)? / terlambat
        / kekurangan / kelemahan(?: kita)? / rusak / gagal"""
    )
)
# Says only that there will be talk of problems, or that there is none.
_NONE = re.compile(
    either(
        r"""(?:tidak|belum) ada (?:kendala|masalah|permasalahan|persoalan|hambatan) / tanpa (?:kendala|masalah)
        / tidak masalah
        / materi(?: \S+){0,8} (?:bagian|pokok) / (?:membahas|pokok bahasan|memaparkan)(?: \S+)*
        / supaya(?: \S+)* tidak bermasalah"""
    )
)
FEWEST = 5


def problems(course: Course) -> list[tuple[Found, str]]:
    """Each with its stage, "" where none is named there or in the point of the agenda."""
    found = []
    for said in course.sentences():
        asks = said.text.rstrip().endswith("?")
        if asks or _PROBLEM.search(said.plain) is None or _NONE.search(said.plain) is not None:
            continue
        text = binding.quoted(said.text)
        if len(text.split()) >= FEWEST:
            found.append(Found(text, said))
    return [(each, _stage(course, each)) for each in binding.merged(found)]


def _stage(course: Course, found: Found) -> str:
    return stage(found.sentence.plain) or stage(course.turns[found.sentence.turn].item.casefold())
