"""What was said, without what only fills: greetings, thanks, forms of address, hesitations. PURE.

Words are left out, none is put in; the first gets a capital and the last a full stop.
"""

from __future__ import annotations

import re

LONGEST = 4000  # characters of one statement
_TITLES = r"(?:bapak|ibu|pak|bu|saudara|saudari|para|rekan-rekan|rekan|teman-teman|bapak-bapak|ibu-ibu|hadirin)"
_HONOURED = rf"{_TITLES}(?:[\s,]+(?:dan\s+)?{_TITLES})*"
_FUNCTIONS = (
    r"(?:ketua|pimpinan(?:\s+rapat)?|moderator|sekalian|semua|semuanya|anggota|kabiro|kepala biro(?: hukum)?|narasumber"
    r"|komisioner|peserta(?:\s+rapat)?|sekjen|yang (?:saya|kami) hormati)"
)
_ADDRESS = rf"{_HONOURED}(?:\s+{_FUNCTIONS})*"
_COURTESIES = (
    r"(?:was+alamu\s?'?alaikum|as+alamu\s?'?alaikum)(?:\s+(?:warahmatullahi|wr)\.?(?:\s+(?:wabarakatuh|wb)\.?)?)?",
    r"bismillah\w*(?:\s+\w*rahman\w*)?(?:\s+\w*rahim\w*)?",
    r"(?:salam sejahtera|om swastiastu|namo buddhaya|salam kebajikan|shalom|syalom)"
    r"(?: (?:bagi|untuk) kita (?:semua|sekalian))?",
    r"selamat (?:pagi|siang|sore|malam)",
    r"(?:sekali lagi )?terima kasih(?: banyak| kembali)?(?: atas"
    r" (?:kesempatan|waktu|penjelasan|paparan|masukan)(?:nya)?)?"
    r"(?: yang (?:telah )?diberikan(?: kepada (?:kami|saya))?)?",
    r"(?:mohon )?izin(?: (?:menyampaikan|menambahkan|bertanya|menjawab|melaporkan|berbicara))?",
)
# A form of address ends with a sign, or directly behind a courtesy: "para peserta menyepakati" is none.
_OPENINGS = (
    rf"(?>{'|'.join(_COURTESIES)})(?>(?:\s+{_ADDRESS})?)(?!\s+(?:nomor|dan|atau|kepada|untuk|atas|karena|telah|sudah)\b)",
    rf"(?>{_ADDRESS}|yang (?:saya|kami) hormati)(?=\s*[,.;:!?]|\s*$)",
    r"(?:baik|baiklah|bik|oke|ok|nah|ya|iya|begini|jadi begini|oh|siap)"
    r"(?=\s*[,.;:!?]|\s*$|\s+(?:terima kasih|bapak|ibu|pak|bu|saya|kita|kami|silakan|selanjutnya|kalau|baik|ya|jadi)"
    r"\b)",
)
_OPENING = re.compile(rf"^(?:{'|'.join(_OPENINGS)})(?=[\s,.;:!?]|$)[\s,.;:!]*", re.IGNORECASE)
_HESITATION = re.compile(
    r"(?:^|(?<=\s))(?<!huruf )(?:e+h*|e+m+|eh+m*|h+m+|m{2,}|anu|apa (?:ya )?namanya(?: ya| itu)?"
    r"|gitu(?: ya| loh| lho)?|ya kan|nih)"
    r"(?:,(?=\s)|(?=[\s.?!])|$)\s*",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    rf",\s*(?:{_HONOURED})(?:\s+(?:ketua|pimpinan|moderator|sekalian|semua))?(?=\s*[,.?!]|$)", re.IGNORECASE
)
# Said twice while thinking; "masing masing" and "tidak tidak" are left.
_TWICE = re.compile(
    r"\b(kami|kita|saya|yang|di|ke|untuk|dan|ini|itu|akan|sudah|dari|pada|agar|bahwa)(?:[\s,]+\1\b)+", re.IGNORECASE
)


def cleaned(text: str) -> str:
    """As a notula quotes it; "" if nothing was said but courtesies."""
    bare = _TWICE.sub(r"\1", _HESITATION.sub("", text))
    bare = _ASIDE.sub("", _without_opening(bare))
    return finished(bare)


def finished(text: str) -> str:
    """With a capital and a full stop, and no longer than a statement may be."""
    bare = " ".join(text.split()).lstrip(" ,.;:!?-–").rstrip(" ,;:-–")
    if not any(sign.isalnum() for sign in bare):
        return ""
    bare = shortened(bare[0].upper() + bare[1:], LONGEST - 1)
    return bare if bare[-1] in ".?!…" else f"{bare}."


def shortened(text: str, most: int) -> str:
    """Cut between words; that something is missing is seen."""
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def _without_opening(text: str) -> str:
    bare = text.lstrip(" ,.;:-–")
    while (found := _OPENING.match(bare)) is not None:
        bare = bare[found.end() :]
    return bare
