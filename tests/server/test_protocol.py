"""PROTOCOL.md and the page's types say what the messages are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from server.signalling import asked as ask
from server.signalling import messages
from server.signalling.asks import own
from server.signalling.session import TABLE, Action, State, step
from server.signalling.shapes import PROTOCOL_VERSION
from server.signalling.typescript import generate, members

CHECKOUT = Path(__file__).parent.parent.parent
DOCUMENT = (CHECKOUT / "server" / "signalling" / "PROTOCOL.md").read_text()


def literals(heading: str) -> list[str]:
    """The JSON examples of one direction."""
    part = DOCUMENT.split(f"## {heading}")[1].split("\n## ")[0]
    return re.findall(r"```json\n(.*?)```", part, re.DOTALL)


def test_every_message_of_a_page_is_shown_as_a_literal() -> None:
    shown = [ask.FROM_PAGE.validate_json(each) for each in literals("Page to server")]
    assert {type(each) for each in shown} == set(members(ask.FromPage))


def test_every_message_to_a_page_is_shown_whole() -> None:
    shown = {}
    for each in literals("Server to page"):
        message = messages.TO_PAGE.validate_json(each)
        assert json.loads(message.model_dump_json()) == json.loads(each)
        shown[type(message)] = message
    assert set(shown) == set(members(messages.ToPage))


def test_the_pages_types_are_in_step() -> None:
    assert (CHECKOUT / "web" / "src" / "protocol" / "messages.ts").read_text() == generate()


@pytest.mark.parametrize("state", State)
def test_nothing_leads_out_of_the_end(state: State) -> None:
    for following, _ in TABLE[state].values():
        assert state is not State.OVER or following is State.OVER


def test_a_table_refuses_what_has_no_place() -> None:
    assert step(State.NEW, own.SetMic(on=True)) is None
    assert step(State.SEATED, ask.Hello(version=PROTOCOL_VERSION)) is None
    assert step(State.NEW, ask.Hello(version=PROTOCOL_VERSION)) == (State.SEATED, Action.ENTER)
