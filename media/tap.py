"""Encoded sound for whoever transcribes: never decoded here, handed on a few packets at a time."""

from __future__ import annotations

from collections.abc import Callable

from media.reorder import Sound

BATCH_S = 0.2


class AudioTap:
    """Gathers a fifth of a second, so that a room of many microphones does not drown its reader in messages."""

    def __init__(self, emit: Callable[[tuple[tuple[float, bytes], ...]], None]) -> None:
        self._emit = emit
        self._held: list[Sound] = []

    def take(self, sound: Sound) -> None:
        self._held.append(sound)
        if sound.end - self._held[0].start >= BATCH_S:
            self.flush()

    def idle(self, now: float) -> None:
        """Nothing comes at the moment: do not wait for the batch to fill."""
        self.flush()

    def flush(self) -> None:
        """Hand on what is held."""
        if self._held:
            packets = tuple((sound.start, sound.payload) for sound in self._held)
            self._held = []
            self._emit(packets)

    def close(self) -> None:
        self.flush()
