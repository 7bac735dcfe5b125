"""What is decided about one receiver's link, word by word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from media.downlink import Decision, Downlink
from media.layers import Claim
from tests.media.receiving import CAMERA

ONE = (Claim("v", 0, CAMERA, 2, 1),)


def calm(down: Downlink, until: float, bps: float, claims: tuple[Claim, ...] = ONE) -> Decision:
    """A quiet receiver that gets `bps`; the last decision."""
    decision = down.decide(claims, 0.0)
    for tenth in range(1, round(10 * until) + 1):
        now = tenth / 10
        down.sent(round(bps * now / 8), now)
        if tenth % 10 == 0:
            down.on_report(0.0, now, 0.05)
            down.on_remb(1.5 * bps, now)
        decision = down.decide(claims, now)
    return decision


def at_rest() -> Downlink:
    """Two layers of 220 kbit/s run, nothing better is wanted."""
    down = Downlink()
    calm(down, 10.0, 220e3, (Claim("v", 0, CAMERA, 1, 1),))
    return down


def test_a_deep_fall_acts_at_once() -> None:
    down = at_rest()
    down.on_remb(330e3, 10.1)
    down.on_remb(100e3, 10.2)
    assert down.decide(ONE, 10.2).layers == {"v": 0}


def test_a_slight_fall_that_recovers_changes_nothing() -> None:
    down = at_rest()
    for at, remb in ((10.1, 187e3), (10.4, 190e3), (10.9, 196e3), (11.5, 205e3)):
        down.sent(round(220e3 * at / 8), at)
        down.on_remb(remb, at)
        assert down.decide(ONE, at).layers == {"v": 1}
    assert down.congestions == 0


def test_a_slight_fall_with_a_standing_queue_is_congestion() -> None:
    down = at_rest()
    for at in (10.1, 10.4, 10.9, 11.5):
        down.sent(round(220e3 * at / 8), at)
        down.on_report(0.0, at, 0.3)
        down.on_remb(187e3, at)
    assert down.decide(ONE, 11.5).layers == {"v": 0}


def test_a_receiver_may_say_anything() -> None:
    down = at_rest()
    for at, remb, lost, rtt in (
        (10.1, 0, 1.0, -5.0),
        (10.2, 0, 0.0, 1e9),
        (10.3, 2**62, 0.5, 0.0),
        (10.4, 1, 0.0, 0.1),
    ):
        down.on_report(lost, at, rtt)
        down.on_remb(remb, at)
        decision = down.decide(ONE, at)
        assert decision.again_at > at
        assert decision.padding_bps >= 0


def spans(down: Downlink, start: float) -> Iterator[tuple[float, int]]:
    """(seconds, bits/s) of the padding of one probe, to a receiver that says nothing bad."""
    now, probes = start, down.probes + 1
    while down.probes <= probes:
        decision = down.decide(ONE, now)
        if decision.padding_bps:
            yield decision.again_at - now, decision.padding_bps
        if down.probes == probes and not decision.padding_bps and decision.layers["v"] == 2:
            return
        now = decision.again_at
        down.on_report(0.0, now, 0.05)


def test_a_probe_begins_small_and_ends_in_the_better_layer() -> None:
    down = at_rest()
    sizes = [seconds * bps / 8 for seconds, bps in spans(down, 10.0)]
    assert sizes[0] < 5_000  # with headers
    assert sizes[1] < 12_500
    assert down.decide(ONE, 20.0).layers == {"v": 2}


@pytest.mark.parametrize("sign", ["fall", "queue", "loss"])
def test_a_probe_that_fails_changes_no_layer_and_comes_again(sign: str) -> None:
    down = at_rest()
    down.on_remb(330e3, 10.1)
    assert down.decide(ONE, 10.2).padding_bps > 0
    if sign == "fall":
        down.on_remb(200e3, 10.3)
    else:
        down.on_report(0.3 if sign == "loss" else 0.0, 11.0, 0.3 if sign == "queue" else 0.05)
    decision = down.decide(ONE, now := 11.0)
    assert decision.padding_bps == 0
    assert down.failures == 1
    while not decision.padding_bps:
        assert decision.layers == {"v": 1}
        now = decision.again_at
        down.sent(round(220e3 * now / 8), now)
        down.on_report(0.0, now, 0.05)
        down.on_remb(300e3 + now, now)
        decision = down.decide(ONE, now)
    assert now < 16.0


def test_a_probe_begins_when_it_may() -> None:
    down = at_rest()
    assert down.decide(ONE, 10.2, may_probe=False).padding_bps == 0
    assert not down.probing
    assert down.decide(ONE, 10.3).padding_bps > 0
    assert down.decide(ONE, 10.31, may_probe=False).padding_bps > 0, "what has begun goes on"
    assert down.probing


def test_nothing_is_tried_while_nobody_answers() -> None:
    down = Downlink()
    assert calm(down, 0.9, 220e3).padding_bps == 0
    assert down.decide(ONE, 30.0).padding_bps == 0
    assert down.decide(ONE, 31.0).layers == {"v": 1}


def test_a_new_picture_is_taken_on_trust_unless_the_way_was_narrow() -> None:
    new = (*ONE, Claim("w", 1, CAMERA, 0, None))
    down = Downlink(start_bps=220_000)
    calm(down, 3.0, 220e3, (Claim("v", 0, CAMERA, 1, 1),))
    assert down.decide(new, 3.1).layers == {"v": 1, "w": 0}
    narrow = at_rest()
    narrow.on_remb(100e3, 10.2)
    narrow.decide(ONE, 10.2)
    assert narrow.decide(new, 13.0).layers["w"] is None


def test_a_quiet_receiver_is_left_alone() -> None:
    claims = [Claim(f"c{n}", n, CAMERA, 0 if n else 2, 0 if n else 2) for n in range(17)]
    down = Downlink(start_bps=10_000_000)
    for second in range(1, 200):
        down.sent(second * 400_000, float(second))
        down.on_report(0.0, float(second), 0.05)
        decision = down.decide(claims, float(second))
        assert second < 5 or (decision.again_at == second + 1.0 and not decision.watch)
    assert down.probes < 5
