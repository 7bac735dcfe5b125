"""Papers made of a sheet, one module a kind. PURE."""

from __future__ import annotations

from collections.abc import Callable

from minutes.notula.documents.composing import deed, follow_ups, minutes, news, verbatim
from minutes.notula.documents.paper import Paper
from minutes.notula.documents.sheet import Kind, Sheet

PAPERS: dict[Kind, Callable[[Sheet], Paper]] = {
    "notula": minutes.paper,
    "risalah": verbatim.paper,
    "tindak-lanjut": follow_ups.paper,
    "berita-acara": deed.paper,
    "berita-jdih": news.paper,
}


def compose(kind: Kind, sheet: Sheet) -> Paper:
    """Raises `news.NotForThePublic` for a news item about what is not open."""
    return PAPERS[kind](sheet)
