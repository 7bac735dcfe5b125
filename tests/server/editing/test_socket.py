"""The socket of a transcript under review: who is where, that something changed, and who is sent away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from server.editing.desks import MOST_OF_ONE, Desks
from server.editing.socket import MOST_FRAME
from tests.server.conftest import ORIGIN, Cast
from tests.server.editing.conftest import Desk
from tests.server.wire import Said, Wire


def wire(desk: Desk, username: str) -> Wire:
    cookies = "; ".join(f"{name}={value}" for name, value in desk.cast.as_(username).cookies.items())
    return Wire(desk.cast.portal, desk.cast.app, f"{desk.address}/review", cookies)


def until(opened: Wire, people: list[tuple[str | None, bool]], *said: Said) -> None:
    """Listen until those at the table are at these lines."""
    told = opened.until(["present"], *said)[-1]["people"]
    while [(each["line"], each["editing"]) for each in told] != people:
        told = opened.until(["present"])[-1]["people"]


def at(line: str | None, editing: bool = False) -> Said:
    return {"type": "at", "line": line, "editing": editing}


def test_who_edits_a_line_is_seen_until_the_socket_goes(desk: Desk) -> None:
    line = desk.lines()[0]["id"]
    with wire(desk, "dewi") as mine:
        (told,) = mine.until(["present"])
        assert told["people"] == [{"id": "demo-dewi", "name": "Dewi Anggraini", "line": None, "editing": False}]
        with wire(desk, "dewi") as other:
            until(other, [(line, True)], at(line, True))
            until(mine, [(line, True)])
        until(mine, [(None, False)])


def test_everybody_hears_of_a_change_whoever_made_it(cast: Cast, desk: Desk) -> None:
    line = desk.lines()[0]
    with wire(desk, "dewi") as opened:
        done = desk.edit(kind="check", id="suntingan-1", line=line["id"], version=1, start=0, end=4).json()
        assert opened.until(["changed"])[-1] == {"type": "changed", "change": done["change"]}
        desk.edit(kind="undo", id="suntingan-2", edit="suntingan-1")
        assert opened.until(["changed"])[-1]["change"] == done["change"] + 1


def refused(client: TestClient, address: str, origin: str = ORIGIN) -> dict[str, Any]:
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    headers = {"Origin": origin, "Cookie": cookies}
    with client.websocket_connect(f"wss://rakor.test{address}", headers=headers) as opened:
        failure: dict[str, Any] = json.loads(opened.receive_text())
        with pytest.raises(WebSocketDisconnect) as closed:
            opened.receive_text()
        assert closed.value.code == 4403
        return failure


@pytest.mark.parametrize(
    ("username", "code"),
    [("ratna", "forbidden"), ("maria", "forbidden"), ("wulan", "not_found"), ("", "not_signed_in")],
)
def test_only_who_may_edit_comes_in(desk: Desk, username: str, code: str) -> None:
    failure = refused(desk.cast.as_(username), f"{desk.address}/review")
    assert (failure["type"], failure["code"], failure["fatal"]) == ("failure", code, True)


def test_another_page_is_not_even_told_why(desk: Desk) -> None:
    with pytest.raises(WebSocketDisconnect) as closed:
        refused(desk.cast.as_("dewi"), f"{desk.address}/review", "https://evil.test")
    assert closed.value.code == 4403


@pytest.mark.parametrize(
    "message",
    [
        {"type": "at"},
        {"type": "at", "line": "../x", "editing": False},
        {**at("a"), "more": "x"},
        at("a" * MOST_FRAME),
        [],
    ],
)
def test_what_no_page_of_ours_says_ends_the_socket(desk: Desk, message: Any) -> None:
    with wire(desk, "dewi") as opened:
        assert opened.until(["failure"], message)[-1]["code"] == "bad_message"
        assert opened.until(["never"]) == []


def test_a_flood_ends_the_socket(desk: Desk) -> None:
    with wire(desk, "dewi") as opened:
        told = opened.until(["failure"], *(at(f"l{number % 2}") for number in range(200)))
        assert told[-1]["code"] == "too_fast"


async def test_too_many_windows_of_one_person_are_refused_and_a_closed_one_makes_room() -> None:
    desks = Desks(lambda: 0.0)
    opened = [desks.open("m1", f"w{number}", "p1", "Dewi") for number in range(MOST_OF_ONE + 1)]
    assert [window is not None for window in opened] == [True] * MOST_OF_ONE + [False]
    assert desks.open("m1", "other", "p2", "Agus") is not None
    desks.close("m1", "w0")
    desks.close("m1", "w0")
    assert desks.open("m1", "again", "p1", "Dewi") is not None
    for window in ("other", "again", *(f"w{number}" for number in range(MOST_OF_ONE))):
        desks.close("m1", window)
    assert desks._desks == {}
