"""The life of one page's socket on the server, as a table. Pure.

new → seated → over, by way of waiting where somebody must let them in. What a state does not list is refused
and changes nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import get_args

from server.signalling.asked import FromPage, Hello, Leave, Offer, Ping, React, Request, Watch


class State(StrEnum):
    NEW = "new"
    WAITING = "waiting"
    SEATED = "seated"
    OVER = "over"


class Action(StrEnum):
    """What the endpoint does. `ASK`: a command to the room; `LOSE` keeps the seat for a while, `LEAVE` gives it up.

    `GO`: who waits outside goes.
    """

    ENTER = "enter"
    ANSWER = "answer"
    ASK = "ask"
    WATCH = "watch"
    LEAVE = "leave"
    GO = "go"
    REACT = "react"
    PONG = "pong"
    LOSE = "lose"
    NOTHING = "nothing"


class Lost:
    """The socket is gone."""


class Held:
    """The room has not let them in yet."""


Happening = FromPage | Lost | Held

TABLE: dict[State, dict[type[Happening], tuple[State, Action]]] = {
    State.NEW: {
        Hello: (State.SEATED, Action.ENTER),
        Ping: (State.NEW, Action.PONG),
        Lost: (State.OVER, Action.NOTHING),
        Held: (State.WAITING, Action.NOTHING),
    },
    State.WAITING: {
        Hello: (State.SEATED, Action.ENTER),
        Ping: (State.WAITING, Action.PONG),
        Leave: (State.OVER, Action.GO),
        Lost: (State.OVER, Action.GO),
        Held: (State.WAITING, Action.NOTHING),
    },
    State.SEATED: {
        Offer: (State.SEATED, Action.ANSWER),
        **dict.fromkeys(get_args(Request), (State.SEATED, Action.ASK)),
        Watch: (State.SEATED, Action.WATCH),
        React: (State.SEATED, Action.REACT),
        Ping: (State.SEATED, Action.PONG),
        Leave: (State.OVER, Action.LEAVE),
        Lost: (State.OVER, Action.LOSE),
    },
    State.OVER: {
        Lost: (State.OVER, Action.NOTHING),
    },
}


def step(state: State, happening: Happening) -> tuple[State, Action] | None:
    """The next state and what to do; None when this message has no place here."""
    return TABLE[state].get(type(happening))
