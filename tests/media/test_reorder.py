"""Sound in order and in its place, through loss, mute and delay."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from media.ports import Packet
from media.reorder import OrderedSink, Sound
from media.rtp.clock import SourceClock
from tests.media.packets import rtp

OPUS_20_MS = b"\xf8\xff\xfe"


@dataclass
class Ear:
    heard: list[Sound] = field(default_factory=list)
    idle_at: list[float] = field(default_factory=list)
    closed: bool = False

    def take(self, sound: Sound) -> None:
        self.heard.append(sound)

    def idle(self, now: float) -> None:
        self.idle_at.append(now)

    def close(self) -> None:
        self.closed = True


@dataclass
class Microphone:
    """Packets with their source's clock; meeting time is monotonic time plus 1000."""

    ear: Ear = field(default_factory=Ear)
    clock: SourceClock = field(default_factory=lambda: SourceClock(48_000))

    def __post_init__(self) -> None:
        self.sink = OrderedSink(self.clock, lambda now: now + 1000, [self.ear])

    def send(self, index: int, arrival: float) -> None:
        data = rtp(index, index * 960, OPUS_20_MS)
        self.clock.observe(index * 960, arrival)
        self.sink.write(Packet(data, index, index * 960, False, 12, len(data), arrival))

    def talk(self, first: int, last: int, begins: float, but: int | None = None) -> None:
        for index in range(first, last):
            if index != but:
                self.send(index, begins + (index - first) * 0.02)

    def starts(self) -> list[float]:
        return [sound.start for sound in self.ear.heard]


def test_the_last_words_before_a_mute_are_not_kept_until_the_next() -> None:
    microphone = Microphone()
    microphone.talk(0, 100, 100.0, but=90)
    microphone.sink.tick(102.0)
    assert len(microphone.ear.heard) == 90
    microphone.sink.tick(103.2)
    assert len(microphone.ear.heard) == 99
    assert microphone.ear.idle_at == [1102.0, 1103.2]
    assert microphone.starts()[-1] == pytest.approx(1000 + 100 + 99 * 0.02, abs=0.01)


def test_what_waited_through_a_mute_stands_where_it_was_said() -> None:
    microphone = Microphone()
    microphone.talk(0, 100, 100.0, but=90)
    microphone.talk(100, 150, 160.0)
    microphone.sink.tick(161.5)
    before, after = microphone.starts()[:99], microphone.starts()[99:]
    assert before[-1] == pytest.approx(1000 + 100 + 99 * 0.02, abs=0.01)
    assert after[0] == pytest.approx(1160, abs=0.01)


def test_a_network_that_held_its_breath_moves_nobody_in_time() -> None:
    microphone = Microphone()
    microphone.talk(0, 100, 100.0)
    for index in range(100, 200):  # two seconds of sound, all at once
        microphone.send(index, 104.0 + (index - 100) * 0.0002)
    microphone.talk(200, 300, 104.04)
    microphone.sink.close()
    assert microphone.starts() == pytest.approx([1100 + index * 0.02 for index in range(300)], abs=0.05)
    assert microphone.ear.closed


def test_a_reader_that_fails_is_left_out_and_the_other_goes_on() -> None:
    class Broken(Ear):
        def take(self, sound: Sound) -> None:
            raise OSError("no space left on device")

    clock, good = SourceClock(48_000), Ear()
    microphone = Microphone(good, clock)
    microphone.sink = OrderedSink(clock, lambda now: now, [Broken(), good])
    microphone.talk(0, 10, 1.0)
    microphone.sink.tick(1.25)
    assert len(good.heard) == 10
