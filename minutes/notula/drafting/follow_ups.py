"""Who does what by when: out of decisions, directions and promises that give work to somebody. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from minutes.notula.content import MOST_CITED, Category, FollowUp
from minutes.notula.drafting import roots
from minutes.notula.drafting.binding import Found
from minutes.notula.drafting.due import due
from minutes.notula.drafting.owners import NOBODY_NAMED, Directory, Owners, owners
from minutes.notula.drafting.reading import either

SAME = 0.6  # of the shorter text's matter, with the same owner: the same work
_CATEGORIES: tuple[tuple[Category, str], ...] = (
    ("koordinasi_eksternal", r"\S*koordinasi\S* dengan (?:bawaslu|pemda|pemerintah|kepolisian|kejaksaan|pengadilan|pol\S+)"),
    ("monitoring", "monitoring / memantau / pemantauan"),
    ("evaluasi", "evaluasi / mengevaluasi"),
    ("sarana_prasarana", "sarana / prasarana / gudang / server / peralatan / lemari / jaringan / logistik / kotak suara / bilik"),
    ("regulasi", r"surat edaran / pedoman(?: teknis)? / juknis / juklak / peraturan / sop"),
    ("dokumen_hukum", r"alat bukti / kronologi / jawaban(?: termohon)? / dokumen hukum / berita acara / surat kuasa / abstrak / daftar periksa"),
    ("penguatan_organisasi", "bimbingan teknis / bimtek / pelatihan / operator / tim / penghubung / menunjuk"),
    ("tata_kelola", "arsip / laporan / melaporkan / administrasi / jadwal / data"),
    ("koordinasi_internal", r"\S*koordinasi\S*"),
)  # fmt: skip
_KINDS = tuple((name, re.compile(either(words))) for name, words in _CATEGORIES)
_RELATED = re.compile(
    either(
        r"""bawaslu(?: provinsi| kabupaten| kota)? / pemda / pemerintah (?:daerah|provinsi|kabupaten|kota) / kepolisian / polres / polda
        / kejaksaan / pengadilan(?: tinggi)?(?: negeri| tun)? / dinas \S+ / disdukcapil / kemendagri / dkpp / mahkamah (?:agung|konstitusi)"""
    )
)
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


def work(found: Found, source: str, directory: Directory, today: date, named: bool = True) -> Work | None:
    """None where nobody is given it. `named`: an owner must be named; else whoever speaks is."""
    named_in = (owners(each.plain, directory) for each in found.sentences)
    own = next((each for each in named_in if each), directory.own(found.by) if not named else NOBODY_NAMED)
    days = (due(each.text, today) for each in found.sentences)
    return Work(found, own, next((day for day in days if day is not None), None), source) if own else None


def merged(works: Iterable[Work]) -> list[Work]:
    """The same work once: as it was said first, with the deadline and the owner that anybody named."""
    kept: list[Work] = []
    for each in works:
        at = next((k for k, one in enumerate(kept) if _same(one, each)), None)
        if at is None:
            kept.append(each)
        else:
            one = kept[at]
            kept[at] = replace(one, due=one.due or each.due, also=(*one.also, each.found, *each.also))
    return kept


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
