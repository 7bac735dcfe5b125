"""Three people who stay in one room while tests look at it: to gather them takes longer than most of what is tested."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.journeys.room import CHAIR, Guest, Room, gathered

SPEAKER, ANOTHER, VIEWER = CHAIR, "bambang", "maria"
ONE_VOICE = {"RAKOR_VOICE_SLOTS": "1"}  # whoever begins to speak takes it from the last one
LARGE = (1680, 1000)


@pytest.fixture(scope="package")
def three(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Two who flash and beep when they are told to, one of them without a camera; and one who looks on."""
    guests = [
        Guest(SPEAKER, camera=True, scripts=["flash.js"]),
        Guest(ANOTHER, scripts=["flash.js"]),
        Guest(VIEWER, scripts=["eyes.js"]),
    ]
    with gathered(playwright, tmp_path_factory.mktemp("together"), guests, ONE_VOICE) as room:
        yield room


@pytest.fixture
def room(three: Room) -> Iterator[Room]:
    """The viewer has a large window and wants everything; afterwards that is wanted again, and nobody speaks."""
    three.resize(VIEWER, LARGE)
    yield three
    for name in (SPEAKER, ANOTHER):
        three.flash(name, False)
    if three.mode(VIEWER) != "full":
        three.choose_mode(VIEWER, "Biasa")
