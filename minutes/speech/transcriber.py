"""What a worker does between its two pipes: takes commands, works in small steps, gives replies. Time is an argument.

1. Live tracks come first, in the order their sound came. When no sound waits, somebody who is speaking is looked at:
   whoever has been speaking the longest since the last look. Looks rest nearly as long as they take, so that nearly
   half of the time is left to others. With more to do than the time there is, looks become rarer first, then
   utterances come late, and none is lost.
   Recordings are caught up with, in slices and in turns, when there is nothing else to do.
2. A command with another token than its track's is old and is ignored.
3. Encoded sound that waits is bounded over all tracks. When it overflows, the track with most waiting is let go with
   `Failed(code="behind")`; its recording is caught up with later. The others stay live.
4. A live track that sends nothing for a while is muted: what it was saying is said.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from minutes.speech.audio import OpusDecoder, RecordedTrack
from minutes.speech.drafting import Drafting
from minutes.speech.listener import Listener
from minutes.speech.ports import (
    WARM_UP_S,
    CatchUp,
    Command,
    Done,
    Drafted,
    Drafter,
    Drop,
    Engine,
    Failed,
    Finish,
    Hear,
    Heard,
    Listen,
    Reply,
    Utterance,
    Vad,
)


@dataclass(frozen=True, slots=True)
class TranscriberOptions:
    waiting_bytes: int = 32 * 1024 * 1024
    """Encoded sound that may wait, over all tracks: about two hours of one speaker."""
    muted_after: float = 1.5
    """Seconds without packets that end what was being said; more than the network and reordering take."""
    report_every: float = 5.0
    """Seconds of silence heard that are worth a reply of their own."""
    rest: float = 0.8
    """What the pause after a look is to the time that it took."""
    slice: float = 10.0
    """Seconds of a recording heard in one step."""


class _Hearing:
    """One track on its way from packets to utterances."""

    def __init__(self, track: str, token: int, start: float, listener: Listener) -> None:
        self.track = track
        self.token = token
        self.listener = listener
        self._decoder = OpusDecoder()
        self._reported = start

    def packet(self, at: float, payload: bytes) -> list[Utterance]:
        sound = self._decoder.decode(at, payload)
        return [] if sound is None else self.listener.hear(sound)

    def report(self, said: list[Utterance], worth: float) -> list[Reply]:
        """`Heard`, when something was said or the watermark moved by `worth`."""
        until = self.listener.until
        if not said and until - self._reported < worth:
            return []
        self._reported = until
        return [Heard(self.track, self.token, until, tuple(said))]

    def finish(self) -> list[Reply]:
        said = self.listener.finish()
        return [*self.report(said, 0.0), Done(self.track, self.token, self.listener.until)]


@dataclass(slots=True)
class _Live:
    hearing: _Hearing
    drafting: Drafting | None
    waiting: deque[Hear] = field(default_factory=deque)
    waiting_bytes: int = 0
    finishing: bool = False
    last_packet: float = 0.0

    @property
    def news(self) -> float:
        """Seconds of an open utterance that are worth a look."""
        span = self.hearing.listener.span
        if self.drafting is None or span is None:
            return 0.0
        return self.drafting.news(*span, self.hearing.listener.quiet)


class Transcriber:
    """`drafter`: who looks at utterances that go on; None: they are heard when they are over."""

    def __init__(
        self,
        engine: Engine,
        vad: Callable[[], Vad],
        options: TranscriberOptions | None = None,
        drafter: Drafter | None = None,
    ) -> None:
        self._engine = engine
        self._drafter = drafter
        self._vad = vad
        self._options = options or TranscriberOptions()
        self._live: dict[str, _Live] = {}
        self._turns: deque[_Live] = deque()  # whose oldest waiting command is next
        self._recorded: dict[str, tuple[int, Iterator[list[Reply]]]] = {}
        self._failures: list[Reply] = []
        self._looked: float | None = None  # when the last look began, while nothing has been done since
        self._rest_until = float("-inf")

    def busy(self, now: float) -> bool:
        if self._turns or self._recorded or self._failures:
            return True
        return now >= self._rest_until and any(each.news for each in self._live.values())

    def take(self, command: Command, now: float) -> None:
        """Only remembers what is to be done. `now` is any monotonic clock in seconds."""
        match command:
            case Listen(track, token, start, hints):
                self._forget(track)
                drafting = Drafting(self._drafter) if self._drafter is not None else None
                self._live[track] = _Live(self._hearing(track, token, start, hints), drafting, last_packet=now)
            case Hear():
                self._wait(command, now)
            case Finish(track, token):
                if (live := self._live_with(track, token)) is not None:
                    live.finishing = True
                    self._turns.append(live)
            case CatchUp(track, token):
                self._forget(track)
                self._recorded[track] = (token, self._catch_up(command))
            case Drop(track, token):
                if self._token(track) == token:
                    self._forget(track)

    def step(self, now: float) -> list[Reply]:
        """One small piece of work: at most an utterance, of recordings those that are heard together; [] also when it
        gave no reply."""
        if self._looked is not None:
            self._rest_until, self._looked = now + (now - self._looked) * self._options.rest, None
        if self._failures:
            failures, self._failures = self._failures, []
            return failures
        if self._turns:
            return self._hear(self._turns.popleft())
        muted = next((live for live in self._live.values() if self._muted(live, now)), None)
        if muted is not None:
            return self._guarded(muted.hearing, lambda: muted.hearing.report(muted.hearing.listener.pause(), 0.0))
        speaking = max(self._live.values(), key=lambda live: live.news, default=None)
        if speaking is not None and speaking.news and now >= self._rest_until:
            self._looked = now
            return self._guarded(speaking.hearing, lambda: _drafted(speaking))
        return self._caught_up()

    def _hearing(self, track: str, token: int, start: float, hints: str, at_once: int = 1) -> _Hearing:
        listener = Listener(self._engine, self._vad(), start, hints=hints, at_once=at_once)
        return _Hearing(track, token, start, listener)

    def _token(self, track: str) -> int | None:
        if track in self._live:
            return self._live[track].hearing.token
        return self._recorded[track][0] if track in self._recorded else None

    def _live_with(self, track: str, token: int) -> _Live | None:
        live = self._live.get(track)
        return live if live is not None and live.hearing.token == token else None

    def _wait(self, command: Hear, now: float) -> None:
        live = self._live_with(command.track, command.token)
        if live is None:
            return
        live.last_packet = now
        live.waiting.append(command)
        live.waiting_bytes += _size(command)
        self._turns.append(live)
        if sum(each.waiting_bytes for each in self._live.values()) > self._options.waiting_bytes:
            most = max(self._live.values(), key=lambda each: each.waiting_bytes).hearing
            self._fail(most, "behind", "more sound came than could be transcribed")

    def _hear(self, live: _Live) -> list[Reply]:
        if live.waiting:
            command = live.waiting.popleft()
            live.waiting_bytes -= _size(command)
            return self._guarded(live.hearing, lambda: self._packets(live, command))
        if live.finishing:
            replies = self._guarded(live.hearing, live.hearing.finish)
            self._forget(live.hearing.track)
            return replies
        return []

    def _packets(self, live: _Live, command: Hear) -> list[Reply]:
        hearing = live.hearing
        said = [utterance for at, payload in command.packets for utterance in hearing.packet(at, payload)]
        over = live.drafting is not None and live.drafting.over(hearing.listener.span)
        return hearing.report(said, 0.0 if over else self._options.report_every)

    def _muted(self, live: _Live, now: float) -> bool:
        return live.hearing.listener.speaking and now - live.last_packet >= self._options.muted_after

    def _caught_up(self) -> list[Reply]:
        """Recordings take turns: one of many hours keeps no short one waiting."""
        if not self._recorded:
            return []
        track = next(iter(self._recorded))
        turn = self._recorded.pop(track)
        replies = next(turn[1], None)
        if replies is None:
            return []
        self._recorded[track] = turn
        return replies

    def _catch_up(self, command: CatchUp) -> Iterator[list[Reply]]:
        hearing = self._hearing(command.track, command.token, command.start, command.hints, command.at_once)
        heard_to = command.start
        for at, payload in RecordedTrack(Path(command.directory)).packets(max(0.0, command.start - WARM_UP_S)):
            try:
                said = hearing.packet(at, payload)
            except Exception as error:  # whatever an engine raises costs this track, never the worker
                yield [_failed(hearing, "engine", type(error).__name__)]
                return
            if said or at - heard_to >= self._options.slice:
                heard_to = at
                yield hearing.report(said, 0.0)
        yield self._guarded(hearing, hearing.finish)

    def _guarded(self, hearing: _Hearing, work: Callable[[], list[Reply]]) -> list[Reply]:
        try:
            return work()
        except Exception as error:  # whatever an engine raises costs this track, never the worker
            self._fail(hearing, "engine", type(error).__name__)  # the message might quote what was said
            return []

    def _fail(self, hearing: _Hearing, code: str, detail: str) -> None:
        self._forget(hearing.track)
        self._failures.append(_failed(hearing, code, detail))

    def _forget(self, track: str) -> None:
        self._recorded.pop(track, None)
        live = self._live.pop(track, None)
        if live is not None:
            self._turns = deque(turn for turn in self._turns if turn is not live)


def _drafted(live: _Live) -> list[Reply]:
    hearing = live.hearing
    assert live.drafting is not None
    draft = live.drafting.look(hearing.listener.open())
    return [Drafted(hearing.track, hearing.token, draft.start, draft.until, draft.settled, draft.open)]


def _failed(hearing: _Hearing, code: str, detail: str) -> Failed:
    return Failed(hearing.track, hearing.token, code, detail)


def _size(command: Hear) -> int:
    return sum(len(payload) + 64 for _, payload in command.packets)  # 64: what Python adds around each
