"""A whole rakor by keyboard; afterwards record, attendance and files agree with what happened, to the second."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx2
import openpyxl
import pypdf
import pytest
from playwright.sync_api import Page, Playwright

from tests.journeys.barriers import examine, size
from tests.journeys.stage import Stage
from tests.journeys.story import (
    CHAIR,
    DECISION,
    FOLLOW_UP,
    GUEST,
    HALL,
    LEFT,
    PROVINCE,
    QUESTION,
    SECRETARY,
    Told,
    tell,
)

APART_S = 1.0  # what a page shows comes after it happened: drawing, and a machine with two cores
pytestmark = pytest.mark.timeout(420)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(tmp_path_factory.mktemp("story") / "data")
    stage.start()
    try:
        yield stage
    finally:
        stage.stop()


@pytest.fixture(scope="module")
def told(stage: Stage, playwright: Playwright) -> Told:
    return tell(stage, playwright, Look())


class Look:
    """Every state is examined once, at one size and the other in turn: `make screenshots` does so at both."""

    def __init__(self) -> None:
        self._seen: list[str] = []

    def __call__(self, page: Page, name: str) -> None:
        if name in self._seen:
            return
        self._seen.append(name)
        before = page.viewport_size
        page.set_viewport_size(size("phone" if len(self._seen) % 2 else "desk"))
        examine(page)
        assert before is not None
        page.set_viewport_size(before)


@pytest.fixture(scope="module")
def archive(stage: Stage, told: Told) -> Iterator[httpx2.Client]:
    with stage.client(SECRETARY) as client:
        client.base_url = httpx2.URL(f"{stage.url}/api/v1/meetings/{told.meeting}/")
        yield client


@pytest.fixture(scope="module")
def course(archive: httpx2.Client) -> dict[str, Any]:
    return dict(archive.get("course").json())


def stretches(course: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [each for each in course["stretches"] if each["kind"] == kind]


def test_items_began_when_people_saw_them_begin(told: Told, course: dict[str, Any]) -> None:
    items = stretches(course, "item")
    assert [each["title"] for each in items] == ["Pembukaan", "Pembacaan doa", "Paparan kesiapan alat bukti"]
    for each in items:
        assert 0 <= told.at[each["title"]] - each["start"] <= APART_S
    (pause,) = stretches(course, "off_record")
    assert (pause["title"], pause["start"], pause["end"]) == ("Pembacaan doa", items[1]["start"], items[1]["end"])


def test_the_floor_lasted_as_long_as_it_was_seen_and_names_the_speaker(told: Told, course: dict[str, Any]) -> None:
    first = stretches(course, "floor")[0]
    assert (first["title"], first["speaker"], first["granted"]) == ("KPU Kaltara", "Ani Lestari", 30)
    assert 0 <= told.at["floor given"] - first["start"] <= APART_S
    assert 0 <= told.at["floor closed"] - first["end"] <= APART_S
    assert told.at["time over"] >= first["start"] + 30


def test_outcomes_stand_where_they_were_noted(told: Told, course: dict[str, Any]) -> None:
    decision, follow_up = course["outcomes"]
    assert (decision["text"], decision["item"]) == (DECISION, "Paparan kesiapan alat bukti")
    assert 0 <= told.at["decision"] - decision["at"] <= APART_S
    assert (follow_up["text"], follow_up["who"], follow_up["due"]) == (FOLLOW_UP, "KPU Kaltara", "2026-12-12")
    (carried,) = course["carried"]
    assert (carried["text"], carried["how"], carried["remark"]) == (LEFT, "done", "Diterima 27 November.")


def test_the_vote_has_one_voice_an_office(course: dict[str, Any]) -> None:
    (vote,) = course["votes"]
    voices = {each["office"]: (each["choice"], each["name"]) for each in vote["voices"]}
    assert vote["question"] == QUESTION
    assert voices == {
        "KIP Aceh": (None, ""),
        "KPU Sumbar": ("abstain", ""),
        "KPU Kaltara": ("agree", "KPU Kaltara"),
    }


def test_the_round_of_offices_names_who_did_not_answer(course: dict[str, Any]) -> None:
    (roll,) = stretches(course, "roll")
    assert roll["title"] == "KIP Aceh"


def test_skors_and_quorum_stand_to_the_second(told: Told, course: dict[str, Any]) -> None:
    (suspended,) = stretches(course, "suspended")
    assert 0 <= told.at["suspended"] - suspended["start"] <= APART_S
    assert 0 <= told.at["resumed"] - suspended["end"] <= APART_S
    (inquorate,) = stretches(course, "no_quorum")
    assert inquorate["start"] <= APART_S
    assert -APART_S <= told.at[f"{PROVINCE} came"] - inquorate["end"] <= 3 * APART_S, "media connects in between"


def people(archive: httpx2.Client) -> dict[str, dict[str, Any]]:
    offices = archive.get("attendance").json()["offices"]
    return {each["name"]: {**each["measured"], **each} for office in offices for each in office["people"]}


def test_attendance_is_who_was_there_and_when(told: Told, archive: httpx2.Client) -> None:
    found = archive.get("attendance").json()
    assert (found["invited"], found["present"]) == (3, 2)
    here = people(archive)
    came = {
        CHAIR: "Ratna Wulandari",
        SECRETARY: "Dewi Anggraini",
        GUEST: "Hendra Gunawan",
        HALL: "Ani Lestari",
        PROVINCE: "Wulan Prasetyo",
    }
    for name, written in came.items():
        assert 0 <= told.at[f"{name} came"] - here[written]["came"] <= 4 * APART_S, "media connects in between"
        assert abs(told.at["ended"] - here[written]["left"]) <= 4 * APART_S, "a dialog is answered in between"
    assert here["Budi Santoso"]["came"] == here["Ani Lestari"]["came"]
    assert here["Ani Lestari"]["position"] == "Kasubbag Hukum"


def test_attendance_is_divided_by_the_agenda(archive: httpx2.Client, course: dict[str, Any]) -> None:
    items = archive.get("attendance").json()["items"]
    assert [(each["title"], each["start"], each["end"]) for each in items] == [
        (each["title"], each["start"], each["end"]) for each in stretches(course, "item")
    ]
    assert [(each["offices"], len(each["people"])) for each in items] == [(2, 6)] * 3


def test_a_killed_browser_is_a_reconnect_and_no_absence(archive: httpx2.Client) -> None:
    chair = people(archive)["Ratna Wulandari"]
    assert chair["reconnects"] == 1
    assert len(chair["present"]) == 1


def test_the_files_say_what_the_page_says(archive: httpx2.Client) -> None:
    here = people(archive)
    text = archive.get("attendance", params={"format": "csv"}).content.decode("utf-8-sig")
    rows = {row["nama"]: row for row in csv.DictReader(io.StringIO(text))}
    for name, each in here.items():
        assert float(rows[name]["terukur_masuk_detik"]) == each["came"]
        assert float(rows[name]["terukur_keluar_detik"]) == each["left"]
        assert float(rows[name]["terukur_durasi_menit"]) == each["minutes"]
    book = openpyxl.load_workbook(io.BytesIO(archive.get("attendance", params={"format": "xlsx"}).content))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    pdf = pypdf.PdfReader(io.BytesIO(archive.get("attendance", params={"format": "pdf"}).content))
    printed = "\n".join(page.extract_text() for page in pdf.pages)
    for name in here:
        assert name in cells
        assert name in printed
    assert "2 dari 3 satker hadir" in printed
