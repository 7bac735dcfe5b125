"""The berita acara: what was decided, with its date and its counts in words, signed by all who were there. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes.language import dates
from minutes.language.spelled import spelled
from minutes.notula.content import Attendance, Content, Voting
from minutes.notula.documents.composing import common, wording
from minutes.notula.documents.composing.minutes import invitation
from minutes.notula.documents.paper import (
    Annex,
    Block,
    Cell,
    Column,
    Entries,
    Entry,
    Heading,
    Paper,
    Paragraph,
    Row,
    Run,
    Table,
)
from minutes.notula.documents.sheet import Sheet

CLOSING = "Demikian Berita Acara ini dibuat dengan sebenarnya untuk dapat dipergunakan sebagaimana mestinya."
_PRESENT = ("hadir", "diwakili")
_COLUMNS = (
    Column("No", width_mm=10, centred=True),
    Column("Nama", 1.3),
    Column("Jabatan", 1.3),
    Column("Satker", 1.2),
    Column("Tanda Tangan", width_mm=40),
)


def paper(sheet: Sheet) -> Paper:
    content = sheet.content
    blocks: tuple[Block, ...] = (
        Paragraph((Run(_opening(sheet)),)),
        *_section("Dasar", _bases(content)),
        *_section("Uraian", (wording.sentence(each.title) for each in content.agenda)),
        *_section("Kesimpulan", (wording.sentence(each.text) for each in content.conclusions)),
        *_section("Keputusan", _decisions(content)),
        Paragraph((Run(CLOSING),)),
        common.signatures(sheet),
        *_present(sheet),
    )
    return common.paper(sheet, "Berita Acara", blocks, number=sheet.number)


def _opening(sheet: Sheet) -> str:
    content = sheet.content
    start, end = sheet.local(content.starts), sheet.local(content.ends)
    chair = wording.person(content.chair)
    led = f", dipimpin oleh {chair}" if chair else ""
    online = content.place.casefold().startswith("daring")
    hours = f"pukul {dates.clock(start)} sampai dengan pukul {dates.at_clock(end)}"
    where = f"secara {content.place[:1].lower()}{content.place[1:]}" if online else f"bertempat di {content.place}"
    return (
        f"Pada hari ini, {dates.in_words(start)}, {hours}, telah dilaksanakan {content.title} {where}, "
        f"yang diselenggarakan oleh {content.host}{led}{_attended(content.attendance)}."
    )


def _attended(attendance: Attendance) -> str:
    if not attendance.invited:
        return ""
    there, asked = attendance.present, attendance.invited
    return (
        f", dan dihadiri oleh {there} ({spelled(there)}) dari {asked} ({spelled(asked)}) satuan kerja yang diundang"
        + (", sebagaimana daftar terlampir" if attendance.rows else "")
    )


def _bases(content: Content) -> Iterator[str]:
    if (letter := invitation(content)) != "–":
        yield wording.sentence(f"Surat Undangan {letter}")
    seen: dict[str, None] = {}
    for decided in content.decisions:
        seen |= dict.fromkeys(decided.basis)
    for each in seen:
        yield wording.sentence(wording.law(each))


def _decisions(content: Content) -> Iterator[str]:
    for each in content.decisions:
        how = f" Keputusan diambil dengan {wording.AGREED[each.how]}." if each.how else ""
        objected = f" Catatan keberatan: {wording.sentence(each.objections)}" if each.objections else ""
        yield wording.sentence(each.text) + how + objected
    for vote in content.votes:
        yield _counted(vote)


def _counted(vote: Voting) -> str:
    counts = (("setuju", vote.yes), ("tidak setuju", vote.no), ("abstain", vote.abstain))
    told = wording.listed(f"{count} ({spelled(count)}) suara {name}" for name, count in counts)
    return f"Pemungutan suara atas “{wording.clause(vote.question)}” menghasilkan {told}."


def _section(title: str, texts: Iterable[str]) -> tuple[Block, ...]:
    found = tuple(Entry((Run(text),)) for text in texts)
    return (Heading(title), Entries(found)) if found else ()


def _present(sheet: Sheet) -> tuple[Block, ...]:
    """Whoever was there signs by hand; who was not is not asked to."""
    found = [each for each in sheet.content.attendance.rows if each.status.casefold().startswith(_PRESENT)]
    if not found:
        return ()
    rows = tuple(
        Row((Cell(str(number)), Cell(each.name), Cell(each.position), Cell(each.office), Cell(f"{number}. ")))
        for number, each in enumerate(found, 1)
    )
    return Annex("Lampiran: Yang Hadir", (f"Berita Acara {sheet.content.title}",)), Table(_COLUMNS, rows)
