"""What one speech worker must be told so that every track is heard to its end, once. PURE: returns commands.

A track's life:

    begin ──> LIVE ── end ──> ENDING ── Done ──> (gone)
               │ lost thread     │ lost thread
               v                 v
            WAITING ── end ─> CATCHING_UP ── Done ──> (gone)      recover ──> CATCHING_UP
                                 │  ^
                          Failed v  │ tick
                               RETRYING ── too often ──> GIVEN_UP

The thread of a live track is what links a new worker to the watermark of the one that died: the packets since then,
kept here until `Heard` acknowledges them. It is lost when the worker was away for longer than the memory reaches, or
when the worker let the track go. Then nobody transcribes the track live any more; its recording is transcribed once it
has ended.

`replied` is given a reply only after its lines are stored: what is acknowledged is never said again, what is not is.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from minutes.speech.ports import (
    WARM_UP_S,
    CatchUp,
    Command,
    Done,
    Drop,
    Failed,
    Finish,
    Hear,
    Heard,
    Listen,
    Ready,
    Reply,
)

LONGEST_PACKET = 0.12  # seconds an Opus packet can hold (RFC 6716, 2.1.4)
REPLAYED_AT_ONCE = 250  # packets in one Hear: 5 s, so that tracks take turns after a restart


class Phase(Enum):
    LIVE = auto()
    ENDING = auto()
    WAITING = auto()
    CATCHING_UP = auto()
    RETRYING = auto()
    GIVEN_UP = auto()


@dataclass(frozen=True, slots=True)
class ScribeOptions:
    memory: float = 60.0
    """Seconds of unacknowledged packets kept per track: about 250 kB of speech."""
    retry_after: float = 5.0
    """Seconds until a failed catch-up is tried again; doubles each time."""
    attempts: int = 5
    """Catch-ups tried in a row without any progress before a track is given up until the server starts again."""


@dataclass(slots=True)
class _Track:
    token: int
    watermark: float
    directory: str
    hints: str
    phase: Phase
    memory: deque[tuple[float, bytes]] = field(default_factory=deque)
    forgotten: float = -math.inf  # sound before this has left the memory unacknowledged
    attempts: int = 0
    retry_at: float = 0.0

    @property
    def thread_holds(self) -> bool:
        return self.forgotten <= self.watermark


class Scribe:
    def __init__(self, options: ScribeOptions | None = None) -> None:
        self._options = options or ScribeOptions()
        self._tracks: dict[str, _Track] = {}
        self._ready = False

    @property
    def tracks(self) -> Mapping[str, Phase]:
        return {name: track.phase for name, track in self._tracks.items()}

    @property
    def idle(self) -> bool:
        """Nothing is left to be heard; tracks given up do not count."""
        return all(track.phase is Phase.GIVEN_UP for track in self._tracks.values())

    def token(self, track: str) -> int | None:
        known = self._tracks.get(track)
        return known.token if known else None

    def begin(self, track: str, token: int, start: float, directory: str, hints: str = "") -> list[Command]:
        """A live track, heard from meeting time `start`; `directory` is where its recording grows.

        `hints`: words that may be said (`lexicon.hints`).
        """
        self._tracks[track] = _Track(token, start, directory, hints, Phase.LIVE)
        return self._if_ready([Listen(track, token, start, hints)])

    def recover(self, track: str, token: int, start: float, directory: str, hints: str = "") -> list[Command]:
        """A track that ended before it was heard to its end; `start` is how far it was heard."""
        self._tracks[track] = _Track(token, start, directory, hints, Phase.CATCHING_UP)
        return self._if_ready([CatchUp(track, token, start, directory, hints)])

    def hear(self, track: str, packets: Sequence[tuple[float, bytes]]) -> list[Command]:
        """Packets of a live track in order. Those of a track that is not live are in its recording."""
        known = self._tracks.get(track)
        if known is None or known.phase is not Phase.LIVE or not packets:
            return []
        known.memory.extend(packets)
        self._bound(known)
        return self._if_ready([Hear(track, known.token, tuple(packets))])

    def end(self, track: str) -> list[Command]:
        """The microphone is gone and the last chunk of the recording is on disk."""
        known = self._tracks.get(track)
        if known is not None and known.phase is Phase.LIVE:
            known.phase = Phase.ENDING
            return self._if_ready([Finish(track, known.token)])
        if known is not None and known.phase is Phase.WAITING:
            return self._catch_up(track, known)
        return []

    def drop(self, track: str) -> list[Command]:
        """Forget it; whatever still comes back for it has an old token."""
        known = self._tracks.pop(track, None)
        return self._if_ready([Drop(track, known.token)]) if known else []

    def replied(self, reply: Reply, now: float) -> list[Command]:
        """After what the reply says was stored. `now` is any monotonic clock, the same as in `tick`."""
        if isinstance(reply, Ready):
            self._ready = True
            return [command for name in list(self._tracks) for command in self._resume(name, self._tracks[name])]
        known = self._tracks.get(reply.track)
        if known is None or known.token != reply.token:
            return []
        match reply:
            case Heard(until=until):
                self._acknowledge(known, until)
            case Done():
                del self._tracks[reply.track]
            case Failed():
                self._lose_thread(known, now)
        return []

    def tick(self, now: float) -> list[Command]:
        """Catch-ups whose time to be tried again has come."""
        due = [(n, t) for n, t in self._tracks.items() if t.phase is Phase.RETRYING and t.retry_at <= now]
        return [command for name, track in due for command in self._catch_up(name, track)]

    def worker_lost(self) -> None:
        """The worker is dead and all it had replied was handed in. The next `Ready` resumes every track."""
        self._ready = False

    def _if_ready(self, commands: list[Command]) -> list[Command]:
        return commands if self._ready else []

    def _resume(self, name: str, track: _Track) -> list[Command]:
        if track.phase in (Phase.LIVE, Phase.ENDING) and track.thread_holds:
            return self._replay(name, track)
        if track.phase is Phase.LIVE:
            track.phase = Phase.WAITING
            track.memory.clear()
        elif track.phase in (Phase.ENDING, Phase.CATCHING_UP):
            return self._catch_up(name, track)
        return []

    def _replay(self, name: str, track: _Track) -> list[Command]:
        kept = list(track.memory)
        slices = (tuple(kept[at : at + REPLAYED_AT_ONCE]) for at in range(0, len(kept), REPLAYED_AT_ONCE))
        hears = [Hear(name, track.token, packets) for packets in slices]
        ends = [Finish(name, track.token)] if track.phase is Phase.ENDING else []
        return [Listen(name, track.token, track.watermark, track.hints), *hears, *ends]

    def _catch_up(self, name: str, track: _Track) -> list[Command]:
        track.phase = Phase.CATCHING_UP
        track.memory.clear()
        return self._if_ready([CatchUp(name, track.token, track.watermark, track.directory, track.hints)])

    def _acknowledge(self, track: _Track, until: float) -> None:
        if until > track.watermark:
            track.watermark = until
            track.attempts = 0
        while track.memory and track.memory[0][0] + LONGEST_PACKET < track.watermark - WARM_UP_S:
            track.memory.popleft()

    def _bound(self, track: _Track) -> None:
        oldest = track.memory[-1][0] - self._options.memory
        while track.memory[0][0] < oldest:
            track.forgotten = track.memory.popleft()[0] + LONGEST_PACKET

    def _lose_thread(self, track: _Track, now: float) -> None:
        track.memory.clear()
        if track.phase is Phase.LIVE:
            track.phase = Phase.WAITING
            return
        track.attempts += 1
        track.phase = Phase.RETRYING if track.attempts < self._options.attempts else Phase.GIVEN_UP
        track.retry_at = now + self._options.retry_after * 2 ** (track.attempts - 1)
