"""Whether a word is one: known roots in any form, function words, numbers, names, and the language of elections. Pure.

What a recogniser mishears often is no word at all ("padoman", "satchara"): no better sign of a wrong word was found.
"""

from __future__ import annotations

from functools import lru_cache

from minutes.language import letters, names
from minutes.search.analysis import tokens
from minutes.search.stemmer import PROTECTED, function_words, roots, stem

# Everyday and official words that the dictionary lacks; abbreviations of offices stand with the acronyms and names.
_ELECTIONS = """
    adhoc adjudikasi aplikasi bapaslon bimtek caleg coklit covid daring dapil digital dismissal drive eksepsi elektronik
    email fasilitasi faktual gakkumdu google hupmas inkrah internet juknis juklak juncto kabag kabiro kasubbag kecamatan
    kesbangpol kompetensi korwil kuorum link luring mediasi mitigasi monev monitoring narasumber notula notulis offline
    online panwascam panwaslih pantarlih parpol paslon pdf pemda pemilukada pemkab pemkot pemohon pemprov perbawaslu
    petitum pileg pilgub pilkada pilpres pleno posita protokol raker rakernas rakor rakornas rapim reguler rekap
    rekapitulasi relawan risalah satker scan sekjen sekretariat setjen sirekap sidalih silon sipol slide sosialisasi
    software supervisi server subbag termohon timses update upload vermin verfak verifikasi video virtual website
    whatsapp wilayah zoom
"""
_NAMED = frozenset(part for name in names.NAMES for part in name)
_OWN = frozenset(_ELECTIONS.split()) | PROTECTED | _NAMED | frozenset(map(str.casefold, letters.ACRONYMS))


@lru_cache(maxsize=100_000)
def known(text: str) -> bool:
    """True when every word of `text` is one."""
    return all(_is_word(token.text) for token in tokens(text))


def _is_word(token: str) -> bool:
    if not token.isalpha() or token in _OWN or token in function_words() or token in roots():
        return True
    return stem(token) in roots()
