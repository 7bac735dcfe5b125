"""A room that is kept open while tests look at it: who is there, what they get, and how they want it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Page, Playwright

from tests.journeys.actors import HERE, Actor
from tests.journeys.play import MEETING
from tests.journeys.stage import Stage

CHAIR = "ratna"


@dataclass(frozen=True)
class Guest:
    """Who comes. `scripts`: what is put into their page beforehand."""

    username: str
    camera: bool = False
    scripts: Sequence[str] = ()


@dataclass
class Room:
    """A meeting that runs. People by user name, the chair among them or not."""

    operator: httpx2.Client  # signed in as the chair once: a password costs a fifth of a second of work
    people: dict[str, Actor]

    def page(self, name: str) -> Page:
        return self.people[name].page

    def seat(self, name: str) -> str:
        return str(self.page(name).evaluate("window.rakor.seat"))

    def counters(self, name: str) -> dict[str, Any]:
        """What the media plane counts of one person's connection."""
        peer = self.page(name).evaluate("window.rakor.peer")
        return dict(self.operator.get(f"/api/v1/meetings/{MEETING}/media").json()["peers"][peer])

    def rows(self, name: str, side: str, kind: str, of: str | None = None) -> list[dict[str, Any]]:
        """Rows of `window.rakor.stats()`: `side` is `inbound` or `outbound`; `of`: of this person's media only."""
        seat = self.seat(of) if of else None
        rows = self.people[name].stats()[side]
        return [row for row in rows if row["kind"] == kind and (seat is None or row["seat"] == seat)]

    def mode(self, name: str) -> str:
        """`full`, `saving` or `audio`."""
        return str(self.page(name).evaluate("window.rakor.mode"))

    def choose_mode(self, name: str, mode: str) -> None:
        """Through the dialog, as people do it."""
        page = self.page(name)
        page.get_by_role("button", name="Mode hemat data").click()
        page.get_by_role("radio", name=mode, exact=True).check()
        page.keyboard.press("Escape")

    def flash(self, name: str, on: bool) -> None:
        """Whoever came with flash.js: flash and beep, or sit there in silence."""
        self.page(name).evaluate("on => window.flash(on)", on)

    def seen(self, name: str) -> dict[str, list[float]]:
        """Whoever came with eyes.js: when they saw `flashes` and heard `beeps`, ms by their page's clock."""
        return dict(self.page(name).evaluate("window.eyes.seen()"))

    def resize(self, name: str, size: tuple[int, int]) -> None:
        self.page(name).set_viewport_size({"width": size[0], "height": size[1]})


@contextmanager
def gathered(
    playwright: Playwright, folder: Path, guests: Sequence[Guest], settings: dict[str, str] | None = None
) -> Iterator[Room]:
    """Everybody in the room, connected, on a server of their own with `settings`."""
    with ExitStack() as after:
        stage = Stage(folder / "data", settings or {})
        after.callback(stage.stop)
        stage.start()
        operator = after.enter_context(stage.client(CHAIR))
        assert operator.post(f"/api/v1/meetings/{MEETING}/open").status_code == 200
        people = {}
        for guest in guests:
            people[guest.username] = actor = Actor.launch(playwright, guest.username, guest.username)
            after.callback(actor.close)
            for each in guest.scripts:
                actor.context.add_init_script((HERE / each).read_text())
            actor.sign_in(stage.url)
            actor.enter(stage.url, MEETING, camera=guest.camera)
        yield Room(operator, people)
