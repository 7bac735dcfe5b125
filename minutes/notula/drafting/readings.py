"""Lists that are read out: "saya bacakan kesimpulan rapat. Pertama, … Kedua, …". PURE."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes.notula.drafting.binding import Course
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.turns import Sentence

_HEADING = re.compile(
    either(
        r"""(?:kesimpulan|simpulan|keputusan|kesepakatan|hasil|rumusan)(?:nya)?(?: \S+){0,4}
        / (?:saya|kami|kita|rapat)(?: \S+){0,2} (?:simpulkan|memutuskan|putuskan|sepakati|menyepakati|menetapkan
        |rangkum)
        / sebagai berikut / (?:beberapa|ada) (?:hal|poin|butir)(?: \S+){0,3} / disepakati / diputuskan
        / saya ulangi(?: \S+){0,3}"""
    )
)
_NUMBERED = re.compile(
    r"^(?:(?:dan|kemudian|lalu|selanjutnya|baik) )?(?:(?:yang|poin|butir|nomor|hal) )?"
    r"(?P<number>pertama|kedua|kadua|ketiga|katiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh|terakhir"
    r"|ke(?:satu|dua|tiga)|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|1|2|3|4|5|6|7|8|9|10)"
    r"(?= (?!(?:orang|hari|minggu|bulan|kali|kabupaten|provinsi|kecamatan|tps|buah|lembar|daerah|pihak|persen)(?!\S)))"
)
_DECIDES = re.compile(either(r"\S*[pm]utus\S* / \S*sepakat\S* / \S*[tn]etapkan / keputusan / kesepakatan"))
_FIRST = frozenset({"pertama", "satu", "kesatu", "1"})
HEADED_WITHIN = 4  # sentences before the first point

_Point = tuple[Sentence, int, list[Sentence]]  # where in plain words its matter begins; its heading


@dataclass(frozen=True)
class ReadOut:
    """A point. `decided`: the list is one of decisions, by its heading or by a point of it."""

    said: Sentence
    plain_from: int  # where its matter begins in `said.plain`
    decided: bool
    number: int  # of the list, from 1


def read_out(course: Course) -> Iterator[ReadOut]:
    """Points read out by who leads, under a heading; across turns, for others say "siap" in between."""
    for number, points in enumerate(_lists(course), 1):
        said = [point for point, _, _ in points] + points[0][2]
        decided = any(_DECIDES.search(each.plain) is not None for each in said)
        yield from (ReadOut(point, start, decided, number) for point, start, _ in points)


def _lists(course: Course) -> Iterator[list[_Point]]:
    heading: list[Sentence] = []
    points: list[_Point] = []
    for said in course.sentences():
        if not course.leads(said):
            continue
        number = _NUMBERED.match(said.plain)
        if number is None:
            if _HEADING.search(said.plain) is not None:
                yield from _whole(points)
                heading, points = [said], []
            elif heading and not points and len(heading) < HEADED_WITHIN:
                heading.append(said)
            continue
        if number["number"] in _FIRST and points:
            yield from _whole(points)
            points, heading = [], heading if _near(heading, said) else []
        if heading and (points or number["number"] in _FIRST or _near(heading, said)):
            points.append((said, number.end() + 1, heading))
    yield from _whole(points)


def _whole(points: list[_Point]) -> Iterator[list[_Point]]:
    if points:
        yield points


def is_numbered(plain: str) -> bool:
    return _NUMBERED.match(plain) is not None


def _near(heading: list[Sentence], said: Sentence) -> bool:
    return bool(heading) and said.turn - heading[0].turn <= 2
