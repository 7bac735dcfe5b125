"""PDF/A-3a and PDF/UA-1, printed and sealed. No validator of PDF/A is to be had here (veraPDF is on none of the
registries that the project uses), so what the standards ask of a file is asserted one by one: ISO 19005-3, 6.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import get_args

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Object, Stream

from minutes.notula.documents.container import FILE_NAME, seal_pdf
from minutes.notula.documents.sheet import Kind
from tests.minutes.notula.documents import reading, sheets

KINDS: tuple[Kind, ...] = get_args(Kind)
SCRIPTS = ("/JavaScript", "/JS", "/Launch", "/AA", "/OpenAction", "/SubmitForm", "/RichMedia", "/XFA")


def made(kind: Kind, state: str) -> pikepdf.Pdf:
    data = reading.printed(kind, sheets.draft() if state == "draft" else sheets.sealed())
    if state == "with seal":
        data = seal_pdf(data, b'{"format":"rakor-sealed-1"}', lambda digest: digest * 2)
    return pikepdf.open(io.BytesIO(data))


FILES = [(kind, "sealed") for kind in KINDS] + [("notula", "draft"), ("notula", "with seal")]


@pytest.mark.parametrize(("kind", "state"), FILES)
def test_a_paper_is_an_archivable_and_readable_pdf(kind: Kind, state: str) -> None:
    with made(kind, state) as pdf:
        _says_what_it_is(pdf)
        _shows_the_same_everywhere(pdf)
        _is_tagged(pdf)
        _runs_nothing(pdf)
        assert pdf.check_pdf_syntax() == []


def test_what_is_attached_is_associated_as_its_source() -> None:
    with made("notula", "with seal") as pdf:
        (spec,) = list(pdf.Root.AF)
        assert (spec.AFRelationship, str(spec.UF), str(spec.F)) == (Name.Source, FILE_NAME, FILE_NAME)
        stream = spec.EF.F
        assert stream.Subtype == "/application/json"
        assert "/ModDate" in stream.Params
        assert str(spec.Desc)


def _says_what_it_is(pdf: pikepdf.Pdf) -> None:
    """6.6: metadata in XMP, unpacked, the same as in the older dictionary."""
    assert pdf.pdf_version == "1.7"
    assert not pdf.is_encrypted
    assert "/ID" in pdf.trailer
    assert "/Filter" not in pdf.Root.Metadata
    xmp = pdf.open_metadata()
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
    assert xmp["dc:title"] == str(pdf.docinfo["/Title"])


def _shows_the_same_everywhere(pdf: pikepdf.Pdf) -> None:
    """6.2: colours by a profile that it carries, all fonts embedded, every glyph with its character."""
    (intent,) = list(pdf.Root.OutputIntents)
    assert intent.S == "/GTS_PDFA1"
    assert int(intent.DestOutputProfile.N) in (1, 3)
    fonts = [each for each in _dictionaries(pdf) if each.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()) for each in fonts)
    composed = [each for each in _dictionaries(pdf) if each.get("/Subtype") == "/Type0"]
    assert composed
    assert all("/ToUnicode" in each for each in composed)


def _is_tagged(pdf: pikepdf.Pdf) -> None:
    """Level A, and ISO 14289-1: structure, language, title shown, pages in reading order."""
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "id"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    roles = {str(each.S) for each in _dictionaries(pdf) if each.get("/Type") == "/StructElem"}
    assert "/H1" in roles
    assert "/P" in roles
    for page in pdf.pages:
        assert "/StructParents" in page.obj


def _runs_nothing(pdf: pikepdf.Pdf) -> None:
    """6.6.1: no action but to go somewhere."""
    for each in _dictionaries(pdf):
        assert not set(SCRIPTS) & set(each.keys())
        assert str(each.get("/S", "")) not in SCRIPTS
        assert each.get("/Subtype") not in ("/Movie", "/Sound", "/Screen", "/3D")


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Object]:
    for each in pdf.objects:
        if isinstance(each, Dictionary | Stream):
            yield each
