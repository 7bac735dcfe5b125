"""What one participant sends of one kind: one track, or one per simulcast layer (RFC 8853), lowest first."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from statistics import median_low

from media.ports import Kind
from media.uptrack import UpTrack

IDLE_S = 2.0  # a source that sends nothing this long is over, unless nobody wanted it
IDLE_LAYER_S = 1.0
WAKE_S = 4.0  # a layer that is to begin again may take this long
UNWANTED_S = 4.0  # a layer is stopped when nobody has watched it this long
MEASURED_S = 8
FIRST_BPS = (80_000, 220_000, 700_000)  # what layers are taken to cost before they are measured


class Source:
    """`csrc` stands in every packet that others get of it."""

    def __init__(self, peer: str, kind: Kind, csrc: int, rids: tuple[str, ...]) -> None:
        self.peer, self.kind, self.csrc = peer, kind, csrc
        self.video = kind in (Kind.CAMERA, Kind.SCREEN)
        self.rids = rids or ("",)
        self.layers: list[UpTrack | None] = [None] * len(self.rids)
        self.told: tuple[bool, ...] = (True,) * len(self.rids)  # what the publisher was last asked to send
        self.on: bool | None = None  # switched on, as its participant says; None: nothing was said
        self._woken = [float("-inf")] * len(self.rids)  # when each was last asked to begin again
        self._watched = [float("-inf")] * len(self.rids)
        self._costs = [FIRST_BPS[min(number, 2)] for number in range(len(self.rids))]
        self._seconds = [deque[int](maxlen=MEASURED_S) for _ in self.rids]  # bits of the last ones in which it came
        # Bits per second of each layer; 0: not to be had. A layer that we stopped costs what it did before.
        self.rates = [0] * len(self.rids)

    @property
    def tracks(self) -> list[UpTrack]:
        return [track for track in self.layers if track is not None]

    @property
    def heights(self) -> tuple[int, ...]:
        """Lines of each layer's picture, 0 where not yet seen."""
        return tuple(track.height if track is not None else 0 for track in self.layers)

    def put(self, layer: int, track: UpTrack) -> None:
        self.layers[layer] = track
        self.rates[layer] = self._costs[layer] if self.on is not False else 0

    def layer_of(self, track: UpTrack | None) -> int | None:
        """Which layer this track is; None: not one of this source."""
        return self.layers.index(track) if track is not None and track in self.layers else None

    def switch(self, on: bool) -> None:
        """Its participant says so. One that is off takes nothing of a receiver's budget from now on."""
        if on is not self.on:
            self.on = on
            self.rates = [
                cost if on and track is not None else 0 for cost, track in zip(self._costs, self.layers, strict=True)
            ]

    def live(self, now: float) -> bool:
        """It sends, or would if somebody watched."""
        if self.on is False:
            return False
        heard = max((track.heard for track in self.tracks), default=float("-inf"))
        waking = now - max(self._woken) < WAKE_S
        return now - heard < IDLE_S or waking or (self.on is True and bool(self.tracks) and not any(self.told))

    def measure(self, now: float) -> None:
        """Take what each layer costs, for `rates`; about once a second."""
        for number, track in enumerate(self.layers):
            if track is None:
                continue
            sends = now - track.heard < IDLE_LAYER_S
            if sends and track.bitrate:
                self._seconds[number].append(track.bitrate)
                self._costs[number] = _cost(number, list(self._seconds[number]))
            begins = not self.told[number] or now - self._woken[number] < WAKE_S
            self.rates[number] = self._costs[number] if (sends or begins) and self.on is not False else 0

    def wanted(self, now: float) -> tuple[bool, ...]:
        """Which layers the publisher should send: those somebody gets, awaits or got until just now."""
        for number, track in enumerate(self.layers):
            # One that has not come yet is let begin, or nobody would know of it.
            if track is None or track.holders or track.waiting or self._watched[number] == float("-inf"):
                self._watched[number] = now
        return tuple(now - seen < UNWANTED_S for seen in self._watched)

    def tell(self, layers: tuple[bool, ...], now: float) -> None:
        """The publisher is asked to send these from now on."""
        for number, (before, after) in enumerate(zip(self.told, layers, strict=True)):
            if after and not before:
                self._woken[number] = now
        self.told = layers

    def close(self) -> None:
        for track in self.tracks:
            track.close()


def _cost(layer: int, seconds: Sequence[int]) -> int:
    """Bits/s, from those of the last seconds.

    A key frame makes one second dear and the next ones cheap, for encoders keep to their mean: receivers with little to
    spare would drop a layer, and take it back a second later. The lowest is all that is left to drop: it is taken
    wherever it may fit.
    """
    return median_low(seconds) if layer else min(seconds[-2:])
