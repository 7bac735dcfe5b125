"""Phrases that Whisper makes up where nobody speaks. PURE.

It learnt from subtitles of films, and where it hears nothing it writes what stood there over silence and music:
thanks for watching, requests to subscribe, the subtitler's name. People say some of these too ("Terima kasih."), so
a phrase alone proves nothing: `hallucinations` drops one only where hardly a voice was heard under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_THANKS = ("terima kasih", "terimakasih", "makasih")
_WATCHING = tuple(
    f"{thanks} {since}{watching}{what}"
    for thanks in _THANKS
    for since in ("", "telah ", "sudah ", "karena telah ", "karena sudah ")
    for watching in ("menonton", "menyaksikan", "mendengarkan")
    for what in ("", " ya", " video ini", " video kami", " sampai akhir")
)
PHRASES = (
    *_THANKS,
    *(f"{thanks} banyak" for thanks in _THANKS),
    *_WATCHING,
    "selamat menonton",
    "selamat menikmati",
    "jangan lupa subscribe",
    "jangan lupa like",
    "jangan lupa like dan subscribe",
    "jangan lupa like share dan subscribe",
    "jangan lupa like comment dan subscribe",
    "jangan lupa like komen dan subscribe",
    "jangan lupa subscribe like dan share",
    "jangan lupa untuk subscribe",
    "silakan subscribe",
    "subscribe channel ini",
    "subscribe",
    "sampai jumpa",
    "sampai jumpa lagi",
    "sampai jumpa di video selanjutnya",
    "sampai jumpa di video berikutnya",
    "sampai bertemu di video selanjutnya",
    "sampai bertemu di video berikutnya",
    "musik",
    "tepuk tangan",
    "thank you",
    "thank you very much",
    "thank you for watching",
    "thank you so much for watching",
    "thanks for watching",
    "please subscribe",
    "see you next time",
    "see you in the next video",
    "bye",
    "bye bye",
    "you",
    "music",
    "amara.org",
)
CREDITS = (
    "subtitle by",
    "subtitles by",
    "subtitle oleh",
    "teks oleh",
    "terjemahan oleh",
    "diterjemahkan oleh",
    "translated by",
)
"""Beginnings: up to `NAMES` words of a name follow."""
NAMES = 5


def plain(text: str) -> str:
    """As it is heard: neither case nor punctuation."""
    return "".join(re.findall(r"\w+", text.casefold()))


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in phrase.split())


_KNOWN = frozenset(_split(phrase) for phrase in PHRASES)
_BEGINNINGS = frozenset(_split(phrase) for phrase in CREDITS)
_LONGEST = max(len(phrase) for phrase in _KNOWN | _BEGINNINGS) + NAMES


def endings(words: Sequence[str]) -> list[int]:
    """From which indices on `words` are nothing but phrases, the latest first."""
    heard = [plain(word) for word in words]
    found: set[int] = {len(heard)}
    for start in reversed(range(len(heard))):
        ends = (end for end in range(start + 1, min(len(heard), start + _LONGEST) + 1) if end in found)
        if any(_phrase(tuple(heard[start:end])) for end in ends):
            found.add(start)
    return sorted(found - {len(heard)}, reverse=True)


def _phrase(heard: tuple[str, ...]) -> bool:
    if heard in _KNOWN:
        return True
    return any(heard[: len(begin)] == begin and len(heard) <= len(begin) + NAMES for begin in _BEGINNINGS)
