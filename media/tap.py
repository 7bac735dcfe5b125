"""Encoded sound for whoever transcribes: never decoded here, handed on a few packets at a time."""

from __future__ import annotations

from collections.abc import Callable

from media.reorder import Sound


class AudioTap:
    """Gathers what comes between two moments, so that a room of many microphones does not drown its reader in messages.

    `emit` gets (meeting seconds, payload) of each packet.
    """

    def __init__(self, emit: Callable[[tuple[tuple[float, bytes], ...]], None]) -> None:
        self._emit = emit
        self._held: list[Sound] = []

    def take(self, sound: Sound) -> None:
        self._held.append(sound)

    def idle(self, now: float) -> None:
        """A few times a second."""
        self.close()

    def close(self) -> None:
        """Hand on what is held. More may follow."""
        if self._held:
            packets = tuple((sound.start, sound.payload) for sound in self._held)
            self._held = []
            self._emit(packets)
