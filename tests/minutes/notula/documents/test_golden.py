"""The text of every paper, as it was read and found right.

`python -m tests.minutes.notula.documents.test_golden` writes it anew: the difference is then for a person to read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes.notula.documents.sheet import Kind
from tests.minutes.notula.documents import reading, sheets

GOLDEN = Path(__file__).with_name("golden")
PAPERS: tuple[tuple[Kind, str], ...] = (
    ("notula", "draft"),
    ("notula", "sealed"),
    ("risalah", "sealed"),
    ("tindak-lanjut", "sealed"),
    ("berita-acara", "sealed"),
    ("berita-jdih", "sealed"),
)


def read(kind: Kind, state: str, form: str) -> str:
    sheet = sheets.draft() if state == "draft" else sheets.sealed()
    if form == "pdf":
        return "\n".join(reading.pdf_lines(reading.printed(kind, sheet))) + "\n"
    return "\n".join(reading.docx_lines(reading.written(kind, sheet))) + "\n"


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize(("kind", "state"), PAPERS)
def test_a_paper_says_what_it_said(kind: Kind, state: str, form: str) -> None:
    assert read(kind, state, form) == (GOLDEN / f"{kind}-{state}.{form}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each, how in PAPERS:
        for made in ("pdf", "docx"):
            (GOLDEN / f"{each}-{how}.{made}.txt").write_text(read(each, how, made), encoding="utf-8")
