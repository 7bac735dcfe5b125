"""A newcomer's first run takes its time with packages."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.newcomer import Run, begin

CHECKOUT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """`make run` in a fresh clone; it may not answer yet."""
    clone = tmp_path_factory.mktemp("newcomer") / "rakor"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", CHECKOUT, clone], check=True)
    run = begin(clone)
    yield run
    run.stop()
