"""The list of what is to be done, by whom and until when. PURE."""

from __future__ import annotations

from minutes.notula.documents.composing import common
from minutes.notula.documents.composing.tables import follow_ups_in_full
from minutes.notula.documents.paper import Fact, Facts, Paper, Paragraph, Run
from minutes.notula.documents.sheet import Sheet

CLOSING = (
    "Setiap satker melaporkan pelaksanaan butir yang menjadi tanggung jawabnya melalui Rakor, disertai bukti dukung."
)
NONE = "Rapat ini tidak menetapkan tindak lanjut."


def paper(sheet: Sheet) -> Paper:
    content = sheet.content
    listed = follow_ups_in_full(sheet) or (Paragraph((Run(NONE),)),)
    facts = (
        *common.when(sheet),
        Fact("Penyelenggara", (content.host,)),
        Fact("Notula", (f"Nomor {content.number}" if content.number else "–",)),
        Fact("Jumlah", (f"{len(content.follow_ups)} butir",)),
    )
    blocks = (Facts(facts), *listed, Paragraph((Run(CLOSING),)), common.signatures(sheet))
    return common.paper(sheet, "Daftar Tindak Lanjut", blocks, number=sheet.number, landscape=True)
