"""Which source fills which slot of one receiver. Pure: the previous filling and the room in, the next filling out.

Voice slot k and camera slot k hold the same participant wherever both exist, so that one media stream keeps lips and
words together. With fewer cameras than voices the dominant speaker's picture comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from media.ports import SlotPlan


@dataclass(frozen=True, slots=True)
class Voice:
    """A microphone of the room. `heard`: when it last spoke (minus infinity: never)."""

    peer: str
    speaking: bool
    heard: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A room as one receiver may see it, in joining order: the receiver is not in it."""

    voices: tuple[Voice, ...]
    cameras: tuple[str, ...]
    dominant: str | None
    screen: str | None = None
    screen_audio: str | None = None


@dataclass(frozen=True, slots=True)
class Fills:
    """Peer ids by slot number, None for an empty slot."""

    voices: tuple[str | None, ...]
    cameras: tuple[str | None, ...]
    screen: str | None = None
    screen_audio: str | None = None


def empty(plan: SlotPlan) -> Fills:
    return Fills((None,) * plan.voices, (None,) * plan.cameras)


def allocate(previous: Fills, scene: Scene) -> Fills:
    """The next filling. Who stays chosen keeps the slot; a silent slot goes at once to a new voice."""
    voices = _place(previous.voices, _chosen(previous.voices, scene))
    cameras = _cameras(previous.cameras, voices, scene)
    return Fills(voices, cameras, scene.screen, scene.screen_audio)


def _chosen(previous: Sequence[str | None], scene: Scene) -> list[str]:
    """Best first: the dominant voice while it speaks, those speaking in a slot, others speaking, recent ones."""

    def rank(voice: Voice) -> tuple[bool, bool, bool, float]:
        leads = voice.speaking and voice.peer == scene.dominant
        return not leads, not voice.speaking, voice.speaking and voice.peer not in previous, -voice.heard

    return [voice.peer for voice in sorted(scene.voices, key=rank)][: len(previous)]


def _place(previous: Sequence[str | None], chosen: Iterable[str]) -> tuple[str | None, ...]:
    """Keep the places of those still chosen, give the free ones to the rest in order."""
    wanted = list(chosen)
    kept = [peer if peer in wanted else None for peer in previous]
    rest = iter([peer for peer in wanted if peer not in kept])
    return tuple(peer if peer is not None else next(rest, None) for peer in kept)


def _cameras(previous: Sequence[str | None], voices: Sequence[str | None], scene: Scene) -> tuple[str | None, ...]:
    if len(previous) < len(voices):
        return _place(previous, _few(previous, voices, scene))
    paired = [peer if peer in scene.cameras else None for peer in voices]
    before = [None if peer in paired else peer for peer in previous]
    others = [peer for peer in (*before, *scene.cameras) if peer in scene.cameras and peer not in paired]
    unique = list(dict.fromkeys(peer for peer in others if peer is not None))
    free = len(previous) - sum(peer is not None for peer in paired)
    rest = _place(before[len(voices) :], unique[:free])
    left = iter([peer for peer in unique[:free] if peer not in rest])
    return (*(peer if peer is not None else next(left, None) for peer in paired), *rest)


def _few(previous: Sequence[str | None], voices: Sequence[str | None], scene: Scene) -> list[str]:
    """Whose cameras to show when there are fewer camera slots than voices."""
    order = dict.fromkeys((scene.dominant, *previous, *voices, *scene.cameras))
    return [peer for peer in order if peer is not None and peer in scene.cameras][: len(previous)]
