"""Editing over HTTP: what is answered, what is refused and with what, and who may read what stood there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from server.editing.editing import Editing
from tests.server.conftest import Cast
from tests.server.editing.conftest import SAID, Desk, said


def test_a_corrected_line_is_answered_whole_and_raises_no_doubt_there(desk: Desk) -> None:
    line = desk.lines()[0]
    assert (line["version"], line["edited"]) == (1, False)
    assert "low_confidence" in {flag["kind"] for flag in line["flags"]}
    body = {
        "kind": "text",
        "id": "suntingan-1",
        "line": line["id"],
        "version": 1,
        "text": "kami menyusun pedoman teknis",
    }
    answer = desk.edit(**body)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["edit"], told["gone"], told["conflicts"]) == ("suntingan-1", [], [])
    (now,) = told["lines"]
    assert (now["text"], now["version"], now["edited"]) == ("kami menyusun pedoman teknis", 2, True)
    assert [(word["text"], word["by_hand"], word["doubt"] == 0) for word in now["words"]][2:] == [
        ("pedoman", False, False),
        ("teknis", True, True),
    ]
    assert [now["words"][3][each] == line["words"][3][each] for each in ("text", "start", "end")] == [False, True, True]
    assert now == desk.lines()[0]
    assert desk.edit(**body).json() == told


def test_a_stale_edit_is_refused_with_the_line_as_it_stands(desk: Desk) -> None:
    line = desk.lines()[0]
    body = {"kind": "text", "line": line["id"], "version": 1}
    desk.edit(**body, id="suntingan-1", text="Kami menyusun pedoman")
    answer = desk.edit(**body, id="suntingan-2", text="Kami susun padoman")
    refusal = answer.json()
    assert (answer.status_code, refusal["code"]) == (409, "line_changed")
    assert answer.headers["content-type"] == "application/problem+json"
    assert refusal["current"] == desk.lines()[0]
    gone = desk.edit(kind="check", id="suntingan-3", line="tidak-ada", version=1, start=0, end=4).json()
    assert (gone["code"], gone["current"]) == ("line_changed", None)


def test_an_id_stands_for_one_edit(desk: Desk) -> None:
    line = desk.lines()[0]["id"]
    desk.edit(kind="check", id="suntingan-1", line=line, version=1, start=0, end=4)
    answer = desk.edit(kind="check", id="suntingan-1", line=line, version=2, start=0, end=4)
    assert (answer.status_code, answer.json()["code"]) == (409, "edit_id_taken")


def test_every_kind_of_edit_does_what_it_says(desk: Desk) -> None:
    first, second, third = desk.lines()
    halves = desk.edit(kind="split", id="pisah-01", line=first["id"], version=1, at=14).json()["lines"]
    assert [each["text"] for each in halves] == ["kami menyusun", "pedoman taknis"]
    one, two = halves
    merge = {"line": one["id"], "version": 2, "next": two["id"], "next_version": 1}
    whole = desk.edit(kind="merge", id="gabung-1", **merge).json()
    assert ([each["text"] for each in whole["lines"]], whole["gone"]) == ([SAID[0]], [two["id"]])
    black = {"line": second["id"], "version": 1, "start": 11, "end": 27, "why": "nomor telepon pribadi"}
    hidden = desk.edit(kind="redact", id="hitam-01", **black).json()["lines"][0]
    assert (hidden["text"], hidden["words"][2]["redacted"]) == ("nomor saya [dihitamkan]", True)
    assert hidden["flags"] == [flag for flag in hidden["flags"] if flag["end"] <= 11]
    dim = desk.edit(kind="inaudible", id="samar-01", line=third["id"], version=1, start=5, end=8).json()["lines"][0]
    assert dim["text"] == "baik (suara tidak jelas) ketua"
    named = {"line": third["id"], "version": 2, "name": " Sari  Wibowo ", "position": "Kasubbag"}
    who = desk.edit(kind="speaker", id="nama-001", **named).json()["lines"][0]
    assert (who["speaker"], who["position"], who["known_by"]) == ("Sari Wibowo", "Kasubbag", "named_by_hand")
    back = desk.edit(kind="undo", id="urung-01", edit="samar-01").json()
    assert back["code"] == "line_changed"
    desk.edit(kind="undo", id="urung-02", edit="nama-001")
    assert desk.edit(kind="undo", id="urung-03", edit="samar-01").json()["lines"][0]["text"] == SAID[2]


def test_a_replacement_is_shown_before_it_is_done(desk: Desk) -> None:
    wanted: dict[str, Any] = {"find": "KAMI", "put": "Kami", "match_case": False, "whole_words": True}
    client = desk.cast.as_("dewi")
    shown = client.post(f"{desk.address}/edits/preview", json=wanted).json()
    line = desk.lines()[0]
    assert shown == {
        "hits": [{"line": line["id"], "version": 1, "before": SAID[0], "after": SAID[0].replace("kami", "Kami")}],
        "more": False,
    }
    meant = [{"line": hit["line"], "version": hit["version"]} for hit in shown["hits"]]
    done = desk.edit(kind="replace", id="ganti-01", **wanted, lines=meant).json()
    assert [each["text"] for each in done["lines"]] == [shown["hits"][0]["after"]]
    again = desk.edit(kind="replace", id="ganti-02", **{**wanted, "put": "KAMI"}, lines=meant).json()
    assert ([each["version"] for each in again["conflicts"]], again["lines"]) == ([2], [])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"kind": "text", "text": " \u200b "}, 422, "empty_text"),
        ({"kind": "text", "text": "x" * 4001}, 422, "validation"),
        ({"kind": "text", "text": "kata", "more": 1}, 422, "validation"),
        ({"kind": "text", "text": "kata", "id": "pendek"}, 422, "validation"),
        ({"kind": "text", "text": "kata", "id": "../../etc"}, 422, "validation"),
        ({"kind": "text", "text": "kata", "version": 0}, 422, "validation"),
        ({"kind": "text", "text": "kata", "version": 10**30}, 422, "validation"),
        ({"kind": "split", "at": 0}, 422, "cannot_split"),
        ({"kind": "split", "at": -1}, 422, "validation"),
        ({"kind": "merge", "next": "tidak-ada", "next_version": 1}, 409, "line_changed"),
        ({"kind": "speaker", "name": "\u202e\u200b"}, 422, "validation"),
        ({"kind": "redact", "start": 0, "end": 4, "why": ""}, 422, "validation"),
        ({"kind": "redact", "start": 4, "end": 4, "why": "sebab"}, 422, "nothing_there"),
        ({"kind": "check", "start": 400, "end": 500}, 422, "nothing_there"),
        ({"kind": "terbang"}, 422, "validation"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(desk: Desk, body: dict[str, Any], status: int, code: str) -> None:
    line = desk.lines()[0]
    answer = desk.edit(**{"id": "suntingan-1", "line": line["id"], "version": 1, **body})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert desk.lines()[0] == line
    assert desk.history(line["id"]).json() == []


def test_lines_of_another_meeting_are_none_of_this_one(cast: Cast, desk: Desk) -> None:
    other = Desk(cast, cast.new_meeting("kaltara"))
    other.hear("s1", said(10.0, "rahasia kami"))
    line = other.lines()[0]
    answer = desk.edit(kind="text", id="suntingan-1", line=line["id"], version=1, text="x")
    assert (answer.json()["code"], answer.json()["current"]) == ("line_changed", None)
    assert other.lines()[0] == line


def test_the_history_begins_with_the_machine_and_only_the_secretariat_reads_it(desk: Desk) -> None:
    line = desk.lines()[1]
    black = {"line": line["id"], "version": 1, "start": 11, "end": 27, "why": "nomor telepon pribadi"}
    desk.edit(kind="redact", id="hitam-01", **black)
    (entry,) = desk.history(line["id"]).json()
    assert (entry["edit"], entry["kind"], entry["why"]) == ("hitam-01", "redact", "nomor telepon pribadi")
    assert (entry["before"]["text"], entry["after"]["text"]) == (SAID[1], "nomor saya [dihitamkan]")
    assert (entry["by"]["name"], entry["line"]) == ("Dewi Anggraini", line["id"])
    for username in ("ratna", "maria"):
        assert desk.history(line["id"], username).status_code == 403
        assert "sembilan" not in desk.cast.as_(username).get(f"{desk.address}/transcript").text
        found = desk.cast.as_(username).get("/api/v1/search", params={"q": "sembilan", "meeting": desk.meeting})
        assert found.json()["total"] == 0
    unseen, unknown = desk.history(line["id"], "wulan").json(), desk.history("tidak-ada", "wulan").json()
    assert unseen == unknown


def test_who_names_a_hall_s_speaker_leaves_a_history(cast: Cast, desk: Desk) -> None:
    desk.hear("s2", said(40.0, "dari aula"))
    line = desk.lines()[3]
    assert cast.as_("dewi").patch(f"/api/v1/lines/{line['id']}/speaker", json={"name": "Sari"}).status_code == 409
    desk.edit(kind="speaker", id="nama-001", line=line["id"], version=1, name="Budi Santoso", position="")
    named = cast.as_("dewi").patch(f"/api/v1/lines/{line['id']}/speaker", json={"name": "Sari Wibowo"}).json()
    assert (named["speaker"], named["version"]) == ("Sari Wibowo", 3)
    assert [entry["after"]["speaker"] for entry in desk.history(line["id"]).json()] == ["Budi Santoso", "Sari Wibowo"]


def test_the_secretariat_is_told_that_it_may(desk: Desk) -> None:
    may = {name: desk.cast.as_(name).get(desk.address).json()["may"]["edit_transcript"] for name in ("dewi", "ratna")}
    assert may == {"dewi": True, "ratna": False}


class Approved:
    async def sealed(self, session: AsyncSession, meeting_id: str) -> bool:
        return True


def test_after_approval_nothing_is_edited_and_what_was_done_is_still_answered(desk: Desk) -> None:
    services = desk.cast.app.state.services
    line = desk.lines()[0]
    body = {"kind": "check", "id": "suntingan-1", "line": line["id"], "version": 1, "start": 0, "end": 4}
    done = desk.edit(**body).json()
    open: Editing = services.editing
    desk.cast.app.state.services = replace(services, editing=replace(open, sealed=Approved()))
    try:
        answer = desk.edit(**{**body, "id": "suntingan-2", "version": 2})
        assert (answer.status_code, answer.json()["code"]) == (409, "transcript_sealed")
        assert desk.edit(**body).json() == done
    finally:
        desk.cast.app.state.services = services
    assert desk.lines()[0]["version"] == 2
