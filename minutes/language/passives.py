"""Passive verbs that were written in two: "di buka" is "dibuka", "di rumah" stays. PURE.

Indonesian writes the preposition "di" apart and the prefix of passive verbs joined ("Ejaan Bahasa Indonesia yang
Disempurnakan", fifth edition, 2022). A verb has an active form as well, made with a nasal by rules (Sneddon 2010,
"Indonesian: A Comprehensive Grammar", 1.1: "membuka", "menulis", "menyusun"); a place has none, or a rare one.
"""

from __future__ import annotations

from minutes.language.frequencies import COMMON, shares
from minutes.language.rules import Found
from minutes.language.tokens import Tokens

PREFIX = "di"
STEMS = 8
"""A stem stands at most as often by itself for each passive: "tindak" of "tindak lanjut", "tengah", "seluruh" more."""
ACTIVES = 0.3
"""And the active as often at least: "membalik" is rare beside "di balik"."""
# First letters of stems, what is put in front, and how many letters that takes the place of.
_NASALS = (("p", "mem", 1), ("bfv", "mem", 0), ("t", "men", 1), ("dcjz", "men", 0), ("s", "meny", 1), ("k", "meng", 1))
_VOICED = "aeiough"
_BY = ("olah", "ola")
# Who acts, by the first word: "dilakukan olah data" is work on data.
_ACTING = """
    anggota bawaslu biro birohukum birohukung dewan divisi dkpp gubernur kami kantor kejaksaan kepala kepolisian ketua
    komisi kpps kpu mahkamah masyarakat mereka operator panitia panwaslih para pemerintah pengadilan pengawas peserta
    petugas pimpinan ppk pps saksi saya sekretariat sekretaris setiap seluruh tim
"""
_AGENTS = frozenset(_ACTING.split())


def passive(tokens: Tokens, at: int) -> Found | None:
    """Not of a word said twice: "di undang undang"."""
    stem = tokens.joined(at + 1)
    if tokens.core(at) != PREFIX or not is_stem(stem) or tokens.joined(at + 2) == stem:
        return None
    return Found(at + 2, PREFIX + stem)


def agent(tokens: Tokens, at: int) -> Found | None:
    """ "Oleh" between a passive verb and who acts: a schwa that was heard as another vowel."""
    if tokens.joined(at, over=",") not in _BY or tokens.joined(at + 1, over=",") not in _AGENTS:
        return None
    before = tokens.core(at - 1)
    stems = (
        before.removeprefix(PREFIX) if before.startswith(PREFIX) else "",
        tokens.joined(at - 1) if tokens.core(at - 2) == PREFIX else "",
    )
    return Found(at + 1, "oleh") if any(map(is_stem, stems)) else None


def is_stem(word: str) -> bool:
    """Whether "di" before it is a verb's prefix. Of what ends with "-asi" nobody can tell: "di verifikasi faktual"."""
    often = shares().get(PREFIX + word, 0.0)
    if not word.isalpha() or word.endswith("asi") or often < COMMON:
        return False
    active = max(shares().get(each, 0.0) for each in actives(word))
    return active >= ACTIVES * often and shares().get(word, 0.0) <= STEMS * often


def actives(stem: str) -> tuple[str, ...]:
    """Active forms of a verb, with meN-; "per" may be a prefix, which keeps its p."""
    for letters, prefix, lost in _NASALS:
        if stem[0] in letters:
            return (prefix + stem[lost:], *(["mem" + stem] if stem.startswith("per") else []))
    return (("meng" if stem[0] in _VOICED else "me") + stem,)
