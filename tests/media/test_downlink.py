"""What one receiver gets on a bad link: whole calls in virtual time (`-rP`: their figures)."""

from __future__ import annotations

from math import inf

import pytest

from media.downlink import Downlink
from tests.media.link import Link
from tests.media.receiving import SCREEN, Slot, World

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
