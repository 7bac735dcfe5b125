"""People in the lab: each at a browser of their own, at the end of a line of their own.

Whoever sits at Chromium is `tests.journeys.actors.Actor`; whoever sits at Firefox does the same through BiDi.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from tests.journeys.actors import FLAGS, Actor
from tests.journeys.stage import PASSWORD
from tests.network.bidi import Firefox
from tests.waiting import until


class Person(ABC):
    """What tests ask of a person, whatever the browser."""

    @abstractmethod
    def sign_in(self, url: str) -> None: ...

    @abstractmethod
    def enter(self, url: str, meeting: str, camera: bool) -> None:
        """Go through the pre-join page into the room, microphone on; returns when sound and pictures can flow."""

    @abstractmethod
    def switch(self, device: str, on: bool) -> None:
        """Press the button of `mikrofon` or `kamera`, if it is not `on` already or off already."""

    @abstractmethod
    def leave(self) -> None: ...

    @abstractmethod
    def read(self, expression: str) -> Any:
        """The value of a JavaScript expression, or of what it promises."""

    @abstractmethod
    def close(self) -> None:
        """End the browser. Idempotent."""


@dataclass
class AtChromium(Person):
    actor: Actor

    @classmethod
    def sits_down(
        cls,
        playwright: Playwright,
        program: str,
        username: str,
        home: Path,
        microphone: Path,
        camera: Path | None = None,
    ) -> AtChromium:
        """Start Chromium by `program`. Playwright speaks to it over a pipe, which no namespace cuts."""
        flags = [*FLAGS, f"--use-file-for-fake-audio-capture={microphone}"]
        flags += [f"--use-file-for-fake-video-capture={camera}"] if camera else []
        browser = playwright.chromium.launch(
            executable_path=program,
            headless=True,
            args=flags,
            env={**os.environ, "HOME": str(home)},
        )
        context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 760}, bypass_csp=True)
        context.set_default_timeout(30_000)
        return cls(Actor(username, username, browser, context, context.new_page()))

    def sign_in(self, url: str) -> None:
        self.actor.sign_in(url)

    def enter(self, url: str, meeting: str, camera: bool) -> None:
        self.actor.enter(url, meeting, camera)

    def switch(self, device: str, on: bool) -> None:
        self.actor.switch(device, on)

    def leave(self) -> None:
        self.actor.page.get_by_role("button", name="Tinggalkan Rapat").click()
        self.actor.page.get_by_role("heading", name="Anda telah meninggalkan rapat").wait_for()

    def read(self, expression: str) -> Any:
        return self.actor.page.evaluate(expression)

    def close(self) -> None:
        self.actor.close()


@dataclass
class AtFirefox(Person):
    """The microphone is Firefox's own tone, the camera its own picture."""

    username: str
    browser: Firefox

    def sign_in(self, url: str) -> None:
        self.browser.goto(f"{url}/masuk")
        self._await("input[name=password]")
        self._fill("input[name=username]", self.username)
        self._fill("input[name=password]", PASSWORD)
        self._press("Masuk")
        self._until("[...document.querySelectorAll('h1')].some(each => each.textContent === 'Rapat')")

    def enter(self, url: str, meeting: str, camera: bool) -> None:
        self.browser.goto(f"{url}/rapat/{meeting}")
        self._await("button.pre-join:not(:disabled)")
        self.switch("mikrofon", True)
        self.switch("kamera", camera)
        self._until("!!document.querySelector('button.pre-join:not(:disabled)')")
        self._press("Gabung Rapat")
        self._until("window.rakor?.connection === 'connected'")

    def switch(self, device: str, on: bool) -> None:
        word = "Nyalakan" if on else "Matikan"  # the button says what a press will do
        if self.read(f"!!{_button(f'{word} {device}')}"):
            self._press(f"{word} {device}")

    def leave(self) -> None:
        self._press("Tinggalkan Rapat")
        self._until("[...document.querySelectorAll('h1')].some(each => /meninggalkan/.test(each.textContent))")

    def read(self, expression: str) -> Any:
        return self.browser.evaluate(expression)

    def close(self) -> None:
        self.browser.close()

    def _press(self, name: str) -> None:
        """Press the button of this accessible name."""
        self._until(f"!!{_button(name)}")
        self.read(f"{_button(name)}.click()")

    def _fill(self, selector: str, text: str) -> None:
        self.read(
            f"(field => {{ field.value = '{text}'; field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})"
            f"(document.querySelector('{selector}'))"
        )

    def _await(self, selector: str) -> None:
        self._until(f"!!document.querySelector('{selector}')")

    def _until(self, expression: str) -> None:
        until(lambda: self.read(expression), 30, lambda: f"{expression}\n{self.read('document.body.innerText')}")


def _button(name: str) -> str:
    return (
        "[...document.querySelectorAll('button')].find(each => "
        f"(each.getAttribute('aria-label') ?? each.textContent).trim() === '{name}')"
    )
