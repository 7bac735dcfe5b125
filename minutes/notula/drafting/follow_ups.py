"""Who does what by when: out of decisions, directions and promises that give work to somebody. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from minutes.notula.content import MOST_CITED, Category, FollowUp
from minutes.notula.drafting import roots
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.due import due
from minutes.notula.drafting.owners import NOBODY_NAMED, Owners, owners
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.turns import Sentence

SAYS_ENOUGH = 4  # roots: "Senin ya, jangan mundur lagi" only takes a promise
SAME = 0.6  # of the shorter text's matter, with the same owner: the same work
_CATEGORIES: tuple[tuple[Category, str], ...] = (
    (
        "koordinasi_eksternal",
        r"\S*koordinasi\S* dengan (?:bawaslu|pemda|pemerintah|kepolisian|kejaksaan|pengadilan|pol\S+)",
    ),
    ("monitoring", "monitoring / memantau / pemantauan"),
    ("evaluasi", "evaluasi / mengevaluasi"),
    (
        "sarana_prasarana",
        "sarana / prasarana / gudang / server / peralatan / lemari / jaringan / logistik / kotak suara / bilik",
    ),
    ("regulasi", r"surat edaran / pedoman(?: teknis)? / juknis / juklak / peraturan / sop"),
    (
        "dokumen_hukum",
        r"""alat bukti / kronologi / jawaban(?: termohon)? / dokumen hukum / berita acara / surat kuasa / abstrak
        / daftar periksa""",
    ),
    ("penguatan_organisasi", "bimbingan teknis / bimtek / pelatihan / operator / tim / penghubung / menunjuk"),
    ("tata_kelola", "arsip / laporan / melaporkan / administrasi / jadwal / data"),
    ("koordinasi_internal", r"\S*koordinasi\S*"),
)
_KINDS = tuple((name, re.compile(either(words))) for name, words in _CATEGORIES)
_RELATED = re.compile(
    either(
        r"""bawaslu(?: provinsi| kabupaten| kota)? / pemda / pemerintah (?:daerah|provinsi|kabupaten|kota)
        / kepolisian / polres / polda
        / kejaksaan / pengadilan(?: tinggi)?(?: negeri| tun)? / dinas \S+ / disdukcapil / kemendagri / dkpp
        / mahkamah (?:agung|konstitusi)"""
    )
)
# What everybody is to bear in mind always, and nobody has done on a day.
_EXHORTS = re.compile(
    either(
        r"""menjaga / jaga / (?:me)?mastikan / pastikan / (?:mem)?perhatikan / mematuhi / patuhi
        / (?:me)?ningkatkan / hati-hati
        / berhati-hati / (?:meng)?ingat(?:kan)? / memahami / (?:meng)?hindari / jangan(?: sampai| ada)?
        / semangat / tidak boleh / dilarang"""
    )
)
Ided = tuple[str, Found]
_SOON = re.compile(either("segera / secepatnya / hari ini juga / sesegera mungkin / mendesak"))


@dataclass(frozen=True)
class Work:
    """`source`: the id of the decision or direction it follows from, "" for a promise. `also`: what else says it."""

    found: Found
    owners: Owners
    due: date | None
    source: str
    also: tuple[Found, ...] = ()

    @property
    def cites(self) -> tuple[str, ...]:
        lines = {line.id: line for each in (self.found, *self.also) for line in each.lines}
        ordered = sorted(lines.values(), key=lambda line: (line.start, line.id))
        return tuple(line.id for line in ordered)[:MOST_CITED]


def works(course: Course, decided: Iterable[Ided], directed: Iterable[Ided], promised: Iterable[Found]) -> list[Work]:
    """In the order in which they were given, each once."""
    made = [_of_decision(course, number, each) for number, each in decided]
    made += [_of_direction(course, number, each) for number, each in directed]
    made += [_work(course, "", each, _named(course, each) or course.directory.own(each.by)) for each in promised]
    ordered = sorted((each for each in made if each is not None), key=lambda each: each.found.sentence.start)
    return _merged(ordered)


def _of_decision(course: Course, number: str, found: Found) -> Work | None:
    return _work(course, number, found, _named(course, found))


def _of_direction(course: Course, number: str, found: Found) -> Work | None:
    """Of whoever leads only. Whom it does not name it may have been said to; a warning to all is no work of anybody."""
    if not course.leads(found.sentence):
        return None
    made = _work(course, number, found, _named(course, found))
    enough = len(roots.roots(found.text)) >= SAYS_ENOUGH
    if made is None and enough and _day(course, found) is not None:
        return _work(course, number, found, _spoken_to(course, found.sentence))
    exhorts = made is not None and made.due is None and _EXHORTS.search(found.sentence.plain) is not None
    return None if exhorts else made


def _work(course: Course, number: str, found: Found, owners: Owners) -> Work | None:
    return Work(found, owners, _day(course, found), number) if owners else None


def _named(course: Course, found: Found) -> Owners:
    named = (owners(each.plain, course.directory) for each in found.sentences)
    return next((each for each in named if each), NOBODY_NAMED)


def _day(course: Course, found: Found) -> date | None:
    """What was said last of it holds: a day is put right, not doubled."""
    latest = sorted(found.sentences, key=lambda each: (each.start, each.turn), reverse=True)
    days = (due(each.text, course.today) for each in latest)
    return next((day for day in days if day is not None), None)


def _spoken_to(course: Course, said: Sentence) -> Owners:
    """Whoever had the word just before, of an invited office."""
    before = next((each for each in course.before(said, 4) if not course.leads(each)), None)
    own = course.directory.own(before.speaker) if before is not None else NOBODY_NAMED
    return own if own.offices else NOBODY_NAMED


def _merged(works: Iterable[Work]) -> list[Work]:
    """The same work once: as it was decided, else as it was said most fully, with the day that anybody named."""
    kept: list[Work] = []
    for each in works:
        at = next((k for k, one in enumerate(kept) if _same(one, each)), None)
        if at is None:
            kept.append(each)
        else:
            kept[at] = _joined(kept[at], each)
    return kept


def _joined(one: Work, other: Work) -> Work:
    better, worse = (other, one) if _rank(other) > _rank(one) else (one, other)
    return replace(better, due=better.due or worse.due, also=(*better.also, worse.found, *worse.also))


def _rank(each: Work) -> tuple[bool, bool, int]:
    return each.source.startswith("k"), each.due is not None, len(roots.roots(each.found.text))


def follow_up(number: str, each: Work) -> FollowUp:
    said = each.found.sentence.plain
    return FollowUp(
        id=number,
        text=each.found.text,
        cites=each.cites,
        origin="rule",
        owners=() if each.owners.everybody else each.owners.words,
        offices=() if each.owners.everybody else each.owners.offices,
        all_offices=each.owners.everybody,
        related=tuple(dict.fromkeys(_written(match[0]) for match in _RELATED.finditer(said)))[:20],
        category=category(said),
        due=each.due,
        priority="segera" if _SOON.search(said) is not None else "biasa",
        source=each.source,
    )


def category(plain: str) -> Category:
    return next((name for name, words in _KINDS if words.search(plain) is not None), "lainnya")


def _same(one: Work, other: Work) -> bool:
    alike = roots.likeness(one.found.text, other.found.text)
    return (
        alike >= SAME
        and (one.owners == other.owners or alike >= 0.75)
        and (None in (one.due, other.due) or one.due == other.due)
    )


def _written(plain: str) -> str:
    upper = {"dkpp": "DKPP", "tun": "TUN"}
    return " ".join(upper.get(word, word.capitalize()) for word in plain.split())
