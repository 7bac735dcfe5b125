"""From the draft to the archive and to an amendment, over HTTP: each step by whom it belongs to."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from minutes.notula import journal, versions
from minutes.record.models import Track
from server.followups.models import FollowUpRow
from tests.server.conftest import Cast
from tests.server.notulas.conftest import Table


def codes(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def decision(table: Table, text: str = "Verifikasi selesai 9 Maret 2026.", **fields: Any) -> dict[str, Any]:
    return {"id": "uji-1", "text": text, "cites": [table.lines()[2]["id"]], **fields}


def test_a_notula_goes_all_the_way(table: Table) -> None:
    assert codes(table.client("dewi").get(table.path)) == (404, "no_notula")
    drafted = table.draft().json()
    assert (drafted["state"], drafted["version"], drafted["revision"]) == ("machine_draft", 1, 1)
    assert drafted["content"]["host"] == "Komisi Pemilihan Umum Republik Indonesia"
    assert codes(table.draft()) == (409, "already_drafted")
    assert codes(table.move("submit", "dewi")) == (409, "illegal_move"), "a machine's draft is not submitted"
    edited = table.edit(decisions=[decision(table)])
    assert (edited["state"], edited["revision"]) == ("edited", 2)
    assert table.moved("submit", "dewi")["state"] == "in_review"
    returned = table.moved("return", "ratna", "Sebut tenggatnya")
    assert (returned["state"], returned["returned"]["reason"]) == ("returned", "Sebut tenggatnya")
    assert table.edit(decisions=[decision(table, "Tenggat: 9 Maret 2026.")])["returned"] is not None
    assert table.moved("submit", "dewi")["returned"] is None
    approved = table.moved("approve", "ratna")
    assert (approved["state"], len(approved["code"]), len(approved["sha256"])) == ("approved", 19, 64)
    assert codes(table.sign("ratna")) == (409, "minute_taker_first")
    half = table.sign("dewi").json()
    assert (half["state"], [each["duty"] for each in half["signatures"]]) == ("approved", ["minute_taker"])
    assert codes(table.sign("dewi")) == (409, "already_signed")
    signed = table.sign("ratna").json()
    assert signed["state"] == "signed"
    assert [each["name"] for each in signed["signatures"]] == ["Dewi Anggraini", "Ratna Wulandari"]
    assert table.moved("archive", "dewi")["state"] == "archived"
    told = [each["move"] for each in table.get()["history"]]
    between = ["draft", "edit", "submit", "return", "edit", "submit", "approve", "sign", "sign", "archive"]
    assert told == between


def test_the_sealed_json_carries_what_it_rests_on(table: Table) -> None:
    table.draft()
    table.edit(decisions=[decision(table)], conclusions=[], directions=[], follow_ups=[], discussion=[])
    signed = table.signed()
    answer = table.client("maria").get(f"{table.path}/versions/1")
    assert answer.headers["content-disposition"] == f'attachment; filename="notula-{signed["code"]}.json"'
    said = answer.json()
    assert (said["format"], said["version"], said["previous"]) == ("rakor-sealed-1", 1, None)
    line = table.lines()[2]
    kept = said["evidence"]["lines"][line["id"]]
    assert (kept["start"], kept["text"]) == (round(line["start"] * 1000), line["text"])
    files = {each["track"]: each for each in said["evidence"]["recordings"]}
    assert files[f"{table.meeting}-ratna"] == {
        "track": f"{table.meeting}-ratna",
        "file": "000001.webm",
        "bytes": 14,
        "sha256": hashlib.sha256(b"sound of ratna").hexdigest(),
    }
    assert len(files) == 2
    without = {name: value for name, value in said.items() if name != "seal"}
    plain = json.dumps(without, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert signed["sha256"] == hashlib.sha256(plain).hexdigest()


def test_an_amendment_is_a_new_version_and_the_old_one_holds_until_it_is_signed(table: Table) -> None:
    first = table.signed()
    assert codes(table.move("amend", "dewi")) == (422, "no_reason")
    opened = table.moved("amend", "dewi", "Nama keliru")
    assert (opened["version"], opened["state"], opened["code"]) == (2, "edited", None)
    seen = table.get("maria")
    assert (seen["version"], seen["state"], seen["history"]) == (1, "signed", []), "others see what holds"
    assert not any(seen["may"].values())
    table.edit(title="Rapat Uji yang Diralat")
    second = table.signed()
    assert [each["state"] for each in second["versions"]] == ["amended", "signed"]
    assert second["code"] != first["code"]
    assert table.client("dewi").get(f"{table.path}/versions/2").json()["previous"] == first["sha256"]
    compared = table.client("maria").get(f"{table.path}/compare", params={"from": 1, "to": 2}).json()
    assert compared == {"came": [], "went": [], "changed": [], "facts": ["title"]}


def test_a_revoked_notula_says_so_and_may_be_made_anew(table: Table) -> None:
    table.signed()
    assert codes(table.move("revoke", "ratna")) == (422, "no_reason")
    assert table.moved("revoke", "ratna", "Rapat diulang")["state"] == "revoked"
    assert table.moved("amend", "dewi", "Rapat sudah diulang")["version"] == 2
    again = table.signed()
    assert [each["state"] for each in again["versions"]] == ["revoked", "signed"]


def test_participants_propose_and_the_minute_taker_answers(table: Table) -> None:
    table.draft()
    table.edit(decisions=[decision(table)])
    given = {"statement": "uji-1", "text": "Verifikasi selesai 10 Maret 2026.", "why": "Sesuai rekaman"}
    maria, dewi = table.client("maria"), table.client("dewi")
    table.moved("submit", "dewi", days=3)
    assert codes(maria.post(f"{table.path}/proposals", json={**given, "statement": "lain"})) == (404, "statement_gone")
    first = maria.post(f"{table.path}/proposals", json=given).json()["proposals"][0]
    assert (first["was"], first["by"], first["answer"]) == (decision(table)["text"], "Maria Tandilangi", None)
    second = maria.post(f"{table.path}/proposals", json=given).json()["proposals"][1]
    assert codes(table.move("approve", "ratna")) == (409, "window_open")
    assert codes(table.move("close_window", "dewi")) == (422, "no_reason")
    table.moved("close_window", "dewi", "Semua sudah menjawab")
    assert codes(maria.post(f"{table.path}/proposals", json=given)) == (409, "window_closed")
    assert codes(table.move("approve", "ratna")) == (409, "unanswered")

    def answer(proposal: str, accept: bool, reason: str = "") -> Any:
        said = {"accept": accept, "reason": reason}
        return dewi.post(f"{table.path}/proposals/{proposal}/answer", json=said)

    revision = table.get()["revision"]
    assert codes(answer("none", True)) == (404, "unknown_proposal")
    assert codes(answer(second["id"], False)) == (422, "no_reason")
    assert answer(second["id"], False, "Sudah sama").json()["revision"] == revision
    accepted = answer(first["id"], True).json()
    assert (accepted["revision"], accepted["content"]["decisions"][0]["text"]) == (revision + 1, given["text"])
    assert codes(answer(first["id"], True)) == (409, "already_answered")
    assert table.moved("approve", "ratna")["state"] == "approved"


def test_checkers_initial_in_order_and_again_when_the_text_changes(table: Table) -> None:
    table.draft()
    table.edit(decisions=[decision(table)])
    duties = {"checkers": ["demo-bambang", "demo-dewi"]}
    assert table.client("dewi").put(f"{table.path}/duties", json=duties).status_code == 200
    table.moved("submit", "dewi", days=1)
    assert codes(table.move("initial", "dewi")) == (409, "not_your_turn")
    table.moved("initial", "bambang")
    assert codes(table.move("initial", "bambang")) == (409, "already_initialled")
    given = {"statement": "uji-1", "text": "Lain", "why": "Keliru"}
    made = table.client("maria").post(f"{table.path}/proposals", json=given).json()["proposals"][0]["id"]
    assert table.client("dewi").post(f"{table.path}/proposals/{made}/answer", json={"accept": True}).is_success
    assert table.get()["initials"] == [], "initials are of a text"
    table.moved("close_window", "dewi", "Selesai")
    assert codes(table.move("approve", "ratna")) == (409, "not_initialled")
    table.moved("initial", "bambang")
    assert [each["name"] for each in table.moved("initial", "dewi")["initials"]] == [
        "Bambang Haryanto",
        "Dewi Anggraini",
    ]
    assert table.moved("approve", "ratna")["state"] == "approved"


def test_duties_are_given_to_people_of_the_host(table: Table) -> None:
    table.draft()
    dewi = table.client("dewi")
    people = {each["id"] for each in dewi.get(f"{table.path}/people").json()}
    assert {"demo-ratna", "demo-dewi", "demo-bambang"} <= people
    assert "demo-maria" not in people
    for given, code in (
        ({"chair": "demo-maria"}, "unknown_person"),
        ({"chair": "demo-ratna", "minute_taker": "demo-ratna"}, "same_person"),
        ({"checkers": ["demo-bambang", "demo-bambang"]}, "twice"),
    ):
        assert codes(dewi.put(f"{table.path}/duties", json=given)) == (422, code)
    told = dewi.put(f"{table.path}/duties", json={"minute_taker": "demo-bambang"}).json()
    assert told["duties"]["minute_taker"]["name"] == "Bambang Haryanto"
    assert codes(table.save(table.get()["content"])) == (403, "not_your_duty")
    assert table.get("bambang")["may"]["edit"]


def test_one_person_does_not_sign_for_both(table: Table) -> None:
    table.draft()
    table.client("dewi").put(f"{table.path}/duties", json={"minute_taker": "demo-ratna"})
    table.edit("ratna", number="1")
    table.moved("submit", "ratna")
    table.moved("approve", "ratna")
    assert table.sign("ratna").status_code == 201
    assert codes(table.sign("ratna")) == (409, "same_person")


def test_who_signs_gives_the_password_and_what_was_shown(table: Table) -> None:
    table.draft()
    table.edit(number="1")
    table.moved("submit", "dewi")
    table.moved("approve", "ratna")
    assert codes(table.sign("dewi", sha256="0" * 64)) == (409, "notula_changed")
    try:
        assert codes(table.sign("dewi", password="bukan kata sandi")) == (401, "wrong_password")
        for _ in range(9):
            table.cast.app.state.services.throttle.failed("sign:demo-dewi", _now(table))
        assert codes(table.sign("dewi")) == (429, "too_many_attempts")
    finally:
        table.cast.app.state.services.throttle.succeeded("sign:demo-dewi")
    table.moved("return", "ratna", "Ada yang terlewat")
    assert table.get()["sha256"] is None


def _now(table: Table) -> float:
    return float(table.cast.app.state.services.now().timestamp())


def test_a_signature_under_what_was_sent_back_counts_no_more(table: Table) -> None:
    table.draft()
    table.edit(number="1")
    table.moved("submit", "dewi")
    table.moved("approve", "ratna")
    assert table.sign("dewi").status_code == 201
    table.moved("return", "ratna", "Nomornya keliru")
    table.edit(number="2")
    table.moved("submit", "dewi")
    assert table.moved("approve", "ratna")["signatures"] == []
    assert codes(table.sign("ratna")) == (409, "minute_taker_first")


def test_what_somebody_else_has_saved_is_not_written_over(table: Table) -> None:
    content = table.draft().json()["content"]
    table.edit(number="1")
    late = table.save({**content, "number": "2"}, revision=1)
    assert codes(late) == (409, "notula_changed")
    assert (late.json()["current"]["revision"], late.json()["current"]["content"]["number"]) == (2, "1")
    same = table.save(table.get()["content"])
    assert same.json()["revision"] == 2, "whoever saves what stands there leaves no trace"
    moved = {"move": "submit", "revision": 1}
    assert codes(table.client("dewi").post(f"{table.path}/moves", json=moved)) == (409, "notula_changed")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"decisions": [{"id": "x", "text": "Tanpa rujukan"}]}, "uncited"),
        ({"follow_ups": [{"id": "x", "text": "Tanpa rujukan", "cites": []}]}, "uncited"),
        ({"decisions": [{"id": "x", "text": "Rujukan palsu", "cites": ["tidak-ada"]}]}, "no_such_line"),
        ({"problems": [{"id": "x", "text": "a" * 4001}]}, "too_long"),
        ({"problems": [{"id": "x", "text": "a"}, {"id": "x", "text": "b"}]}, "same_id"),
        ({"place": 7}, "invalid_content"),
        ({"lain": "?"}, "invalid_content"),
        ({"meeting_id": "demo-arsip"}, "other_meeting"),
        ({"attendance": {"invited": 500, "present": 500}}, "measured"),
        ({"votes": [{"question": "?", "method": "hands", "at": 1, "yes": 9, "no": 0, "abstain": 0}]}, "measured"),
    ],
)
def test_a_content_that_does_not_hold_is_refused(table: Table, fields: dict[str, Any], code: str) -> None:
    content = table.draft().json()["content"]
    assert codes(table.save({**content, **fields})) == (422, code)
    assert table.get()["content"] == content


def test_what_is_no_content_is_refused(table: Table) -> None:
    table.draft()
    client = table.client("dewi")
    for body, answer in (
        (b"", (422, "validation")),
        (b"[" * 50_000, (422, "validation")),
        (b'{"revision":1.5,"content":{}}', (422, "validation")),
        (b'{"revision":1,"content":[]}', (422, "invalid_content")),
        (b'{"revision":1,"content":"' + b"a" * (9 << 20) + b'"}', (413, "too_large")),
    ):
        assert codes(client.put(f"{table.path}/content", content=body)) == answer


def test_lines_of_another_meeting_are_no_evidence(table: Table) -> None:
    other = table.client("dewi").get("/api/v1/meetings/demo-arsip/transcript?limit=1").json()["lines"][0]["id"]
    content = table.draft().json()["content"]
    said = {**content, "decisions": [{"id": "x", "text": "Dari rapat lain", "cites": [other]}]}
    refused = table.save(said)
    assert (codes(refused), refused.json()["lines"]) == ((422, "no_such_line"), [other])


def test_drafts_are_the_hosts_own(table: Table) -> None:
    table.draft()
    assert codes(table.client("maria").get(table.path)) == (404, "no_notula")
    assert codes(table.client("bambang").get(table.path)) == (404, "no_notula")
    table.edit(number="1")
    table.moved("submit", "dewi", days=1)
    seen = table.get("maria")
    assert (seen["state"], seen["history"], seen["may"]["propose"]) == ("in_review", [], True)
    assert [name for name, may in seen["may"].items() if may] == ["propose"]


def test_a_meeting_that_goes_on_has_no_notula(cast: Cast, meeting: str) -> None:
    assert codes(Table(cast, meeting).draft()) == (409, "meeting_not_ended")


def test_approved_lines_are_evidence_and_are_not_edited_or_heard_again(table: Table) -> None:
    table.draft()
    table.edit(decisions=[decision(table)])
    line = table.lines()[2]
    edit = {"id": "sunting-01", "kind": "text", "line": line["id"], "version": line["version"], "text": "Lain."}
    address = f"/api/v1/meetings/{table.meeting}/edits"
    table.moved("submit", "dewi")
    table.moved("approve", "ratna")
    assert codes(table.client("dewi").post(address, json=edit)) == (409, "transcript_sealed")
    assert table.cast.portal.call(_unrevised, table) == [], "no second hearing rewords it"
    table.moved("return", "ratna", "Perbaiki transkripnya")
    assert table.client("dewi").post(address, json=edit).status_code == 200
    found = table.client("dewi").get(f"{table.path}/differences").json()
    assert [(each["heard"], each["text"]) for each in found] == [(line["text"], "Lain.")]


async def _unrevised(table: Table) -> list[str]:
    async with table.cast.app.state.services.sessions() as session:
        query = select(col(Track.id)).where(col(Track.meeting_id) == table.meeting, col(Track.revised).is_(False))
        return list(await session.scalars(query))


def test_the_second_signature_binds_offices(table: Table) -> None:
    table.draft()
    said = {"id": "tl", "text": "Sampaikan laporan.", "cites": [table.lines()[3]["id"]], "all_offices": True}
    table.edit(follow_ups=[said])
    table.signed()
    assert table.cast.portal.call(_follow_ups, table) == ["Sampaikan laporan."]


async def _follow_ups(table: Table) -> list[str]:
    async with table.cast.app.state.services.sessions() as session:
        query = select(col(FollowUpRow.text)).where(col(FollowUpRow.meeting_id) == table.meeting)
        return list(await session.scalars(query))


def test_the_journal_is_a_chain(table: Table) -> None:
    table.signed()
    moves = table.cast.portal.call(_moves, table)
    journal.unbroken(moves)
    moves[2].reason = "lain"
    with pytest.raises(journal.BrokenChain, match="move 3"):
        journal.unbroken(moves)


async def _moves(table: Table) -> list[Any]:
    async with table.cast.app.state.services.sessions() as session:
        return list(await versions.moves(session, table.meeting))
