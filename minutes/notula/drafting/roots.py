"""Whether two statements are about the same matter: by the roots of their words. PURE.

Not the stemmer of search, which another layer owns and which must be right: here it is enough that the same word in two
forms becomes the same, and that a word heard wrongly costs no more than itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minutes.notula.drafting.reading import plain

_FUNCTION_WORDS = """
yang dan di ke dari pada untuk dengan dalam oleh atau ini itu adalah akan agar bahwa sebagai para kami kita saya ya juga
saja paling lambat tanggal hari setiap seluruh semua masing-masing tiap kpu provinsi kabupaten kota pertama kedua ketiga
keempat jadi maka nanti sudah telah bapak ibu pak bu tidak ada lagi sampai hingga sesuai serta secara hal
"""
_EMPTY = frozenset(_FUNCTION_WORDS.split())
_PREFIX = re.compile(
    r"^(?:memper|diper|menge|meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|ke|se)(?=[a-z]{4})"
)
_SUFFIX = re.compile(r"(?<=[a-z]{4})(?:kannya|annya|nya|kan|lah|an|i)$")
_WRITES_OFF = re.compile(r"^[kstp](?=[aiueo])")  # "mengirim", "kirim": the first letter that a prefix swallows
FEWEST = 2


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    bare = _SUFFIX.sub("", _PREFIX.sub("", word))
    return _WRITES_OFF.sub("", bare) if len(bare) > 4 else bare


def roots(text: str) -> frozenset[str]:
    return frozenset(root(word) for word in plain(text).split() if word not in _EMPTY)


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's matter that the other has as well, 0 to 1."""
    first, second = roots(one), roots(other)
    fewest = min(len(first), len(second))
    return len(first & second) / fewest if fewest >= FEWEST else 0.0
