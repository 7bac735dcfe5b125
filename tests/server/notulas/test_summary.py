"""A draft with a summary over HTTP, from a real small endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace
from typing import Any

from tests.minutes.notula.summing import Served, sentences, serving, told
from tests.server.notulas.conftest import Table

PROPOSED = {"text": "Kaltara mengusulkan verifikasi dipercepat.", "lines": [2]}
MADE_UP = {"text": "Anggaran ditambah.", "lines": [99]}


@contextmanager
def asking(table: Table, server: AbstractAsyncContextManager[Served]) -> Iterator[None]:
    """While it lasts, the server asks this endpoint."""
    services = table.cast.app.state.services
    with table.cast.portal.wrap_async_context_manager(server) as served:
        approving = replace(services.notulas.approving, summary=served.endpoint)
        table.cast.app.state.services = replace(services, notulas=replace(services.notulas, approving=approving))
        try:
            yield
        finally:
            table.cast.app.state.services = services


def drafted(table: Table, **given: Any) -> Any:
    return table.client("dewi").post(f"{table.path}/draft", json={"summary": True, **given})


def test_what_an_endpoint_sums_up_stands_in_the_discussion(table: Table) -> None:
    with asking(table, serving(told(sentences(PROPOSED, MADE_UP)))):
        answer = drafted(table)
    assert answer.status_code == 200, answer.text
    said = [each for part in answer.json()["content"]["discussion"] for each in part["contributions"]]
    summed = [(each["text"], each["cites"]) for each in said if each["origin"] == "summary"]
    assert summed == [("Kaltara mengusulkan verifikasi dipercepat.", [table.lines()[1]["id"]])]
    assert any(each["origin"] == "rule" for each in said)


def test_a_summary_that_fails_is_refused_and_leaves_nothing(table: Table) -> None:
    with asking(table, serving(told(b"", "503 Service Unavailable"))):
        answer = drafted(table)
    assert (answer.status_code, answer.json()["code"]) == (502, "summary_refused")
    assert "503" in answer.json()["detail"]
    assert table.client("dewi").get(table.path).status_code == 404
    assert table.draft().status_code == 200, "without a summary it goes on"


def test_where_none_is_set_none_is_asked(table: Table) -> None:
    answer = drafted(table)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_summary")
