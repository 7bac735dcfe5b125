"""Which source fills which slot of one receiver. Pure: the previous filling and the room in, the next filling out.

Voice slot k and camera slot k hold the same participant wherever both exist, so that one media stream keeps lips and
words together. With fewer cameras than voices pinned ones and the dominant speaker come first. Whoever holds the floor
is always heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from media.ports import Mode, SlotPlan, Wish

SAVING_CAMERAS = 4


@dataclass(frozen=True, slots=True)
class Voice:
    """A microphone of the room. `heard`: when it last spoke (minus infinity: never)."""

    peer: str
    speaking: bool
    heard: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A room as a whole. `voices`: those that may be heard; `cameras`: those that are on, in joining order."""

    voices: tuple[Voice, ...]
    cameras: tuple[str, ...]
    dominant: str | None
    screen: str | None = None
    screen_audio: str | None = None
    floor: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fills:
    """Peer ids by slot number, None for an empty slot."""

    voices: tuple[str | None, ...]
    cameras: tuple[str | None, ...]
    screen: str | None = None
    screen_audio: str | None = None

    def holds(self, peer: str) -> bool:
        return peer in self.voices or peer in self.cameras or peer in (self.screen, self.screen_audio)


def empty(plan: SlotPlan) -> Fills:
    return Fills((None,) * plan.voices, (None,) * plan.cameras)


def gather(voices: Iterable[Voice], floor: frozenset[str], slots: int) -> tuple[Voice, ...]:
    """Those who may get a voice slot of any receiver: all who speak or hold the floor, and the latest of the rest.

    A receiver never gets its own voice, and keeps those it has: twice the slots and one are always enough.
    """
    ranked = sorted(voices, key=lambda voice: (voice.peer not in floor, not voice.speaking, -voice.heard))
    speaking = sum(voice.speaking or voice.peer in floor for voice in ranked)
    return tuple(ranked[: max(speaking, 2 * slots + 1)])


def allocate(previous: Fills, scene: Scene, receiver: str | None, wish: Wish) -> Fills:
    """The next filling. Who stays chosen keeps the slot; a silent slot goes at once to a new voice.

    `receiver`: who never gets its own; None: somebody who is not in the room. Whoever is not in what that one would get
    gets the same.
    """
    voices = _place(previous.voices, _chosen(previous.voices, scene, receiver))
    sound = scene.screen_audio if scene.screen_audio != receiver else None
    if wish.mode is Mode.AUDIO:
        return Fills(voices, (None,) * len(previous.cameras), None, sound)
    cameras = _cameras(previous.cameras, voices, _Eyes(scene, receiver, wish))
    return Fills(voices, cameras, scene.screen if scene.screen != receiver else None, sound)


def _chosen(previous: Sequence[str | None], scene: Scene, receiver: str | None) -> list[str]:
    """Best first: the floor, the dominant voice while it speaks, those speaking in a slot, others, recent ones."""

    def rank(voice: Voice) -> tuple[bool, bool, bool, bool, float]:
        leads = voice.speaking and voice.peer == scene.dominant
        fresh = voice.speaking and voice.peer not in previous
        return voice.peer not in scene.floor, not leads, not voice.speaking, fresh, -voice.heard

    voices = [voice for voice in scene.voices if voice.peer != receiver]
    return [voice.peer for voice in sorted(voices, key=rank)][: len(previous)]


def _place(previous: Sequence[str | None], chosen: Iterable[str]) -> tuple[str | None, ...]:
    """Keep the places of those still chosen, give the free ones to the rest in order."""
    wanted = list(chosen)
    kept = [peer if peer in wanted else None for peer in previous]
    rest = iter([peer for peer in wanted if peer not in kept])
    return tuple(peer if peer is not None else next(rest, None) for peer in kept)


class _Eyes:
    """The cameras that one receiver may be shown."""

    def __init__(self, scene: Scene, receiver: str | None, wish: Wish) -> None:
        self._on = {peer for peer in scene.cameras if peer != receiver}
        self.dominant = scene.dominant
        self.pinned = [peer for peer in wish.pinned if peer in self._on]
        self.wanted = (
            [peer for peer in scene.cameras if peer != receiver]
            if wish.shown is None
            else [peer for peer, height in wish.shown if peer in self._on and height > 0]
        )
        self._eligible = self._on if wish.shown is None else {*self.pinned, *self.wanted}
        self.most = SAVING_CAMERAS if wish.mode is Mode.SAVING else len(scene.cameras)

    def sees(self, peer: str | None) -> bool:
        return peer in self._eligible

    def on(self, peer: str | None) -> bool:
        return peer in self._on


def _cameras(previous: Sequence[str | None], voices: Sequence[str | None], eyes: _Eyes) -> tuple[str | None, ...]:
    if len(previous) < len(voices):
        order = dict.fromkeys((*eyes.pinned, eyes.dominant, *previous, *voices, *eyes.wanted))
        seen = [peer for peer in order if peer is not None and eyes.sees(peer)]
        return _place(previous, seen[: min(eyes.most, len(previous))])
    beside = [peer if eyes.on(peer) else None for peer in voices]
    before = [peer if eyes.sees(peer) and peer not in beside else None for peer in previous]
    order = dict.fromkeys((*eyes.pinned, *before, *eyes.wanted))
    others = [peer for peer in order if peer is not None and peer not in beside]
    free = min(eyes.most, len(previous)) - sum(peer is not None for peer in beside)
    return _fill(beside, before, others[: max(0, free)])


def _fill(beside: Sequence[str | None], before: Sequence[str | None], chosen: Sequence[str]) -> tuple[str | None, ...]:
    """Voices at their places, the chosen where they were, the rest where there is room, beside silent voices last."""
    kept = [peer if peer in chosen else None for peer in before]
    kept[: len(beside)] = [voice if voice is not None else peer for voice, peer in zip(beside, kept, strict=False)]
    rest = iter([peer for peer in chosen if peer not in kept])
    for place in (*range(len(beside), len(kept)), *range(len(beside))):
        if kept[place] is None:
            kept[place] = next(rest, None)
    return tuple(kept)
