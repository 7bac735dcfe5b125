"""Who speaks now, from RFC 6464 audio levels alone. Pure: levels in, `tick` says what stands.

Two loud packets of 20 ms among the last three make a voice, so a word is recognised 40 to 60 ms after its onset and a
single click is not one. A voice stays active through the pauses between words.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SpeakerSettings:
    loud: int = 50  # -dBov; a level at most this is a voice, not a room
    release_s: float = 0.6  # silence after which a speaker is no longer active
    yield_s: float = 0.3  # silence after which the dominant speaker yields to another active one
    challenge_s: float = 1.0  # a louder voice must hold this long to take dominance from one who goes on speaking
    margin: float = 6.0  # dB by which it must be louder
    smoothing: float = 0.1  # weight of a new level in the loudness


@dataclass(slots=True)
class _Voice:
    recent: deque[bool] = field(default_factory=lambda: deque(maxlen=3))
    heard: float = float("-inf")  # when it was last a voice
    active: bool = False
    loudness: float = 0.0  # dB above silence, smoothed
    challenges: float | None = None


class Speakers:
    def __init__(self, settings: SpeakerSettings | None = None) -> None:
        self._settings = settings or SpeakerSettings()
        self._voices: dict[str, _Voice] = {}
        self.dominant: str | None = None

    def observe(self, peer: str, level: int, now: float) -> None:
        """One packet's level: 0 (loudest) to 127 (silence), in -dBov."""
        voice = self._voices.setdefault(peer, _Voice())
        loud = level <= self._settings.loud
        voice.recent.append(loud)
        if loud:
            voice.loudness += ((127 - level) - voice.loudness) * (self._settings.smoothing if voice.active else 0.5)
        if sum(voice.recent) >= 2:
            voice.heard = now
            voice.active = True

    def forget(self, peer: str) -> None:
        self._voices.pop(peer, None)
        if self.dominant == peer:
            self.dominant = None

    def quiet_since(self, peer: str) -> float:
        """When this peer was last heard; minus infinity if never."""
        voice = self._voices.get(peer)
        return voice.heard if voice is not None else float("-inf")

    def tick(self, now: float) -> tuple[tuple[str, ...], str | None]:
        """Active speakers, loudest first, and the dominant one, who stays dominant through a silence."""
        for voice in self._voices.values():
            if voice.active and now - voice.heard > self._settings.release_s:
                voice.active, voice.challenges, voice.loudness = False, None, 0.0
        active = [peer for peer, voice in self._voices.items() if voice.active]
        if len(active) > 1:
            active.sort(key=self._rank)
        self._choose(active, now)
        return tuple(active), self.dominant

    def _rank(self, peer: str) -> tuple[float, str]:
        return -round(self._voices[peer].loudness / self._settings.margin), peer

    def _choose(self, active: list[str], now: float) -> None:
        if not active or active == [self.dominant]:
            return
        present = self._voices.get(self.dominant) if self.dominant is not None else None
        if present is None or now - present.heard > self._settings.yield_s:
            self.dominant = next((each for each in active if each != self.dominant), active[0])
            return
        for peer in active:
            if peer != self.dominant and self._wins(self._voices[peer], present, now):
                self.dominant = peer
                return

    def _wins(self, challenger: _Voice, present: _Voice, now: float) -> bool:
        if challenger.loudness < present.loudness + self._settings.margin:
            challenger.challenges = None
            return False
        if challenger.challenges is None:
            challenger.challenges = now
        return now - challenger.challenges >= self._settings.challenge_s
