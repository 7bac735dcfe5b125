"""What a reminder says, in Indonesian, to a person of an office. PURE."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from minutes.language.dates import long_date
from server.followups.mail import Letter

MOST_SHOWN = 25
MOST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Due:
    """An item that somebody is to be reminded of. `left`: days, negative when it is late."""

    item: str
    occasion: str
    text: str
    meeting: str
    due: date
    left: int


def write(to: str, name: str, office: str, due: Sequence[Due], home: str) -> Letter:
    """One for all of them, the most pressing first. `home`: where the pages are, as `https://rakor.example`."""
    ordered = sorted(due, key=lambda each: (each.left, each.item))
    shown = [_item(number, each, home) for number, each in enumerate(ordered[:MOST_SHOWN], 1)]
    more = len(ordered) - len(shown)
    rest = [f"… dan {more} butir lain di {home}/tindak-lanjut", ""] if more else []
    lines = [
        f"Yth. {name}, {office}",
        "",
        f"{_count(ordered)} di kantor Anda:",
        "",
        *(line for item in shown for line in item),
        *rest,
        "Laporkan perkembangannya, atau lampirkan bukti lalu laporkan selesai, melalui tautan di atas.",
        "",
        "Pesan ini dikirim otomatis oleh Rakor. Alamat email Anda diatur oleh sekretariat kantor Anda di Direktori.",
    ]
    return Letter(to, _subject(ordered), "\n".join(lines), _id(to, ordered))


def _item(number: int, due: Due, home: str) -> list[str]:
    text = " ".join(due.text.split())
    text = text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"
    return [
        f"{number}. {text}",
        f"   Tenggat: {long_date(due.due)} ({_left(due.left)})",
        f"   Rapat: {' '.join(due.meeting.split())}",
        f"   {home}/tindak-lanjut/{due.item}",
        "",
    ]


def _left(days: int) -> str:
    if days < 0:
        return f"terlambat {-days} hari"
    return {0: "hari ini", 1: "besok"}.get(days, f"{days} hari lagi")


def _count(due: Sequence[Due]) -> str:
    late = sum(each.left < 0 for each in due)
    coming = len(due) - late
    said = [f"{late} butir terlambat"] if late else []
    return " dan ".join([*said, *([f"{coming} butir mendekati tenggat"] if coming else [])])


def _subject(due: Sequence[Due]) -> str:
    return f"[Rakor] Tindak lanjut: {_count(due)}"


def _id(to: str, due: Sequence[Due]) -> str:
    """The same for the same letter, whenever it is sent."""
    keys = "\n".join([to, *(f"{each.item} {each.occasion}" for each in due)])
    return "fu-" + hashlib.sha256(keys.encode()).hexdigest()[:32]
