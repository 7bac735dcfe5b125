"""Words the engine should expect, and the proof that it heard them and did not just repeat them. PURE.

A prompt of terms helps Whisper with the language of elections, and on short or unclear sound it may read the prompt
back as if somebody had said it. In an official record that must not happen: hints go only with long segments, and a
result that holds a run of the hints is thrown away and heard again without them.
"""

from __future__ import annotations

import re

SHORTEST_S = 5.0
"""Seconds of sound below which hints do more harm than good."""
ECHO = 5
"""So many words in a row as they stand in the hints are an echo: nobody recites a glossary."""

# The kinds of violation and dispute, stages and bodies of every election: of no meeting in particular.
HINTS = (
    "Rapat koordinasi KPU RI dan KPU Provinsi, Bawaslu, DKPP, Gakkumdu. Pelanggaran administrasi, "
    "pelanggaran kode etik, sengketa pemilihan, penyelesaian sengketa, perselisihan hasil, tahapan pencalonan, "
    "pasangan calon, partai politik, daftar pemilih tetap, kampanye, dana kampanye, pemungutan suara, rekapitulasi, "
    "logistik, badan adhoc, putusan, gugatan, rekomendasi, Mahkamah Konstitusi, Divisi Hukum, "
    "Divisi Data dan Informasi, Sekretariat Jenderal."
)


def hints_for(seconds: float) -> str:
    """What to tell the engine before a segment of this length."""
    return HINTS if seconds >= SHORTEST_S else ""


def echoes(hints: str, text: str) -> bool:
    """True when `text` holds a run of `ECHO` words of `hints`."""
    if not hints:
        return False
    told, heard = _words(hints), _words(text)
    runs = {tuple(told[at : at + ECHO]) for at in range(len(told) - ECHO + 1)}
    return any(tuple(heard[at : at + ECHO]) in runs for at in range(len(heard) - ECHO + 1))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
