"""The risalah: everything that was said, turn by turn, nearly word for word. PURE."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes.notula.content import Content, Contribution
from minutes.notula.documents.composing import common, wording
from minutes.notula.documents.paper import Cell, Column, Fact, Facts, Paper, Paragraph, Row, Run, Table
from minutes.notula.documents.sheet import Break, Said, Sheet

MOST_SILENCE_S = 20.0  # within a turn: what comes later is found by its own time
MOST_SIGNS = 900  # of one turn: longer ones are divided, so that a reader finds the place in the recording
CLOSING = "Risalah ini disusun dari transkrip rapat; jam dihitung sejak rapat dibuka."
NOTHING = "Tidak ada ucapan yang terekam."
_COLUMNS = (
    Column("No", width_mm=10, centred=True),
    Column("Waktu", width_mm=20, centred=True),
    Column("Pembicara", width_mm=42),
    Column("Uraian", 1.0),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Lines of one person that follow each other."""

    start: float
    end: float
    who: str
    serves: str
    text: str


def paper(sheet: Sheet) -> Paper:
    content = sheet.content
    facts = (
        *common.when(sheet),
        Fact("Tempat/Media", (content.place,)),
        Fact("Pimpinan Sidang/Rapat", (wording.person(content.chair) or "–",)),
        Fact("Peserta Sidang/Rapat", (common.attended(content.attendance) or "–",)),
    )
    rows = tuple(_rows(sheet))
    said = Table(_COLUMNS, rows) if rows else Paragraph((Run(NOTHING),))
    blocks = (Facts(facts), said, Paragraph((Run(CLOSING, soft=True),)), common.signatures(sheet))
    return common.paper(sheet, "Risalah Rapat", blocks, number=sheet.number)


def turns(said: Sequence[Said], unnamed: frozenset[str], breaks: Sequence[Break] = ()) -> Iterator[Turn]:
    """`unnamed`: ids of lines that stand without a name. A turn never reaches over a break."""
    current: Turn | None = None
    for line in sorted(said, key=lambda each: (each.start, each.id)):
        who, serves = _speaker(line, line.id in unnamed)
        if current is not None and _goes_on(current, who, serves, line, breaks):
            current = Turn(current.start, line.end, who, serves, f"{current.text} {line.text}")
            continue
        if current is not None:
            yield current
        current = Turn(line.start, line.end, who, serves, line.text)
    if current is not None:
        yield current


def unnamed(content: Content) -> frozenset[str]:
    """Lines on which rests what the notula tells without a name: the risalah must not give it away."""
    parts = (content.opening, *(each.contributions for each in content.discussion), content.closing)
    return frozenset(line for part in parts for each in part if _hidden(each) for line in each.cites)


def _hidden(said: Contribution) -> bool:
    return not said.named


def _speaker(line: Said, hidden: bool) -> tuple[str, str]:
    if hidden:
        return wording.SOMEBODY, ""
    if not line.speaker:
        return line.office, ""
    return line.speaker, ", ".join(filter(None, (line.position, line.office)))


def _goes_on(turn: Turn, who: str, serves: str, line: Said, breaks: Sequence[Break]) -> bool:
    apart = line.start - turn.end > MOST_SILENCE_S or any(turn.start < each.start <= line.start for each in breaks)
    return (turn.who, turn.serves) == (who, serves) and len(turn.text) + len(line.text) < MOST_SIGNS and not apart


def _rows(sheet: Sheet) -> Iterator[Row]:
    found: list[tuple[float, int, Row | Turn]] = []
    for each in turns(sheet.said, unnamed(sheet.content), sheet.breaks):
        found.append((each.start, 1, each))
    for at, text in _remarks(sheet):
        found.append((at, 0, Row((Cell(text),))))
    number = 0
    for _, _, told in sorted(found, key=lambda each: each[:2]):
        if isinstance(told, Turn):
            number += 1
            yield _row(sheet, number, told)
        else:
            yield told


def _row(sheet: Sheet, number: int, turn: Turn) -> Row:
    time = Cell(common.elapsed(turn.start), common.clock(sheet, turn.start))
    return Row((Cell(str(number)), time, Cell(turn.who, turn.serves, bold=True), Cell(turn.text)))


def _remarks(sheet: Sheet) -> Iterator[tuple[float, str]]:
    """In brackets, as a risalah tells what nobody said."""
    for each in sheet.breaks:
        start = common.clock(sheet, each.start)
        why = f": {each.why}" if each.why else ""
        begun = f"rapat diskors pukul {start}" if each.kind == "suspended" else f"jeda rapat pukul {start}{why}"
        yield each.start, f"({begun})" if each.kind == "suspended" else f"({begun}; tidak direkam)"
        if each.end is not None:
            end = common.clock(sheet, each.end)
            over = "skors dicabut" if each.kind == "suspended" else "rapat dilanjutkan"
            yield each.end, f"({over} pukul {end})"
