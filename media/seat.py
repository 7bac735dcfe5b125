"""One participant as its room keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from media.downtrack import DownTrack
from media.peer import Peer
from media.ports import Kind, SlotFill, VoiceUse
from media.quality import Gauge
from media.slots import Fills
from media.source import Source


@dataclass(slots=True)
class Seat:
    peer: Peer
    fills: Fills
    connected: bool = False
    sends: frozenset[Kind] | None = None  # pictures it has switched on, as far as was said
    voice: VoiceUse = VoiceUse.KEPT
    kept_since: float = float("-inf")
    gauge: Gauge = field(default_factory=Gauge)
    told: dict[str, tuple[Source | None, bool]] = field(default_factory=dict)  # of each slot: what it holds, paused

    def changed_fills(self) -> tuple[SlotFill, ...]:
        """What is in slots now and differs from what was last told. It counts as told."""
        delivery, told, changed = self.peer.delivery, self.told, []
        for mid, slot in delivery.slots.items():
            source = delivery.sources.get(mid)
            now = (source, slot.video and source is not None and slot.coming is None)
            if told.get(mid) != now:
                told[mid] = now
                changed.append(_fill(slot, *now))
        return tuple(changed)

    def meant(self) -> Iterator[tuple[DownTrack, str | None]]:
        """Every slot, and the peer whose media it is meant to hold."""
        for section in self.peer.offer.sections:
            if not section.uplink:
                yield self.peer.delivery.slots[section.mid], _filling(self.fills, section.kind, section.number)


def _fill(slot: DownTrack, source: Source | None, paused: bool) -> SlotFill:
    if source is None:
        return SlotFill(slot.mid, slot.kind, None, None)
    return SlotFill(slot.mid, slot.kind, source.peer, source.csrc, paused)


def _filling(fills: Fills, kind: Kind, number: int) -> str | None:
    if kind is Kind.MIC:
        return fills.voices[number]
    if kind is Kind.CAMERA:
        return fills.cameras[number]
    return fills.screen if kind is Kind.SCREEN else fills.screen_audio
