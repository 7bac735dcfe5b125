"""Indonesian stems: Sastrawi (Nazief and Adriani) with corrections for the language of elections. Pure."""

from __future__ import annotations

from functools import lru_cache

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

from minutes.search.analysis import tokens

# Roots in Sastrawi's dictionary that are no roots and swallow real ones, and roots it lacks.
NO_ROOTS = frozenset({"mungut", "kesah", "sidi"})
ROOTS = ("tindaklanjut", "tanggungjawab")

OVERRIDES = {
    "berkeberatan": "berat",
    "menyurati": "surat",
    "disurati": "surat",
    "wewenang": "wenang",
    "notulen": "notula",
    "menyepakati": "sepakat",
    "disepakati": "sepakat",
    "mempertanggungjawabkan": "tanggungjawab",
    "pertanggungjawaban": "tanggungjawab",
}

# Names that look like affixed words, and words whose root means something else.
_PROTECTED = """
    bali maluku tarakan selor kepulauan pemalang kediri berau kepala beberapa pemerintah pemerintahan divisi oleh
    perolehan aceh sumatera utara barat riau jambi selatan bengkulu lampung bangka belitung jakarta jawa tengah
    yogyakarta timur banten nusa tenggara kalimantan sulawesi tenggara gorontalo papua pegunungan daya nunukan
    bulungan malinau tanjung ternate kendari merauke manado mamuju sofifi pangkalpinang pontianak palangkaraya
    banjarmasin samarinda denpasar mataram kupang ambon sorong manokwari jayapura nabire wamena serang semarang
    surabaya bandung palembang padang pekanbaru medan banda kpu bawaslu dkpp rakor pilkada pemilu bimtek monev
"""
PROTECTED = frozenset(_PROTECTED.split())


@lru_cache(maxsize=1)
def _sastrawi() -> Stemmer:
    return Stemmer(ArrayDictionary([*roots()]))


@lru_cache(maxsize=1)
def roots() -> frozenset[str]:
    """The dictionary: roots of the written language, as of about 2010."""
    return frozenset(StemmerFactory().get_words()) - NO_ROOTS | frozenset(ROOTS)


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Those that stand in any text ("di", "yang"); the dictionary of roots lacks some of them."""
    return frozenset(StopWordRemoverFactory().get_stop_words())


@lru_cache(maxsize=100_000)
def stem(token: str) -> str:
    """The stem of one normalised token, in any thread: Sastrawi keeps nothing from word to word.

    Cached: uncached it costs 60 µs, the vocabulary of a meeting is small.
    """
    if token in PROTECTED or not token.isalpha():
        return token
    return OVERRIDES.get(token) or str(_sastrawi().stem(token)) or token


def stems(text: str) -> str:
    """All stems of a text in order, separated by spaces."""
    return " ".join(stem(token.text) for token in tokens(text))
