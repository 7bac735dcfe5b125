"""Sound stays where it was said through two hours of sound cards that drift and clocks that are wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import repeat

import pytest

from media.reorder import Sound
from tests.media.office import PACKET_S, Office

HOURS = 2
PACKETS = int(HOURS * 3600 / PACKET_S)
OPUS_20_MS = b"\xf8\xff\xfe"
HOLDS_S = 0.15


@dataclass
class Ear:
    heard: list[float] = field(default_factory=list)
    longest_gap: float = 0.0
    _end: float = 0.0

    def take(self, sound: Sound) -> None:
        if self.heard:
            self.longest_gap = max(self.longest_gap, abs(sound.start - self._end))
        self.heard.append(sound.start)
        self._end = sound.end

    def idle(self, now: float) -> None: ...
    def close(self) -> None: ...


def seven_minutes_wrong(now: float) -> float:
    return 420.0


def set_in_the_middle(now: float) -> float:
    return -30.0 if now > HOURS * 1800 else 0.0


@pytest.mark.parametrize(
    ("drift", "wrong"), [(100e-6, seven_minutes_wrong), (100e-6, set_in_the_middle), (-100e-6, set_in_the_middle)]
)
def test_two_hours_without_a_pause(drift: float, wrong: Callable[[float], float]) -> None:
    ear = Ear()
    office = Office([ear], drift, wrong)
    office.talk(repeat(OPUS_20_MS, PACKETS))
    office.close()
    errors = [start - office.captured(number) for number, start in enumerate(ear.heard)]
    print(f"{min(errors):+.3f} to {max(errors):+.3f} s, longest seam {ear.longest_gap * 1000:.1f} ms")
    assert len(ear.heard) == PACKETS
    assert ear.heard == sorted(ear.heard)
    assert max(map(abs, errors)) < HOLDS_S
    assert ear.longest_gap < 0.01
