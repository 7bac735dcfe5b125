"""One room: its peers, who speaks, which source stands in which slot, and the fan-out of packets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from media import slots
from media.downtrack import DownTrack
from media.ice import Address
from media.peer import Peer
from media.ports import (
    Event,
    Kind,
    Packet,
    PacketSink,
    PeerConnected,
    SlotFill,
    SlotPlan,
    SlotsChanged,
    SpeakersChanged,
)
from media.slots import Fills, Scene, Voice
from media.speakers import Speakers
from media.uptrack import UpTrack

CAMERA_IDLE_S = 2.0  # a camera that sends nothing this long gives its slots up
PREROLL_S = 0.16  # what a voice said before it was recognised is sent after it, so that no first word is lost
PREROLL_PACKETS = 8


@dataclass(frozen=True, slots=True)
class RoomPorts:
    """What a room asks of its surroundings."""

    emit: Callable[[Event], None]
    send: Callable[[bytes | memoryview, Address], None]
    sink_for: Callable[[str, str, UpTrack], PacketSink]
    drop: Callable[[Peer, str], None]  # a peer is lost: (peer, reason)


@dataclass(slots=True)
class _Seat:
    peer: Peer
    fills: Fills
    connected: bool = False
    told: tuple[SlotFill, ...] = ()


@dataclass(slots=True)
class _Stage:
    """What was last told about the room as a whole."""

    active: frozenset[str] = frozenset()
    dominant: str | None = None
    cameras: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()


class Room:
    def __init__(self, id: str, plan: SlotPlan, ports: RoomPorts) -> None:
        self.id, self.plan = id, plan
        self._ports = ports
        self._seats: dict[str, _Seat] = {}
        self._watchers: dict[UpTrack, dict[DownTrack, Peer]] = {}
        self._speakers = Speakers()
        self._stage = _Stage()
        self._stale = False

    @property
    def peers(self) -> list[Peer]:
        return [seat.peer for seat in self._seats.values()]

    def peer(self, id: str) -> Peer | None:
        seat = self._seats.get(id)
        return seat.peer if seat is not None else None

    def add(self, peer: Peer) -> None:
        self._seats[peer.id] = _Seat(peer, slots.empty(self.plan), told=_map(peer))

    def remove(self, peer: Peer) -> None:
        """Take a peer out; its slots elsewhere are given to others at once."""
        if self._seats.pop(peer.id, None) is None:
            return
        for slot in peer.slots.values():
            self._unwatch(slot)
        for track in peer.up.values():
            self._watchers.pop(track, None)
        self._speakers.forget(peer.id)
        self._stale = True

    def stats(self) -> dict[str, object]:
        return {id: _peer_stats(seat) for id, seat in self._seats.items()}

    # --- what peers tell (media.peer.Owner) ---

    def send(self, data: bytes | memoryview, address: Address) -> None:
        self._ports.send(data, address)

    def connected(self, peer: Peer) -> None:
        if (seat := self._seats.get(peer.id)) is not None:
            seat.connected = True
            self._stale = True
            self._ports.emit(PeerConnected(self.id, peer.id))
            for slot in peer.slots.values():
                if slot.pending is not None:
                    slot.pending.ask_keyframe()

    def lost(self, peer: Peer, reason: str) -> None:
        self._ports.drop(peer, reason)

    def bound(self, peer: Peer, track: UpTrack) -> None:
        """A source has begun."""
        if track.kind is Kind.MIC:
            track.sinks.append(self._ports.sink_for(self.id, peer.id, track))
        self._stale = True

    def forward(self, track: UpTrack, packet: Packet) -> None:
        """Send one packet to everybody who has this source in a slot. The hot path."""
        if packet.level is not None and track.kind is Kind.MIC:
            self._speakers.observe(track.peer, packet.level, packet.arrival)
        watchers = self._watchers.get(track)
        if not watchers:
            return
        for slot, peer in watchers.items():
            peer.send_packet(slot, track, packet)
        if packet.keyframe:
            self._let_go(track, watchers)

    # --- time ---

    def tick(self, now: float) -> None:
        """Every 20 ms: speakers, slots, NACKs and key frame requests that are due."""
        active, dominant = self._speakers.tick(now)
        stage = _Stage(frozenset(active), dominant, self._live(Kind.CAMERA, now), self._live(Kind.SCREEN, now))
        if self._stale or stage != self._stage:
            self._restage(stage, active, now)
        for seat in self._seats.values():
            seat.peer.ask(now)

    def report(self, now: float, wall: float) -> None:
        """Once a second."""
        for peer in self.peers:
            if (reason := peer.expired(now)) is not None:
                self._ports.drop(peer, reason)
            else:
                peer.report(now, wall)

    def _restage(self, stage: _Stage, active: tuple[str, ...], now: float) -> None:
        if (stage.active, stage.dominant) != (self._stage.active, self._stage.dominant):
            self._ports.emit(SpeakersChanged(self.id, active, stage.dominant))
        self._stage, self._stale = stage, False
        for seat in self._seats.values():
            self._allocate(seat, now)

    def _allocate(self, seat: _Seat, now: float) -> None:
        fills = seat.fills = slots.allocate(seat.fills, self._scene(seat.peer.id))
        for section in seat.peer.offer.sections:
            if not section.uplink:
                source = self._source(_filling(fills, section.kind, section.number), section.kind)
                self._fill(seat.peer, seat.peer.slots[section.mid], source, now)
        # The map and not the filling: who sends from a new source is the same peer under another CSRC.
        now_told = _map(seat.peer)
        if now_told != seat.told:
            seat.told = now_told
            self._ports.emit(SlotsChanged(self.id, seat.peer.id, now_told))

    def _scene(self, receiver: str) -> Scene:
        others = [seat.peer for id, seat in self._seats.items() if id != receiver]
        voices = tuple(
            Voice(peer.id, peer.id in self._stage.active, self._speakers.quiet_since(peer.id))
            for peer in others
            if peer.track(Kind.MIC) is not None
        )
        ids = [peer.id for peer in others]
        screen = next((id for id in self._stage.screens if id in ids), None)
        sound = screen if screen is not None and self._source(screen, Kind.SCREEN_AUDIO) is not None else None
        cameras = tuple(id for id in self._stage.cameras if id in ids)
        return Scene(voices, cameras, self._stage.dominant, screen, sound)

    def _live(self, kind: Kind, now: float) -> tuple[str, ...]:
        """Peers whose source of this kind sends now, in joining order."""
        tracks = ((id, seat.peer.track(kind)) for id, seat in self._seats.items())
        return tuple(id for id, track in tracks if track is not None and now - track.heard < CAMERA_IDLE_S)

    def _source(self, peer: str | None, kind: Kind) -> UpTrack | None:
        seat = self._seats.get(peer) if peer is not None else None
        return seat.peer.track(kind) if seat is not None else None

    # --- slots ---

    def _fill(self, peer: Peer, slot: DownTrack, source: UpTrack | None, now: float) -> None:
        if source is (slot.pending or slot.source):
            return
        needs_keyframe = slot.switch(source)
        self._unwatch(slot, keep=slot.source)
        if source is None:
            return
        self._watchers.setdefault(source, {})[slot] = peer
        if needs_keyframe:
            source.ask_keyframe()
        elif source.kind is Kind.MIC:
            for packet in source.ring.since(now - PREROLL_S, PREROLL_PACKETS):
                peer.send_packet(slot, source, packet)

    def _unwatch(self, slot: DownTrack, keep: UpTrack | None = None) -> None:
        for track, watchers in list(self._watchers.items()):
            if track is not keep and watchers.pop(slot, None) is not None and not watchers:
                del self._watchers[track]

    def _let_go(self, track: UpTrack, watchers: dict[DownTrack, Peer]) -> None:
        """A key frame has just moved slots to this source: their old sources need not be sent to them any more."""
        for slot in list(watchers):
            if slot.source is track and slot.pending is None:
                self._unwatch(slot, keep=track)


def _filling(fills: Fills, kind: Kind, number: int) -> str | None:
    if kind is Kind.MIC:
        return fills.voices[number]
    if kind is Kind.CAMERA:
        return fills.cameras[number]
    return fills.screen if kind is Kind.SCREEN else fills.screen_audio


def _map(peer: Peer) -> tuple[SlotFill, ...]:
    return tuple(_slot_fill(slot) for slot in peer.slots.values())


def _slot_fill(slot: DownTrack) -> SlotFill:
    source = slot.pending or slot.source
    if source is None:
        return SlotFill(slot.mid, slot.kind, None, None)
    return SlotFill(slot.mid, slot.kind, source.peer, source.csrc)


def _peer_stats(seat: _Seat) -> dict[str, object]:
    peer = seat.peer
    return {
        "connected": seat.connected,
        "bad_packets": peer.bad_packets,
        "up": {
            str(track.kind): {
                "packets": track.packets,
                "lost": track.lost,
                "refused": track.refused,
                "bytes": track.bytes,
                "nacked": track.nack.asked,
            }
            for track in peer.up.values()
        },
        "down": {
            slot.mid: {
                "kind": str(slot.kind),
                "source": slot.source.peer if slot.source is not None else None,
                "packets": slot.packets,
                "resent": slot.resent,
                "switches": slot.switches,
            }
            for slot in peer.slots.values()
        },
    }
