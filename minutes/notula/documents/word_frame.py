"""What stands around the text of a DOCX: its styles, the head of its pages with the mark across them, the foot."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

import segno
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from minutes.notula.documents import word_parts as parts

FONT = "Times New Roman"  # every office has it, or one of the same widths
INK = RGBColor(0x1A, 0x1A, 0x1A)
QR_MM = 15
_HEADINGS = ((1, 14.0, True, False), (2, 11.5, True, False), (3, 11.0, True, False), (4, 11.0, False, True))
# As Word writes its own watermarks: LibreOffice and Word both show them behind the text.
_MARK = """<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
 <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
 <v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
 <v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
 <v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>
 </v:shapetype><v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt={said}
 style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:120pt;rotation:315;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
mso-position-vertical-relative:margin" fillcolor="#ececec" stroked="f">
 <v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt" string={said}/></v:shape></w:pict>"""


def styles(document: Document) -> None:
    normal = document.styles["Normal"]
    _font(normal, 11.0)
    normal.paragraph_format.space_after = Pt(3)
    _language(normal)
    for level, size, bold, italic in _HEADINGS:
        style = document.styles[f"Heading {level}"]
        _font(style, size)
        style.font.bold, style.font.italic, style.font.color.rgb = bold, italic, INK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
        style.paragraph_format.keep_with_next = True


def header(document: Document, said: Mapping[str, Any]) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    parts.write(paragraph, said["marking"], bold=True)
    if said["mark"]:
        paragraph.add_run()._r.append(parse_xml(_MARK.format(said=quoteattr(said["mark"]))))


def footer(document: Document, said: Mapping[str, Any], width_mm: int) -> None:
    told = said["footer"]
    foot = document.sections[0].footer
    widths = (QR_MM + 4, width_mm - QR_MM - 44, 40) if told["url"] else (width_mm - 40, 40)
    cells = parts.bare_table(foot, 1, widths).rows[0].cells
    words, pages = (cell.paragraphs[0] for cell in cells[-2:])
    parts.write(words, told["told"], soft=True, size=7)
    if told["url"]:
        picture = cells[0].paragraphs[0].add_run().add_picture(io.BytesIO(qr_png(told["url"])), Mm(QR_MM))
        picture._inline.docPr.set("descr", f"Kode QR menuju halaman verifikasi {told['url']}")
    if told["code"]:
        parts.write(cells[-2].add_paragraph(), f"Kode verifikasi: {told['code']}", bold=True, size=8)
        parts.write(cells[-2].add_paragraph(), f"SHA-256: {told['sha256']}", soft=True, size=6)
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    parts.write(pages, "Halaman ", size=8)
    parts.field(pages, "PAGE")
    parts.write(pages, " dari ", size=8)
    parts.field(pages, "NUMPAGES")


def qr_png(url: str) -> bytes:
    written = io.BytesIO()
    segno.make(url, error="m", micro=False).save(written, kind="png", border=2, scale=6)
    return written.getvalue()


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(name), None)  # a theme's font would go before


def _language(style: Any) -> None:
    language = parse_xml(
        '<w:lang xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:val="id-ID"/>'
    )
    style.element.get_or_add_rPr().append(language)
