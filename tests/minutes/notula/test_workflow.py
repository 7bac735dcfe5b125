"""Every duty in every state with every move: what may be done is written down here once more, and nothing else may."""

from __future__ import annotations

from itertools import product

import pytest

from minutes.notula.workflow import (
    DUTIES,
    MOVES,
    SEALED,
    STATES,
    TABLE,
    Duty,
    Move,
    Place,
    Refusal,
    Standing,
    checked,
    next_checker,
    step,
)

# state: move>state duties, ...
ALLOWED = """
none: draft>machine_draft minute_taker
machine_draft: draft>machine_draft minute_taker, edit>edited minute_taker
edited: draft>machine_draft minute_taker, edit>edited minute_taker, submit>in_review minute_taker
in_review: propose>in_review participant, answer>in_review minute_taker, initial>in_review checker
in_review: close_window>in_review minute_taker, return>returned checker chair, approve>approved chair
returned: draft>machine_draft minute_taker, edit>edited minute_taker
approved: return>returned chair, sign>approved minute_taker chair
signed: archive>archived archivist, amend>edited minute_taker, revoke>revoked chair
archived: amend>edited minute_taker, revoke>revoked chair
revoked: amend>edited minute_taker
"""
NOW = 1_000_000


def allowed() -> dict[tuple[str, str, str], str]:
    found = {}
    for line in ALLOWED.strip().splitlines():
        state, _, steps = line.partition(": ")
        for each in steps.split(", "):
            what, *duties = each.split()
            move, _, to = what.partition(">")
            found |= {(state, move, duty): to for duty in duties}
    for state in STATES:
        if state != "amended":
            found[state, "assign", "secretariat"] = state
    return found


def refused(state: Place, move: Move, duty: Duty) -> str:
    """The code by the rules in words."""
    if duty == "participant" and move != "propose":
        return "forbidden"
    if not any((state, move) == (place, known) for place, known, _ in allowed()):
        return "notula_sealed" if state in ("signed", "archived", "amended", "revoked") else "illegal_move"
    return "not_your_duty"


def test_every_duty_in_every_state_with_every_move() -> None:
    tried = 0
    for state, move, duty in product(("none", *STATES), MOVES, DUTIES):
        expected = allowed().get((state, move, duty)) or refused(state, move, duty)
        try:
            got = str(step(state, move, frozenset({duty})).to)
        except Refusal as refusal:
            got = refusal.why
        assert got == expected, (state, move, duty)
        tried += 1
    assert tried == 10 * 14 * 6


def test_nobody_without_a_duty_does_anything() -> None:
    for state, move in product(("none", *STATES), MOVES):
        with pytest.raises(Refusal, match="forbidden"):
            step(state, move, frozenset())


def test_what_is_sealed_never_becomes_anything_else() -> None:
    """An amendment is another version: of the sealed one only the way from `signed` on is left."""
    within = {move for (state, move), found in TABLE.items() if state in SEALED and found.to not in SEALED}
    assert within == {"amend"}


def test_nothing_is_approved_that_was_not_reviewed_and_nothing_signed_that_was_not_approved() -> None:
    into = {to: {state for (state, _), found in TABLE.items() if found.to == to and state != to} for to in STATES}
    assert into["approved"] == {"in_review"}
    assert into["in_review"] == {"edited"}
    assert into["archived"] == {"signed"}


def check(standing: Standing, move: Move, duty: Duty, person: str = "a", now: int = NOW) -> str:
    try:
        return str(checked(standing, move, frozenset({duty, "participant"}), person, now).to)
    except Refusal as refusal:
        return refusal.why


def test_approval_waits_for_the_window_the_answers_and_the_initials() -> None:
    review = Standing("in_review", checkers=("b", "c"), window_until=NOW + 1, unanswered=1)
    assert check(review, "approve", "chair") == "window_open"
    assert check(review, "approve", "chair", now=NOW + 1) == "unanswered"
    answered = Standing("in_review", checkers=("b", "c"), initialled=frozenset("b"))
    assert check(answered, "approve", "chair") == "not_initialled"
    assert check(Standing("in_review", ("b",), frozenset("b")), "approve", "chair") == "approved"


def test_initials_are_given_in_order_and_once() -> None:
    review = Standing("in_review", checkers=("b", "c"))
    assert (next_checker(review), check(review, "initial", "checker", "c")) == ("b", "not_your_turn")
    assert check(review, "initial", "checker", "b") == "in_review"
    half = Standing("in_review", ("b", "c"), frozenset("b"))
    assert check(half, "initial", "checker", "b") == "already_initialled"
    assert check(half, "initial", "checker", "c") == "in_review"


def test_the_minute_taker_signs_first_and_the_chair_is_somebody_else() -> None:
    fresh = Standing("approved")
    assert check(fresh, "sign", "chair", "ratna") == "minute_taker_first"
    assert check(fresh, "sign", "minute_taker", "dewi") == "approved"
    one = Standing("approved", signed={"minute_taker": "dewi"})
    assert check(one, "sign", "minute_taker", "dewi") == "already_signed"
    assert check(one, "sign", "chair", "ratna") == "approved"
    with pytest.raises(Refusal, match="same_person"):
        checked(one, "sign", frozenset({"minute_taker", "chair"}), "dewi", NOW)


def test_participants_propose_while_the_window_is_open() -> None:
    review = Standing("in_review", window_until=NOW)
    assert check(review, "propose", "participant", now=NOW - 1) == "in_review"
    assert check(review, "propose", "participant", now=NOW) == "window_closed"
    assert check(Standing("in_review"), "propose", "participant") == "window_closed"
    assert check(review, "close_window", "minute_taker", now=NOW) == "window_closed"
