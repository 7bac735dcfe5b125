"""The life of one page's socket on the server, as a table. Pure.

new → seated → over. What a state does not list is refused and changes nothing.
"""

from __future__ import annotations

from enum import StrEnum

from server.signalling.messages import End, FromPage, Hello, Leave, Offer, Ping, SetCamera, SetMic, SetScreen, Watch


class State(StrEnum):
    NEW = "new"
    SEATED = "seated"
    OVER = "over"


class Action(StrEnum):
    """What the endpoint does; `LOSE` keeps the seat for a while, `LEAVE` gives it up."""

    ENTER = "enter"
    ANSWER = "answer"
    SWITCH = "switch"
    WATCH = "watch"
    LEAVE = "leave"
    END = "end"
    PONG = "pong"
    LOSE = "lose"
    NOTHING = "nothing"


class Lost:
    """The socket is gone."""


Happening = FromPage | Lost

TABLE: dict[State, dict[type[Happening], tuple[State, Action]]] = {
    State.NEW: {
        Hello: (State.SEATED, Action.ENTER),
        Ping: (State.NEW, Action.PONG),
        Lost: (State.OVER, Action.NOTHING),
    },
    State.SEATED: {
        Offer: (State.SEATED, Action.ANSWER),
        SetMic: (State.SEATED, Action.SWITCH),
        SetCamera: (State.SEATED, Action.SWITCH),
        SetScreen: (State.SEATED, Action.SWITCH),
        Watch: (State.SEATED, Action.WATCH),
        Ping: (State.SEATED, Action.PONG),
        Leave: (State.OVER, Action.LEAVE),
        End: (State.SEATED, Action.END),
        Lost: (State.OVER, Action.LOSE),
    },
    State.OVER: {
        Lost: (State.OVER, Action.NOTHING),
    },
}


def step(state: State, happening: Happening) -> tuple[State, Action] | None:
    """The next state and what to do; None when this message has no place here."""
    return TABLE[state].get(type(happening))
