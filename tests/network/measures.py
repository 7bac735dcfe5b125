"""What happened at one person's browser between two looks at `window.rakor.stats()`. Pure, up to `look_over`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from tests.network.venue import Guest
from tests.waiting import until

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Two looks and what lies between them. `seconds` by the tests' clock."""

    before: dict[str, Any]
    after: dict[str, Any]
    seconds: float

    def grown(self, side: str, kind: str, name: str, seat: str | None = None) -> float:
        """How much a counter grew, over all streams of `side` (`inbound`, `outbound`) and `kind`, or one seat's."""
        return _sum(self.after, side, kind, name, seat) - _sum(self.before, side, kind, name, seat)

    def concealed(self, seat: str | None = None) -> float:
        """The share of sound that was made up, silence left aside: 0 to 1. Slots that play nothing do not count."""
        heard = made_up = 0.0
        before = {row["mid"]: row for row in self.before["inbound"]}
        for row in self.after["inbound"]:
            earlier = before.get(row["mid"], dict.fromkeys(row, 0))
            grown = {key: row[key] - earlier[key] for key in SOUND}
            if row["kind"] == "audio" and grown["packetsReceived"] and seat in (None, row["seat"]):
                heard += grown["totalSamplesReceived"]
                made_up += grown["concealedSamples"] - grown["silentConcealedSamples"]
        assert heard, "nothing was heard at all"
        return made_up / heard

    @property
    def whole(self) -> bool:
        return sound_is_back(self) and self.concealed() < WHOLE

    def frames(self, seat: str | None = None) -> float:
        """Pictures decoded a second."""
        return self.grown("inbound", "video", "framesDecoded", seat) / self.seconds

    def wait_s(self) -> float:
        """How long sound waited before it was played."""
        emitted = self.grown("inbound", "audio", "jitterBufferEmittedCount")
        return self.grown("inbound", "audio", "jitterBufferDelay") / max(1.0, emitted)

    def kbit_down(self) -> float:
        return (
            sum(self.grown("inbound", kind, "bytesReceived") for kind in ("audio", "video")) * 8 / 1000 / self.seconds
        )


SETTLE_S, WHOLE = 1.5, 0.005
SOUND = ("packetsReceived", "totalSamplesReceived", "concealedSamples", "silentConcealedSamples")


def look_over(seconds: float, *guests: Guest) -> tuple[Stretch, ...]:
    """Let time pass while `guests` sit there, and tell what it brought each of them."""
    before = [(time.monotonic(), guest.stats()) for guest in guests]
    lapse(seconds)
    looks = zip(guests, before, strict=True)
    return tuple(Stretch(stats, guest.stats(), time.monotonic() - began) for guest, (began, stats) in looks)


def lapse(seconds: float) -> None:
    """Let a meeting go on for so long."""
    due = time.monotonic() + seconds
    until(lambda: time.monotonic() >= due, seconds + 30, "time stood still")


class Watch:
    """Looks after people from this moment on, however long one of them takes."""

    def __init__(self, *guests: Guest) -> None:
        self._before = [(guest, guest.stats()) for guest in guests]
        self._began = time.monotonic()

    def seconds_until(self, guest: Guest, happened: Callable[[Stretch], bool], within: float, what: str) -> float:
        """Seconds from the beginning until what has happened since then satisfies `happened`."""
        before = next(stats for known, stats in self._before if known is guest)

        def look() -> Stretch | None:
            stretch = Stretch(before, guest.stats(), self._seconds())
            return stretch if happened(stretch) else None

        return until(look, within - self._seconds(), f"{guest.username}: {what} within {within} s").seconds

    def _seconds(self) -> float:
        return time.monotonic() - self._began


def flow(within: float, *guests: Guest) -> None:
    """Wait until everybody hears and sees something, and hears it whole: browsers have settled, the machine too."""
    watch = Watch(*guests)
    for guest in guests:
        watch.seconds_until(guest, sound_is_back, within, "no sound")
        watch.seconds_until(guest, pictures_are_back, within, "no pictures")
    until(lambda: all(each.whole for each in look_over(SETTLE_S, *guests)), within, "sound never became whole")


def sound_is_back(stretch: Stretch) -> bool:
    """A fifth of a second of sound has arrived."""
    return stretch.grown("inbound", "audio", "packetsReceived") >= 10


def pictures_are_back(stretch: Stretch) -> bool:
    return stretch.grown("inbound", "video", "framesDecoded") >= 5


def _sum(stats: dict[str, Any], side: str, kind: str, name: str, seat: str | None) -> float:
    rows: list[Row] = stats[side]
    return float(sum(row[name] for row in rows if row["kind"] == kind and seat in (None, row.get("seat"))))


def recorded_packets(directory: Path) -> int:
    """Opus packets on disk of one microphone: chunks are whole or absent."""
    count = 0
    for chunk in directory.glob("*.webm"):
        with av.open(str(chunk)) as container:
            count += sum(1 for packet in container.demux(audio=0) if packet.size)
    return count
