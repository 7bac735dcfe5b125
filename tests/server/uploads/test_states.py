"""The life of an upload: every event in every state."""

from __future__ import annotations

from itertools import product

import pytest

from server.uploads.states import FILE_NEEDED, NEVER_A_MEETING, Event, OutOfTurn, State, after

R, P, T, D = State.RECEIVING, State.PREPARING, State.TRANSCRIBING, State.DONE
F, C = State.FAILED, State.CALLED_OFF
EXPECTED = {
    (R, Event.RECEIVED): P,
    (R, Event.EXPIRED): F,
    (P, Event.PREPARED): T,
    (P, Event.REFUSED): F,
    (T, Event.HEARD): D,
    (R, Event.CALLED_OFF): C,
    (P, Event.CALLED_OFF): C,
    (F, Event.CALLED_OFF): C,
}


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_an_event_happens_in_its_turn_or_not_at_all(state: State, event: Event) -> None:
    if (state, event) in EXPECTED:
        assert after(state, event) is EXPECTED[state, event]
    else:
        with pytest.raises(OutOfTurn):
            after(state, event)


def test_a_file_is_kept_as_long_as_it_is_needed() -> None:
    """What became a meeting cannot be called off, and its sound is in the recording."""
    assert frozenset({R, P}) == FILE_NEEDED
    assert {state for state in State if (state, Event.CALLED_OFF) in EXPECTED} == {R, P, F}


def test_only_what_can_never_be_a_meeting_is_cleared_away() -> None:
    """From these states no event leads to one."""
    assert {state for state in State if not leads_to(state, T)} - {D} == NEVER_A_MEETING


def leads_to(state: State, wanted: State) -> bool:
    return state is wanted or any(leads_to(then, wanted) for (before, _), then in EXPECTED.items() if before is state)
