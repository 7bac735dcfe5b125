"""A draft of the news item for an office's JDIH page: who, what, when, where, what was said, what is expected. PURE.

It follows the genre that the offices write themselves. Nothing is released by it: a person edits it first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes.language import dates
from minutes.language.spelled import spelled
from minutes.notula.content import Content, FollowUp, Statement
from minutes.notula.documents.composing import wording
from minutes.notula.documents.paper import Footer, Notice, Paper, Paragraph, Run
from minutes.notula.documents.sheet import Sheet

LABEL = (
    "DRAF BERITA JDIH. Disusun otomatis dari notula; wajib disunting, dilengkapi pada bagian dalam kurung siku, "
    "dan dirilis oleh pengelola JDIH."
)
PURPOSE = "[Tujuan kegiatan dan kutipan pimpinan: dilengkapi oleh penyunting.]"
PHOTOS = "[Foto: 1. pimpinan rapat saat membuka; 2. tangkapan layar peserta; 3. narasumber saat memaparkan.]"
_FORMALITIES = ("pembukaan", "penutup", "penutupan", "doa")
MOST = 5  # of each kind: who wants all reads the notula


class NotForThePublic(ValueError):
    """The meeting is classified, or its information is exempt."""


def paper(sheet: Sheet) -> Paper:
    """Raises `NotForThePublic`."""
    content = sheet.content
    if content.classification != "biasa" or content.openness == "exempt":
        raise NotForThePublic
    paragraphs = [Paragraph((Run(text),), indented=True) for text in _paragraphs(sheet) if text]
    return Paper(
        letterhead=(),
        title=content.title,
        subtitle="",
        number="",
        blocks=(Notice(LABEL), *paragraphs, Paragraph((Run(PHOTOS, soft=True),))),
        footer=Footer("Draf berita: belum dirilis."),
        author=content.host,
    )


def _paragraphs(sheet: Sheet) -> Iterator[str]:
    content = sheet.content
    yield _lead(sheet)
    yield _people(content)
    yield _matters(content)
    yield _list("Rapat tersebut menghasilkan kesimpulan", content.conclusions)
    yield _list("Rapat memutuskan", content.decisions)
    yield _problems(content)
    yield _list("Pimpinan rapat memberikan arahan", content.directions)
    yield _expected(content.follow_ups)
    yield PURPOSE


def _lead(sheet: Sheet) -> str:
    content = sheet.content
    city = content.host_city or "[Kota]"
    how = "secara daring" if "daring" in content.place.casefold() else f"di {content.place}"
    day = dates.day_and_date(sheet.local(content.starts))
    return f"{city}, jdih.kpu.go.id – {day}, {content.host} menyelenggarakan {content.title} {how}."


def _people(content: Content) -> str:
    told = []
    if content.chair.name:
        told.append(f"Rapat dipimpin oleh {wording.person(content.chair)}.")
    if content.presenters:
        named = wording.listed(wording.person(each) for each in content.presenters)
        told.append(f"Hadir sebagai narasumber {named}.")
    if content.attendance.invited:
        there, asked = content.attendance.present, content.attendance.invited
        told.append(f"Rapat diikuti {there} dari {asked} satuan kerja yang diundang.")
    return " ".join(told)


def _matters(content: Content) -> str:
    titles = [each.title for each in content.agenda] or [each.item for each in content.discussion]
    matters = [wording.clause(each) for each in titles if each and each.casefold() not in _FORMALITIES]
    if not matters:
        return ""
    numbered = "; ".join(f"({number}) {text}" for number, text in enumerate(matters, 1))
    return f"Materi yang dibahas dalam rapat tersebut meliputi {numbered if len(matters) > 1 else matters[0]}."


def _list(before: str, several: Iterable[Statement]) -> str:
    texts = [wording.clause(each.text) for each in several][:MOST]
    if len(texts) < 2:
        return f"{before}: {texts[0]}." if texts else ""
    numbered = "; ".join(f"({number}) {text}" for number, text in enumerate(texts, 1))
    return f"{before} dalam {len(texts)} ({spelled(len(texts))}) butir: {numbered}."


def _problems(content: Content) -> str:
    texts = [wording.clause(each.text) for each in content.problems][:MOST]
    return f"Potensi permasalahan yang mengemuka antara lain: {'; '.join(texts)}." if texts else ""


def _expected(todo: Iterable[FollowUp]) -> str:
    told = [_one(each) for each in todo][:MOST]
    return f"Sebagai tindak lanjut, diharapkan: {'; '.join(told)}." if told else ""


def _one(todo: FollowUp) -> str:
    who = wording.owners(todo)
    until = f" paling lambat {dates.long_date(todo.due)}" if todo.due is not None else ""
    return f"{wording.clause(todo.text)}{until}{f' ({who})' if who != '–' else ''}"
