"""Every shape that crosses a border of the media plane: its commands, its events, and what a sink is.

Only data and Protocols live here; everything else in `media` meets in this file. Times: `at` is meeting time (seconds
since the meeting was opened, as a float that survives restarts); `now` and `arrival` are monotonic seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol

from media.rtp.vp8 import Vp8


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


class Mode(StrEnum):
    """How much a participant wants to receive."""

    FULL = "full"
    SAVING = "saving"  # low bandwidth: the lowest layer of few cameras, the screen with fewer frames
    AUDIO = "audio"  # no pictures at all


@dataclass(frozen=True, slots=True)
class Wish:
    """What one participant wants to see. `shown`: (peer, height in pixels) of every picture on its page, most

    important first; None: it has not said, and gets whatever fits.
    """

    mode: Mode = Mode.FULL
    pinned: tuple[str, ...] = ()
    shown: tuple[tuple[str, int], ...] | None = None


class VoiceUse(StrEnum):
    """What becomes of a participant's microphone."""

    KEPT = "kept"  # heard by everybody, recorded and transcribed
    HEARD = "heard"  # by everybody, and nothing of it is kept
    BARRED = "barred"  # neither: whoever leads has switched it off, and a page may send what it likes


class Quality(IntEnum):
    """How well one participant's connection carries the meeting now."""

    LOST = 0
    POOR = 1
    FAIR = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class SlotFill:
    """What one slot of one receiver holds now. `source` and `csrc` are None while the slot is empty.

    `paused`: there is a source, but nothing of it is sent to this receiver now.
    """

    mid: str
    kind: Kind
    source: str | None  # the peer whose media it is
    csrc: int | None  # the CSRC written into every packet of that source
    paused: bool = False


@dataclass(slots=True)
class Packet:
    """One received RTP packet, decrypted and parsed once, as every sink sees it. Only `stamp` is written later."""

    data: bytes
    index: int  # extended sequence number: 65536 x roll-overs + the 16 bits on the wire
    timestamp: int  # RTP ticks, 32 bits, as on the wire
    marker: bool
    start: int  # payload bounds in `data`; padding is outside them
    end: int
    arrival: float  # monotonic seconds
    level: int | None = None  # RFC 6464: 0 (loudest) to 127 (silence), -dBov; None where not sent
    keyframe: bool = False  # first packet of a VP8 key frame
    vp8: Vp8 | None = None  # the payload descriptor; None for sound, and for a payload too short to have one
    stamp: int = 0  # abs-send-time of its first sending: 24 bits, 1/262144 s

    @property
    def empty(self) -> bool:
        """Nothing but padding: a browser tries what its way bears."""
        return self.start == self.end


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
    """Slots of one receiver that have changed; all of them when it connects."""

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
class LayersWanted:
    """Which layers of one source somebody watches, lowest first: the publisher should send those and no others."""

    room: str
    peer: str
    kind: Kind
    layers: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class QualityChanged:
    room: str
    peer: str
    quality: Quality


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


Event = PeerConnected | PeerLost | SlotsChanged | SpeakersChanged | LayersWanted | QualityChanged | Tapped | TrackEnded


class MediaPlane(Protocol):
    """What a server asks of media. `media.plane` runs it in this process, `media.process` in one of its own.

    Errors: `BadOffer` when a browser's SDP is not acceptable, `UnknownRoom`, `PlaneDown` when the process is gone.
    """

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        """Open a room. `elapsed`: meeting time now. `directory`: where its recording goes."""

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        """Answer an offer. A new `peer` joins; a known one restarts ICE on the same connection."""
        ...

    async def wish(self, room: str, peer: str, wish: Wish) -> None:
        """What this peer wants to see from now on. Unknown peers are ignored: the wish came too late."""

    async def sends(self, room: str, peer: str, kinds: Sequence[Kind]) -> None:
        """Which pictures this peer has switched on: a camera that nobody watches sends nothing and is still there."""

    async def voice(self, room: str, peer: str, use: VoiceUse) -> None:
        """What becomes of this peer's microphone: kept until said otherwise.

        Nothing that comes after this returns is kept if it may not be; slots give it up within a tick.
        """

    async def floor(self, room: str, peers: Sequence[str]) -> None:
        """Who holds the floor: heard whatever happens, and shown first."""

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
