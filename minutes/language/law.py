"""Names and parts of regulations as the law writes them: "PKPU Nomor 5 Tahun 2020", "Pasal 5 ayat (2) huruf b". PURE.

Source of the forms: UU 12/2011, appendix II (numbers 76 to 98, 242 to 257).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from minutes.language import letters, numbers
from minutes.language.rules import Found
from minutes.language.tokens import Tokens

FIRST_YEAR, LAST_YEAR = 1945, 2100
HIGHEST_ARTICLE, HIGHEST_PARAGRAPH = 1_000, 100
# As said (words) to as written, longer ones first. The second name is that of the citation's key.
REGULATIONS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("peraturan", "pemerintah", "pengganti", "undang-undang"),
        "Peraturan Pemerintah Pengganti Undang-Undang",
        "perppu",
    ),
    (("peraturan", "komisi", "pemilihan", "umum"), "Peraturan Komisi Pemilihan Umum", "pkpu"),
    (("keputusan", "komisi", "pemilihan", "umum"), "Keputusan Komisi Pemilihan Umum", "keputusan-kpu"),
    (("peraturan", "mahkamah", "agung"), "Peraturan Mahkamah Agung", "perma"),
    (("peraturan", "mahkamah", "konstitusi"), "Peraturan Mahkamah Konstitusi", "pmk"),
    (("peraturan", "dalam", "negeri"), "Peraturan Dalam Negeri", "permendagri"),
    (("peraturan", "pemerintah"), "Peraturan Pemerintah", "pp"),
    (("peraturan", "presiden"), "Peraturan Presiden", "perpres"),
    (("peraturan", "kpu"), "Peraturan KPU", "pkpu"),
    (("peraturan", "bawaslu"), "Peraturan Bawaslu", "perbawaslu"),
    (("peraturan", "dkpp"), "Peraturan DKPP", "peraturan-dkpp"),
    (("keputusan", "presiden"), "Keputusan Presiden", "keppres"),
    (("keputusan", "kpu"), "Keputusan KPU", "keputusan-kpu"),
    (("undang", "undang"), "Undang-Undang", "uu"),
    (("undang-undang",), "Undang-Undang", "uu"),
    (("perppu",), "Perppu", "perppu"),
    (("perpu",), "Perppu", "perppu"),
    (("perpres",), "Perpres", "perpres"),
    (("keppres",), "Keppres", "keppres"),
    (("permendagri",), "Permendagri", "permendagri"),
    (("perbawaslu",), "Perbawaslu", "perbawaslu"),
    (("perba", "waslu"), "Perbawaslu", "perbawaslu"),  # as it is often heard
    (("perma",), "PERMA", "perma"),
    (("pkpu",), "PKPU", "pkpu"),
    (("pmk",), "PMK", "pmk"),
    (("pp",), "PP", "pp"),
    (("uu",), "UU", "uu"),
)
_ARTICLE = re.compile(r"(\d{1,3})([a-z]?)")
_SHORT = re.compile(r"(\d{1,3})/(\d{4})")
_INSERTED = set("abcd")  # articles that an amendment put in between; "e" would be a hesitation
_LISTS = ("dan", "atau", "sampai", "hingga", "juncto", "jo")
_BETWEEN = ",()"  # signs that may stand between the parts of one reference

Written = tuple[str, int]  # text, and the place after it


def regulation(tokens: Tokens, at: int) -> Found | None:
    """A regulation's name with its number and year; the name may be spelled out."""
    name = _name(tokens, at)
    if name is None:
        return None
    text, end = name
    numbered = _number_and_year(tokens, end)
    if numbered is None:
        return None
    return Found(numbered[1], f"{text} {numbered[0]}")


def reference(tokens: Tokens, at: int) -> Found | None:
    """The word "pasal", "ayat", "huruf" or "angka" with its number, and whatever smaller parts follow it."""
    found: Found | None = None
    place, text = at, ""
    for name, part in _PARTS.items():
        if (tokens.joined(place, over=_BETWEEN) if text else tokens.core(place)) != name:
            continue
        written = _listed(tokens, place + 1, part)
        if written is None:
            break
        shown = "Pasal" if name == "pasal" else name
        text = f"{text} {shown} {written[0]}".strip()
        place = written[1]
        found = Found(place, text)
    return found


def _name(tokens: Tokens, at: int) -> Written | None:
    for words, written, _ in REGULATIONS:
        if tokens.phrase(at, words):
            return written, at + len(words)
    spelled = letters.acronym(tokens, at)
    if spelled is not None and any(spelled.text == written for _, written, _ in REGULATIONS):
        return spelled.text, spelled.end
    return _spelled_issuer(tokens, at)


def _spelled_issuer(tokens: Tokens, at: int) -> Written | None:
    """As in "peraturan ka pe u"."""
    if tokens.core(at) not in ("peraturan", "keputusan") or not tokens.joined(at + 1):
        return None
    issuer = letters.acronym(tokens, at + 1)
    name = f"{tokens.core(at).capitalize()} {issuer.text}" if issuer is not None else ""
    known = any(name == written for _, written, _ in REGULATIONS)
    return (name, issuer.end) if issuer is not None and known else None


def _number_and_year(tokens: Tokens, at: int) -> Written | None:
    if short := _SHORT.fullmatch(tokens.joined(at)):
        return (f"{short[1]}/{short[2]}", at + 1) if _is_year(int(short[2])) else None
    named = tokens.joined(at) in ("nomor", "no", "nomer")
    number = at + 1 if named else at
    return _long_form(tokens, number, named) or _short_form(tokens, number)


def _long_form(tokens: Tokens, at: int, named: bool) -> Written | None:
    """As in "(nomor) lima tahun dua ribu dua puluh"."""
    if not tokens.joined(at, over="."):
        return None
    number = numbers.read_whole(tokens, at, HIGHEST_ARTICLE * 10)
    if number is None:
        return None
    if tokens.joined(number.end) != "tahun":
        return (f"Nomor {number.value}", number.end) if named else None
    year = read_year(tokens, number.end + 1)
    if year is None:
        return None
    return f"{'Nomor ' if named else ''}{number.value} Tahun {year[0]}", year[1]


def _short_form(tokens: Tokens, at: int) -> Written | None:
    """As in "lima (garis miring) dua ribu dua puluh": the shortest number that a year follows."""
    if not tokens.joined(at):
        return None
    for end in range(at + 1, min(at + 7, len(tokens))):
        number = numbers.read_whole(tokens, at, HIGHEST_ARTICLE) if end == at + 1 else None
        value = _exactly(tokens, at, end)
        if value is None or value > HIGHEST_ARTICLE or (number is not None and number.end < end):
            continue
        start = end + 2 if tokens.phrase(end, ("garis", "miring")) else end
        year = read_year(tokens, start) if tokens.joined(end) else None
        if year is not None:
            return f"{value}/{year[0]}", year[1]
    return None


def _exactly(tokens: Tokens, at: int, end: int) -> int | None:
    """The number that the words from `at` to `end` are, all of them."""
    part = Tokens(tokens.raw(at, end).split())
    number = numbers.read(part, 0)
    return number.value if number is not None and number.end == len(part) and not number.decimals else None


def read_year(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """A year, and the place after it: "dua ribu dua puluh", "2020", "2.020", "dua puluh dua puluh"."""
    if not tokens.joined(at):
        return None
    number = numbers.read_whole(tokens, at, LAST_YEAR)
    if number is not None and _is_year(number.value):
        return number.value, number.end
    century = numbers.read_below_hundred(tokens, at)
    if century is None or not century.spoken or not tokens.joined(century.end):
        return None
    rest = numbers.read_below_hundred(tokens, century.end)
    if rest is None or not rest.spoken or rest.value < 10 or not _is_year(century.value * 100 + rest.value):
        return None
    return century.value * 100 + rest.value, rest.end


def _is_year(value: int) -> bool:
    return FIRST_YEAR <= value <= LAST_YEAR


def _listed(tokens: Tokens, at: int, part: Callable[[Tokens, int], Written | None]) -> Written | None:
    """One part's number, or several: "lima dan enam"."""
    if not tokens.joined(at, over=_BETWEEN):
        return None
    written = part(tokens, at)
    if written is None:
        return None
    text, end = written
    while tokens.joined(end, over=_BETWEEN) in _LISTS and tokens.joined(end + 1, over=_BETWEEN):
        more = part(tokens, end + 1)
        if more is None:
            break
        text, end = f"{text} {tokens.core(end)} {more[0]}", more[1]
    return text, end


def _article(tokens: Tokens, at: int) -> Written | None:
    if found := _ARTICLE.fullmatch(tokens.core(at)):
        inserted = found[2].upper() or _inserted(tokens, at + 1)
        return f"{found[1]}{inserted}", at + (1 if found[2] or not inserted else 2)
    number = numbers.read_whole(tokens, at, HIGHEST_ARTICLE)
    if number is None or not number.value:
        return None
    inserted = _inserted(tokens, number.end)
    return f"{number.value}{inserted}", number.end + bool(inserted)


def _inserted(tokens: Tokens, at: int) -> str:
    named = letters.letter(tokens.joined(at))
    return named.upper() if named in _INSERTED else ""


def _paragraph(tokens: Tokens, at: int) -> Written | None:
    number = numbers.read_whole(tokens, at, HIGHEST_PARAGRAPH)
    return (f"({number.value})", number.end) if number is not None and number.value else None


def _letter(tokens: Tokens, at: int) -> Written | None:
    named = letters.letter(tokens.core(at))
    return (named, at + 1) if named else None


def _item(tokens: Tokens, at: int) -> Written | None:
    """Not "angka dua persen": that is an amount."""
    number = numbers.read_whole(tokens, at, HIGHEST_PARAGRAPH)
    if number is None or tokens.joined(number.end) in ("persen", "rupiah"):
        return None
    return str(number.value), number.end


_PARTS: dict[str, Callable[[Tokens, int], Written | None]] = {
    "pasal": _article,
    "ayat": _paragraph,
    "huruf": _letter,
    "angka": _item,
}
