"""Every move in every state by everybody; and the days that matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.errors import RakorError
from server.followups.dates import days_left, late, occasion
from server.followups.rules import (
    MOVES,
    Duty,
    Move,
    Outcome,
    Standing,
    Status,
    allowed,
    decide,
    may_add_evidence,
    may_remove_evidence,
)

DUE = date(2026, 12, 5)
DUTIES: tuple[frozenset[Duty], ...] = (
    frozenset(),
    frozenset({"doer"}),
    frozenset({"host"}),
    frozenset({"doer", "host"}),
)


def standing(status: Status, verified: bool, evidence: int) -> Standing:
    done = status is Status.DONE
    return Standing(status, 100 if done else 0, "andi" if done else None, verified and done, evidence)


STANDINGS = {standing(*each) for each in product(Status, (False, True), (0, 1))}


def outcome(now: Standing, move: Move, duties: frozenset[Duty], person: str) -> Outcome | str:
    try:
        return decide(now, move, duties, person, "Alasan.", None)
    except RakorError as refused:
        return refused.code


@pytest.mark.parametrize("duties", DUTIES)
def test_every_move_is_as_the_table_says(duties: frozenset[Duty]) -> None:
    """By everybody in every state, against the rules as they are told in words."""
    for now, move, person in product(STANDINGS, MOVES, ("andi", "budi")):
        found = outcome(now, move, duties, person)
        doer, host = "doer" in duties, "host" in duties
        going_on = now.status in ("belum_mulai", "dalam_proses", "menunggu_pihak_lain")
        done, cancelled = now.status == "selesai", now.status == "dibatalkan"
        right = {
            "start": doer and going_on,
            "rest": doer and going_on,
            "wait": doer and going_on,
            "report": doer and going_on and now.evidence > 0,
            "take_back": doer and done and not now.verified,
            "verify": host and done and not now.verified and person != "andi",
            "return": host and done,
            "cancel": host and going_on,
            "reopen": host and cancelled,
            "remark": doer or host,
        }[move]
        assert isinstance(found, Outcome) == right, (now, move, person, found)
        shown = move in allowed(now, duties, person)
        assert shown == (right or (move == "report" and doer and going_on))


def test_a_report_is_done_by_somebody_and_falls_with_a_return() -> None:
    doer, host = DUTIES[1], DUTIES[2]
    reported = decide(Standing(Status.IN_PROGRESS, 60, evidence=1), "report", doer, "andi", "", None)
    assert reported == Outcome(Status.DONE, 100, "andi", False)
    done = Standing(Status.DONE, 100, "andi", evidence=1)
    assert decide(done, "verify", host, "budi", "", None) == Outcome(Status.DONE, 100, "andi", True)
    verified = Standing(Status.DONE, 100, "andi", True, 1)
    assert decide(verified, "return", host, "budi", "Belum lengkap.", None) == Outcome(
        Status.IN_PROGRESS, 99, None, False
    )


@pytest.mark.parametrize("move", ["return", "cancel", "reopen", "remark"])
def test_what_needs_words_is_refused_without(move: Move) -> None:
    now = {"return": Status.DONE, "reopen": Status.CANCELLED}.get(move, Status.IN_PROGRESS)
    with pytest.raises(RakorError) as refused:
        decide(Standing(now), move, DUTIES[3], "budi", "  ", None)
    assert refused.value.code == "words_needed"


def test_what_a_notula_ended_only_a_notula_begins_again() -> None:
    assert outcome(Standing(Status.CANCELLED, withdrawn=True), "reopen", DUTIES[2], "budi") == "withdrawn"


@given(st.sampled_from(list(Status)[:3]), st.sampled_from(["start", "rest", "wait"]), st.integers(-5, 200))
def test_percent_never_says_done_before_it_is(status: Status, move: Move, percent: int) -> None:
    found = decide(Standing(status), move, DUTIES[1], "andi", "", percent)
    assert 0 <= found.percent < 100
    assert found.percent == 0 or move != "rest"


def test_evidence_stays_under_a_report_and_is_closed_by_its_verification() -> None:
    reported, doer = Standing(Status.DONE, 100, "andi"), DUTIES[1]
    assert may_add_evidence(reported, doer)
    assert not may_remove_evidence(reported, doer)
    assert not may_add_evidence(Standing(Status.DONE, 100, "andi", True), doer)
    assert may_remove_evidence(Standing(Status.IN_PROGRESS), doer)
    assert not may_add_evidence(Standing(Status.IN_PROGRESS), DUTIES[2])


def test_a_day_ends_where_the_office_is() -> None:
    """Two hours before midnight in Jakarta it is the next day in Jayapura."""
    now = datetime(2026, 12, 5, 15, 30, tzinfo=UTC)
    told = {zone: late(Status.IN_PROGRESS, DUE, zone, now) for zone in ("Asia/Jakarta", "Asia/Jayapura")}
    assert told == {"Asia/Jakarta": False, "Asia/Jayapura": True}
    assert days_left(DUE, "Asia/Jayapura", now) == -1
    assert not late(Status.DONE, DUE, "Asia/Jayapura", now)
    assert not late(Status.IN_PROGRESS, None, "Asia/Jayapura", now)


def test_reminders_come_before_the_day_and_weekly_after_it() -> None:
    """One look an hour, for five weeks: nothing twice, each on its day at eight."""
    first = datetime(2026, 11, 20, tzinfo=UTC)
    seen: dict[str, datetime] = {}
    for hour in range(24 * 35):
        now = first + timedelta(hours=hour)
        if (found := occasion(DUE, "Asia/Makassar", now)) is not None:
            seen.setdefault(found, now)
    assert {key: f"{at:%Y-%m-%d %H}" for key, at in seen.items()} == {
        "2026-12-05:before-7": "2026-11-28 00",
        "2026-12-05:before-1": "2026-12-04 00",
        "2026-12-05:after-1": "2026-12-06 00",
        "2026-12-05:after-8": "2026-12-13 00",
        "2026-12-05:after-15": "2026-12-20 00",
    }
