"""Tables that several papers show: votes, problems, what is to be done. PURE."""

from __future__ import annotations

from collections.abc import Iterable

from minutes.language import dates
from minutes.notula.content import Content, FollowUp
from minutes.notula.documents.composing import common, wording
from minutes.notula.documents.paper import Block, Cell, Column, Row, Table
from minutes.notula.documents.sheet import Sheet

_NUMBER = Column("No", width_mm=9, centred=True)
_VOTES = (
    _NUMBER,
    Column("Hal yang diputuskan", 2.2),
    Column("Cara", 1.1),
    Column("Setuju", width_mm=16, centred=True),
    Column("Tidak setuju", width_mm=16, centred=True),
    Column("Abstain", width_mm=17, centred=True),
    Column("Tidak memilih", width_mm=17, centred=True),
)
_PROBLEMS = (
    _NUMBER,
    Column("Tahapan", 1.0),
    Column("Uraian", 1.8),
    Column("Dampak", 1.3),
    Column("Mitigasi", 1.5),
    Column("PIC", 1.0),
)
_FOLLOW_UPS = (
    _NUMBER,
    Column("Butir", 2.4),
    Column("Asal", width_mm=24),
    Column("Penanggung Jawab", 1.4),
    Column("Kategori", width_mm=26),
    Column("Tenggat", width_mm=26),
)
_FOLLOW_UPS_IN_FULL = (
    _NUMBER,
    Column("Butir/Arahan", 2.6),
    Column("Asal dan Dasar Hukum", 1.3),
    Column("Kategori", width_mm=27),
    Column("Penanggung Jawab", 1.4),
    Column("Pihak Terkait", 1.0),
    Column("Tenggat", width_mm=25),
    Column("Status", width_mm=24),
    Column("Keterangan/Bukti Dukung", 1.2),
)


def votes(sheet: Sheet) -> tuple[Block, ...]:
    rows = [
        (
            Cell(each.question, f"{common.elapsed(each.at)} ({common.clock(sheet, each.at)})"),
            Cell(wording.METHODS[each.method]),
            *(Cell(str(count)) for count in (each.yes, each.no, each.abstain, each.silent)),
        )
        for each in sheet.content.votes
    ]
    return _table(_VOTES, rows)


def problems(content: Content) -> tuple[Block, ...]:
    rows = [
        tuple(Cell(text or "–") for text in (each.stage, each.text, each.impact, each.mitigation, each.owner))
        for each in content.problems
    ]
    return _table(_PROBLEMS, rows)


def follow_ups(content: Content) -> tuple[Block, ...]:
    """In brief, as a part of the notula."""
    source = wording.sources(content)
    rows = [
        (
            Cell(each.text),
            Cell(source.get(each.source, "–")),
            Cell(wording.owners(each)),
            Cell(wording.CATEGORIES[each.category]),
            due(each),
        )
        for each in content.follow_ups
    ]
    return _table(_FOLLOW_UPS, rows)


def follow_ups_in_full(sheet: Sheet) -> tuple[Block, ...]:
    content = sheet.content
    source, bases = wording.sources(content), {each.id: wording.laws(each.basis) for each in content.decisions}
    progress = {each.id: each for each in sheet.progress}
    rows = [
        (
            Cell(each.text, common.places(sheet, each.cites)),
            Cell(source.get(each.source, "–"), bases.get(each.source, "")),
            Cell(wording.CATEGORIES[each.category]),
            Cell(wording.owners(each)),
            Cell("; ".join(each.related) or "–"),
            due(each),
            Cell(progress[each.id].status if each.id in progress else ""),
            Cell(progress[each.id].remarks if each.id in progress else ""),
        )
        for each in content.follow_ups
    ]
    return _table(_FOLLOW_UPS_IN_FULL, rows)


def due(todo: FollowUp) -> Cell:
    day = dates.long_date(todo.due) if todo.due is not None else "–"
    return Cell(day, "segera" if todo.priority == "segera" else "")


def _table(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]) -> tuple[Block, ...]:
    numbered = tuple(Row((Cell(str(number)), *cells)) for number, cells in enumerate(rows, 1))
    return (Table(columns, numbered),) if numbered else ()
