"""The life of an uploaded recording. Pure.

    RECEIVING ── all received ──> PREPARING ── prepared ──> TRANSCRIBING ── heard ──> DONE
        │ expired                     │ refused
        └────────────> FAILED <───────┘

Its meeting exists from TRANSCRIBING on. Before that it can be called off, which leaves nothing; what has FAILED can be
dismissed. A line that is lost, a full disk, a server that ends: none of them is an event, the state just lasts longer.
"""

from __future__ import annotations

from enum import StrEnum, auto


class State(StrEnum):
    RECEIVING = auto()
    PREPARING = auto()
    TRANSCRIBING = auto()
    DONE = auto()
    FAILED = auto()


class Event(StrEnum):
    RECEIVED = auto()
    PREPARED = auto()
    HEARD = auto()
    EXPIRED = auto()
    REFUSED = auto()


class OutOfTurn(Exception):
    """This cannot happen to an upload in this state: it was called off, or somebody else was faster."""


AFTER = {
    (State.RECEIVING, Event.RECEIVED): State.PREPARING,
    (State.RECEIVING, Event.EXPIRED): State.FAILED,
    (State.PREPARING, Event.PREPARED): State.TRANSCRIBING,
    (State.PREPARING, Event.REFUSED): State.FAILED,
    (State.TRANSCRIBING, Event.HEARD): State.DONE,
}
REMOVABLE = frozenset({State.RECEIVING, State.PREPARING, State.FAILED})
FILE_NEEDED = frozenset({State.RECEIVING, State.PREPARING})


def after(state: State, event: Event) -> State:
    """Raises `OutOfTurn`."""
    try:
        return AFTER[state, event]
    except KeyError:
        raise OutOfTurn(f"{event} while {state}") from None
