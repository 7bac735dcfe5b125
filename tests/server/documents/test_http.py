"""Papers over HTTP: drafts marked, the signed notula as it was kept, what is made of it, and who is given what."""

from __future__ import annotations

import io

import docx
import pypdf
import pytest
from httpx2 import Response

from minutes.notula.documents.container import read_pdf
from minutes.notula.keys import public_key
from server.services import Services
from tests.server.conftest import Cast
from tests.server.notulas.conftest import Table, ended


@pytest.fixture(scope="module")
def drafted(cast: Cast) -> Table:
    table = Table(cast, ended(cast))
    assert table.draft().status_code == 200
    return table


@pytest.fixture(scope="module")
def signed(cast: Cast) -> Table:
    table = Table(cast, ended(cast))
    table.signed()
    settle(table)
    return table


def settle(table: Table) -> None:
    """What is being printed is done."""
    services: Services = table.cast.app.state.services
    table.cast.portal.call(services.notulas.keeping.settled)


def get(table: Table, name: str, who: str = "dewi", headers: dict[str, str] | None = None) -> Response:
    path = f"/api/v1/meetings/{table.meeting}/documents/{name}"
    answer: Response = table.client(who).get(path, headers=headers or {})
    return answer


def words(answer: Response) -> str:
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"] == "application/pdf":
        pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    read = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return " ".join([paragraph.text for paragraph in read.paragraphs] + cells)


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_draft_is_marked_and_stays_with_the_host(drafted: Table) -> None:
    for form in ("pdf", "docx"):
        text = words(get(drafted, f"notula.{form}"))
        assert "belum ditandatangani" in text
        assert "Kita putuskan" in text or "verifikasi" in text.casefold()
    assert code(get(drafted, "notula.pdf", "maria")) == (404, "no_notula")
    assert get(drafted, "notula.pdf", "").status_code == 401
    assert get(drafted, "notula.odt").status_code == 422
    assert get(drafted, "surat.pdf").status_code == 422
    assert code(get(drafted, "notula.pdf?version=7")) == (404, "no_such_version")


def test_the_number_that_was_taken_stands_on_the_draft(drafted: Table) -> None:
    taken = drafted.client("dewi").post(f"/api/v1/meetings/{drafted.meeting}/numbers/berita-acara", json={})
    assert taken.json()["number"] in words(get(drafted, "berita-acara.pdf"))
    assert taken.json()["number"] not in words(get(drafted, "notula.pdf"))


def test_the_signed_notula_is_the_file_that_was_kept(signed: Table) -> None:
    answer = get(signed, "notula.pdf", "maria")
    found, told = read_pdf(answer.content), signed.get()
    key = public_key(signed.cast.settings.data / "seal.pub")
    key.verify(found.signature, found.signed_digest)
    assert found.sealed_json == signed.client("dewi").get(f"{signed.path}/versions/1").content
    text = words(answer)
    assert told["code"] in text
    assert "Ditandatangani secara elektronik" in text
    assert "Rekaman: 0:" in text
    assert f'filename="notula-{told["code"]}.pdf"' in answer.headers["content-disposition"]
    again = get(signed, "notula.pdf?version=1")
    assert again.content == answer.content
    known = get(signed, "notula.pdf", headers={"If-None-Match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    verified = signed.client("").post("/api/v1/verification", content=answer.content)
    assert verified.json()["matches"] is True
    written = get(signed, "notula.docx")
    assert told["code"] in " ".join(_foot(written.content))
    assert signed.client("").post("/api/v1/verification", content=written.content).json()["matches"] is True


def test_what_is_made_of_a_signed_notula_says_so_and_is_the_same_each_time(signed: Table) -> None:
    one, other = get(signed, "berita-acara.pdf"), get(signed, "berita-acara.pdf")
    assert one.content == other.content
    for answer in (one, get(signed, "tindak-lanjut.docx")):
        assert "Ditandatangani secara elektronik" not in words(answer)
    assert "Disusun dari notula tersegel" in words(one)


def test_news_is_drafted_by_the_host_and_only_of_what_is_open(signed: Table, cast: Cast) -> None:
    assert get(signed, "berita-jdih.docx", "maria").status_code == 403
    table = Table(cast, ended(cast))
    table.draft()
    table.edit(classification="terbatas")
    assert code(get(table, "berita-jdih.pdf")) == (409, "not_public")
    assert "TERBATAS" in words(get(table, "notula.pdf"))


def test_a_risalah_is_of_the_transcript_that_was_approved(cast: Cast) -> None:
    table = Table(cast, ended(cast))
    table.signed()
    before = words(get(table, "risalah.pdf"))
    assert all(line["text"].split()[0] in before for line in table.lines())
    table.moved("amend", "dewi", reason="Nama keliru")
    line = table.lines()[0]
    edit = {
        "id": "ubah-00000001",
        "kind": "text",
        "line": line["id"],
        "version": line["version"],
        "text": "Rapat dibuka.",
    }
    assert table.client("dewi").post(f"/api/v1/meetings/{table.meeting}/edits", json=edit).status_code == 200
    assert code(get(table, "risalah.pdf?version=1")) == (409, "transcript_changed")
    assert "Rapat dibuka." in words(get(table, "risalah.pdf"))
    assert "belum ditandatangani" in words(get(table, "notula.pdf"))
    settle(table)
    assert "Ditandatangani secara elektronik" in words(get(table, "notula.pdf?version=1"))
    assert "Ditandatangani secara elektronik" in words(get(table, "notula.pdf", "maria"))


def _foot(content: bytes) -> list[str]:
    foot = docx.Document(io.BytesIO(content)).sections[0].footer
    return [cell.text for table in foot.tables for row in table.rows for cell in row.cells]
