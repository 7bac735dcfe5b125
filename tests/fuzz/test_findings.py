"""Everything that fuzzing ever found, and good input: all of it must be taken in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).parent.parent / "data" / "fuzz"


@pytest.mark.parametrize("name", TARGETS)
def test_good_input_and_its_ends_are_taken(name: str) -> None:
    for seed in seeds(name):
        for end in {*range(0, len(seed), max(1, len(seed) // 50)), len(seed)}:
            TARGETS[name](seed[:end])


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_found_is_taken(name: str) -> None:
    for path in sorted((FOUND / name).glob("*")):
        TARGETS[name](path.read_bytes())
