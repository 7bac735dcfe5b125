"""Where sentences begin in what one person said without a break. PURE.

Full stops are taken as they stand, but not those of abbreviations. Where a recogniser wrote none over a long stretch,
words that open a sentence do instead; and numbering ("…, kedua, …") opens one always.
"""

from __future__ import annotations

import re
from itertools import pairwise

_STOP = re.compile(r"(?P<word>\S*?)[.?!…]+[\"'”’)\]]*\s+")
_SHORT_FORMS = "dr drs dra prof ir hj h st sh mh no nomor plt plh pj a.n s.h m.h s.d dll dsb dkk jo jl kab"
_ABBREVIATIONS = frozenset(_SHORT_FORMS.split())
_ORDINALS = "pertama|kedua|kadua|ketiga|katiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh|terakhir"
_COUNTED = r"(?:yang\s+|poin\s+|butir\s+|hal\s+|nomor\s+)?"
_NUMBERED = re.compile(rf",\s+(?=(?:dan\s+)?{_COUNTED}(?:{_ORDINALS}),)", re.IGNORECASE)
# What an ordinal counts when it stands behind it: "kesempatan pertama", "tahap kedua".
_OF = (
    r"(?<!kesempatan)(?<!tahap)(?<!sesi)(?<!hari)(?<!minggu)(?<!yang)(?<!poin)(?<!butir)(?<!hal)(?<!pihak)(?<!putaran)"
)
_OPENERS = re.compile(
    rf"{_OF}\s+(?=(?:{_COUNTED}(?:{_ORDINALS})|selanjutnya|kemudian|namun|oleh karena itu|karena itu|baik|terima kasih"
    r"|dengan demikian|untuk itu|berikutnya)\s)",
    re.IGNORECASE,
)
LONG = 320  # characters without a full stop: some forty words, more than people say in one breath


def sentences(text: str) -> list[tuple[int, int]]:
    """From where to where each goes, in order; the space between belongs to none."""
    cuts = sorted({0, *_stops(text), *(match.end() for match in _NUMBERED.finditer(text)), len(text)})
    parts = list(pairwise(cuts))
    found = [piece for start, end in parts for piece in _shorter(text, start, end)]
    return [trimmed for part in found if (trimmed := _trimmed(text, *part)) is not None]


def _stops(text: str) -> list[int]:
    return [match.end() for match in _STOP.finditer(text) if not _abbreviates(match["word"])]


def _abbreviates(word: str) -> bool:
    bare = word.strip("(\"'“‘").casefold()
    return bare in _ABBREVIATIONS or (len(bare) == 1 and bare.isalpha())


def _shorter(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if end - start <= LONG:
        return [(start, end)]
    inner = [start + match.end() for match in _OPENERS.finditer(text[start:end])]
    cuts = [start, *inner, end]
    return list(pairwise(cuts))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return (start, end) if any(sign.isalnum() for sign in text[start:end]) else None
