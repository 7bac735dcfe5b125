"""The browsers' driver, and the one full meeting that many journeys look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.journeys import play
from tests.journeys.script import script
from tests.journeys.stage import Stage


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


# Neither fixture outlives this package: the driver runs an event loop in the main thread, and tests that bring a loop
# of their own could not run beside it.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@dataclass
class Held:
    """A meeting that is over, on a server that still runs."""

    stage: Stage
    played: play.Played


@pytest.fixture(scope="package")
def held(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The whole script, held by four people."""
    folder = tmp_path_factory.mktemp("meeting")
    stage = Stage(folder / "data")
    stage.start()
    try:
        yield Held(stage, play.hold(stage, playwright, script(), folder / "devices"))
    finally:
        stage.stop()
