"""What media and transcription learn of what has happened in a room, after it is committed."""

from __future__ import annotations

import logging

from media.errors import MediaError
from server.rooms.ports import Media, Transcribers
from server.rooms.state import Room
from server.rooms.viewing import Viewing
from server.rooms.voicing import Voicing
from server.rooms.words import RoomEvent
from server.rooms.words.floor import FloorClosed, FloorGiven
from server.rooms.words.leading import MicsLocked, RoleGiven, SeatStopped
from server.rooms.words.seats import Ended, PeerGiven, PeerGone, SeatLeft, SeatSwitched, SeatTaken
from server.rooms.words.sitting import Presided, RecordPaused, RecordResumed, Resumed, Suspended

_OF_ONE = (SeatSwitched, SeatStopped, SeatTaken, RoleGiven, FloorGiven, FloorClosed)
_OF_ALL = (MicsLocked, Suspended, Resumed, RecordPaused, RecordResumed, Presided)
logger = logging.getLogger(__name__)


class Effects:
    def __init__(self, meeting: str, media: Media, transcribers: Transcribers, viewing: Viewing) -> None:
        self._meeting, self._media, self._transcribers = meeting, media, transcribers
        self._viewing = viewing
        self._voicing = Voicing(meeting, media)

    async def follow(self, room: Room, event: RoomEvent) -> None:
        """`room`: as it is now, which may be further. Media that is gone needs no telling."""
        try:
            await self._follow(room, event)
        except MediaError as error:
            logger.info("media did not follow an event: %s", error.code)

    async def connected(self, room: Room, seat: str) -> None:
        """Media knows a new connection of this seat, which has sent nothing yet. Raises what media raises."""
        await self._voicing.tell(room, [seat])
        if room.grant is not None and room.grant.seat == seat:
            await self._floor(room)

    async def _follow(self, room: Room, event: RoomEvent) -> None:
        if isinstance(event, _OF_ALL):
            await self._voicing.tell(room, room.seats)
        elif isinstance(event, _OF_ONE):
            await self._voicing.tell(room, [event.seat])
        match event:
            case PeerGone(peer=peer):
                self._viewing.forget(peer)
                self._voicing.forget(peer)
                await self._let_go(peer)
            case PeerGiven(peer=peer):
                await self._transcribers.begin(self._meeting, peer)
            case SeatSwitched(seat=seat) | SeatStopped(seat=seat):
                await self._viewing.switched(room, seat)
            case SeatLeft(seat=seat):
                self._viewing.left(seat)
            case FloorGiven() | FloorClosed():
                await self._floor(room)
            case Ended():
                await self._media.close_room(self._meeting)

    async def _floor(self, room: Room) -> None:
        holder = room.seats.get(room.grant.seat) if room.grant is not None else None
        await self._media.floor(self._meeting, [holder.peer] if holder is not None and holder.peer is not None else [])

    async def _let_go(self, peer: str) -> None:
        """Media says when the track has ended; media that is gone will not."""
        try:
            await self._media.leave(self._meeting, peer)
        except MediaError:
            await self._transcribers.orphaned(peer)
            raise
