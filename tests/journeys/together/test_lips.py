"""Whoever is seen speaking is heard speaking: a flash and a beep of one moment come together, whatever has changed.

Nothing is taken off for measuring: where one Chromium sends such a pair to itself, eyes.js finds the beep between 10 ms
before and 50 ms behind the flash, most often 25 ms behind.
"""

from __future__ import annotations

import statistics

import pytest
from playwright.sync_api import expect

from tests.journeys.room import Room
from tests.journeys.together.conftest import ANOTHER, SPEAKER, VIEWER
from tests.waiting import until

PAIRS = 8  # after a change browsers take some seconds to bring both together again
APART_MS = 100
PAIR_WITHIN_MS = 500  # flashes are 1,200 ms apart
WITHIN_S = 20.0
SMALL = (420, 420)

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module", autouse=True)
def _eyes(three: Room) -> None:
    """The viewer's eyes are on the speaker's picture."""
    page, seat = three.page(VIEWER), three.seat(SPEAKER)
    expect(page.locator(f"[data-seat='{seat}'] video")).to_be_visible(timeout=WITHIN_S * 1000)
    page.evaluate("seat => window.eyes.watch(seat)", seat)


def test_words_come_with_the_lips(room: Room) -> None:
    judge(room, "at first")


def test_and_do_so_in_another_layer(room: Room) -> None:
    before = lines(room)
    room.resize(VIEWER, SMALL)
    until(lambda: 0 < lines(room) < before, WITHIN_S, lambda: f"{lines(room)} lines, as before")
    judge(room, "in another layer")


def test_and_after_somebody_else_has_spoken(room: Room) -> None:
    room.flash(ANOTHER, True)
    until(lambda: room.seat(ANOTHER) in heard(room), WITHIN_S, "somebody else was never heard")
    room.flash(ANOTHER, False)
    room.flash(SPEAKER, True)
    until(lambda: room.seat(SPEAKER) in heard(room), WITHIN_S, "the speaker was never heard again")
    judge(room, "after somebody else")


def judge(room: Room, when: str) -> None:
    room.flash(SPEAKER, True)
    past = room.seen(VIEWER)
    apart = until(lambda: enough(pairs(past, room.seen(VIEWER))), WITHIN_S, lambda: f"{past} {room.seen(VIEWER)}")
    room.flash(SPEAKER, False)
    print(f"{when}: beeps {statistics.median(apart):.0f} ms behind flashes; each: {[round(each) for each in apart]}")
    assert abs(statistics.median(apart)) <= APART_MS


def pairs(past: dict[str, list[float]], now: dict[str, list[float]]) -> list[float]:
    """How long after each flash since `past` its beep came, in ms; a flash without one is left out."""
    flashes, beeps = (now[what][len(past[what]) :] for what in ("flashes", "beeps"))
    nearest = [min((beep - flash for beep in beeps), key=abs) for flash in flashes if beeps]
    return [apart for apart in nearest if abs(apart) < PAIR_WITHIN_MS]


def enough(apart: list[float]) -> list[float] | None:
    return apart if len(apart) >= PAIRS else None


def heard(room: Room) -> set[str]:
    """The seats that fill voice slots of the viewer."""
    slots = room.page(VIEWER).evaluate("window.rakor.slots")
    return {slot["seat"] for slot in slots if slot["kind"] == "mic"}


def lines(room: Room) -> int:
    """Lines of the speaker's picture, as the viewer's browser decodes it."""
    return max((int(row["frameHeight"]) for row in room.rows(VIEWER, "inbound", "video", of=SPEAKER)), default=0)
