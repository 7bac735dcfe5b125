"""LibreOffice opens every paper that is written for office programs. `make setup-office` installs it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from minutes.notula.documents.sheet import Kind
from tests.minutes.notula.documents import reading, sheets

KINDS: tuple[Kind, ...] = get_args(Kind)
PATIENCE_S = 100
FOOT = re.compile(r"(Periksa keaslian|Disusun dari notula|Belum disegel|Draf berita: belum).*?Halaman \d+ dari \d+")


@pytest.mark.full
def test_an_office_program_shows_every_paper(tmp_path: Path) -> None:
    for kind in KINDS:
        for state, sheet in (("draft", sheets.draft()), ("sealed", sheets.sealed())):
            (tmp_path / f"{kind}-{state}.docx").write_bytes(reading.written(kind, sheet))
    (tmp_path / "long.docx").write_bytes(reading.written("notula", sheets.long()))
    files = sorted(tmp_path.glob("*.docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(command, check=True, timeout=PATIENCE_S, capture_output=True)
    for file in files:
        pages = reading.pdf_pages(file.with_suffix(".pdf").read_bytes())
        # A paragraph may go over the end of a page: once with what stands at its foot, once without.
        shown = _letters(" ".join(pages) + " ".join(FOOT.sub("", page) for page in pages))
        for line in reading.docx_lines(file.read_bytes()):
            for part in re.split(r" [|/] |^[#-] |\d+\.\t", line):
                # The file's own count of pages is a guess: whoever opens it counts.
                assert _letters(part) in shown or part.startswith("Halaman"), (file.name, part)
        assert all(f"Halaman {number} dari {len(pages)}" in page for number, page in enumerate(pages, 1))
        if file.name.startswith("long"):
            annexed = [page for page in pages if "Peserta Rekaan" in page]
            assert len(annexed) > 4
            assert all("No Nama Jabatan Satker" in page for page in annexed)


def _letters(text: str) -> str:
    """What programs break over lines, hyphenate or space out stays comparable."""
    return "".join(each for each in text if each.isalnum())
