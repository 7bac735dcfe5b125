"""Every room that is open, found by its meeting; rebuilt from its events when the server starts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from media.errors import MediaError
from media.ports import Event, LayersWanted, PeerLost, QualityChanged, SlotPlan, SlotsChanged, SpeakersChanged
from server.rooms import room as rules
from server.rooms.live import LiveRoom
from server.rooms.ports import Media, RoomStore, Transcribers
from server.rooms.state import Refused, Room
from server.rooms.words.seats import End, Open, Restart
from server.signalling import messages as say
from server.turn import Turn

logger = logging.getLogger(__name__)


class Registry:
    """`now` gives Unix seconds: meeting time must survive a restart of the machine."""

    def __init__(
        self,
        store: RoomStore,
        media: Media,
        transcribers: Transcribers,
        plan: SlotPlan,
        recordings: Path,
        now: Callable[[], float],
        turn: Turn,
    ) -> None:
        self._store, self._media, self._transcribers = store, media, transcribers
        self._plan, self._recordings, self._now, self._turn = plan, recordings, now, turn
        self._rooms: dict[str, LiveRoom] = {}
        self._opening = asyncio.Lock()
        self._transcription = say.Transcription(state="starting")

    def room(self, meeting: str) -> LiveRoom:
        """Raises `Refused` when the meeting is not open."""
        found = self._rooms.get(meeting)
        if found is None or found.state.ended:
            self._rooms.pop(meeting, None)
            raise Refused("meeting_not_open", "Rapat belum dibuka atau sudah diakhiri.")
        return found

    def now(self) -> float:
        return self._now()

    # --- what meetings ask (server.meetings.ports.RoomControl) ---

    async def opened(self, meeting_id: str) -> None:
        """The meeting is marked open: let people in."""
        async with self._opening:
            room = self._rooms.get(meeting_id) or await self._rebuild(meeting_id)
            if room is None or room.state.opened:
                return
            await room.run(_opening(room), self._now())
            await self._open_media(room)

    async def ended(self, meeting_id: str) -> None:
        room = self._rooms.get(meeting_id) or await self._rebuild(meeting_id)
        if room is not None:
            await room.run(End(), self._now())
            self._rooms.pop(meeting_id, None)

    def participants_now(self, meeting_id: str) -> int:
        room = self._rooms.get(meeting_id)
        return len(room.state.seats) if room is not None else 0

    # --- life ---

    async def restore(self) -> None:
        """After a start: rooms as their events tell, everybody's line lost until they call again."""
        for meeting in await self._store.open_meetings():
            room = await self._rebuild(meeting)
            if room is not None:
                if not room.state.opened:
                    await room.run(_opening(room), self._now())
                await room.run(Restart(), self._now())

    async def on_media(self, event: Event) -> None:
        """Events of media that change what people see. Sound goes to transcription, not here."""
        room = self._rooms.get(event.room)
        if room is None:
            return
        if isinstance(event, PeerLost):
            await room.on_lost(event, self._now())
        elif isinstance(event, SlotsChanged | LayersWanted | QualityChanged):
            room.on_seen(event)
        elif isinstance(event, SpeakersChanged):
            room.on_speakers(event)

    async def on_media_up(self) -> None:
        for room in self.going_on():
            await self._open_media(room)

    async def on_media_down(self) -> None:
        for room in self.going_on():
            await _each_for_itself(room.on_media_down(self._now()))

    async def tick(self) -> None:
        """About once a second."""
        for room in self.going_on():
            await _each_for_itself(room.tick(self._now()))

    def going_on(self) -> list[LiveRoom]:
        """Rooms that have ended are forgotten."""
        for meeting, room in list(self._rooms.items()):
            if room.state.ended:
                del self._rooms[meeting]
        return list(self._rooms.values())

    # --- what transcription tells ---

    def caption(self, meeting: str, caption: say.Caption) -> None:
        if (room := self._rooms.get(meeting)) is not None:
            room.caption(caption)

    def draft(self, meeting: str, peer: str, start: float, settled: str, open: str) -> None:
        if (room := self._rooms.get(meeting)) is not None:
            room.draft(peer, start, settled, open)

    def undraft(self, meeting: str, peer: str) -> None:
        if (room := self._rooms.get(meeting)) is not None:
            room.undraft(peer)

    def transcription(self, message: say.Transcription) -> None:
        self._transcription = message
        for room in self._rooms.values():
            room.set_transcription(message)

    def elapsed(self, meeting: str) -> float | None:
        """Meeting time now; None when it is not open."""
        room = self._rooms.get(meeting)
        return self._now() - room.facts.opened_at if room is not None else None

    async def _rebuild(self, meeting: str) -> LiveRoom | None:
        facts = await self._store.facts(meeting)
        if facts is None:
            return None
        state = Room()
        for event in await self._store.load(meeting):
            state = rules.apply(state, event)
        room = LiveRoom(
            facts, state, self._plan, self._recordings, self._store, self._media, self._transcribers, self._turn
        )
        room.transcription = self._transcription
        self._rooms[meeting] = room
        return room

    async def _open_media(self, room: LiveRoom) -> None:
        try:
            await room.open_media(self._now())
        except MediaError as error:
            logger.warning("media could not open a room, it will when it is back: %s", error.code)


def _opening(room: LiveRoom) -> Open:
    facts = room.facts
    return Open(facts.agenda, facts.offices, facts.waits, facts.quorum, facts.carried)


async def _each_for_itself(telling: Awaitable[None]) -> None:
    """What goes wrong in one room is no reason to leave out the others."""
    try:
        await telling
    except Exception:
        logger.exception("a room could not be brought up to date")
