"""What two people have signed stays as it is: for every call of the API, and for whoever gets at the database."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.server.notulas.conftest import Table
from tests.server.test_roles import TABLE

STRANGE = {"meeting": {"title": "Diganti"}, "content": {"title": "Diganti"}, "state": "edited", "revision": 1}


async def kept(table: Table) -> list[Any]:
    """All that is sealed, as the database has it. Duties may still be given, which the journal tells."""
    async with table.cast.app.state.services.sessions() as session:
        found = []
        for name in ("notula_version", "notula_sealed", "notula_export"):
            query = text(f"SELECT * FROM {name} WHERE meeting_id = :meeting")
            found += [tuple(row) for row in await session.execute(query, {"meeting": table.meeting})]
        return found


def test_no_call_of_the_api_changes_what_is_signed(sealed: Table) -> None:
    """Every endpoint that writes and names a meeting or a line, by chair and secretariat, as it should be and not."""
    lines = sealed.lines()
    before = sealed.client("dewi").get(f"{sealed.path}/versions/1").content
    rows = sealed.cast.portal.call(kept, sealed)
    tried = 0
    for (method, path), (body, _) in TABLE.items():
        if method in ("GET", "HEAD") or not ("{meeting_id}" in path or "{line_id}" in path):
            continue
        address = path.format(
            meeting_id=sealed.meeting, line_id=lines[2]["id"], number=1, proposal_id="none", kind="notula"
        )
        for who in ("dewi", "ratna"):
            for said in (body, STRANGE):
                sealed.client(who).request(method, address, json=said)
                tried += 1
    for move in ("submit", "initial", "close_window", "return", "approve"):
        assert sealed.move(move, "dewi", "Alasan").json()["code"] == "notula_sealed"
        assert sealed.move(move, "ratna", "Alasan").json()["code"] == "notula_sealed"
    assert tried > 40
    assert sealed.client("dewi").get(f"{sealed.path}/versions/1").content == before
    assert sealed.cast.portal.call(kept, sealed) == rows
    assert [each["text"] for each in sealed.lines()] == [each["text"] for each in lines]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notula_sealed SET document = x'00'",
        "UPDATE notula_sealed SET sha256 = 'x'",
        "DELETE FROM notula_sealed",
        "UPDATE notula_move SET reason = 'lain'",
        "DELETE FROM notula_move",
        "UPDATE notula_export SET sha256 = 'x'",
        "DELETE FROM notula_export",
        "UPDATE notula_version SET content = '{}' WHERE state = 'signed'",
        "UPDATE notula_version SET sha256 = 'x' WHERE state = 'signed'",
        "UPDATE notula_version SET approved = NULL WHERE state = 'signed'",
        "UPDATE notula_version SET state = 'edited' WHERE state = 'signed'",
        "DELETE FROM notula_version WHERE state = 'signed'",
    ],
)
def test_the_database_itself_refuses(sealed: Table, statement: str) -> None:
    async def say() -> None:
        async with sealed.cast.app.state.services.sessions.begin() as session:
            await session.execute(text(statement))

    with pytest.raises(IntegrityError, match=r"only added to|does not change|stays"):
        sealed.cast.portal.call(say)
