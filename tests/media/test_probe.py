"""What a probe risks: little at first, more where more would be borne without a trace."""

from __future__ import annotations

import pytest

from media.probe import FIRST_SPANS, plan


def risked(target: float, sent: float, strict: int = 0) -> list[float]:
    """Bytes of padding of each span."""
    probe = plan(target, sent, strict)
    return [probe.padding * span / 8 for span in probe.spans]


def test_a_probe_pads_what_is_sent_up_to_its_target() -> None:
    probe = plan(500_000, 300_000, 0)
    assert probe.padding == 200_000
    assert probe.wire_bps == pytest.approx(246_000)
    assert plan(500_000, 499_000, 0).padding == 25_000  # less would not be felt


@pytest.mark.parametrize("target", [100_000, 400_000, 800_000])
def test_a_few_kilobytes_are_risked_first(target: float) -> None:
    first, *_, last = risked(target, 50_000)
    assert first <= FIRST_SPANS[0][0]
    assert last > first


def test_where_probes_have_misled_they_take_longer_steps_and_more_of_them() -> None:
    assert [len(plan(120_000, 60_000, strict).spans) for strict in (0, 1, 2)] == [2, 3, 3]
    assert [plan(120_000, 60_000, strict).spans[-1] for strict in (0, 1, 2)] == [0.5, 1.0, 1.5]


def test_where_nothing_flows_reports_come_too_late_for_more_than_two_steps() -> None:
    assert plan(120_000, 0, 2).spans[1:] == [0.5]
