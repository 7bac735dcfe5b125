from __future__ import annotations

from pathlib import Path

import pytest

from minutes.speech.engines.loading import load_engine
from minutes.speech.ports import Engine


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory; the weights are put together in it once for all tests."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def whisper(data: Path) -> Engine:
    return load_engine("faster_whisper", "", data)
