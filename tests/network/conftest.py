"""A network for this package, and the meeting that is held over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.network.lab import Lab
from tests.network.measures import flow
from tests.network.venue import MEETING, Guest, Venue

FLOWS_WITHIN_S = 20.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "network" in item.path.parts:
            item.add_marker(pytest.mark.journey)


# None of these outlives this package: the driver runs an event loop in the main thread, and tests that bring a loop of
# their own could not run beside it.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def lab() -> Iterator[Lab]:
    with Lab() as made:
        yield made


@pytest.fixture(scope="package")
def venue(lab: Lab, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    made = Venue(lab, tmp_path_factory.mktemp("venue"), playwright)
    try:
        made.open()
        yield made
    finally:
        made.close()


@dataclass(frozen=True)
class Meeting:
    """Three people in Chromium, talking all the time. `colleague` has no camera. Tests make `traveller`'s line bad."""

    venue: Venue
    host: Guest
    traveller: Guest
    colleague: Guest

    @property
    def both(self) -> tuple[Guest, Guest]:
        """The two with cameras."""
        return self.host, self.traveller


@pytest.fixture(scope="package")
def _gathered(venue: Venue) -> Meeting:
    host, traveller, colleague = (venue.invite(name) for name in ("ratna", "bambang", "maria"))
    for guest in (host, traveller, colleague):
        guest.person.enter(venue.url, MEETING, camera=guest is not colleague)
    return Meeting(venue, host, traveller, colleague)


@pytest.fixture
def meeting(_gathered: Meeting) -> Iterator[Meeting]:
    """The meeting as it is while every line is good; and afterwards it is so again."""
    flow(FLOWS_WITHIN_S, *_gathered.both)
    yield _gathered
    _gathered.traveller.line.heal()
