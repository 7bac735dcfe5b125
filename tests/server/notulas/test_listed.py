"""Meetings tell where their notula stands, to each as far as they may see it."""

from __future__ import annotations

from tests.server.notulas.conftest import Table


def told(table: Table, who: str) -> list[str | None]:
    """By the list of meetings that are over, and by the meeting itself."""
    client = table.client(who)
    listed = client.get("/api/v1/meetings", params={"state": "ended"}).json()["items"]
    of = next(each for each in listed if each["id"] == table.meeting)
    return [of["notula"], client.get(f"/api/v1/meetings/{table.meeting}").json()["notula"]]


def test_drafts_are_the_hosts_own(table: Table) -> None:
    assert told(table, "dewi") == [None, None]
    table.draft()
    assert (told(table, "dewi"), told(table, "ratna"), told(table, "maria")) == (
        ["machine_draft"] * 2,
        ["machine_draft"] * 2,
        [None] * 2,
    )
    table.edit(number="1/2026")
    table.moved("submit", "dewi")
    assert told(table, "maria") == ["in_review"] * 2
    table.moved("return", "ratna", "Lengkapi nomornya")
    assert (told(table, "dewi"), told(table, "maria")) == (["returned"] * 2, [None] * 2)


def test_an_amendment_is_seen_outside_when_it_is_reviewed(table: Table) -> None:
    table.signed()
    table.moved("amend", "dewi", "Tanggalnya keliru")
    assert (told(table, "dewi"), told(table, "maria")) == (["edited"] * 2, ["signed"] * 2)
