"""What papers have in common: head, marks, footer, signatures, places in the recording. PURE."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from minutes.language import dates
from minutes.notula.content import Attendance, Content, Who
from minutes.notula.documents.composing import wording
from minutes.notula.documents.paper import Annex, Block, Cell, Column, Fact, Footer, Paper, Row, Signature, Signatures
from minutes.notula.documents.paper import Table as PaperTable
from minutes.notula.documents.sheet import Duty, Sheet, Signed

BLANK = "…………………………"
DRAFT, REVOKED = "DRAF", "DICABUT"
WHERE = "pada halaman Verifikasi Dokumen Rakor"  # of an installation that does not know its own address
MOST_PLACES = 3  # of the recording that a statement names: who wants all has the sealed file
_COLUMNS = (
    Column("No", width_mm=9, centred=True),
    Column("Nama", 1.5),
    Column("Jabatan", 1.5),
    Column("Satker", 1.4),
    Column("Peran", width_mm=22),
    Column("Kehadiran", width_mm=23),
    Column("Menit", width_mm=13, centred=True),
)


def paper(
    sheet: Sheet, title: str, blocks: Iterable[Block], *, number: str, derived: bool = True, landscape: bool = False
) -> Paper:
    """`derived`: it is made of the notula, which alone is what two people signed and what can be verified."""
    content = sheet.content
    return Paper(
        letterhead=wording.letterhead(content.host),
        title=title,
        subtitle=content.title,
        number=f"Nomor: {number or BLANK}",
        blocks=tuple(blocks),
        footer=footer(sheet, derived),
        author=content.host,
        mark=mark(sheet),
        banner=banner(sheet),
        marking=marking(content),
        landscape=landscape,
    )


def mark(sheet: Sheet) -> str:
    if sheet.state == "revoked":
        return REVOKED
    return "" if sheet.signed else DRAFT


def banner(sheet: Sheet) -> str:
    """In words what the mark says."""
    if sheet.state == "revoked":
        return "Dokumen ini telah dicabut dan tidak berlaku."
    if not sheet.signed:
        return "Draf: belum ditandatangani, bukan dokumen resmi, dan masih dapat berubah."
    return "Dokumen ini telah diralat oleh versi yang lebih baru." if sheet.state == "amended" else ""


def marking(content: Content) -> str:
    """Seen on every page where it is anything but open."""
    return "" if content.classification == "biasa" else content.classification.upper()


def footer(sheet: Sheet, derived: bool) -> Footer:
    if not sheet.signed or not sheet.code:
        return Footer("Belum disegel: tidak ada kode verifikasi.")
    version = f" versi {sheet.version}" if sheet.version > 1 else ""
    what = f"Disusun dari notula tersegel{version}; periksa notula" if derived else f"Periksa keaslian notula{version}"
    return Footer(f"{what} {WHERE if not sheet.url else f'di {sheet.url}'}", sheet.code, sheet.sha256, sheet.url)


def signatures(sheet: Sheet, derived: bool = True) -> Signatures:
    """The minute-taker's first (PKPU 2/2021, 63), then whoever presided. What is derived they sign by hand."""
    content = sheet.content
    last = max((each.at for each in sheet.signatures), default=None) if sheet.signed and not derived else None
    day = dates.long_date(sheet.local(last)) if last is not None else BLANK
    return Signatures(
        f"{content.host_city or BLANK}, {day}",
        (
            _signature(sheet, "minute_taker", ("Notulis,",), content.minute_taker, derived),
            _signature(sheet, "chair", ("Pimpinan Sidang/Rapat,",), content.chair, derived),
        ),
    )


def _signature(sheet: Sheet, duty: Duty, what: tuple[str, ...], who: Who, derived: bool) -> Signature:
    signed = next((each for each in sheet.signatures if each.duty == duty), None)
    if signed is None:
        return Signature(what, who.name, wording.serving(who))
    return Signature(what, signed.name, signed.position, "" if derived else _how(sheet, signed))


def _how(sheet: Sheet, signed: Signed) -> str:
    local = sheet.local(signed.at)
    moment = f"{dates.long_date(local)} pukul {dates.at_clock(local)}"
    return f"Ditandatangani secara elektronik pada {moment}; {signed.method}"


def when(sheet: Sheet) -> tuple[Fact, ...]:
    """Day and hours, with all zones that took part."""
    content = sheet.content
    hours = dates.in_zones(content.starts, content.ends, content.zones[0], content.zones[1:])
    return (
        Fact("Hari/Tanggal", (dates.day_and_date(sheet.local(content.starts)),)),
        Fact("Waktu Sidang/Rapat", (hours[0].upper() + hours[1:],)),
    )


def clock(sheet: Sheet, at: float) -> str:
    """Of a meeting second, at the host's: "09.12 WIB"."""
    return dates.at_clock(local(sheet, at))


def local(sheet: Sheet, at: float) -> datetime:
    return sheet.local(sheet.content.starts + timedelta(seconds=at))


def elapsed(at: float) -> str:
    """Since the opening: "0:12:05"."""
    minutes, seconds = divmod(int(at), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def places(sheet: Sheet, cites: Iterable[str]) -> str:
    """Where the recording says it; "" when the sheet has none of the lines."""
    starts = {each.id: each.start for each in sheet.said}
    found = sorted({starts[each] for each in cites if each in starts})
    if not found:
        return ""
    more = f" dan {len(found) - MOST_PLACES} bagian lain" if len(found) > MOST_PLACES else ""
    return f"Rekaman: {', '.join(elapsed(each) for each in found[:MOST_PLACES])}{more}"


def attended(attendance: Attendance) -> str:
    """ "34 dari 38 satker yang diundang hadir"; "" where nobody counted."""
    if not attendance.invited:
        return ""
    return f"{attendance.present} dari {attendance.invited} satker yang diundang hadir"


def attendance_annex(sheet: Sheet, to: str) -> tuple[Block, ...]:
    """The list of who was there, on a page of its own; nothing where there is none."""
    found = sheet.content.attendance.rows
    if not found:
        return ()
    rows = tuple(
        Row(
            tuple(
                Cell(text)
                for text in (
                    str(number),
                    each.name,
                    each.position,
                    each.office,
                    each.role,
                    each.status,
                    str(each.minutes) if each.minutes else "–",
                )
            )
        )
        for number, each in enumerate(found, 1)
    )
    heading = (f"{to} {sheet.content.title}", dates.day_and_date(sheet.local(sheet.content.starts)))
    return Annex("Lampiran: Daftar Hadir", heading), PaperTable(_COLUMNS, rows)
