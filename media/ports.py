"""Every shape that crosses a border of the media plane: its commands, its events, and what a sink is.

Only data and Protocols live here; everything else in `media` meets in this file. Times: `at` is meeting time (seconds
since the meeting was opened, as a float that survives restarts); `now` and `arrival` are monotonic seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a participant sends, in the order of the m-sections of the page's offer."""

    MIC = "mic"
    CAMERA = "camera"
    SCREEN = "screen"
    SCREEN_AUDIO = "screen_audio"


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """How many slots every participant of a room receives; fixed for the life of the room.

    The page's offer has these m-sections in this order: the four uplinks of `Kind`, then `voices` voice slots, one slot
    for screen sound, `cameras` camera slots, one screen slot.
    """

    voices: int = 3
    cameras: int = 16


@dataclass(frozen=True, slots=True)
class SlotFill:
    """What one slot of one receiver holds now. `source` and `csrc` are None while the slot is empty."""

    mid: str
    kind: Kind
    source: str | None  # the peer whose media it is
    csrc: int | None  # the CSRC written into every packet of that source


@dataclass(frozen=True, slots=True)
class Packet:
    """One received RTP packet, decrypted and parsed once, as every sink sees it."""

    data: bytes
    index: int  # extended sequence number: 65536 x roll-overs + the 16 bits on the wire
    timestamp: int  # RTP ticks, 32 bits, as on the wire
    marker: bool
    start: int  # payload bounds in `data`; padding is outside them
    end: int
    arrival: float  # monotonic seconds
    level: int | None = None  # RFC 6464: 0 (loudest) to 127 (silence), -dBov; None where not sent
    keyframe: bool = False  # first packet of a VP8 key frame


class PacketSink(Protocol):
    """Who reads a source: down tracks, the recorder, the tap. Called on the forwarding loop: must not block."""

    def write(self, packet: Packet) -> None: ...

    def close(self) -> None: ...


# --- events: media says what happened ---


@dataclass(frozen=True, slots=True)
class PeerConnected:
    """DTLS is up: media flows."""

    room: str
    peer: str


@dataclass(frozen=True, slots=True)
class PeerLost:
    """The peer is gone without `leave`: `consent` expired (RFC 7675), `dtls` failed or was closed."""

    room: str
    peer: str
    reason: str


@dataclass(frozen=True, slots=True)
class SlotsChanged:
    """The whole map of one receiver's slots."""

    room: str
    peer: str
    slots: tuple[SlotFill, ...]


@dataclass(frozen=True, slots=True)
class SpeakersChanged:
    """Who speaks now, loudest first; `dominant` stays the last speaker through a silence."""

    room: str
    peers: tuple[str, ...]
    dominant: str | None


@dataclass(frozen=True, slots=True)
class Tapped:
    """Encoded Opus packets of one microphone, in order, without duplicates: (meeting time, payload)."""

    room: str
    peer: str
    packets: tuple[tuple[float, bytes], ...]


@dataclass(frozen=True, slots=True)
class TrackEnded:
    """The peer's microphone will send no more and all its chunks are on disk."""

    room: str
    peer: str


Event = PeerConnected | PeerLost | SlotsChanged | SpeakersChanged | Tapped | TrackEnded


class MediaPlane(Protocol):
    """What a server asks of media. `media.plane` runs it in this process, `media.process` in one of its own.

    Errors: `BadOffer` when a browser's SDP is not acceptable, `UnknownRoom`, `PlaneDown` when the process is gone.
    """

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        """Open a room. `elapsed`: meeting time now. `directory`: where its recording goes."""

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        """Answer an offer. A new `peer` joins; a known one restarts ICE on the same connection."""
        ...

    async def leave(self, room: str, peer: str) -> None:
        """Forget a peer; idempotent. `TrackEnded` follows once its recording is on disk."""

    async def close_room(self, room: str) -> None:
        """End a room; returns when everything recorded is on disk. Idempotent."""

    async def stats(self, room: str) -> dict[str, object]:
        """Counters of a room, for operators and tests: see README."""
        ...

    def events(self) -> AsyncIterator[Event]:
        """Everything that happens, in order, to one reader."""
        ...

    async def close(self) -> None: ...
