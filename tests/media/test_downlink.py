"""What one receiver gets on a bad link: whole calls in virtual time (`-rP`: their figures), and single decisions."""

from __future__ import annotations

import time
from collections.abc import Iterator
from math import inf

import pytest

from media.downlink import Decision, Downlink
from media.layers import Claim
from tests.media.link import Link
from tests.media.receiving import CAMERA, SCREEN, Slot, World

SEEDS = pytest.mark.parametrize("seed", range(1, 6))


def voice_loss(world: World, since: float, until: float = inf) -> float:
    lost = [lost for at, lost in world.voices if since <= at < until]
    return sum(lost) / len(lost)


def layer(world: World, mid: str, at: float) -> int | None:
    """What was decided for a slot at a time."""
    return next((layer for since, layer in reversed(world.slots[mid].history) if since <= at), None)


def changes(world: World, mid: str, since: float, until: float = inf) -> int:
    return sum(since <= at < until for at, _ in world.slots[mid].history)


def shown(world: World, mid: str, layer: int, since: float) -> float:
    """How long after `since` the browser has a whole key frame of this layer."""
    return next((at - since for at, what in world.slots[mid].shown if at >= since and what == layer), inf)


def house() -> list[Slot]:
    return [Slot("screen", 0, 1, SCREEN), *(Slot(f"c{n}", n + 1, 1 if n else 2) for n in range(16))]


# --- whole calls ---


@SEEDS
@pytest.mark.parametrize(("rate", "voices"), [(128e3, 1), (150e3, 3)])
def test_voices_stay_whole_where_pictures_do_not_fit(rate: float, voices: int, seed: int) -> None:
    world = World(Link([(0.0, rate)], seed=seed), [Slot("v")], voices).run(60.0)
    loss, history = voice_loss(world, 3.0), world.slots["v"].history
    print(f"{rate / 1000:.0f} kbit/s, {voices} voices: lost {loss:.2%}, {world.down.probes} probes, {history}")
    assert loss < 0.005
    assert all(layer(world, "v", at) in (0, None) for at in range(4, 60))


@SEEDS
@pytest.mark.parametrize("lasting", [5, 60, 180])
def test_a_limit_costs_few_changes_and_is_forgotten_in_ten_seconds(lasting: int, seed: int) -> None:
    link = Link([(0.0, 2e6), (20.0, 300e3), (20.0 + lasting, 2e6)], seed=seed)
    world = World(link, [Slot("v")]).run(35.0 + max(lasting, 45))
    assert layer(world, "v", 19.9) == 2
    back, most = shown(world, "v", 2, 20.0 + lasting), max(changes(world, "v", at, at + 60) for at in range(20, 80))
    loss, later = voice_loss(world, 20.0, max(80.0, 20.0 + lasting)), voice_loss(world, 22.0, 20.0 + lasting)
    print(f"300 kbit/s for {lasting} s: lost {loss:.2%}, after 2 s {later:.2%}, {most} changes, back in {back:.1f} s")
    assert loss < 0.005
    assert later < 0.002
    assert most <= 3
    assert back < 10.0
    assert layer(world, "v", 20.0 + lasting + 10.0) == 2


@SEEDS
@pytest.mark.parametrize("rate", [128e3, 200e3, 500e3])
def test_other_limits(rate: float, seed: int) -> None:
    world = World(Link([(0.0, 2e6), (20.0, rate), (80.0, 2e6)], seed=seed), [Slot("v")]).run(100.0)
    back, often = shown(world, "v", 2, 80.0), changes(world, "v", 20.0, 80.0)
    print(f"{rate / 1000:.0f} kbit/s: lost {voice_loss(world, 22.0):.2%}, {often} changes, back after {back:.1f} s")
    assert voice_loss(world, 22.0) < 0.005
    assert often <= 3
    assert back < 10.0


@SEEDS
@pytest.mark.parametrize("loss", [0.02, 0.05, 0.10, 0.20])
def test_random_loss_is_not_congestion(loss: float, seed: int) -> None:
    world = World(Link([(0.0, 5e6)], loss=loss, seed=seed), [Slot("v")]).run(90.0)
    top = sum(layer(world, "v", at) == 2 for at in range(90))
    print(f"{loss:.0%} lost at random: {world.slots['v'].history}, top layer {top} of 90 s")
    assert layer(world, "v", 89.0) == 2
    assert changes(world, "v", 3.0) <= 6
    assert top > 65
    assert loss > 0.10 or all(layer(world, "v", at) is not None for at in range(90))


@SEEDS
@pytest.mark.parametrize("deaf", [True, False])
def test_three_seconds_of_nothing_change_nothing(deaf: bool, seed: int) -> None:
    world = World(Link([(0.0, 2e6)], blackouts=[(20.0, 23.0)], deaf=deaf, seed=seed), [Slot("v")]).run(45.0)
    print(f"key frame {shown(world, 'v', 2, 23.0):.2f} s after the blackout, voices lost {voice_loss(world, 23.0):.2%}")
    assert layer(world, "v", 19.0) == 2
    assert changes(world, "v", 19.0) == 0
    assert voice_loss(world, 23.0) == 0
    assert shown(world, "v", 2, 23.0) < 4.0


@SEEDS
def test_a_link_that_comes_back_narrow(seed: int) -> None:
    link = Link([(0.0, 2e6), (20.0, 300e3)], blackouts=[(20.0, 23.0)], seed=seed)
    world = World(link, [Slot("v")]).run(60.0)
    print(f"after the blackout: {world.slots['v'].history[2:]}, voices lost {voice_loss(world, 26.0):.2%}")
    assert all(layer(world, "v", at) != 2 for at in range(26, 60))
    assert voice_loss(world, 26.0) < 0.005


@SEEDS
def test_long_and_trembling_ways_are_not_congested(seed: int) -> None:
    world = World(Link([(0.0, 2e6)], delay_s=0.2, jitter_s=0.03, seed=seed), [Slot("v")]).run(120.0)
    print(f"200 ms, 30 ms jitter: {world.slots['v'].history}, {world.down.congestions} congestions")
    assert world.down.congestions == 0
    assert layer(world, "v", 6.0) == layer(world, "v", 119.0) == 2


@SEEDS
def test_many_pictures_are_protected_in_order(seed: int) -> None:
    slots = house()
    world = World(Link([(0.0, 1.2e6)], seed=seed), slots, voices=2).run(60.0)
    loss, most = voice_loss(world, 3.0), max(changes(world, slot.mid, 0.0, 60.0) for slot in slots)
    layers = [layer(world, slot.mid, 59.0) for slot in slots]
    print(f"1.2 Mbit/s, 17 pictures: {layers}, lost {loss:.2%}, at most {most} changes")
    assert loss < 0.005
    for at in range(60):
        sent = [layer(world, slot.mid, at) is not None for slot in slots]
        assert sent == sorted(sent, reverse=True)
        assert sent[0]
    assert sum(layer is not None for layer in layers) >= 5


def test_a_good_link_carries_everything_soon() -> None:
    slots = house()
    world = World(Link([(0.0, 20e6)]), slots, voices=3).run(20.0)
    last = max(slot.history[-1][0] for slot in slots)
    print(f"20 Mbit/s, 17 pictures: all at their best after {last:.1f} s, {world.down.probes} probes")
    assert all(layer(world, slot.mid, 19.0) == slot.want for slot in slots)
    assert last < 10.0


# --- single decisions ---

ONE = (Claim("v", 0, CAMERA, 2, 1),)


class Deaf(Downlink):
    """Knows no round trips."""

    def on_report(self, fraction_lost: float | None, now: float, rtt: float | None = None) -> None:
        super().on_report(fraction_lost, now)


@SEEDS
def test_round_trips_are_a_help_not_a_need(seed: int) -> None:
    link = Link([(0.0, 2e6), (20.0, 300e3), (60.0, 2e6)], seed=seed)
    world = World(link, [Slot("v")], down=Deaf()).run(90.0)
    assert voice_loss(world, 20.0) < 0.005
    assert layer(world, "v", 50.0) in (0, 1)
    assert layer(world, "v", 89.0) == 2


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


def test_a_quiet_receiver_costs_little() -> None:
    claims = [Claim(f"c{n}", n, CAMERA, 0 if n else 2, 0 if n else 2) for n in range(17)]
    down = Downlink(start_bps=10_000_000)
    best = inf
    for second in range(1, 200):
        down.sent(second * 400_000, float(second))
        down.on_report(0.0, float(second), 0.05)
        began = time.perf_counter()
        decision = down.decide(claims, float(second))
        best = min(best, time.perf_counter() - began)
        assert second < 5 or (decision.again_at == second + 1.0 and not decision.watch)
    print(f"a decision of a quiet receiver with 17 pictures: {best * 1e6:.0f} µs")
    assert best < 100e-6
