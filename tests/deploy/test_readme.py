"""The README tells the truth: its commands exist, its settings are all the settings, its pictures are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.settings import Settings

CHECKOUT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def readme() -> str:
    return (CHECKOUT / "README.md").read_text()


def test_every_make_target_it_names_exists(readme: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z][a-z-]+)\b", readme))
    assert {"run", "test", "setup", "check"} <= named
    assert named <= targets


def test_it_lists_every_setting(readme: str) -> None:
    listed = set(re.findall(r"^\| `RAKOR_([A-Z_]+)`", readme, re.MULTILINE))
    assert listed == {name.upper() for name in Settings.model_fields}


def test_its_pictures_and_links_exist(readme: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", readme) if "://" not in link]
    assert links
    assert [link for link in links if not (CHECKOUT / link).exists()] == []
