"""Who is heard and seen in a room: from levels and wishes to filled slots, a few receivers at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from media import slots
from media.downtrack import DownTrack
from media.forwarder import Forwarder
from media.layering import Probes, settle
from media.ports import Event, Kind, SlotPlan, SlotsChanged, SpeakersChanged
from media.seat import Seat
from media.slots import Fills, Scene, Voice
from media.source import Source
from media.speakers import Speakers
from media.uptrack import UpTrack

PREROLL_S = 0.16  # what a voice said before it was recognised is sent after it, so that no first word is lost
PREROLL_PACKETS = 8
AT_ONCE = 16  # receivers between two looks at the clock
MOST_KNOWN = 2_000
GATHER_S = 0.25  # the longest that a key frame waits for all who need it
LOOK_S = 0.1  # between two looks at all cameras, unless something is said of one


class _Stage(NamedTuple):
    """What decides about slots in the room as a whole."""

    active: frozenset[str] = frozenset()
    dominant: str | None = None
    cameras: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    floor: frozenset[str] = frozenset()


class Staging:
    def __init__(
        self,
        room: str,
        plan: SlotPlan,
        seats: Mapping[str, Seat],
        forwarder: Forwarder,
        emit: Callable[[Event], None],
    ) -> None:
        self.floor: frozenset[str] = frozenset()
        self.stale = False
        self.asleep = False  # a layer is wanted that its publisher was told to stop
        self.probes = Probes()
        self.pictures: dict[Source, None] = {}  # cameras and screens, in the order they came
        self._room, self._plan, self._seats = room, plan, seats
        self._forwarder, self._emit = forwarder, emit
        self._speakers = Speakers()
        self._barred: set[str] = set()
        self._stage = _Stage()
        self._looked = float("-inf")
        self._showing: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # peers with a camera, with a screen
        self._scene = Scene((), (), None)
        self._shown: object = None  # what of the scene makes a difference to anybody
        self._queue: deque[str] = deque()
        self._queued = float("-inf")  # when everybody was put in line
        self._known: dict[object, Fills] = {}  # allocations of this scene: most receivers have the same

    @property
    def leading(self) -> frozenset[str]:
        """Whose picture matters most now."""
        return self.floor | {self._stage.dominant} if self._stage.dominant is not None else self.floor

    def observe(self, peer: str, level: int, at: float) -> None:
        if peer not in self._barred:
            self._speakers.observe(peer, level, at)

    def bar(self, peer: str, on: bool) -> None:
        """Whether its voice is nobody's to hear, whatever it sends."""
        if on:
            self._barred.add(peer)
            self._speakers.forget(peer)
        else:
            self._barred.discard(peer)
        self.stale = True

    def forget(self, peer: str) -> None:
        self._speakers.forget(peer)
        self._barred.discard(peer)
        self.probes.note(peer, False)
        self.pictures = {source: None for source in self.pictures if source.peer != peer}
        self.stale = True

    def tick(self, now: float) -> None:
        """Notice who speaks and who shows something; when that has changed, every receiver is looked at again."""
        active, dominant = self._speakers.tick(now)
        if self.stale or now - self._looked >= LOOK_S:
            self._looked, self._showing = now, (self._live(Kind.CAMERA, now), self._live(Kind.SCREEN, now))
        stage = _Stage(frozenset(active), dominant, *self._showing, self.floor)
        if stage == self._stage and not self.stale:
            return
        if (stage.active, stage.dominant) != (self._stage.active, self._stage.dominant):
            self._emit(SpeakersChanged(self._room, active, dominant))
        self._stage, self.stale = stage, False
        former = self._shown
        self._scene = self._make_scene()
        self._shown = (_plain(self._scene), self._origins())
        if self._shown == former:
            return  # whoever came or went is neither heard nor seen by anybody
        self._known.clear()
        if not self._queue:
            self._queued = now
        # Those still in line come first: however often the room changes, everybody's turn comes.
        self._queue = deque(dict.fromkeys((*self._queue, *self._seats)))

    def look_at(self, peer: str) -> None:
        """This receiver wishes something else."""
        self._queue.append(peer)

    def gathering(self, now: float) -> bool:
        """Not everybody has been looked at since the room has changed."""
        return bool(self._queue) and now - self._queued < GATHER_S

    def work(self, until: float, clock: Callable[[], float]) -> bool:
        """Fill slots of receivers in line until the time is up; True when there are more."""
        queue = self._queue
        if not queue:
            return False
        voices: dict[UpTrack, list[DownTrack]] = {}
        while queue and clock() < until:
            for _ in range(min(AT_ONCE, len(queue))):
                seat = self._seats.get(queue.popleft())
                if seat is not None:
                    self._allocate(seat, voices, clock())
        for track, waiting in voices.items():
            if packets := track.ring.since(clock() - PREROLL_S, PREROLL_PACKETS):
                self._forwarder.catch_up(track, waiting, packets)
        return bool(queue)

    def tell(self, seat: Seat) -> None:
        """Say what has changed in one receiver's slots."""
        if changed := seat.changed_fills():
            self._emit(SlotsChanged(self._room, seat.peer.id, changed))

    def _allocate(self, seat: Seat, voices: dict[UpTrack, list[DownTrack]], now: float) -> None:
        if not seat.peer.ready:
            return
        seat.fills = self._fills_for(seat)
        for slot, name in seat.meant():
            source = self._source(name, slot.kind)
            self._assign(seat, slot, source, voices)
        self.asleep |= settle(seat.peer, self.leading, self.probes, now).asleep
        self.tell(seat)

    def _fills_for(self, seat: Seat) -> Fills:
        """Most receivers get what any stranger would; those whom it would show themselves get one of their own."""
        found = self._allocated(seat, None)
        return self._allocated(seat, seat.peer.id) if found.holds(seat.peer.id) else found

    def _allocated(self, seat: Seat, receiver: str | None) -> Fills:
        wish = seat.peer.delivery.wish
        shown = tuple(peer for peer, height in wish.shown if height > 0) if wish.shown is not None else None
        key = (seat.fills, receiver, wish.mode, wish.pinned, shown)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = slots.allocate(seat.fills, self._scene, receiver, wish)
        return found

    def _assign(
        self, seat: Seat, slot: DownTrack, source: Source | None, voices: dict[UpTrack, list[DownTrack]]
    ) -> None:
        sources = seat.peer.delivery.sources
        track = source.layers[0] if source is not None and not source.video else None
        if sources.get(slot.mid) is source and (track is None or track is slot.coming):
            return
        if source is None:
            sources.pop(slot.mid, None)
            slot.want(None)
            return
        sources[slot.mid] = source
        if track is not None and track is not slot.coming:
            slot.want(track)
            voices.setdefault(track, []).append(slot)

    def _make_scene(self) -> Scene:
        stage = self._stage
        voices = (
            Voice(id, id in stage.active, self._speakers.quiet_since(id))
            for id, seat in self._seats.items()
            if seat.peer.uplink.source(Kind.MIC) is not None and id not in self._barred
        )
        gathered = slots.gather(voices, stage.floor, self._plan.voices)
        screen = stage.screens[-1] if stage.screens else None
        sound = screen if screen is not None and self._source(screen, Kind.SCREEN_AUDIO) is not None else None
        return Scene(gathered, stage.cameras, stage.dominant, screen, sound, stage.floor)

    def _origins(self) -> list[tuple[int, int]]:
        """Whose media the scene means, by CSRC, and by SSRC for sound: a name may stand for another track by now."""
        scene = self._scene
        sounds = [(voice.peer, Kind.MIC) for voice in scene.voices] + [(scene.screen_audio, Kind.SCREEN_AUDIO)]
        pictures = [(peer, Kind.CAMERA) for peer in scene.cameras] + [(scene.screen, Kind.SCREEN)]
        heard = [source for each in sounds if (source := self._source(*each)) is not None]
        seen = [source for each in pictures if (source := self._source(*each)) is not None]
        voices = [(source.csrc, track.ssrc) for source in heard for track in source.tracks]
        return [*voices, *((source.csrc, 0) for source in seen)]

    def _live(self, kind: Kind, now: float) -> tuple[str, ...]:
        """Peers whose picture of this kind is on, in the order they came."""
        return tuple(source.peer for source in self.pictures if source.kind is kind and source.live(now))

    def _source(self, peer: str | None, kind: Kind) -> Source | None:
        seat = self._seats.get(peer) if peer is not None else None
        return seat.peer.uplink.source(kind) if seat is not None else None


def _plain(scene: Scene) -> Scene:
    """Without the times at which voices were heard: their order says what matters."""
    return replace(scene, voices=tuple(replace(voice, heard=0.0) for voice in scene.voices))
