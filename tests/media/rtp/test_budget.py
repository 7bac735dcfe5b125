from __future__ import annotations

from media.rtp.budget import Budget


def test_a_burst_is_allowed_and_then_the_rate() -> None:
    budget = Budget(rate=10, burst=5)
    assert [budget.take(1, 0.0) for _ in range(6)] == [True] * 5 + [False]
    assert [budget.take(1, 0.2) for _ in range(3)] == [True, True, False]
    assert sum(budget.take(1, 100.0) for _ in range(9)) == 5


def test_what_is_refused_costs_nothing() -> None:
    budget = Budget(rate=1, burst=3)
    assert not budget.take(4, 0.0)
    assert budget.take(3, 0.0)
