"""How far behind the voices their text is, and what is said of it. Pure; times in meeting seconds."""

from __future__ import annotations

from server.signalling.messages import Transcription

BEHIND_S = 45.0
"""An utterance is heard whole and may last half a minute: less is not a delay."""
SLOW_S = 8.0
"""Silence is reported every five seconds, who speaks is looked at every second: more is text at ends of sentences."""


class Progress:
    def __init__(self) -> None:
        self._tapped: dict[str, float] = {}  # what has come
        self._heard: dict[str, float] = {}  # what is in lines
        self._drafted: dict[str, float] = {}  # what is on the pages

    @property
    def behind_s(self) -> float:
        """How much of the sound that has come, at most of all microphones, is in no line yet."""
        return max((at - self._heard.get(track, at) for track, at in self._tapped.items()), default=0.0)

    @property
    def unshown_s(self) -> float:
        """How much of it nobody can read yet."""
        return max((at - self._shown(track, at) for track, at in self._tapped.items()), default=0.0)

    def came(self, track: str, first: float, last: float) -> None:
        self._heard.setdefault(track, first)
        self._tapped[track] = last

    def heard(self, track: str, until: float) -> None:
        self._heard[track] = until

    def drafted(self, track: str, until: float) -> None:
        self._drafted[track] = until

    def forget(self, track: str) -> None:
        for table in (self._tapped, self._heard, self._drafted):
            table.pop(track, None)

    def state(self, ready: bool) -> Transcription:
        """`ready`: whether all workers are."""
        if not ready:
            return Transcription(state="starting")
        if (behind := self.behind_s) > BEHIND_S:
            return Transcription(state="behind", behind=round(behind / 10) * 10)
        return Transcription(state="slow" if self.unshown_s > SLOW_S else "ready")

    def _shown(self, track: str, at: float) -> float:
        return max(self._heard.get(track, at), self._drafted.get(track, 0.0))
