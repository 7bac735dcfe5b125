"""One shared screen for the room: who sees it and how sharply, who may take it, and how the stage is left behind."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.play import NAMES
from tests.journeys.room import CHAIR, Room
from tests.journeys.together.conftest import ANOTHER as SHARER
from tests.journeys.together.conftest import VIEWER
from tests.waiting import until

LINES = 1080
FIRST_WITHIN_S, WITHIN_S = 20.0, 12.0
SHARE, STOP = "Bagikan layar", "Hentikan berbagi"
SAVING_FRAMES_PER_S = (3, 6)

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module", autouse=True)
def _no_cameras(three: Room) -> None:
    """Screens are what is looked at; faces would cost the machine as much again."""
    three.people[CHAIR].switch("kamera", False)


@pytest.fixture
def room(room: Room) -> Iterator[Room]:
    """A participant shares their screen, and another sees all of it; afterwards nobody shares."""
    press(room, SHARER, SHARE)
    wait_for_screen(room, VIEWER, SHARER)
    yield room
    for name in room.people:
        button = room.page(name).get_by_role("button", name=STOP)
        if button.is_visible():
            button.click()
    for name in room.people:
        expect(figure(room, name)).to_have_count(0)


def test_a_shared_screen_is_seen_sharp_and_under_its_name(room: Room) -> None:
    shown = figure(room, VIEWER)
    expect(shown).to_have_attribute("aria-label", re.compile(rf"^Layar \[KPU RI\] {NAMES[SHARER]}"))
    assert picture(room)["frameHeight"] >= LINES
    expect(room.page(SHARER).get_by_text("Anda sedang membagikan layar")).to_be_visible()
    expect(figure(room, SHARER)).to_have_count(0)


def test_its_sound_is_heard_where_the_source_has_any(room: Room) -> None:
    expect(room.page(SHARER).get_by_text("Suara komputer ikut terdengar.")).to_be_visible()
    before = sound(room)
    until(lambda: sound(room) >= before + 50, WITHIN_S, "no second of the screen's sound came")


def test_saving_keeps_the_lines_and_gives_up_frames(room: Room) -> None:
    until(lambda: layer(room) == 1, FIRST_WITHIN_S, lambda: f"{slot(room, 'screen')}; {room.counters(SHARER)['up']}")
    frames_per_s = {"Biasa": rate(room)}
    room.choose_mode(VIEWER, "Hemat")
    until(lambda: layer(room) == 0, WITHIN_S, lambda: f"{slot(room, 'screen')}; {room.counters(SHARER)['up']}")
    frames_per_s["Hemat"] = rate(room)
    lines = picture(room)["frameHeight"]
    print(frames_per_s, lines)
    assert lines >= LINES
    assert SAVING_FRAMES_PER_S[0] <= frames_per_s["Hemat"] <= SAVING_FRAMES_PER_S[1]
    # Fifteen where three browsers find two quick cores, seven on slow ones.
    assert frames_per_s["Biasa"] > 1.2 * frames_per_s["Hemat"]


def test_a_second_screen_is_refused_and_the_first_goes_on(room: Room) -> None:
    press(room, VIEWER, SHARE)
    refusal = re.compile(rf"{NAMES[SHARER]} .*sedang membagikan layar\. Minta ia berhenti")
    expect(room.page(VIEWER).get_by_text(refusal)).to_be_visible()
    expect(room.page(VIEWER).get_by_role("button", name=SHARE)).to_be_visible()
    wait_for_screen(room, VIEWER, SHARER)


def test_the_chair_takes_over(room: Room) -> None:
    press(room, CHAIR, SHARE)
    expect(room.page(SHARER).get_by_text("Layar Anda tidak dibagikan lagi")).to_be_visible()
    expect(room.page(SHARER).get_by_role("button", name=SHARE)).to_be_visible()
    for name in (SHARER, VIEWER):
        wait_for_screen(room, name, CHAIR)


def test_stopping_gives_the_stage_back(room: Room) -> None:
    def stage_width() -> float:
        box = room.page(VIEWER).locator(f"figure[data-seat='{room.seat(CHAIR)}']").bounding_box()
        return box["width"] if box else 0.0

    beside = stage_width()
    press(room, SHARER, STOP)
    expect(figure(room, VIEWER)).to_have_count(0)
    until(lambda: stage_width() > beside, WITHIN_S, "the tiles stayed as small as beside a screen")
    expect(room.page(SHARER).get_by_text("Anda sedang membagikan layar")).to_have_count(0)


def press(room: Room, name: str, button: str) -> None:
    room.page(name).get_by_role("button", name=button).click()


def figure(room: Room, name: str) -> Locator:
    return room.page(name).locator("figure[data-screen]")


def wait_for_screen(room: Room, name: str, sharer: str) -> None:
    """Until `name` sees the screen of `sharer`, and new frames of it."""
    expect(figure(room, name)).to_have_attribute("data-screen", room.seat(sharer))
    expect(figure(room, name).locator("video")).to_be_visible(timeout=FIRST_WITHIN_S * 1000)
    before = frames(room, name, sharer)
    until(lambda: frames(room, name, sharer) >= before + 3, FIRST_WITHIN_S, f"{name} sees no frames of {sharer}")


def frames(room: Room, name: str, sharer: str) -> int:
    """Frames shown as the screen of `sharer`, since `name` entered."""
    return int(room.people[name].stats()["screens"].get(room.seat(sharer), 0))


def picture(room: Room) -> dict[str, Any]:
    """The row of the shared screen, as the viewer's browser decodes it."""
    mid, _ = slot(room, "screen")
    (row,) = [row for row in room.rows(VIEWER, "inbound", "video") if row["mid"] == mid]
    return row


def rate(room: Room, frames: int = 15) -> float:
    """Frames of it that are decoded in a second, over so many."""
    began, before = time.monotonic(), int(picture(room)["framesDecoded"])
    until(lambda: picture(room)["framesDecoded"] >= before + frames, WITHIN_S, "the picture stands still")
    after, seconds = int(picture(room)["framesDecoded"]), time.monotonic() - began
    return round((after - before) / seconds, 1)


def sound(room: Room) -> int:
    """Packets of the screen's sound that the viewer's browser has received."""
    mid, _ = slot(room, "screen_audio")
    return sum(row["packetsReceived"] for row in room.rows(VIEWER, "inbound", "audio") if row["mid"] == mid)


def layer(room: Room) -> int | None:
    """Which layer of the screen the server sends to the viewer."""
    _, counted = slot(room, "screen")
    return None if counted["layer"] is None else int(counted["layer"])


def slot(room: Room, kind: str) -> tuple[str, dict[str, Any]]:
    """The viewer's one slot for screens, or for their sound, and what the server counts of it."""
    (found,) = [(mid, row) for mid, row in room.counters(VIEWER)["down"].items() if row["kind"] == kind]
    return found
