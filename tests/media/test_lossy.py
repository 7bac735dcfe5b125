"""A room over bad links, in virtual time and without a socket: what is recorded, heard and seen.

The same conditions are tried with real browsers and real packets in tests/network.
"""

from __future__ import annotations

import pytest

from tests.media.browser import LAYERS, Browser
from tests.media.inprocess import World
from tests.media.link import Link

MINUTE = 60.0


def talk(world: World, speaker: Browser, until: float, camera: bool = True) -> None:
    world.at(0.1, lambda now: speaker.speak(until, now))
    if camera:
        world.at(0.1, lambda now: speaker.film(until, now))


async def test_ten_percent_loss_on_the_uplink_leaves_the_recording_whole() -> None:
    world = World()
    maria = world.browser("maria", up=Link(loss=0.10, jitter_s=0.01))
    talk(world, maria, 2 * MINUTE, camera=False)
    world.run(2 * MINUTE + 2)
    starts = world.recordings["maria"].starts
    missing = 1 - len(starts) / maria.sent_voices
    print(f"recording: {len(starts)} of {maria.sent_voices} frames, {missing:.4%} missing, {maria.resent} sent again")
    assert missing < 0.001
    assert maria.resent > maria.sent_voices * 0.08
    assert starts == sorted(starts)


async def test_ten_percent_loss_on_the_downlink_is_hardly_heard() -> None:
    world = World()
    maria, wulan = world.browser("maria"), world.browser("wulan", down=Link(loss=0.10, jitter_s=0.01))
    talk(world, maria, MINUTE)
    world.run(MINUTE)
    concealed = wulan.concealed(2.0, MINUTE - 2, 0.3)
    print(f"heard with {concealed:.3%} concealed, {wulan.nacked} NACKs")
    assert concealed < 0.01
    assert wulan.nacked > 200
    top = [layer for at, _, layer in wulan.shown if at > 40]
    print(f"pictures behind the 40th second: {len(top)}, of the top layer {sum(layer == 2 for layer in top)}")
    assert sum(layer == 2 for layer in top) > 0.5 * len(top) > 0


async def test_a_browser_that_never_asks_for_sound_again_gets_it_twice() -> None:
    world = World()
    maria, wulan = world.browser("maria"), world.browser("wulan", down=Link(loss=0.10))
    wulan.asks_for_sound = False
    talk(world, maria, MINUTE, camera=False)
    world.run(MINUTE)
    before, after = wulan.concealed(0.0, 1.0, 0.3), wulan.concealed(4.0, MINUTE - 2, 0.3)
    print(f"{before:.2%} concealed in the first second, {after:.2%} later")
    assert after < 0.02


@pytest.mark.parametrize("side", ["up", "down"])
async def test_after_a_blackout_sound_and_pictures_are_back(side: str) -> None:
    world = World()
    dark = Link(blackouts=[(20.0, 23.0)])
    maria = world.browser("maria", up=dark if side == "up" else None)
    wulan = world.browser("wulan", down=dark if side == "down" else None)
    talk(world, maria, 40.0)
    world.run(40.0)
    (voice,) = wulan.voices
    again = min(at for index, at in voice.came.items() if at > 23.0) - 23.0
    seen = min(at for at, _, _ in wulan.shown if at > 23.0) - 23.0
    print(f"{side}: sound after {again:.2f} s, a whole picture after {seen:.2f} s")
    assert again < 2.0
    assert seen < 4.0


async def test_at_128_kbit_sound_stays_whole_while_pictures_give_way() -> None:
    world = World()
    maria = world.browser("maria")
    wulan = world.browser("wulan", down=Link(steps=[(0.0, 2e6), (20.0, 128e3)]))
    talk(world, maria, 2 * MINUTE)
    world.run(2 * MINUTE)
    before = {layer for at, _, layer in wulan.shown if 12 < at < 20}
    after = {layer for at, _, layer in wulan.shown if at > 60}
    concealed = wulan.concealed(23.0, 2 * MINUTE - 2, 0.5)
    print(f"layers before {before}, after {after}; {concealed:.3%} concealed")
    assert 2 in before
    assert 2 not in after
    assert 1 not in after
    assert concealed < 0.01


@pytest.mark.parametrize(("queue_s", "share"), [(0.1, 0.5), (0.3, 0.75)])
async def test_a_line_that_bears_a_voice_and_not_quite_a_picture_bears_the_voice(queue_s: float, share: float) -> None:
    """What the picture makes voices lose must not be taken for what a radio link loses anyhow."""
    world = World()
    maria = world.browser("maria")
    wulan = world.browser("wulan", down=Link(steps=[(0.0, 2e6), (20.0, 150e3)], queue_s=queue_s))
    talk(world, maria, 80.0)
    world.run(80.0)
    (voice,) = wulan.voices
    heard = [sum(begin <= at < begin + 1 for at in voice.came.values()) for begin in range(24, 78)]
    whole = sum(count >= 49 for count in heard) / len(heard)
    print(f"{whole:.0%} of the seconds with every packet of the voice")
    assert whole > share


async def test_a_step_to_300_kbit_changes_layers_thrice_at_most_and_is_forgotten_ten_seconds_after() -> None:
    world = World()
    maria = world.browser("maria")
    wulan = world.browser("wulan", down=Link(steps=[(0.0, 3e6), (30.0, 300e3), (95.0, 3e6)]))
    talk(world, maria, 120.0)
    world.run(30.0)
    slot = next(mid for mid, down in world.stats("wulan")["down"].items() if down["layer"] == 2)
    changes = world.stats("wulan")["down"][slot]["layer_changes"]
    world.run(90.0)
    during = world.stats("wulan")["down"][slot]["layer_changes"] - changes
    world.run(105.0)
    print(f"{during} changes in 60 s, layer ten seconds after: {world.stats('wulan')['down'][slot]['layer']}")
    assert during <= 3
    assert world.stats("wulan")["down"][slot]["layer"] == len(LAYERS) - 1
    assert wulan.concealed(33.0, 90.0, 0.5) < 0.01


async def test_delay_and_jitter_are_no_congestion() -> None:
    world = World()
    maria = world.browser("maria", up=Link(delay_s=0.2, jitter_s=0.03))
    wulan = world.browser("wulan", down=Link(delay_s=0.2, jitter_s=0.03))
    talk(world, maria, MINUTE)
    world.run(MINUTE)
    late = [layer for at, _, layer in wulan.shown if at > 30]
    print(f"top layer {sum(layer == 2 for layer in late)} of {len(late)} pictures")
    assert sum(layer == 2 for layer in late) > 0.95 * len(late) > 0
    assert wulan.concealed(5.0, MINUTE - 2, 0.5) < 0.01
