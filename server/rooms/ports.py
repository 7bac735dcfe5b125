"""What rooms need of the rest of the server. `server/app.py` introduces them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from media.ports import Kind, SlotPlan, VoiceUse, Wish
from server.rooms.words import RoomEvent
from server.rooms.words.agenda import Item
from server.rooms.words.door import Waits
from server.rooms.words.notes import Carried
from server.rooms.words.people import Occupant, Office


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What a room knows of its meeting. `opened_at`: Unix seconds; meeting time counts from there."""

    id: str
    title: str
    zone: str
    classification: str
    date: str  # ISO date on which it was opened, in the host office's zone
    opened_at: float
    agenda: tuple[Item, ...] = ()
    """As planned."""
    offices: tuple[Office, ...] = ()
    """Those invited."""
    waits: Waits = "nobody"
    quorum: int = 0
    carried: tuple[Carried, ...] = ()
    """What earlier meetings left to be done."""


@dataclass(frozen=True, slots=True)
class NewTrack:
    """A microphone that begins: committed in one transaction with the event that gives its peer."""

    peer: str
    seat: str
    occupant: Occupant
    shared: bool
    started: float  # meeting seconds


class RoomStore(Protocol):
    async def facts(self, meeting: str) -> MeetingFacts | None: ...
    async def open_meetings(self) -> list[str]: ...
    async def load(self, meeting: str) -> list[RoomEvent]: ...
    async def append(self, facts: MeetingFacts, events: Sequence[RoomEvent], track: NewTrack | None) -> None:
        """One transaction; `Ended` marks the meeting ended in it."""


class Media(Protocol):
    """The part of `MediaPlane` a room uses. Any method may raise `PlaneDown`."""

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None: ...
    async def offer(self, room: str, peer: str, sdp: str) -> str: ...
    async def wish(self, room: str, peer: str, wish: Wish) -> None: ...
    async def sends(self, room: str, peer: str, kinds: Sequence[Kind]) -> None: ...
    async def voice(self, room: str, peer: str, use: VoiceUse) -> None: ...
    async def floor(self, room: str, peers: Sequence[str]) -> None: ...
    async def leave(self, room: str, peer: str) -> None: ...
    async def close_room(self, room: str) -> None: ...
    async def stats(self, room: str) -> dict[str, object]: ...


class Transcribers(Protocol):
    """Whoever listens to tracks."""

    async def begin(self, room: str, track: str) -> None:
        """A live track; its row is committed."""

    async def orphaned(self, track: str) -> None:
        """Its media connection died with the media process: what is on disk is all there is."""
