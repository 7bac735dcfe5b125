"""What becomes of everybody's microphone: told to media whenever it changes, by connection."""

from __future__ import annotations

from collections.abc import Iterable

from media.ports import VoiceUse
from server.rooms.ports import Media
from server.rooms.silence import voice_use
from server.rooms.state import Room


class Voicing:
    def __init__(self, meeting: str, media: Media) -> None:
        self._meeting, self._media = meeting, media
        self._told: dict[str, VoiceUse] = {}  # by peer; media keeps what it was told as long as the connection lives

    async def tell(self, room: Room, seats: Iterable[str]) -> None:
        """Raises what media raises; what could not be told is told the next time."""
        for id in seats:
            seat = room.seats.get(id)
            if seat is None or seat.peer is None:
                continue
            use = voice_use(room, seat)
            if self._told.get(seat.peer, VoiceUse.KEPT) is not use:
                await self._media.voice(self._meeting, seat.peer, use)
                self._told[seat.peer] = use

    def forget(self, peer: str) -> None:
        self._told.pop(peer, None)
