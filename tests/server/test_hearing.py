from __future__ import annotations

import pytest

from server.hearing import Progress


@pytest.mark.parametrize(
    ("came", "heard", "drafted", "state", "behind"),
    [
        (10.0, 9.0, None, "ready", 0),
        (10.0, 1.0, None, "slow", 0),
        (10.0, 1.0, 9.0, "ready", 0),
        (60.0, 0.0, 59.0, "behind", 60),
        (44.0, 0.0, 1.0, "slow", 0),
    ],
)
def test_how_text_is_doing(came: float, heard: float, drafted: float | None, state: str, behind: float) -> None:
    progress = Progress()
    progress.came("a", 0.0, came)
    progress.heard("a", heard)
    if drafted is not None:
        progress.drafted("a", drafted)
    told = progress.state(ready=True)
    assert (told.state, told.behind) == (state, behind)
    assert progress.state(ready=False).state == "starting"


def test_a_track_that_is_gone_holds_nobody_up() -> None:
    progress = Progress()
    progress.came("a", 0.0, 100.0)
    progress.came("b", 90.0, 99.0)
    progress.forget("a")
    assert progress.behind_s == 9.0
