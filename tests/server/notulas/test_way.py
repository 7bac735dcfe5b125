"""From the draft to the archive and to an amendment, over HTTP."""

from __future__ import annotations

from tests.server.notulas.conftest import Table


def test_a_notula_goes_all_the_way(table: Table) -> None:
    assert table.client("dewi").get(table.path).json()["code"] == "no_notula"
    drafted = table.draft().json()
    assert drafted["state"] == "machine_draft"
    signed = table.signed()
    assert (signed["state"], len(signed["signatures"])) == ("signed", 2)
    assert table.moved("archive", "dewi")["state"] == "archived"
