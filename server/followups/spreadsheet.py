"""Follow-ups as CSV, one row an office. PURE."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from server.directory.importing.writing import safe
from server.followups.dates import late, local_day
from server.followups.repository import Found
from server.followups.rules import Status

COLUMNS = (
    "no",
    "butir",
    "asal",
    "dasar_hukum",
    "kategori",
    "satker",
    "penanggung_jawab",
    "pihak_terkait",
    "tenggat",
    "prioritas",
    "status",
    "terlambat",
    "persen",
    "bukti_dukung",
    "keterangan",
    "tanggal_selesai",
    "diverifikasi_oleh",
    "rapat",
    "tanggal_rapat",
)
_SOURCES = {"decision": "keputusan", "direction": "arahan"}


def as_csv(found: Iterable[Found], now: datetime) -> bytes:
    """UTF-8, marked, with the separator that Excel expects where the comma is the decimal sign. Days are ISO."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, delimiter=";")
    rows.writeheader()
    for each in found:
        rows.writerow({key: safe(str(value)) for key, value in _row(each, now).items()})
    return ("\ufeff" + text.getvalue()).encode()


def _row(each: Found, now: datetime) -> dict[str, object]:
    item, parent, meeting, office = each.item, each.follow_up, each.meeting, each.office
    source = parent.source
    held = meeting.opened_at or meeting.starts_at
    return {
        "no": parent.number,
        "butir": parent.text,
        "asal": f"{_SOURCES[source['kind']]} {source['number']}" if source else "",
        "dasar_hukum": "; ".join(source.get("basis", [])),
        "kategori": parent.category,
        "satker": office.name,
        "penanggung_jawab": "; ".join(parent.owners),
        "pihak_terkait": "; ".join(parent.related),
        "tenggat": parent.due.isoformat() if parent.due else "",
        "prioritas": parent.priority,
        "status": item.status,
        "terlambat": "ya" if late(Status(item.status), parent.due, office.zone, now) else "tidak",
        "persen": item.percent,
        "bukti_dukung": each.evidence,
        "keterangan": item.remark,
        "tanggal_selesai": local_day(item.done_at, office.zone).isoformat() if item.done_at else "",
        "diverifikasi_oleh": item.verified_by,
        "rapat": meeting.title,
        "tanggal_rapat": local_day(held, meeting.zone).isoformat(),
    }
