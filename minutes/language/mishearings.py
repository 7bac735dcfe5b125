"""What recognisers are known to hear in place of words that elections use: "gak kumdu" is Gakkumdu. PURE.

A form stands here only if it means nothing else in any sentence: parts that make no sense side by side, or one word
that Indonesian does not have. "KPO", "ke Mendagri" and "per Bawaslu" may be what was said and are left alone. What was
heard is kept beside what is written (`minutes.record.wording`), so that a reader can doubt it.
"""

from __future__ import annotations

from minutes.language import calendar
from minutes.language.rules import Found
from minutes.language.tokens import Tokens

# Written: as heard, forms parted by "/".
_FORMS = {
    # institutions and offices
    "Bawaslu": "bawah slu / bawas lu / ba waslu / bawaslo",
    "Gakkumdu": "gak kumdu / gakum du / gakkum du / gakumdu",
    "Panwaslih": "pan waslih / panwas lih",
    "Panwascam": "pan wascam / panwas cam",
    "Disdukcapil": "dis dukcapil / disduk capil",
    "Kesbangpol": "kes bangpol / kesbang pol",
    "Mahkamah Konstitusi": "makamah konstitusi / mahkama konstitusi / makama konstitusi",
    "Mahkamah Agung": "makamah agung / mahkama agung / makama agung",
    "Biro Hukum": "birohukum / birohukung",
    "Setjen": "set jen",
    # positions
    "Sekjen": "sek jen / sekjend",
    "Kasubbag": "kasubak / kasubag / kasub bag / ka subbag / ka sub bag",
    # provinces
    "Kaltara": "kaltar a / kal tara",
    "Kaltim": "kal tim",
    "Kalteng": "kal teng",
    "Kalsel": "kal sel",
    "Kalbar": "kal bar",
    "Sulsel": "sul sel",
    "Sulteng": "sul teng",
    "Sultra": "sul tra",
    # systems
    "Sidalih": "si dalih",
    "Sirekap": "si rekap",
    "Sidakam": "si dakam",
    "Silon": "si lon",
    # stages and work
    "Perbawaslu": "perba waslu / perbawas lu",
    "coklit": "cok lit / choklit",
    "verfak": "ver fak",
    "vermin": "ver min",
    "paslon": "pas lon",
    "bapaslon": "bapas lon / ba paslon",
    "pantarlih": "pantar lih / pan tarlih",
    "juknis": "juk nis",
    "juklak": "juk lak",
    "bimtek": "bim tek",
    "monev": "mo nev",
    "rakor": "ra kor",
    "notula": "not ula / no tula",
    "ad hoc": "ad hok / ad hock",
    "pelanggaran": "polanggaran / pulanggaran",
    "sengketa": "senketa",
    "pedoman teknis": "padoman teknis / padomanteknis",
    **{
        f"{saying} bahwa": f"{saying} bawa"
        for saying in ("menyampaikan", "mengatakan", "menyatakan", "menjelaskan", "memutuskan", "diputuskan")
    },
    "terima kasih": "terima kasi / tarima kasih / tari makasih / tari makasi / teri makasih",
    "nyatakan": "nya takan",
    "koordinasi": "kordinasi",
    "protokol kesehatan": "protoko kesahatan / protoko kesehatan",
    "ditindaklanjuti": "di tindak lanjuti / ditindak lanjuti / di tindaklanjuti",
    "menindaklanjuti": "menindak lanjuti",
}
FORMS: dict[tuple[str, ...], str] = {
    tuple(form.split()): written for written, forms in _FORMS.items() for form in forms.split("/")
}
"""What is written, by the words heard in its place."""
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _form in sorted(FORMS, key=len, reverse=True):
    _BY_FIRST.setdefault(_form[0], []).append(_form)
_DATE = ("tangga", "tangal")


def misheard(tokens: Tokens, at: int) -> Found | None:
    """The longest known form that stands at `at`."""
    for form in _BY_FIRST.get(tokens.core(at), ()):
        if tokens.phrase(at, form):
            return Found(at + len(form), FORMS[form])
    return None


def dated(tokens: Tokens, at: int) -> Found | None:
    """ "Tangga dua puluh Juli" is no staircase."""
    if tokens.core(at) in _DATE and tokens.joined(at + 1) and calendar.date(tokens, at + 1):
        return Found(at + 1, "tanggal")
    return None
