"""Follow-ups over HTTP: who sees them, what becomes of them, and that nothing is lost or believed."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from datetime import date
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from server.followups.taking import take
from server.services import Services
from tests.server.conftest import Cast
from tests.server.followups.conftest import HELD, content, follow_up, held

BASE = "/api/v1/follow-ups"
PDF = b"%PDF-1.7\n%bukti\n"
_numbers = itertools.count(1)


def taken(cast: Cast, *follow_ups: dict[str, Any], host: str = "kpuri", **parts: Any) -> str:
    """A meeting of Kaltara and Sumbar that is over and signed; its id."""
    id = f"fu-{next(_numbers)}"

    async def fill() -> None:
        services: Services = cast.app.state.services
        async with services.sessions.begin() as session:
            made = await held(session, ("kaltara", "sumbar"), id=id, host_office_id=host, title=f"Rakor {id}")
            await take(session, made, content(*(follow_ups or (follow_up(all_offices=True),)), **parts), HELD)

    cast.portal.call(fill)
    return id


def items(client: TestClient, meeting: str, **more: Any) -> list[dict[str, Any]]:
    answer = client.get(BASE, params={"meeting": meeting, **more})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def one(client: TestClient, id: str) -> dict[str, Any]:
    answer = client.get(f"{BASE}/{id}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def move(client: TestClient, id: str, move: str, **more: Any) -> Response:
    body = {"move": move, "version": one(client, id)["version"], **more}
    return client.post(f"{BASE}/{id}/moves", json=body)


def attach(client: TestClient, id: str, data: bytes, name: str = "surat.pdf", **more: Any) -> Response:
    params = {"name": name, "version": one(client, id)["version"], **more}
    return client.post(f"{BASE}/{id}/evidence", params=params, content=data)


@pytest.fixture
def marias(cast: Cast) -> str:
    """Kaltara's item of a meeting that KPU RI held."""
    (mine,) = items(cast.as_("maria"), taken(cast))
    return str(mine["id"])


def test_an_office_sees_its_own_and_the_host_all(cast: Cast) -> None:
    meeting = taken(cast)
    maria, wulan, dewi = (cast.as_(each) for each in ("maria", "wulan", "dewi"))
    assert [each["office"]["id"] for each in items(maria, meeting)] == ["kaltara"]
    assert items(maria, meeting, scope="all") == []
    assert [each["office"]["id"] for each in items(dewi, meeting, scope="all")] == ["sumbar", "kaltara"]
    assert items(dewi, meeting) == []
    theirs = items(maria, meeting)[0]["id"]
    answer = wulan.get(f"{BASE}/{theirs}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert wulan.post(f"{BASE}/{theirs}/moves", json={"move": "start", "version": 1}).status_code == 404


def test_the_centre_sees_what_others_held_unless_it_is_restricted(cast: Cast) -> None:
    open_, restricted = taken(cast, host="jatim"), taken(cast, host="jatim", classification="terbatas")
    bambang = cast.as_("bambang")
    assert len(items(bambang, open_, scope="all")) == 2
    assert items(bambang, restricted, scope="all") == []
    mine = items(cast.as_("maria"), restricted)[0]["id"]
    assert bambang.get(f"{BASE}/{mine}").status_code == 404
    assert one(cast.as_("maria"), mine)["may"]["moves"] == ["start", "rest", "wait", "report", "remark"]
    seen = one(bambang, items(bambang, open_, scope="all")[0]["id"])
    assert (seen["may"]["moves"], seen["may"]["read_meeting"]) == ([], False)


def test_a_guest_and_nobody_see_nothing(cast: Cast, meeting: str) -> None:
    for path in ("", "/board", "/export", "/x"):
        assert cast.guest_of(meeting).get(BASE + path).status_code == 403
        assert cast.as_("").get(BASE + path).status_code == 401


def test_from_the_report_with_evidence_to_its_verification(cast: Cast, marias: str) -> None:
    maria, dewi = cast.as_("maria"), cast.as_("dewi")
    begun = move(maria, marias, "start", percent=40, text="Daftar sedang disusun.").json()
    assert (begun["status"], begun["percent"], begun["remark"]) == ("dalam_proses", 40, "Daftar sedang disusun.")
    refused = move(maria, marias, "report")
    assert (refused.status_code, refused.json()["code"]) == (409, "evidence_needed")
    assert attach(maria, marias, PDF).status_code == 201
    reported = move(maria, marias, "report", text="Terkirim.").json()
    assert (reported["status"], reported["percent"], reported["verified"]) == ("selesai", 100, False)
    assert move(maria, marias, "verify").json()["code"] == "not_your_duty"
    returned = move(dewi, marias, "return", text="Lampiran belum lengkap.").json()
    assert (returned["status"], returned["done_at"]) == ("dalam_proses", None)
    move(maria, marias, "report")
    verified = move(dewi, marias, "verify").json()
    assert (verified["verified"], verified["verified_by"]) == (
        True,
        "Dewi Anggraini, Kepala Subbagian Tata Usaha",
    )
    told = [(each["kind"], each["by"]["name"], each["text"]) for each in verified["history"]]
    assert told[1:] == [
        ("start", "Maria Tandilangi", "Daftar sedang disusun."),
        ("evidence", "Maria Tandilangi", ""),
        ("report", "Maria Tandilangi", "Terkirim."),
        ("return", "Dewi Anggraini", "Lampiran belum lengkap."),
        ("report", "Maria Tandilangi", ""),
        ("verify", "Dewi Anggraini", ""),
    ]
    assert told[0][0] == "taken"
    assert verified["history"][3]["before"] == {"status": "dalam_proses", "percent": 40}


def test_who_reports_does_not_verify(cast: Cast) -> None:
    """Also where the host does it itself: the chair looks at what the secretariat has done."""
    meeting = taken(cast, follow_up(owners=("Biro Hukum",)))
    dewi, ratna = cast.as_("dewi"), cast.as_("ratna")
    (own,) = items(dewi, meeting)
    attach(dewi, own["id"], PDF)
    move(dewi, own["id"], "report")
    assert move(dewi, own["id"], "verify").json()["code"] == "own_report"
    assert move(ratna, own["id"], "verify").json()["verified"]


def test_of_two_who_change_the_same_the_second_is_told(cast: Cast, marias: str) -> None:
    maria, dewi = cast.as_("maria"), cast.as_("dewi")
    seen = one(dewi, marias)["version"]
    move(maria, marias, "start")
    body = {"move": "cancel", "version": seen, "text": "Digabung."}
    late = dewi.post(f"{BASE}/{marias}/moves", json=body)
    assert (late.status_code, late.json()["code"]) == (409, "follow_up_changed")
    link = {"version": seen, "name": "Berita acara", "url": "https://kpu.example/ba"}
    assert maria.post(f"{BASE}/{marias}/links", json=link).json()["code"] == "follow_up_changed"
    assert attach(maria, marias, PDF, version=seen).json()["code"] == "follow_up_changed"
    assert [each["kind"] for each in one(dewi, marias)["history"]] == ["taken", "start"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"move": "finish", "version": 1}, 422, "validation"),
        ({"move": "start"}, 422, "validation"),
        ({"move": "start", "version": 1, "percent": 101}, 422, "validation"),
        ({"move": "start", "version": 1, "text": "a" * 2001}, 422, "validation"),
        ({"move": "start", "version": 1, "status": "selesai"}, 422, "validation"),
        ({"move": "start", "version": 2**63}, 422, "validation"),
        ({"move": "take_back", "version": 1}, 409, "out_of_turn"),
        ({"move": "cancel", "version": 1, "text": "Tidak perlu."}, 403, "not_your_duty"),
        ({"move": "remark", "version": 1, "text": "  "}, 422, "words_needed"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    cast: Cast, marias: str, body: dict[str, Any], status: int, code: str
) -> None:
    maria = cast.as_("maria")
    before = one(maria, marias)
    answer = maria.post(f"{BASE}/{marias}/moves", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert one(maria, marias) == before


def office(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind", "kept"),
    [
        (PDF, "surat.pdf", "application/pdf", "surat.pdf"),
        (b"\x89PNG\r\n\x1a\n....", "../../foto.jpg", "image/png", "foto.jpg.png"),
        (office("word/document.xml"), "C:\\a\\Laporan “akhir”.docx", None, "Laporan “akhir”.docx"),
        (b"@echo off\r\ndel *.*\r\n", "laporan.bat", "text/plain; charset=utf-8", "laporan.bat.txt"),
        (b"<script>alert(1)</script>", "halaman.html", "text/plain; charset=utf-8", "halaman.html.txt"),
    ],
)
def test_a_file_is_what_its_content_says_and_only_downloaded(
    cast: Cast, marias: str, data: bytes, name: str, kind: str | None, kept: str
) -> None:
    maria = cast.as_("maria")
    answer = attach(maria, marias, data, name)
    assert answer.status_code == 201, answer.text
    (piece,) = answer.json()["pieces"]
    assert (piece["name"], piece["size"], piece["file"]) == (kept, len(data), True)
    assert kind is None or piece["kind"] == kind
    back = cast.as_("dewi").get(piece["url"])
    assert back.content == data
    assert back.headers["content-disposition"].startswith("attachment;")
    assert back.headers["x-content-type-options"] == "nosniff"
    assert cast.as_("wulan").get(piece["url"]).status_code == 404


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"MZ\x90\x00program", "evidence_type"),
        (b"\x7fELF\x02\x01", "evidence_type"),
        (office("word/document.xml", "word/vbaProject.bin"), "evidence_type"),
        (office("a.class"), "evidence_type"),
        (b"PK\x03\x04 no archive", "evidence_type"),
        (b"%PDF-" + b"0" * (16 << 20), "evidence_too_large"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_stays(cast: Cast, marias: str, data: bytes, code: str) -> None:
    maria, directory = cast.as_("maria"), cast.settings.evidence
    before = sorted(directory.iterdir()) if directory.exists() else []
    assert attach(maria, marias, data).json()["code"] == code
    assert one(maria, marias)["pieces"] == []
    assert sorted(directory.iterdir()) == before


def test_evidence_under_a_report_stays(cast: Cast, marias: str) -> None:
    maria, dewi = cast.as_("maria"), cast.as_("dewi")
    link = {"version": 1, "name": "Berita acara", "url": "https://kpu.example/ba"}
    (piece,) = maria.post(f"{BASE}/{marias}/links", json=link).json()["pieces"]
    assert (piece["file"], piece["url"]) == (False, "https://kpu.example/ba")
    move(maria, marias, "report")
    gone = f"{BASE}/{marias}/evidence/{piece['id']}"
    assert maria.delete(gone, params={"version": 3}).json()["code"] == "evidence_stays"
    assert attach(dewi, marias, PDF).json()["code"] == "evidence_closed"
    move(maria, marias, "take_back")
    assert maria.delete(gone, params={"version": 4}).json()["pieces"] == []
    assert maria.delete(gone, params={"version": 5}).status_code == 404
    assert move(maria, marias, "report").json()["code"] == "evidence_needed"
    assert one(maria, marias)["history"][-1]["before"] == {"name": "Berita acara"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "file:///etc/passwd", ""])
def test_a_link_leads_to_a_page(cast: Cast, marias: str, url: str) -> None:
    answer = cast.as_("maria").post(f"{BASE}/{marias}/links", json={"version": 1, "name": "x", "url": url})
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")


def test_the_board_counts_what_the_list_shows(cast: Cast) -> None:
    past = date(2026, 11, 10)
    meeting = taken(
        cast,
        follow_up(all_offices=True, category="monitoring", due=past),
        follow_up("t2", text="Bentuk tim.", offices=("kaltara",), category="tata_kelola", due=None),
    )
    maria, dewi = cast.as_("maria"), cast.as_("dewi")
    late, other = items(maria, meeting)
    assert (late["late"], late["days_left"] < 0, other["late"], other["days_left"]) == (True, True, False, None)
    attach(maria, late["id"], PDF)
    move(maria, late["id"], "report")
    board = dewi.get(f"{BASE}/board", params={"scope": "all", "meeting": meeting}).json()
    whole = board["all"]
    assert (whole["offices"], whole["done"], whole["late"], board["unverified"]) == (3, 1, 1, 1)
    told = [(each["text"], each["done"], each["offices"], each["unit"], each["late"]) for each in board["follow_ups"]]
    assert told == [("Susun daftar inventaris masalah.", 1, 2, "provinsi", 1), ("Bentuk tim.", 0, 1, "provinsi", 0)]
    assert [(each["category"], each["offices"]) for each in board["categories"]] == [
        ("monitoring", 2),
        ("tata_kelola", 1),
    ]
    shown = {
        status: [each["office"]["id"] for each in items(dewi, meeting, scope="all", status=status)]
        for status in ("late", "unverified", "open", "belum_mulai", "selesai", "dibatalkan")
    }
    assert shown == {
        "late": ["sumbar"],
        "unverified": ["kaltara"],
        "open": ["sumbar", "kaltara"],
        "belum_mulai": ["sumbar", "kaltara"],
        "selesai": ["kaltara"],
        "dibatalkan": [],
    }
    assert [each["text"] for each in items(dewi, meeting, scope="all", q="TIM")] == ["Bentuk tim."]
    assert [each["text"] for each in items(dewi, meeting, scope="all", category="tata_kelola")] == ["Bentuk tim."]
    assert len(items(dewi, meeting, scope="all", follow_up=board["follow_ups"][0]["id"], office="sumbar")) == 1


def test_what_is_cancelled_is_not_counted_and_can_be_taken_up_again(cast: Cast) -> None:
    meeting = taken(cast)
    dewi = cast.as_("dewi")
    first, _ = items(dewi, meeting, scope="all")
    assert move(dewi, first["id"], "cancel").json()["code"] == "words_needed"
    assert move(dewi, first["id"], "cancel", text="Digabung dengan butir lain.").json()["status"] == "dibatalkan"
    asked = {"scope": "all", "meeting": meeting}
    whole = dewi.get(f"{BASE}/board", params=asked).json()["all"]
    assert (whole["offices"], whole["statuses"]["dibatalkan"]) == (1, 1)
    assert move(dewi, first["id"], "reopen", text="Ternyata perlu.").json()["status"] == "belum_mulai"
    assert dewi.get(f"{BASE}/board", params=asked).json()["all"]["offices"] == 2


def test_the_table_is_one_row_an_office_and_no_formula(cast: Cast) -> None:
    meeting = taken(cast, follow_up(all_offices=True, text="=HYPERLINK(1)", owners=("Ketua", "Sekretaris")))
    answer = cast.as_("dewi").get(f"{BASE}/export", params={"scope": "all", "meeting": meeting})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["satker"], row["butir"], row["status"], row["penanggung_jawab"]) for row in rows] == [
        ("KPU Provinsi Sumatera Barat", "'=HYPERLINK(1)", "belum_mulai", "Ketua; Sekretaris"),
        ("KPU Provinsi Kalimantan Utara", "'=HYPERLINK(1)", "belum_mulai", "Ketua; Sekretaris"),
    ]
