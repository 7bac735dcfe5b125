"""What keeps people out of a page, as far as a machine can tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

AXE = Path(__file__).parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"desk": (1280, 760), "phone": (360, 740)}


def examine(page: Page) -> None:
    """Nothing that automatic checks of accessibility find, and nothing wider than its screen."""
    page.wait_for_function("!document.querySelector('.button-main:disabled')")  # it asks for devices, or signs in
    assert page.title().endswith("Rakor Daring")
    width, screen = widths(page)
    assert width <= screen, "the page is wider than its screen"
    page.add_script_tag(path=AXE)
    found: dict[str, Any] = page.evaluate("rules => axe.run({ runOnly: rules })", RULES)
    told = [f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]
    assert not told, "\n".join(told)


def widths(page: Page) -> tuple[int, int]:
    """Of the page, and of its screen."""
    width, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return width, screen


def tab_to(page: Page, wanted: Locator, most: int = 150) -> None:
    """Reach something as who has no mouse does."""
    wanted.first.wait_for()
    for _ in range(most):
        if wanted.first.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def size(screen: str) -> Any:
    width, height = SCREENS[screen]
    return {"width": width, "height": height}
