"""Every role asks for everything, in every state of a meeting, on the running server: the table says what happens.

What it allows stands in the room's events. What it refuses is refused with its code, and leaves no trace: neither in
the events, nor for a page that is there, nor for one that comes afterwards, nor over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import get_args

import pytest

from server.signalling import asked
from tests.server.conftest import Cast
from tests.server.scene import MESSAGES, PLAYS, Page, Scene, hire
from tests.server.table import DONE, NOTHING, ROLES, STATES, TABLE, Row

NOT_ASKS = (asked.Hello, asked.Offer, asked.Watch, asked.Leave, asked.Ping)
AT_ONCE = MESSAGES // 2 - 1  # of one socket, each with its fence
END = TABLE[-1]
SHORT = ("open", "suspended", "vote", "floor")
LONG = tuple(each for each in STATES if each not in SHORT)
MISTAKES = 9  # one more is hung up on


@pytest.fixture(scope="module")
def former(cast: Cast) -> str:
    """A meeting that has left something to be done; and whom the scenes need."""
    cast.portal.call(hire, cast)
    meeting = cast.new_meeting("kaltara")
    ratna = cast.as_("ratna")
    assert ratna.post(f"/api/v1/meetings/{meeting}/open").status_code == 200
    with ExitStack() as stack:
        page = Page(stack, cast, ratna, meeting)
        page.come()
        page.does(type="make_note", outcome={"kind": "follow_up", "text": "Kirim daftar bukti."})
    assert ratna.post(f"/api/v1/meetings/{meeting}/end").status_code == 200
    return meeting


@contextmanager
def staged(cast: Cast, state: str, former: str, whole: bool = True) -> Iterator[Scene]:
    with ExitStack() as stack:
        scene = Scene(cast, stack, state, former, whole)
        scene.set()
        yield scene


def test_everything_that_pages_can_ask_stands_in_the_table() -> None:
    union = get_args(get_args(asked.FromPage)[0])
    asks = {each.model_fields["type"].default for each in union if each not in NOT_ASKS}
    assert {row.type for row in TABLE} == asks


@pytest.mark.parametrize("state", [*SHORT, *(pytest.param(each, marks=pytest.mark.full) for each in LONG)])
def test_every_role_asks_for_everything(cast: Cast, former: str, state: str) -> None:
    with staged(cast, state, former) as scene:
        before = scene.seen()
        for role in ROLES:
            refuse(scene, role, [row for row in TABLE if row.outcome(state, role) != DONE])
            assert scene.seen() == before
        for start in range(0, len(TABLE), MISTAKES):
            scene.knock(scene.waiter)
            in_vain(scene, scene.waiter, TABLE[start : start + MISTAKES])
        assert scene.seen() == before
        for role in ROLES:
            scene.pages[role].come()
            for row in [row for row in TABLE if row.outcome(state, role) == DONE and row.type != "end"]:
                do(scene, role, row)
        do(scene, "C", END)
    with staged(cast, state, former, whole=False) as scene:
        do(scene, "S", END)


def refuse(scene: Scene, role: str, rows: list[Row]) -> None:
    """None of it changes anything, or is told to anybody else."""
    page = scene.pages[role]
    for start in range(0, len(rows), AT_ONCE):
        page.come()
        scene.watcher.listen()
        stood = scene.rows()
        for row in rows[start : start + AT_ONCE]:
            said, outcome = {"type": row.type, **row.ask(scene, page)}, row.outcome(scene.state, role)
            assert page.asks(**said) == (None if outcome == NOTHING else outcome), (role, said)
            assert scene.rows() == stood, (role, said)
        assert [each for each in scene.watcher.listen() if each["type"] != "reacted"] == []


def do(scene: Scene, role: str, row: Row) -> None:
    """It is done, stands in the events, and the room is put back."""
    page = scene.pages[role]
    said, stood = {"type": row.type, **row.ask(scene, page)}, scene.rows()
    if row is END:
        assert page.listen(said, until="ended")[-1]["type"] == "ended"
    else:
        assert page.asks(**said) is None, (role, said)
    new = [type_name for _, type_name, _ in scene.rows()[len(stood) :]]
    assert (row.event in new) if row.event else new, (role, said)
    row.undo(scene, page)


def test_who_has_not_said_hello_asks_in_vain(cast: Cast, former: str) -> None:
    with staged(cast, "open", former) as scene:
        stranger, before = scene.page("ratna"), scene.seen()
        for start in range(0, len(TABLE), MISTAKES):
            stranger.connect()
            in_vain(scene, stranger, TABLE[start : start + MISTAKES])
        assert scene.seen() == before


def in_vain(scene: Scene, page: Page, rows: Sequence[Row]) -> None:
    """Whoever has no seat: all of it is unexpected."""
    scene.watcher.come()
    stood = scene.rows()
    for row in rows:
        said = {"type": row.type, **row.ask(scene, scene.pages["A"])}
        assert page.asks(**said) == "unexpected", said
    assert scene.rows() == stood
    assert scene.watcher.listen() == []


def test_nobody_asks_anything_in_a_meeting_that_is_over(cast: Cast, former: str) -> None:
    """Whoever still has a socket is not listened to any more; whoever comes is told."""
    with staged(cast, "open", former) as scene:
        asks = [{"type": row.type, **row.ask(scene, page)} for page in [scene.chair] for row in TABLE]
        for page in scene.pages.values():
            page.come()
        scene.chair.listen({"type": "end"}, until="ended")
        stood, course = scene.rows(), scene.over()
        for page in (*scene.pages.values(), scene.waiter):
            page.listen(*asks, until="")
            assert [each["code"] for each in page.come()] == ["meeting_not_open"]
        assert (scene.rows(), scene.over()) == (stood, course)


def test_nobody_comes_into_a_meeting_that_is_not_open(cast: Cast, former: str) -> None:
    with ExitStack() as stack:
        scene = Scene(cast, stack, "open", former)
        scene.plan()
        for page in [*(scene.page(who) for who in PLAYS.values() if who), scene.guest()]:
            (refused,) = page.come()
            assert (refused["code"], refused["fatal"]) == ("meeting_not_open", True)
        assert scene.rows() == []
        assert scene.dewi.get(f"/api/v1/meetings/{scene.meeting}").json()["state"] == "scheduled"
