"""Which of the two loops sends, and what is no loop of ours."""

from __future__ import annotations

import ctypes.util
from pathlib import Path

import pytest

from media.engine import make_engine
from media.fanout_c import CEngine
from media.fanout_python import PythonEngine


def test_a_library_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        CEngine({}, tmp_path / "nowhere.so")
    other = ctypes.util.find_library("c")
    assert other is not None
    with pytest.raises(OSError, match="another version"):
        CEngine({}, Path(other))


def test_the_loop_is_chosen(library: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    nowhere, broken = tmp_path / "nowhere.so", tmp_path / "broken.so"
    broken.write_bytes(b"not a library")
    assert isinstance(make_engine("python", {}, library), PythonEngine)
    assert isinstance(make_engine("c", {}, library), CEngine)
    assert isinstance(make_engine("auto", {}, library), CEngine)
    assert isinstance(make_engine("auto", {}, nowhere), PythonEngine)
    assert caplog.records == []
    assert isinstance(make_engine("auto", {}, broken), PythonEngine)
    assert "cannot be loaded" in caplog.text
    with pytest.raises(OSError, match="nowhere"):
        make_engine("c", {}, nowhere)
