"""The life of an upload: every event in every state."""

from __future__ import annotations

from itertools import product

import pytest

from server.uploads.states import FILE_NEEDED, REMOVABLE, Event, OutOfTurn, State, after

R, P, T, D, F = State.RECEIVING, State.PREPARING, State.TRANSCRIBING, State.DONE, State.FAILED
EXPECTED = {
    (R, Event.RECEIVED): P,
    (R, Event.EXPIRED): F,
    (P, Event.PREPARED): T,
    (P, Event.REFUSED): F,
    (T, Event.HEARD): D,
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
    assert frozenset(State) - {T, D} == REMOVABLE
