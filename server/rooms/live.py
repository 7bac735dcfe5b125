"""One room at work: commands are decided, committed, applied, and only then told."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from media.errors import MediaError, PlaneDown
from media.ports import PeerLost, SlotPlan, SpeakersChanged
from server.rooms import room as rules
from server.rooms import saying, telling
from server.rooms.drafts import Drafts
from server.rooms.effects import Effects
from server.rooms.lobby import Lobby
from server.rooms.ports import Media, MeetingFacts, NewTrack, RoomStore, Transcribers
from server.rooms.state import Refused, Room, Seat, allowed
from server.rooms.viewing import Seen, Viewing
from server.rooms.words import Command, RoomEvent
from server.rooms.words.door import StopWaiting
from server.rooms.words.seats import (
    Connect,
    Disconnect,
    Ended,
    Enter,
    Expire,
    LoseLine,
    PeerGone,
    SeatLeft,
    SeatTaken,
)
from server.signalling import asked as ask
from server.signalling import messages as say
from server.signalling.outbox import Outbox
from server.signalling.shapes import Message, Reaction
from server.turn import Turn

KEPT_CAPTIONS = 50
logger = logging.getLogger(__name__)


class LiveRoom:
    """`outboxes` holds one socket per seat. Everything that changes the room goes through `run`."""

    def __init__(
        self,
        facts: MeetingFacts,
        state: Room,
        plan: SlotPlan,
        recordings: Path,
        store: RoomStore,
        media: Media,
        transcribers: Transcribers,
        turn: Turn,
    ) -> None:
        self.facts, self.state, self.plan = facts, state, plan
        self.outboxes: dict[str, Outbox] = {}
        self.captions: deque[say.Caption] = deque(maxlen=KEPT_CAPTIONS)
        self.drafts = Drafts()
        self.transcription = say.Transcription(state="starting")
        self._directory = recordings / facts.id
        self._store, self._media, self._transcribers, self._turn = store, media, transcribers, turn
        self._lobby = Lobby()
        self._lock = asyncio.Lock()
        self._speakers = SpeakersChanged(facts.id, (), None)
        self._viewing = Viewing(facts.id, media, self._send)
        self._effects = Effects(facts.id, media, transcribers, self._viewing)

    # --- commands ---

    async def run(
        self,
        command: Command,
        now: float,
        track: NewTrack | None = None,
        still: Callable[[], bool] = lambda: True,
    ) -> list[RoomEvent]:
        """Raises `Refused`. What is returned is committed and told.

        `still` is asked when it is this command's turn: whether it is wanted any more.
        """
        async with self._lock:
            if not still():
                return []
            events = rules.decide(self.state, command, now)
            if events:
                await self._store.append(self.facts, events, track)
            begun = self.state
            for event in events:
                before, self.state = self.state, rules.apply(self.state, event)
                self._tell(before, event)
            self._say(telling.changed(begun, self.state, events, self.facts.opened_at))
            if any(isinstance(event, Ended) for event in events):
                self._hang_up(list(self.outboxes))
        for event in events:
            await self._effects.follow(self.state, event)
        return events

    async def enter(self, command: Enter, peer: str | None, outbox: Outbox, now: float) -> str:
        """Sit down and be welcomed; the seat's id, or "" for who must wait outside.

        Another socket on the same seat, or of the same person outside, is hung up on.
        """
        person = command.occupant.person
        events = await self.run(command, now)
        _replace(self._lobby.release(person), outbox)
        seat = next((event.seat for event in events if isinstance(event, SeatTaken)), "")
        if not seat:
            self._lobby.hold(person, outbox, saying.brief(self.facts), person not in self.state.waiting)
            return ""
        _replace(self.outboxes.pop(seat, None), outbox)
        self.outboxes[seat] = outbox
        self._welcome(seat, peer, outbox, now)
        await self._viewing.switched(self.state, seat)
        return seat

    async def stop_waiting(self, person: str, outbox: Outbox, now: float) -> None:
        """A socket outside is gone; unless another one of the same person waits since."""
        await self.run(StopWaiting(person), now, still=lambda: self._lobby.holds(person, outbox))
        if self._lobby.holds(person, outbox):
            self._lobby.release(person)

    async def send_away(self, person: str, failure: say.Failure, now: float) -> None:
        """Whoever waits outside, or was let in and has not come yet, is told why not and hung up on."""
        await self.run(StopWaiting(person), now)
        if (outbox := self._lobby.release(person)) is not None:
            outbox.put(failure)
            outbox.close()

    def react(self, seat: str, kind: Reaction) -> None:
        """Nothing is kept of it. Raises `Refused`."""
        allowed(self.state, seat, "react")
        self.broadcast(say.Reacted(seat=seat, kind=kind))

    async def offer(self, seat: str, offer: ask.Offer, now: float) -> say.Answer:
        """Answer an offer: a new connection, or an ICE restart of the seat's own. Raises `Refused`."""
        held = self.state.seats.get(seat)
        if held is None:
            raise Refused("no_seat", "Anda tidak lagi berada di rapat ini.")
        if offer.peer is not None and offer.peer != held.peer:
            raise Refused("unknown_peer", "Sambungan media itu sudah tidak ada.")
        peer = offer.peer or await self._new_peer(held, now)
        try:
            sdp = await self._media.offer(self.facts.id, peer, offer.sdp)
            await self._effects.connected(self.state, seat)  # before the page can send anything
        except PlaneDown:
            await self._give_up(peer, offer, now)
            raise Refused("media_down", "Media sedang dimulai ulang. Coba lagi sebentar.") from None
        except MediaError as error:
            await self._give_up(peer, offer, now)
            raise Refused(error.code, str(error)) from None
        if offer.peer is None:
            await self._viewing.connected(self.state, seat)
        return say.Answer(id=offer.id, peer=peer, sdp=sdp)

    async def watch(self, seat: str, watch: ask.Watch) -> None:
        await self._viewing.watch(self.state, seat, watch)

    # --- what media tells ---

    async def on_lost(self, event: PeerLost, now: float) -> None:
        await self._lose(event.peer, event.reason, now)

    def on_seen(self, event: Seen) -> None:
        self._viewing.take(self.state, event)

    def on_speakers(self, event: SpeakersChanged) -> None:
        self._speakers = event
        self.broadcast(saying.speakers(self.state, self._speakers))

    async def open_media(self, now: float) -> None:
        await self._media.open_room(self.facts.id, now - self.facts.opened_at, str(self._directory), self.plan)

    async def on_media_down(self, now: float) -> None:
        """The media process is gone, every connection with it."""
        self._viewing.media_down()
        for seat in list(self.state.seats.values()):
            if seat.peer is not None:
                await self._transcribers.orphaned(seat.peer)
                await self._lose(seat.peer, "restarted", now)

    async def tick(self, now: float) -> None:
        """About once a second."""
        await self._viewing.tick(self.state)
        await self.expire(now)

    async def expire(self, now: float) -> None:
        """Seats whose line stayed away are given up."""
        for seat in list(self.state.seats.values()):
            if seat.away_since is None and self._socketless(seat.id):
                # Its end could not be written when it came (a locked database): a seat without a socket is away.
                await self.run(LoseLine(seat.id), now, still=partial(self._socketless, seat.id))
        if any(seat.away_since is not None for seat in self.state.seats.values()):
            await self.run(Expire(), now)

    def _socketless(self, seat: str) -> bool:
        return seat not in self.outboxes

    # --- what transcription tells ---

    def caption(self, caption: say.Caption) -> None:
        self.captions.append(caption)
        self.broadcast(say.CaptionSaid(caption=caption))

    def draft(self, peer: str, start: float, settled: str, open: str) -> None:
        """What somebody is saying; of a connection that has just gone nothing new is shown."""
        seat = self.state.seat_with(peer)
        if seat is not None and (told := self.drafts.change(peer, seat.id, start, settled, open)) is not None:
            self.broadcast(told)

    def undraft(self, peer: str) -> None:
        if (told := self.drafts.end(peer)) is not None:
            self.broadcast(told)

    def set_transcription(self, message: say.Transcription) -> None:
        if message != self.transcription:
            self.transcription = message
            self.broadcast(message)

    # --- telling ---

    def broadcast(self, message: Message, but: str | None = None) -> None:
        for seat, outbox in list(self.outboxes.items()):
            if seat != but:
                outbox.put(message)

    def hung_up(self, seat: str, outbox: Outbox) -> bool:
        """Forget a socket that is gone; False when another one has taken the seat since."""
        if self.outboxes.get(seat) is not outbox:
            return False
        del self.outboxes[seat]
        return True

    def _welcome(self, seat: str, peer: str | None, outbox: Outbox, now: float) -> None:
        held = self.state.seats[seat]
        kept = held.peer is not None and held.peer == peer
        relays = self._turn.servers(seat, now)
        outbox.put(
            saying.welcome(self.state, self.facts, self.plan, held, kept, self.captions, self.drafts, relays, now)
        )
        for message in telling.greeting(self.state, held, self.facts.opened_at):
            outbox.put(message)
        outbox.put(self.transcription)
        outbox.put(saying.speakers(self.state, self._speakers))
        for message in self._viewing.greeting(self.state, seat, kept):
            outbox.put(message)

    def _tell(self, before: Room, event: RoomEvent) -> None:
        self._say(telling.told(before, self.state, event, self.facts.opened_at))
        self._lobby.tell(event)
        if isinstance(event, SeatLeft) and event.reason != "ended":
            self._hang_up([event.seat])

    def _say(self, tellings: Iterable[telling.Telling]) -> None:
        for each in tellings:
            if each.to is None:
                self.broadcast(each.message, but=each.but)
            else:
                self._send(each.to, each.message)

    def _hang_up(self, seats: Sequence[str]) -> None:
        for seat in seats:
            if (outbox := self.outboxes.pop(seat, None)) is not None:
                outbox.close()

    # --- parts ---

    async def _new_peer(self, held: Seat, now: float) -> str:
        peer = secrets.token_hex(8)
        track = NewTrack(peer, held.id, held.occupant, held.shared, max(0.0, now - self.facts.opened_at))
        await self.run(Connect(held.id, peer), now, track)
        return peer

    async def _lose(self, peer: str, reason: str, now: float) -> None:
        """Only what the room gives up here is told: a seat that has a new connection by now must not lose that too."""
        for event in await self.run(Disconnect(peer), now):
            if isinstance(event, PeerGone):
                self._send(event.seat, say.MediaLost(peer=event.peer, reason=reason))

    async def _give_up(self, peer: str, offer: ask.Offer, now: float) -> None:
        """A connection that never was: its seat is free of it and its track is over. A restart leaves things be."""
        if offer.peer is None:
            await self._transcribers.orphaned(peer)
            await self.run(Disconnect(peer), now)

    def _send(self, seat: str, message: Message) -> None:
        if (outbox := self.outboxes.get(seat)) is not None:
            outbox.put(message)


def _replace(former: Outbox | None, outbox: Outbox) -> None:
    if former is not None and former is not outbox:
        former.put(say.Failure(code="replaced", detail="Anda masuk dari jendela lain.", fatal=True))
        former.close()
