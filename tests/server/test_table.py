"""Every role asks for everything, in every state of a meeting, on the running server: the table says what happens.

What it allows stands in the room's events. What it refuses is refused with its code, and leaves no trace: neither in the
events, nor for a page that is there, nor for one that comes afterwards, nor over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import get_args

import pytest
from starlette.websockets import WebSocketDisconnect

from server.signalling import asked
from tests.server.conftest import Cast
from tests.server.scene import MESSAGES, Page, Scene, hire
from tests.server.table import DONE, NOTHING, ROLES, STATES, TABLE, Row

NOT_ASKS = (asked.Hello, asked.Offer, asked.Watch, asked.Leave, asked.Ping)
MISTAKES = 9  # one more is hung up on


@pytest.fixture(scope="module")
def former(cast: Cast) -> str:
    """A meeting that has left something to be done; and whom the scenes need."""
    cast.portal.call(hire, cast)
    meeting = cast.new_meeting("kaltara")
    ratna = cast.as_("ratna")
    assert ratna.post(f"/api/v1/meetings/{meeting}/open").status_code == 200
    with ExitStack() as stack:
        page = Page(stack, ratna, meeting)
        page.come()
        page.does(type="make_note", outcome={"kind": "follow_up", "text": "Kirim daftar bukti."})
    assert ratna.post(f"/api/v1/meetings/{meeting}/end").status_code == 200
    return meeting


@contextmanager
def staged(cast: Cast, state: str, former: str) -> Iterator[Scene]:
    with ExitStack() as stack:
        scene = Scene(cast, stack, state, former)
        scene.set()
        yield scene


def test_everything_that_pages_can_ask_stands_in_the_table() -> None:
    union = get_args(get_args(asked.FromPage)[0])
    asks = {each.model_fields["type"].default for each in union if each not in NOT_ASKS}
    assert {row.type for row in TABLE} == asks


@pytest.mark.parametrize("state", STATES)
def test_every_role_asks_for_everything(cast: Cast, former: str, state: str) -> None:
    with staged(cast, state, former) as scene:
        for role in ROLES:
            refuse(scene, role, [row for row in TABLE if row.outcome(state, role) != DONE])
        for row in TABLE:
            for role in [each for each in ROLES if row.outcome(state, each) == DONE and row.type != "end"]:
                do(scene, role, row)
        do(scene, "C", TABLE[-1])
    with staged(cast, state, former) as scene:
        do(scene, "S", TABLE[-1])


def refuse(scene: Scene, role: str, rows: list[Row]) -> None:
    """All of it, and nothing has changed."""
    page = scene.pages[role]
    page.come()
    before = scene.seen()
    for start in range(0, len(rows), MESSAGES // 2 - 1):
        page.come()
        scene.watcher.listen()
        for row in rows[start : start + MESSAGES // 2 - 1]:
            said, stood = {"type": row.type, **row.ask(scene, page)}, scene.rows()
            code = page.asks(**said)
            assert code == (None if row.outcome(scene.state, role) == NOTHING else row.outcome(scene.state, role)), said
            assert scene.rows() == stood, said
        assert [each for each in scene.watcher.listen() if each["type"] != "reacted"] == []
    assert scene.seen() == before


def do(scene: Scene, role: str, row: Row) -> None:
    """It is done, stands in the events, and the room is put back."""
    page = scene.pages[role]
    said, stood = {"type": row.type, **row.ask(scene, page)}, scene.rows()
    if row.type == "end":
        page.say(**said)
        while page.next()["type"] != "ended":
            pass
    else:
        assert page.asks(**said) is None, (role, said)
    new = [type_name for _, type_name, _ in scene.rows()[len(stood) :]]
    assert (row.event in new) if row.event else new, (role, said)
    row.undo(scene, page)
