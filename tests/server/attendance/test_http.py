"""The attendance list over HTTP: read by who may see the meeting, corrected by its secretariat, printed for all."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pypdf
import pytest
from httpx2 import Response

from server.errors import Busy, RakorError
from server.printing.printer import MOST_WAITING, Printer
from tests.server.attendance.lists import sample
from tests.server.conftest import Cast
from tests.server.test_room_socket import enter, heard, say, socket


@pytest.fixture
def held(cast: Cast, meeting: str) -> str:
    """A short meeting of the chair, one province and a guest that is over."""
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        enter(maria)
        with socket(cast.guest_of(meeting), meeting) as guest:
            enter(guest)
            say(ratna, type="end")
            heard(guest, "ended")
    return meeting


def address(meeting: str, behind: str = "") -> str:
    return f"/api/v1/meetings/{meeting}/attendance{behind}"


def listed(cast: Cast, meeting: str, who: str = "maria") -> dict[str, Any]:
    found: dict[str, Any] = cast.as_(who).get(address(meeting)).json()
    return found


def correct(cast: Cast, meeting: str, given: dict[str, Any], **wanted: Any) -> Response:
    body = {"kind": "person", "id": "demo-maria", "reason": "Surat tugas 3/2030", **wanted, "set": given}
    return cast.as_("dewi").post(address(meeting, "/corrections"), json=body)


def person(found: dict[str, Any], name: str) -> dict[str, Any]:
    (one,) = [each for office in found["offices"] for each in office["people"] if each["name"] == name]
    return dict(one)


def test_attendance_is_by_office(cast: Cast, held: str) -> None:
    found = listed(cast, held)
    assert (found["invited"], found["present"], found["may_correct"]) == (2, 1, False)
    rows = [(each["office"], each["status"], [who["name"] for who in each["people"]]) for each in found["offices"]]
    assert rows == [
        ("KPU RI", "present", ["Ratna Wulandari"]),
        ("KPU Sumbar", "absent", []),
        ("KPU Kaltara", "present", ["Maria Tandilangi"]),
        ("Bawaslu RI", "present", ["Andi Pratama"]),
    ]
    assert person(found, "Maria Tandilangi")["measured"]["name"] == "Maria Tandilangi"


def test_while_it_goes_on_attendance_is_up_to_now(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna:
        enter(ratna)
        measured = person(listed(cast, meeting, "ratna"), "Ratna Wulandari")["measured"]
        assert measured["left"] > measured["came"]


def test_the_secretariat_corrects_and_everybody_reads_why(cast: Cast, held: str) -> None:
    opened = cast.as_("maria").get(f"/api/v1/meetings/{held}").json()["opened_at"]
    answer = correct(cast, held, {"position": "Plt. Ketua", "came_at": opened, "mode": "onsite"})
    assert (answer.status_code, answer.json()["may_correct"]) == (201, True)
    found = listed(cast, held)
    maria = person(found, "Maria Tandilangi")
    assert (maria["position"], maria["mode"], maria["came_at"], maria["corrections"]) == (
        "Plt. Ketua",
        "onsite",
        opened,
        [1],
    )
    assert maria["measured"]["position"] == "Anggota, Divisi Hukum dan Pengawasan"
    (one,) = found["corrections"]
    assert (one["set"]["position"], one["reason"], one["by"], one["counts"]) == (
        "Plt. Ketua",
        "Surat tugas 3/2030",
        "Dewi Anggraini",
        True,
    )


def test_a_withdrawal_restores_what_was_and_both_are_kept(cast: Cast, held: str) -> None:
    before = listed(cast, held)
    correct(cast, held, {"status": "represented", "represented_by": "KPU Sumut"}, kind="office", id="sumbar")
    assert listed(cast, held)["present"] == before["present"] + 1
    withdrawal = address(held, "/corrections/1/withdrawal")
    again = cast.as_("dewi").post(withdrawal, json={"reason": "Salah satker"}).json()
    assert again["offices"] == before["offices"]
    assert [(each["withdraws"], each["counts"]) for each in again["corrections"]] == [(None, False), (1, False)]
    twice = cast.as_("dewi").post(withdrawal, json={"reason": "Salah satker"})
    assert (twice.status_code, twice.json()["code"]) == (409, "already_withdrawn")


def test_who_was_in_the_same_room_is_added_and_corrected_like_all(cast: Cast, held: str) -> None:
    added = correct(cast, held, {"name": "Siti Aminah", "office_id": "sumbar", "mode": "onsite"}, id=None).json()
    siti = person(added, "Siti Aminah")
    assert (siti["measured"], added["present"]) == (None, 2)
    changed = correct(cast, held, {"position": "Staf"}, id=siti["person"]).json()
    assert person(changed, "Siti Aminah")["position"] == "Staf"


@pytest.mark.parametrize(
    ("given", "more", "code"),
    [
        ({}, {}, "nothing_set"),
        ({"note": "x"}, {"id": "tidak-ada"}, "unknown_subject"),
        ({"note": "x"}, {"reason": "  a "}, "validation"),
        ({"note": "x"}, {"reason": "a" * 501}, "validation"),
        ({"note": "x" * 301}, {}, "validation"),
        ({"nik": "317"}, {}, "validation"),
        ({"status": "late"}, {}, "validation"),
        ({"came_at": "2030-01-05T09:00:00"}, {}, "validation"),
        ({"came_at": "0001-01-01T00:00:00Z"}, {}, "bad_times"),
        ({"came_at": "9999-12-31T23:59:59-12:00"}, {}, "bad_times"),
        ({"note": "x"}, {"kind": "meeting"}, "validation"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(
    cast: Cast, held: str, given: dict[str, Any], more: dict[str, Any], code: str
) -> None:
    answer = correct(cast, held, given, **more)
    assert (answer.status_code < 500, answer.json()["code"]) == (True, code)
    assert listed(cast, held)["corrections"] == []


@pytest.mark.parametrize("who", ["ratna", "maria"])
def test_only_the_secretariat_of_the_host_corrects(cast: Cast, held: str, who: str) -> None:
    body = {"kind": "person", "id": "demo-maria", "set": {"note": "x"}, "reason": "Surat tugas"}
    answer = cast.as_(who).post(address(held, "/corrections"), json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_meeting_of_others_or_without_a_room_has_none(cast: Cast) -> None:
    theirs, coming = cast.new_meeting("bali"), cast.new_meeting("kaltara")
    assert cast.as_("maria").get(address(theirs)).status_code == 404
    answer = cast.as_("ratna").get(address(coming))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_kept")
    assert cast.guest_of(coming).get(address(coming)).status_code == 403


def file(cast: Cast, meeting: str, format: str, **headers: str) -> Response:
    return cast.as_("maria").get(address(meeting), params={"format": format}, headers=headers)


def test_files_are_made_of_the_list_that_is_told(cast: Cast, held: str) -> None:
    correct(cast, held, {"name": "Hj. Maria Tandilangi, S.H."})
    sha256 = listed(cast, held)["sha256"]
    paper = file(cast, held, "pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert f'filename="daftar-hadir-{held}.pdf"' in paper.headers["content-disposition"]
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages)
    assert sha256 in text
    assert "Hj. Maria Tandilangi, S.H." in " ".join(text.split())
    book = openpyxl.load_workbook(io.BytesIO(file(cast, held, "xlsx").content))
    assert "Hj. Maria Tandilangi, S.H." in [cell.value for row in book["Daftar Hadir"].rows for cell in row]
    rows = list(csv.DictReader(io.StringIO(file(cast, held, "csv").text.removeprefix("\ufeff"))))
    assert [(row["nama"], row["terukur_nama"], row["koreksi"]) for row in rows] == [
        ("Ratna Wulandari", "Ratna Wulandari", ""),
        ("", "", ""),
        ("Hj. Maria Tandilangi, S.H.", "Maria Tandilangi", "1"),
        ("Andi Pratama", "Andi Pratama", ""),
    ]


def test_a_file_is_made_and_sent_once(cast: Cast, held: str) -> None:
    first = file(cast, held, "pdf", **{"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert file(cast, held, "pdf", **{"Accept-Encoding": "identity"}).content == first.content
    tag = first.headers["etag"]
    assert file(cast, held, "pdf", **{"If-None-Match": tag}).status_code == 304
    correct(cast, held, {"note": "Surat tugas"})
    assert file(cast, held, "pdf", **{"If-None-Match": tag}).status_code == 200
    assert file(cast, held, "docx").status_code == 422


async def test_too_many_at_once_are_asked_to_come_again() -> None:
    printer, told, now = Printer(), sample(2), datetime(2020, 7, 9, tzinfo=UTC)
    waiting = [asyncio.create_task(printer.make("list.xlsx", told, now)) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await printer.make("list.xlsx", told, now)
    for each in waiting[1:]:
        each.cancel()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(done[0], bytes)
    assert await printer.make("list.xlsx", told, now) == done[0]


async def test_a_document_that_cannot_be_made_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    with pytest.raises(RakorError) as failed:
        await Printer().make("list.pdf", sample(1), datetime(2020, 7, 9, tzinfo=UTC))
    assert (failed.value.status, failed.value.code) == (500, "not_made")
