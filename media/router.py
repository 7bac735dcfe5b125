"""One room: its peers, and what happens to them over time."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from media import layering, report, slots
from media.address import Address
from media.forwarder import Forwarder
from media.peer import Peer
from media.ports import Event, Kind, Packet, PacketSink, PeerConnected, QualityChanged, SlotPlan, VoiceUse, Wish
from media.seat import Seat
from media.source import Source
from media.staging import Staging
from media.uptrack import UpTrack

REPORTS_AT_ONCE = 12  # peers: the first of them costs as much as four that follow, and all together a millisecond
LAYERS_S = 0.5
ASKED_S = 2.0  # of who sends nothing for so long nothing is missing any more


@dataclass(frozen=True, slots=True)
class RoomPorts:
    """What a room asks of its surroundings."""

    emit: Callable[[Event], None]
    send: Callable[[bytes | memoryview, Address], None]
    sink_for: Callable[[str, str, UpTrack], PacketSink]
    drop: Callable[[Peer, str], None]  # a peer is lost: (peer, reason)
    forwarder: Forwarder


class Room:
    def __init__(self, id: str, plan: SlotPlan, ports: RoomPorts) -> None:
        self.id, self.plan = id, plan
        self._ports = ports
        self._seats: dict[str, Seat] = {}
        self._senders: dict[str, Peer] = {}  # those that send anything, now or before
        self._probing: dict[str, Peer] = {}
        self._insured: dict[str, Peer] = {}
        self._staging = Staging(id, plan, self._seats, ports.forwarder, ports.emit)
        self._turns: deque[str] = deque()  # whose once-a-second work is next
        self._reported = 0.0  # up to when it is done
        self._layered = 0.0

    def __len__(self) -> int:
        """How many peers are in it."""
        return len(self._seats)

    @property
    def peers(self) -> list[Peer]:
        return [seat.peer for seat in self._seats.values()]

    @property
    def probing(self) -> bool:
        """Somebody is sent padding, or is watched: ticks should come close together, for each is a burst."""
        return bool(self._probing)

    def peer(self, id: str) -> Peer | None:
        seat = self._seats.get(id)
        return seat.peer if seat is not None else None

    def add(self, peer: Peer) -> None:
        self._seats[peer.id] = Seat(peer, slots.empty(self.plan))
        self._turns.append(peer.id)

    def remove(self, peer: Peer) -> None:
        """Take a peer out; its slots elsewhere are given to others at once."""
        if self._seats.pop(peer.id, None) is None:
            return
        self._turns.remove(peer.id)
        self._senders.pop(peer.id, None)
        self._probing.pop(peer.id, None)
        self._insured.pop(peer.id, None)
        for slot in peer.delivery.slots.values():
            slot.want(None)
        self._staging.forget(peer.id)

    def stats(self) -> dict[str, object]:
        return {id: report.peer_stats(seat) for id, seat in self._seats.items()}

    # --- what the server says ---

    def wish(self, peer: str, wish: Wish) -> None:
        seat = self._seats.get(peer)
        if seat is not None and seat.peer.delivery.wish != wish:
            seat.peer.delivery.wish = wish
            self._staging.look_at(peer)

    def sends(self, peer: str, kinds: Sequence[Kind]) -> None:
        seat = self._seats.get(peer)
        if seat is not None:
            seat.sends = frozenset(kinds)
            for source in seat.peer.uplink.sources.values():
                self._switch(seat, source)
            self._staging.stale = True

    def voice(self, peer: str, use: VoiceUse, now: float) -> None:
        seat = self._seats.get(peer)
        if seat is None:
            return
        if use is not seat.voice:
            seat.voice, seat.kept_since = use, now if use is VoiceUse.KEPT else math.inf
        for track in seat.peer.uplink.tracks.values():
            if track.kind is Kind.MIC:
                track.kept_since = seat.kept_since
        self._staging.bar(peer, use is VoiceUse.BARRED)

    def floor(self, peers: Sequence[str]) -> None:
        self._staging.floor = frozenset(peers)

    # --- what peers tell (media.peer.Owner) ---

    def send(self, data: bytes | memoryview, address: Address) -> None:
        self._ports.send(data, address)

    def connected(self, peer: Peer) -> None:
        if (seat := self._seat_of(peer)) is not None:
            seat.connected = True
            self._ports.emit(PeerConnected(self.id, peer.id))
            self._staging.tell(seat)
            self._staging.look_at(peer.id)

    def lost(self, peer: Peer, reason: str) -> None:
        self._ports.drop(peer, reason)

    def bound(self, peer: Peer, source: Source, track: UpTrack) -> None:
        """A track has begun."""
        seat = self._seat_of(peer)
        if seat is None:
            return
        self._senders[peer.id] = peer
        if source.kind is Kind.MIC:
            track.sinks.append(self._ports.sink_for(self.id, peer.id, track))
            track.kept_since = seat.kept_since
        if source.video:
            self._staging.pictures[source] = None
            self._switch(seat, source)
        self._staging.stale = True

    def forward(self, track: UpTrack, packet: Packet) -> None:
        if packet.level is not None and track.kind is Kind.MIC:
            self._staging.observe(track.peer, packet.level, packet.arrival)
        self._ports.forwarder.forward(track, packet)

    def judged(self, peer: Peer, now: float) -> None:
        """What a receiver said of its link makes another choice of layers likely."""
        seat = self._seat_of(peer)
        if seat is not None:
            self._settle(seat, now)

    def gathering(self, now: float) -> bool:
        """Receivers are being given new pictures one after the other: they get one key frame together."""
        return self._staging.gathering(now)

    # --- time ---

    def tick(self, now: float, wall: float) -> None:
        """Every 30 to 45 ms, or 20 to 30 while `probing`.

        Speakers, feedback that is due, probes, and this moment's share of the reports.
        """
        self._staging.tick(now)
        for peer in self._senders.values():
            if now - peer.uplink.heard < ASKED_S:
                peer.ask(now)
        for peer in list(self._probing.values()):
            self._probe(peer, now)
        for peer in self._insured.values():
            peer.insure()
        if self._staging.asleep or now - self._layered >= LAYERS_S:
            self._layered, self._staging.asleep = now, False
            for event in layering.wanted(self.id, self._staging.pictures, now):
                self._ports.emit(event)
        self._report_some(now, wall)

    def work(self, until: float, clock: Callable[[], float]) -> bool:
        """What may wait; True when there is more."""
        return self._staging.work(until, clock)

    def _seat_of(self, peer: Peer) -> Seat | None:
        """None for one that has left: another may have its name by now."""
        seat = self._seats.get(peer.id)
        return seat if seat is not None and seat.peer is peer else None

    def _report_some(self, now: float, wall: float) -> None:
        """Everybody once a second, some together."""
        turns = self._turns
        due = int((now - self._reported) * len(turns))
        if due < min(REPORTS_AT_ONCE, len(turns)) or not turns:
            return
        self._reported = max(now - 1.0, self._reported + due / len(turns))
        for id in list(islice(turns, due)):
            turns.rotate(-1)
            self._report(self._seats[id], now, wall)

    def _report(self, seat: Seat, now: float, wall: float) -> None:
        peer = seat.peer
        if (reason := peer.expired(now)) is not None:
            self._ports.drop(peer, reason)
            return
        peer.report(now, wall)
        for source in peer.uplink.sources.values():
            source.measure(now)
        if seat.connected:
            self._settle(seat, now)
            if peer.delivery.insured(now):
                self._insured[peer.id] = peer
            else:
                self._insured.pop(peer.id, None)
            if (quality := report.judge(seat, now)) is not None:
                self._ports.emit(QualityChanged(self.id, peer.id, quality))

    def _settle(self, seat: Seat, now: float) -> None:
        peer = seat.peer
        settled = layering.settle(peer, self._staging.leading, self._staging.probes, now)
        self._staging.asleep |= settled.asleep
        if settled.changed:
            self._staging.tell(seat)
        for slot in peer.delivery.filled:
            if slot.pending is not None:
                slot.pending.await_keyframe()
        if peer.delivery.awake:
            self._probing[peer.id] = peer

    def _probe(self, peer: Peer, now: float) -> None:
        decision = peer.delivery.decision
        if decision is None or not peer.delivery.awake:
            self._probing.pop(peer.id, None)
            return
        peer.pad(now)
        if now >= decision.again_at:
            self.judged(peer, now)

    def _switch(self, seat: Seat, source: Source) -> None:
        if source.video and seat.sends is not None:
            source.switch(source.kind in seat.sends)
