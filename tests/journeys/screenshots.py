"""`make screenshots`: a whole meeting, pictured at a desk's and a phone's size, in Indonesian.

Each state is also examined for barriers, at both sizes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.journeys.barriers import examine
from tests.journeys.stage import Stage
from tests.journeys.story import tell

SIZES = {"desk": (1366, 768), "phone": (390, 844)}
USUAL = {"width": 1280, "height": 760}


class Camera:
    """Each state once at each size, numbered in the order in which they came."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._taken = folder, list[str]()
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()

    def __call__(self, page: Page, name: str) -> None:
        if name in self._taken:
            return
        self._taken.append(name)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            examine(page)
            page.screenshot(path=self._folder / f"{len(self._taken):02}-{name}-{size}.png")
        page.set_viewport_size(USUAL)  # type: ignore[arg-type]


def main(folder: Path) -> None:
    camera = Camera(folder)
    with tempfile.TemporaryDirectory(prefix="rakor-") as data, sync_playwright() as playwright:
        stage = Stage(Path(data))
        stage.start()
        try:
            tell(stage, playwright, camera)
        finally:
            stage.stop()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
