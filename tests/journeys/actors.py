"""People at their browsers: real Chromium, whose microphone says what it is given and whose camera plays a file.

Everything a person does goes through the page; what they saw and heard is read from `window.rakor` (diagnostics that
the page offers operators) and from the ears and the microphone put beside it.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.journeys.stage import PASSWORD
from tests.waiting import until

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


MARK = "rakor-actor"


@dataclass
class Actor:
    """One person at one browser."""

    name: str
    username: str
    browser: Browser
    context: BrowserContext
    page: Page

    @classmethod
    def launch(cls, playwright: Playwright, name: str, username: str, camera: Path | None = None) -> Actor:
        chromium = shutil.which("chromium")
        assert chromium, "Chromium is missing: `make setup-browser` installs it"
        # By this the browser's process is found again when it is to be killed.
        flags = [
            *FLAGS,
            f"--{MARK}={username or name}-{os.getpid()}",
            *([f"--use-file-for-fake-video-capture={camera}"] if camera else []),
        ]
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=flags)
        context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 760}, bypass_csp=True)
        for script in ("microphone.js", "ears.js"):
            context.add_init_script((HERE / script).read_text())
        context.set_default_timeout(30_000)
        return cls(name, username, browser, context, context.new_page())

    def sign_in(self, url: str) -> None:
        self.page.goto(f"{url}/masuk")
        self.page.get_by_label("Nama pengguna").fill(self.username)
        self.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk").click()
        expect(self.page.get_by_role("heading", name="Rapat", exact=True)).to_be_visible()

    def enter(self, url: str, meeting: str, camera: bool) -> None:
        """Go through the pre-join page into the room, microphone on."""
        self.page.goto(f"{url}/rapat/{meeting}")
        self.switch("mikrofon", True)
        self.switch("kamera", camera)
        self.page.get_by_role("button", name="Gabung Rapat").click()
        self.connected()

    def connected(self, within_s: float = 30) -> None:
        """Wait until sound and pictures flow."""
        self.page.wait_for_function("window.rakor?.connection === 'connected'", timeout=within_s * 1000)

    def switch(self, device: str, on: bool) -> None:
        """The button says what a press will do: `Nyalakan` or `Matikan`."""
        button = self.page.get_by_role("button", name=re.compile(f"(Nyalakan|Matikan) {device}"))
        if (button.get_attribute("aria-label") or "").startswith("Nyalakan") == on:
            button.click()

    # --- microphone ---

    def prepare(self, speech: npt.NDArray[np.int16]) -> None:
        """Give them what they will say: mono at 16 kHz."""
        self.page.evaluate("pcm => window.journey.prepare(pcm)", base64.b64encode(speech.tobytes()).decode())

    def speak_from(self, wall_ms: float) -> None:
        """Let the speech's first sample be heard by the page at `wall_ms`."""
        self.page.evaluate("wall => window.journey.begin(wall)", wall_ms)

    def spoke_from(self) -> float:
        """Wall clock (ms) at which the page really got the speech's first sample."""
        began = until(lambda: self.page.evaluate("window.journey.began()"), 30, f"{self.name} was not heard to begin")
        return float(began)

    # --- what they saw and heard ---

    def stats(self) -> dict[str, Any]:
        return dict(self.page.evaluate("window.rakor.stats()"))

    def heard(self) -> tuple[float, npt.NDArray[np.float64]]:
        """Wall clock (ms) of the first sample, and everything heard, 16 kHz."""
        ears = self.page.evaluate("window.ears()")
        pcm = np.frombuffer(base64.b64decode(ears["pcm"]), "<i2")
        return float(ears["wall"]), pcm.astype(np.float64) / 32768

    def kill(self) -> None:
        """End the browser as a power cut does. `close` is still to be called."""
        mark = f"--{MARK}={self.username or self.name}-{os.getpid()}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (process / "cmdline").read_bytes().split(b"\0")
                if mark in command and not any(each.startswith(b"--type=") for each in command):
                    os.kill(int(process.name), signal.SIGKILL)
                    return
        raise AssertionError(f"no browser of {self.name} runs")

    def close(self) -> None:
        self.context.close()
        self.browser.close()
