from __future__ import annotations

import os
from pathlib import Path

from media.memory import give_back

PACKETS, SIZE = 20_000, 1_200


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_what_a_crowd_held_is_given_back_though_what_came_after_it_lives_on() -> None:
    packets = [bytes([1]) * SIZE for _ in range(PACKETS)]
    lives_on = packets[-1]
    packets.clear()
    before = resident()
    give_back()
    assert before - resident() > PACKETS * SIZE / 2
    assert len(lives_on) == SIZE
