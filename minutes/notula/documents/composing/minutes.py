"""The notula itself, in the official order. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from minutes.language import dates
from minutes.notula.content import Content, Contribution, Decision, Direction, Statement, Who
from minutes.notula.documents.composing import common, wording
from minutes.notula.documents.composing.tables import follow_ups, problems, votes
from minutes.notula.documents.paper import Block, Entries, Entry, Fact, Facts, Heading, Paper, Run
from minutes.notula.documents.sheet import Sheet

LETTERS = "ABCDEFGHIJ"


def paper(sheet: Sheet) -> Paper:
    content = sheet.content
    blocks = (
        Facts(_facts(sheet)),
        Heading("Kegiatan Sidang/Rapat"),
        *_lettered(_sections(sheet)),
        common.signatures(sheet, derived=False),
        *common.attendance_annex(sheet, "Notula"),
    )
    return common.paper(sheet, "Notula", blocks, number=content.number, derived=False)


def _facts(sheet: Sheet) -> tuple[Fact, ...]:
    content = sheet.content
    day, hours = common.when(sheet)
    told = (
        Fact("Sidang/Rapat", (content.title,)),
        day,
        Fact("Surat Undangan", (invitation(content),)),
        hours,
        Fact("Tempat/Media", (content.place,)),
        Fact("Acara", _agenda(content)),
        Fact("Pimpinan Sidang/Rapat", ()),
        *_leading(content),
        Fact("Peserta Sidang/Rapat", (_participants(content),)),
        *_quorum(content),
        *_classification(content),
    )
    return tuple(each for each in told if each.values or each.label == "Pimpinan Sidang/Rapat")


def invitation(content: Content) -> str:
    if not content.invitation_number and content.invitation_date is None:
        return "–"
    day = f"tanggal {dates.long_date(content.invitation_date)}" if content.invitation_date is not None else ""
    number = f"Nomor {content.invitation_number}" if content.invitation_number else ""
    return " ".join(filter(None, (number, day)))


def _agenda(content: Content) -> tuple[str, ...]:
    points = content.agenda
    return tuple(f"{each.title} ({each.presenter})" if each.presenter else each.title for each in points) or ("–",)


def _leading(content: Content) -> Iterator[Fact]:
    for label, who in (
        ("Ketua", content.chair),
        ("Sekretaris", content.secretary),
        ("Pencatat (Notulis)", content.minute_taker),
        ("Moderator", content.moderator),
    ):
        if label != "Moderator" or who != Who():
            yield Fact(label, (wording.person(who) or "–",), inner=True)
    if content.presenters:
        yield Fact("Narasumber", tuple(wording.person(each) for each in content.presenters), inner=True)


def _participants(content: Content) -> str:
    counted = common.attended(content.attendance)
    where = "terlampir pada daftar hadir" if content.attendance.rows else ""
    told = "; ".join(filter(None, (counted, where))) or "–"
    return told[:1].upper() + told[1:]


def _quorum(content: Content) -> Iterator[Fact]:
    attendance = content.attendance
    if attendance.quorum:
        met = "terpenuhi" if attendance.present >= attendance.quorum else "tidak terpenuhi"
        yield Fact("Kuorum", (f"{attendance.quorum} satker: {met}",))


def _classification(content: Content) -> Iterator[Fact]:
    if content.classification != "biasa":
        yield Fact("Klasifikasi", (content.classification.capitalize(),))
    if content.openness == "exempt":
        yield Fact("Keterbukaan", (f"Informasi dikecualikan: {content.exemption or '–'}",))


def _lettered(sections: Iterable[tuple[str, tuple[Block, ...]]]) -> Iterator[Block]:
    """Only those that say something have a letter; what is inside them is numbered behind it."""
    found = [(title, blocks) for title, blocks in sections if blocks]
    for letter, (title, blocks) in zip(LETTERS, found, strict=False):
        yield Heading(f"{letter}. {title}", 2)
        for block in blocks:
            yield replace(block, text=f"{letter}.{block.text}") if isinstance(block, Heading) else block


def _sections(sheet: Sheet) -> Iterator[tuple[str, tuple[Block, ...]]]:
    content = sheet.content
    yield "Kata Pembukaan", _contributions(content.opening)
    yield "Pembahasan", tuple(_discussion(content))
    yield "Kesimpulan", _numbered(_plain(sheet, each) for each in content.conclusions)
    yield "Keputusan", _numbered(_decision(sheet, each) for each in content.decisions)
    yield "Pemungutan Suara", votes(sheet)
    yield "Arahan Pimpinan", _numbered(_direction(sheet, each) for each in content.directions)
    yield "Potensi Permasalahan", problems(content)
    yield "Tindak Lanjut", follow_ups(content)
    yield "Penutup", _contributions(content.closing)


def _discussion(content: Content) -> Iterator[Block]:
    number = 0
    for each in content.discussion:
        if not each.contributions:
            continue
        number += 1
        yield Heading(f"{number} {each.item or 'Pembahasan lain'}", 3)
        yield from _contributions(each.contributions)


def _contributions(said: Iterable[Contribution]) -> tuple[Block, ...]:
    return _numbered(_contribution(each) for each in said)


def _contribution(said: Contribution) -> Entry:
    who, manner = wording.speaker(said), wording.MANNERS[said.manner]
    serves = f" ({wording.serving(who)})" if who.name and wording.serving(who) else ""
    name = who.name or wording.serving(who) or wording.SOMEBODY
    before = f"{serves}{f', {manner}' if manner else ''}: "
    more = (f"Rujukan: {wording.laws(said.law)}",) if said.law else ()
    return Entry((Run(name, bold=True), Run(before + wording.sentence(said.text))), more)


def _plain(sheet: Sheet, said: Statement, *more: str) -> Entry:
    told = (*more, common.places(sheet, said.cites))
    return Entry((Run(wording.sentence(said.text)),), tuple(filter(None, told)))


def _decision(sheet: Sheet, decided: Decision) -> Entry:
    return _plain(
        sheet,
        decided,
        f"Dasar hukum: {wording.laws(decided.basis)}" if decided.basis else "",
        f"Diambil dengan {wording.AGREED[decided.how]}" if decided.how else "",
        f"Catatan keberatan: {decided.objections}" if decided.objections else "",
    )


def _direction(sheet: Sheet, directed: Direction) -> Entry:
    return _plain(sheet, directed, wording.by(directed))


def _numbered(entries: Iterable[Entry]) -> tuple[Block, ...]:
    found = tuple(entries)
    return (Entries(found),) if found else ()
