"""Acronyms that are spelled out: "pe ka pe u" is PKPU. PURE.

Only those known here are put together, by the names that Indonesian gives to letters, by letters alone ("k p u"), and
as one word where a recogniser ran them together ("kapeu").
"""

from __future__ import annotations

from minutes.language.rules import Found
from minutes.language.tokens import Tokens

NAMES = {
    "a": "a",
    "be": "b",
    "ce": "c",
    "de": "d",
    "e": "e",
    "ef": "f",
    "ge": "g",
    "ha": "h",
    "i": "i",
    "je": "j",
    "ka": "k",
    "el": "l",
    "em": "m",
    "en": "n",
    "o": "o",
    "pe": "p",
    "ki": "q",
    "er": "r",
    "es": "s",
    "te": "t",
    "u": "u",
    "fe": "v",
    "ve": "v",
    "we": "w",
    "eks": "x",
    "ye": "y",
    "zet": "z",
}
_KNOWN = """
ANRI APK ASN BMS BPHN BRPK BSSN DKPP DPHP DPPh DPR DPRD DPS DPT DPTb JDIH JDIHN JPN KIP KPK KPPS KPU KWK LADK LPPDK
LPSDK MA MK NPHD PHP PHPU PKPU PMK PN PP PPATK PPDP PPID PPK PPS PSL PSU PT PTTUN PTUN PUSS RI RKDK SE SK SKPT SOP
SPBE SPIP TMS TPS TSM TUN UU WIB WIT WITA
"""
ACRONYMS = tuple(_KNOWN.split())
_BY_LETTERS = {acronym.lower(): acronym for acronym in ACRONYMS}
_SOUND = {letter: name for name, letter in reversed(NAMES.items())}
SHORTEST_IN_ONE_WORD = 3  # "pete" and "ema" are words
_BY_SOUND = {
    "".join(_SOUND[letter] for letter in letters): acronym
    for letters, acronym in _BY_LETTERS.items()
    if len(letters) >= SHORTEST_IN_ONE_WORD
}
_LONGEST = max(map(len, ACRONYMS))


def letter(core: str) -> str:
    """The letter that a word names, "" if it names none."""
    return core if len(core) == 1 and core.isalpha() else NAMES.get(core, "")


def acronym(tokens: Tokens, at: int) -> Found | None:
    """The longest known acronym that is spelled out from `at` on."""
    if (known := _BY_SOUND.get(tokens.core(at))) is not None:
        return Found(at + 1, known)
    spelled = letter(tokens.core(at))
    found = None
    for end in range(at + 1, at + _LONGEST):
        if not spelled or not (next_letter := letter(tokens.joined(end, over="."))):
            break
        spelled += next_letter
        if (known := _BY_LETTERS.get(spelled)) is not None:
            found = Found(end + 1, known)
    return found
