"""What every page sees and sends: its slots, its wishes, the layers wanted of it, and how well its connection is.

Media knows connections, pages know seats. What media says is kept by connection and ends with it; what a page wishes is
kept by seat, outlives connections and media processes, and is mapped again whenever somebody it names has a new one.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from media.errors import MediaError
from media.ports import Kind, LayersWanted, Quality, QualityChanged, SlotFill, SlotsChanged
from server.rooms import saying
from server.rooms.ports import Media
from server.rooms.state import Room
from server.signalling import asked as ask
from server.signalling import messages as say
from server.signalling.shapes import Message

Seen = SlotsChanged | LayersWanted | QualityChanged
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Connection:
    """What media last said of one peer. `layers`: of its own pictures, lowest first. Good until it says otherwise."""

    slots: dict[str, SlotFill] = field(default_factory=dict)
    layers: dict[Kind, tuple[bool, ...]] = field(default_factory=dict)
    quality: Quality = Quality.GOOD


@dataclass(frozen=True, slots=True)
class _Watch:
    said: ask.Watch
    named: frozenset[str]  # seats


class Viewing:
    """`send` puts a message into the outbox of a seat, if it has one."""

    def __init__(self, meeting: str, media: Media, send: Callable[[str, Message], None]) -> None:
        self._meeting, self._media, self._send = meeting, media, send
        self._connections: dict[str, _Connection] = {}
        self._watches: dict[str, _Watch] = {}
        self._stale: set[str] = set()  # seats whose wish names somebody with a new connection
        self._rated: set[str] = set()  # seats whose quality has changed and is not told yet

    # --- what media says ---

    def take(self, room: Room, event: Seen) -> None:
        """Events of connections that are nobody's any more are passed over."""
        seat = room.seat_with(event.peer)
        if seat is None:
            return
        held = self._connections.setdefault(event.peer, _Connection())
        if isinstance(event, SlotsChanged):
            held.slots.update((fill.mid, fill) for fill in event.slots)
            self._send(seat.id, saying.slots(room, event.slots))
        elif isinstance(event, LayersWanted):
            held.layers[event.kind] = event.layers
            self._send(seat.id, saying.send(event.kind, event.layers))
        else:
            held.quality = event.quality
            self._rated.add(seat.id)

    def greeting(self, room: Room, seat: str, kept: bool) -> list[Message]:
        """What a page is told after its welcome. `kept`: its media connection is still the seat's."""
        peer = room.seats[seat].peer
        held = self._connections.get(peer or "", _Connection())
        own: list[Message] = []
        if kept:
            own = [saying.slots(room, list(held.slots.values()))]
            own += [saying.send(kind, layers) for kind, layers in held.layers.items()]
        known = self._seen_by(room, seat, self._qualities(room, room.seats))
        return [*own, say.Quality(seats=known)] if known else own

    # --- what pages say ---

    async def watch(self, room: Room, seat: str, watch: ask.Watch) -> None:
        """Remember what a page wants to see, and tell media now if it has a connection."""
        if seat in room.seats:
            self._watches[seat] = _Watch(watch, frozenset(watch.pinned) | {each.seat for each in watch.shown or ()})
            await self._wish(room, seat)

    async def switched(self, room: Room, seat: str) -> None:
        """Camera or screen may have gone on or off."""
        held = room.seats.get(seat)
        if held is not None and held.peer is not None:
            await self._told(self._media.sends(self._meeting, held.peer, saying.kinds(held)))

    # --- life ---

    async def connected(self, room: Room, seat: str) -> None:
        """Media knows a new connection of `seat`: it learns what this one sends and wishes. Wishes for it are stale."""
        held = room.seats.get(seat)
        if held is not None and held.peer is not None:
            self._connections.setdefault(held.peer, _Connection())
            self._rated.add(seat)
        self._stale.update(other for other, watch in self._watches.items() if seat in watch.named and other != seat)
        await self.switched(room, seat)
        await self._wish(room, seat)

    async def tick(self, room: Room) -> None:
        """About once a second. Wishes and qualities are gathered until here: when everybody comes back at once, each

        of hundreds of pages names dozens of others, and each is told once.
        """
        self._tell_qualities(room)
        while self._stale:
            if not await self._wish(room, self._stale.pop()):
                return

    def forget(self, peer: str) -> None:
        self._connections.pop(peer, None)

    def left(self, seat: str) -> None:
        self._watches.pop(seat, None)
        self._stale.discard(seat)

    def media_down(self) -> None:
        """Every connection is gone."""
        self._connections.clear()

    # --- parts ---

    async def _wish(self, room: Room, seat: str) -> bool:
        held, watch = room.seats.get(seat), self._watches.get(seat)
        if held is None or held.peer is None or watch is None:
            return True
        return await self._told(self._media.wish(self._meeting, held.peer, saying.wish(room, watch.said)))

    async def _told(self, telling: Awaitable[None]) -> bool:
        """False when media does not answer: every connection is new then, and with each it is told again."""
        try:
            await telling
        except MediaError as error:
            logger.info("media could not be told what a seat sends or wishes: %s", error.code)
            return False
        return True

    def _tell_qualities(self, room: Room) -> None:
        changed = self._qualities(room, self._rated)
        self._rated.clear()
        if changed:
            for seat in room.seats:
                if seen := self._seen_by(room, seat, changed):
                    self._send(seat, say.Quality(seats=seen))

    def _qualities(self, room: Room, seats: Iterable[str]) -> dict[str, int]:
        peers = ((seat, held.peer or "") for seat in seats if (held := room.seats.get(seat)) is not None)
        return {seat: int(self._connections[peer].quality) for seat, peer in peers if peer in self._connections}

    def _seen_by(self, room: Room, seat: str, qualities: dict[str, int]) -> dict[str, int]:
        """One's own is everybody's business; of others it is for who leads the meeting."""
        if room.may(room.seats[seat], "see_quality"):
            return qualities
        return {seat: qualities[seat]} if seat in qualities else {}
