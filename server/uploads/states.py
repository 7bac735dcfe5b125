"""The life of an uploaded recording. Pure.

    RECEIVING ── all received ──> PREPARING ── prepared ──> TRANSCRIBING ── heard ──> DONE
        │ expired                     │ refused
        └────────────> FAILED <───────┘

Its meeting exists from TRANSCRIBING on. Before that it can be called off, and what has FAILED can be dismissed: it is
CALLED_OFF until nothing of it is on disk, then its row goes too. A line that is lost, a full disk, a server that ends:
none of them is an event, the state just lasts longer.
"""

from __future__ import annotations

from enum import StrEnum, auto


class State(StrEnum):
    RECEIVING = auto()
    PREPARING = auto()
    TRANSCRIBING = auto()
    DONE = auto()
    FAILED = auto()
    CALLED_OFF = auto()


class Event(StrEnum):
    RECEIVED = auto()
    PREPARED = auto()
    HEARD = auto()
    EXPIRED = auto()
    REFUSED = auto()
    CALLED_OFF = auto()


class OutOfTurn(Exception):
    """This cannot happen to an upload in this state: it was called off, or somebody else was faster."""


AFTER = {
    (State.RECEIVING, Event.RECEIVED): State.PREPARING,
    (State.RECEIVING, Event.EXPIRED): State.FAILED,
    (State.PREPARING, Event.PREPARED): State.TRANSCRIBING,
    (State.PREPARING, Event.REFUSED): State.FAILED,
    (State.TRANSCRIBING, Event.HEARD): State.DONE,
    (State.RECEIVING, Event.CALLED_OFF): State.CALLED_OFF,
    (State.PREPARING, Event.CALLED_OFF): State.CALLED_OFF,
    (State.FAILED, Event.CALLED_OFF): State.CALLED_OFF,
}
NEVER_A_MEETING = frozenset({State.FAILED, State.CALLED_OFF})
OVER = frozenset({State.DONE, State.CALLED_OFF})
FILE_NEEDED = frozenset({State.RECEIVING, State.PREPARING})


def after(state: State, event: Event) -> State:
    """Raises `OutOfTurn`."""
    try:
        return AFTER[state, event]
    except KeyError:
        raise OutOfTurn(f"{event} while {state}") from None
