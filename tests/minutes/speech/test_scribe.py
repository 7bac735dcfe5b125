from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from minutes.speech.ports import CatchUp, Command, Done, Drop, Failed, Finish, Hear, Heard, Listen, Ready, Recognition
from minutes.speech.scribe import REPLAYED_AT_ONCE, Phase, Scribe, ScribeOptions

READY = Ready(Recognition("engine 1", "model", "", "{}"))
Packets = list[tuple[float, bytes]]


def packets(start: float, end: float) -> Packets:
    return [(index / 50, b"opus") for index in range(round(start * 50), round(end * 50))]


def listening() -> Scribe:
    scribe = Scribe()
    assert scribe.replied(READY, 0.0) == []
    assert scribe.begin("a", 7, 0.0, "recordings/a") == [Listen("a", 7, 0.0)]
    return scribe


def test_a_live_track_is_passed_on() -> None:
    scribe = listening()
    assert scribe.hear("a", packets(0, 1)) == [Hear("a", 7, tuple(packets(0, 1)))]
    assert scribe.end("a") == [Finish("a", 7)]
    assert scribe.replied(Done("a", 7, 1.0), 0.0) == []
    assert scribe.idle
    assert scribe.tracks == {}


def test_every_worker_is_told_the_words_of_the_meeting() -> None:
    scribe = Scribe()
    scribe.begin("a", 7, 0.0, "dir", "Bawaslu.")
    scribe.recover("b", 8, 3.0, "dir", "DKPP.")
    told = [Listen("a", 7, 0.0, "Bawaslu."), CatchUp("b", 8, 3.0, "dir", "DKPP.")]
    assert scribe.replied(READY, 0.0) == told
    scribe.worker_lost()
    assert scribe.replied(READY, 0.0) == told


def test_what_begins_before_the_worker_is_ready_is_told_when_it_is() -> None:
    scribe = Scribe()
    assert scribe.begin("a", 7, 0.0, "dir") == []
    assert scribe.hear("a", packets(0, 1)) == []
    assert scribe.end("a") == []
    assert scribe.replied(READY, 0.0) == [Listen("a", 7, 0.0), Hear("a", 7, tuple(packets(0, 1))), Finish("a", 7)]


def test_a_new_worker_starts_at_the_watermark_with_what_came_since() -> None:
    scribe = listening()
    scribe.hear("a", packets(0, 20))
    scribe.replied(Heard("a", 7, 15.0, ()), 0.0)
    scribe.worker_lost()
    assert scribe.hear("a", packets(20, 21)) == []
    listen, *hears = scribe.replied(READY, 0.0)
    assert listen == Listen("a", 7, 15.0)
    replayed = [packet for hear in hears if isinstance(hear, Hear) for packet in hear.packets]
    assert 10.7 < replayed[0][0] < 11.1
    assert replayed[-1] == packets(20, 21)[-1]
    assert all(len(hear.packets) <= REPLAYED_AT_ONCE for hear in hears if isinstance(hear, Hear))


def test_when_memory_does_not_reach_back_the_recording_is_heard_after_the_end() -> None:
    scribe = listening()
    scribe.replied(Heard("a", 7, 3.0, ()), 0.0)
    scribe.worker_lost()
    scribe.hear("a", packets(3, 70))
    assert scribe.replied(READY, 0.0) == []
    assert scribe.tracks == {"a": Phase.WAITING}
    assert scribe.hear("a", packets(70, 71)) == []
    assert scribe.end("a") == [CatchUp("a", 7, 3.0, "recordings/a")]


def test_a_track_that_ended_meanwhile_is_caught_up_with() -> None:
    scribe = listening()
    scribe.worker_lost()
    scribe.hear("a", packets(0, 70))
    scribe.end("a")
    assert scribe.replied(READY, 0.0) == [CatchUp("a", 7, 0.0, "recordings/a")]


def test_a_track_the_worker_let_go_is_heard_after_the_end() -> None:
    scribe = listening()
    scribe.replied(Heard("a", 7, 2.0, ()), 0.0)
    scribe.replied(Failed("a", 7, "behind", ""), 0.0)
    assert scribe.hear("a", packets(2, 3)) == []
    assert scribe.end("a") == [CatchUp("a", 7, 2.0, "recordings/a")]


def test_a_failed_catch_up_is_tried_again_later_and_not_for_ever() -> None:
    scribe = Scribe(ScribeOptions(retry_after=5.0, attempts=3))
    scribe.replied(READY, 0.0)
    again = [CatchUp("a", 7, 1.0, "dir")]
    assert scribe.recover("a", 7, 1.0, "dir") == again
    scribe.replied(Failed("a", 7, "engine", ""), 100.0)
    assert scribe.tick(104.9) == []
    assert scribe.tick(105.0) == again
    scribe.replied(Failed("a", 7, "engine", ""), 105.0)
    assert scribe.tick(114.9) == []
    assert scribe.tick(115.0) == again
    scribe.replied(Failed("a", 7, "engine", ""), 115.0)
    assert scribe.tick(1e9) == []
    assert scribe.tracks == {"a": Phase.GIVEN_UP}
    assert scribe.idle


def test_progress_gives_a_catch_up_its_attempts_back() -> None:
    scribe = Scribe(ScribeOptions(retry_after=1.0, attempts=2))
    scribe.replied(READY, 0.0)
    scribe.recover("a", 7, 1.0, "dir")
    for now, until in ((0.0, 2.0), (10.0, 3.0), (20.0, 4.0)):
        scribe.replied(Heard("a", 7, until, ()), now)
        scribe.replied(Failed("a", 7, "engine", ""), now)
        assert scribe.tick(now + 1.0) == [CatchUp("a", 7, until, "dir")]


def test_replies_with_an_old_token_change_nothing() -> None:
    scribe = listening()
    scribe.replied(Done("a", 6, 100.0), 0.0)
    scribe.replied(Heard("a", 6, 100.0, ()), 0.0)
    assert scribe.token("a") == 7
    scribe.worker_lost()
    assert scribe.replied(READY, 0.0) == [Listen("a", 7, 0.0)]


def test_a_dropped_track_is_gone() -> None:
    scribe = listening()
    assert scribe.drop("a") == [Drop("a", 7)]
    assert scribe.drop("a") == []
    assert scribe.hear("a", packets(0, 1)) == []
    assert scribe.end("a") == []
    assert scribe.token("a") is None


class OneTrack(RuleBasedStateMachine):
    """One track, a worker that dies, falls behind and is slow, and a store that keeps what is replied.

    Sound is numbered packets. What the store has at the end must be every packet, each once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scribe = Scribe(ScribeOptions(memory=10.0, retry_after=0.0, attempts=10**6))
        self.recorded: Packets = []
        self.stored = 0.0  # everything before is stored
        self.alive = False
        self.cursor: float | None = None  # the worker's next unheard time; None: it knows of no track
        self.waiting: Packets = []
        self.catching_up = self.finishing = self.ended = self.done = False
        self.obey(self.scribe.begin("a", 1, 0.0, "dir"))

    def obey(self, commands: list[Command]) -> None:
        for command in commands:
            assert self.alive
            match command:
                case Listen(start=start):
                    assert start == self.stored
                    self.cursor, self.waiting, self.finishing = start, [], False
                case Hear(packets=packets):
                    assert self.cursor is not None
                    expected = self.waiting[-1][0] + 0.02 if self.waiting else self.cursor
                    assert packets[0][0] <= expected + 0.001, "a hole"
                    self.waiting += [packet for packet in packets if packet[0] > expected - 0.001]
                case Finish():
                    self.finishing = True
                case CatchUp(start=start):
                    assert self.ended
                    assert start == self.stored
                    self.cursor, self.waiting, self.finishing = start, [p for p in self.recorded if p[0] >= start], True
                case Drop():
                    raise AssertionError("nobody asked")

    @precondition(lambda self: not self.ended)
    @rule(seconds=st.sampled_from([0.1, 1.0, 7.0]))
    def speak(self, seconds: float) -> None:
        start = len(self.recorded) / 50
        new = packets(start, start + seconds)
        self.recorded += new
        self.obey(self.scribe.hear("a", new))

    @precondition(lambda self: not self.ended)
    @rule()
    def end(self) -> None:
        self.ended = True
        self.obey(self.scribe.end("a"))

    @precondition(lambda self: not self.alive)
    @rule()
    def start_worker(self) -> None:
        self.alive = True
        self.obey(self.scribe.replied(READY, 0.0))

    @precondition(lambda self: self.alive)
    @rule()
    def kill_worker(self) -> None:
        self.alive, self.cursor, self.waiting, self.finishing = False, None, [], False
        self.scribe.worker_lost()

    @precondition(lambda self: self.alive and self.cursor is not None)
    @rule(part=st.floats(0.0, 1.0))
    def hear(self, part: float) -> None:
        heard, self.waiting = (
            self.waiting[: round(len(self.waiting) * part)],
            self.waiting[round(len(self.waiting) * part) :],
        )
        if heard:
            assert self.cursor == self.stored
            self.cursor = self.stored = heard[-1][0] + 0.02
            self.obey(self.scribe.replied(Heard("a", 1, self.stored, ()), 0.0))
        if self.finishing and not self.waiting:
            self.done, self.cursor = True, None
            self.obey(self.scribe.replied(Done("a", 1, self.stored), 0.0))

    @precondition(lambda self: self.alive and self.cursor is not None)
    @rule()
    def fall_behind(self) -> None:
        self.cursor, self.waiting, self.finishing = None, [], False
        self.obey(self.scribe.replied(Failed("a", 1, "behind", ""), 0.0))

    @rule()
    def tick(self) -> None:
        self.obey(self.scribe.tick(0.0) if self.alive else [])

    @invariant()
    def memory_is_bounded(self) -> None:
        track = self.scribe._tracks.get("a")
        assert track is None or len(track.memory) <= 10 * 50 + 1

    def teardown(self) -> None:
        if not self.ended:
            self.end()
        if not self.alive:
            self.start_worker()
        self.tick()
        if not self.done:
            self.hear(1.0)
        assert self.done
        assert self.scribe.tracks == {}
        assert round(self.stored * 50) == len(self.recorded)


OneTrack.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestOneTrack = OneTrack.TestCase
