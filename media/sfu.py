"""The forwarding unit: the sockets, one certificate, many rooms. Runs on one event loop and never blocks it."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence

from media import sdp
from media.aiortc_bridge import Certificate
from media.engine import make_engine
from media.errors import BadOffer, UnknownRoom
from media.forwarder import FOLLOWS_S, Forwarder
from media.lag import LagMeter
from media.peer import Peer
from media.ports import Event, Kind, PacketSink, PeerLost, SlotPlan, VoiceUse, Wish
from media.router import Room, RoomPorts
from media.settings import MediaSettings
from media.transport import UdpTransport
from media.uptrack import UpTrack

TICK_S, QUIET_TICK_S = 0.03, 0.045  # while packets come, and while none does: voices come every 20 ms
PROBING_TICK_S, QUIET_PROBING_TICK_S = 0.02, 0.03  # the same while somebody is probed
READING_S = 0.01  # between two readings of reports and checks, while packets come; else they are read with a tick
JOINING_S = 5.0  # after an offer they are read as they come: somebody waits for answers
WORK_S = 0.002  # what may wait gets this long at a time


class Sfu:
    """`sink_for` makes the sink of a microphone; `on_gone` hears of every peer that has ended, its sinks closed."""

    def __init__(
        self,
        settings: MediaSettings,
        sink_for: Callable[[str, str, UpTrack], PacketSink],
        emit: Callable[[Event], None],
        on_gone: Callable[[str, str], None],
    ) -> None:
        self._settings = settings
        self._emit, self._sink_for, self._on_gone = emit, sink_for, on_gone
        self._certificate = Certificate()
        self._loop = asyncio.get_running_loop()
        self._clock = time.monotonic  # not the loop's time: uvloop's stands still while one thing runs
        self._transport = UdpTransport(settings, self._work)
        self._engine = make_engine(settings.fanout, self._transport.sockets)
        self._forwarder = Forwarder(self._engine, self._clock)
        self._rooms: dict[str, Room] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: asyncio.TimerHandle | None = None
        self._due = 0.0  # when the next tick is
        self._patient_due = 0.0  # when reports and checks are read again
        self._hurried_until = 0.0
        self._lag = LagMeter()

    @property
    def port(self) -> int:
        return self._transport.port

    async def start(self) -> None:
        self._transport.start()
        self._timed(self._clock())

    def open_room(self, id: str, plan: SlotPlan) -> None:
        """Idempotent: a room that is open stays as it is."""
        if id not in self._rooms:
            ports = RoomPorts(
                emit=self._emit,
                send=self._transport.send,
                sink_for=self._sink_for,
                drop=lambda peer, reason: self._lose(id, peer, reason),
                forwarder=self._forwarder,
            )
            self._rooms[id] = Room(id, plan, ports)

    async def offer(self, room_id: str, peer_id: str, text: str) -> str:
        """Answer an offer: a new peer joins, a known one restarts ICE. Raises `UnknownRoom`, `BadOffer`."""
        room = self._room(room_id)
        offer = sdp.parse_offer(text, room.plan)
        peer = room.peer(peer_id)
        if peer is None:
            peer = self._join(room, peer_id, offer)
        else:
            self._restart(peer, offer)
        self._transport.hurry(True)
        self._hurried_until = self._clock() + JOINING_S
        return sdp.answer(offer, self._answering(peer), secrets.randbits(62))

    def wish(self, room: str, peer: str, wish: Wish) -> None:
        """Raises `UnknownRoom`."""
        self._room(room).wish(peer, wish)

    def sends(self, room: str, peer: str, kinds: Sequence[Kind]) -> None:
        """Raises `UnknownRoom`."""
        self._room(room).sends(peer, kinds)

    def voice(self, room: str, peer: str, use: VoiceUse) -> None:
        """Raises `UnknownRoom`."""
        self._room(room).voice(peer, use, self._clock())

    def floor(self, room: str, peers: Sequence[str]) -> None:
        """Raises `UnknownRoom`."""
        self._room(room).floor(peers)

    def leave(self, room_id: str, peer_id: str) -> None:
        """Idempotent. `on_gone` hears of it also when nobody of that name was there."""
        room = self._rooms.get(room_id)
        peer = room.peer(peer_id) if room is not None else None
        if room is not None and peer is not None:
            self._remove(room, peer)
        else:
            self._on_gone(room_id, peer_id)

    def close_room(self, id: str) -> None:
        """Idempotent. Sinks are closed when this returns."""
        room = self._rooms.pop(id, None)
        for peer in room.peers if room is not None else []:
            assert room is not None
            self._remove(room, peer)

    def stats(self, id: str) -> dict[str, object]:
        """Raises `UnknownRoom`."""
        dropped = dict(self._transport.dropped)
        dropped["send"] += self._engine.failed
        dropped["stale"] = self._forwarder.dropped
        return {
            "peers": self._room(id).stats(),
            "dropped": dropped,
            "lag_ms": self._lag.summary(),
            "tasks": len(asyncio.all_tasks()),
        }

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None  # a packet that comes before the sockets are closed must not set it again
        self._wait(False)
        for id in list(self._rooms):
            self.close_room(id)
        while self._closing:
            await asyncio.gather(*self._closing, return_exceptions=True)
        self._transport.close()

    def tick(self, now: float, wall: float) -> None:
        """What is due at `now`; called every 30 to 45 ms, or 20 to 30."""
        for room in list(self._rooms.values()):
            room.tick(now, wall)

    def _work(self) -> bool:
        """What may wait, for one slice of time; True when there is more."""
        now = self._clock()
        if self._timer is not None and now >= self._due:
            self._tick(now)
        more = self._forwarder.work()
        self._wait(self._forwarder.waiting and not more)
        if now >= self._patient_due:
            again = self._transport.take_patient(now)
            self._patient_due = now if again else now + READING_S
            more |= again
        until = self._clock() + WORK_S
        for room in self._rooms.values():
            more |= room.work(until, self._clock)
        return more

    def _wait(self, waits: bool) -> None:
        """Look again soon where a picture waits for its last packet: it may be lost."""
        if self._waiting is not None and not waits:
            self._waiting.cancel()
            self._waiting = None
        elif self._waiting is None and waits:
            self._waiting = self._loop.call_later(FOLLOWS_S, self._waited)

    def _waited(self) -> None:
        self._waiting = None
        self._transport.wake()

    def _tick(self, now: float) -> None:
        """Awake for a packet it is done with that: waking up costs more than a tick. Else a timer does it."""
        if self._timer is not None:
            self._timer.cancel()
        self._lag.late(self._transport.take_longest())
        if now >= self._hurried_until:
            self._transport.hurry(False)
        probing = any(room.probing for room in self._rooms.values())
        self._due = now + (PROBING_TICK_S if probing else TICK_S)
        at = now + (QUIET_PROBING_TICK_S if probing else QUIET_TICK_S)
        self._timer = self._loop.call_later(at - now, self._timed, at)
        self.tick(now, time.time())

    def _timed(self, meant: float) -> None:
        now = self._clock()
        self._lag.late(now - meant)
        self._tick(now)
        self._transport.wake()

    def _room(self, id: str) -> Room:
        room = self._rooms.get(id)
        if room is None:
            raise UnknownRoom(id)
        return room

    def _join(self, room: Room, peer_id: str, offer: sdp.Offer) -> Peer:
        if sum(map(len, self._rooms.values())) >= self._settings.max_peers:
            raise BadOffer("this server is full")
        peer = Peer(peer_id, offer, room, self._certificate, self._engine, self._clock())
        room.add(peer)
        self._transport.bind(peer)
        return peer

    def _restart(self, peer: Peer, offer: sdp.Offer) -> None:
        if offer.fingerprint != peer.offer.fingerprint or offer.sections != peer.offer.sections:
            raise BadOffer("this offer is for another connection")
        if offer.ufrag != peer.offer.ufrag:
            peer.offer = offer
            peer.ice.restart()
            self._transport.bind(peer)

    def _answering(self, peer: Peer) -> sdp.Answering:
        """Voice slot k and camera slot k share a media stream, so that the browser keeps lips and words together."""
        slots = {}
        for section in peer.offer.sections:
            if not section.uplink:
                stream = peer.delivery.slots[section.mid].stream
                rtx_ssrc = stream.rtx_ssrc if stream.rtx_type is not None else None
                slots[section.mid] = sdp.SlotIdentity(stream.ssrc, rtx_ssrc, _stream_id(section))
        return sdp.Answering(peer.ice.local, self._certificate.fingerprint, self._transport.addresses, slots)

    def _lose(self, room_id: str, peer: Peer, reason: str) -> None:
        room = self._rooms.get(room_id)
        if room is not None and room.peer(peer.id) is peer:
            self._emit(PeerLost(room_id, peer.id, reason))
            self._remove(room, peer)

    def _remove(self, room: Room, peer: Peer) -> None:
        room.remove(peer)
        self._transport.unbind(peer)
        peer.uplink.close()
        self._on_gone(room.id, peer.id)
        task = self._loop.create_task(peer.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def _stream_id(section: sdp.Section) -> str:
    if section.kind in (Kind.SCREEN, Kind.SCREEN_AUDIO):
        return "screen"
    return f"slot{section.number}"
