"""A slot's stream stays one stream, whatever fills it, and never gives two byte strings one number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from media.forwarder import FOLLOWS_S, Forwarder
from media.ports import Kind, Packet
from media.staging import PREROLL_PACKETS, PREROLL_S
from tests.media.network import Outlet, Receiver, receiver
from tests.media.packets import audio_track, video_track
from tests.media.wire import Sender, Watcher, account, stream

which = st.integers(0, 2)
past = st.integers(0, 12)
kinds = st.lists(st.sampled_from(["plain"] * 3 + ["keyframe", "keyframe", "padding"]), min_size=1, max_size=5)
leaps = st.sampled_from([0] * 12 + [1, 2, 7, 300, 2_000, 32_600])
starts = st.tuples(st.integers(0, 65_535), st.integers(0, 2**32 - 1), st.integers(0, 32_767))


class Streams(RuleBasedStateMachine):
    """Two receivers, two layers of one source and another source; losses, switches, answers in any order."""

    def __init__(self, outlet: Outlet, receivers: list[Receiver]) -> None:
        super().__init__()
        self.outlet, self.receivers = outlet, receivers
        for each in receivers:
            each.take()  # what an example that failed has left
        self.now = 1.0
        self.line: list[tuple[Sender, Packet]] = []  # pictures whose turn has not come

    @initialize(
        video=st.booleans(),
        repaired=st.booleans(),
        bits=st.sampled_from([15, 15, 7, 0]),
        begins=st.tuples(starts, starts, starts),
        first=st.integers(0, 32_767),
        ticks=st.integers(0, 2**32 - 1),
    )
    def open(
        self, video: bool, repaired: bool, bits: int, begins: tuple[tuple[int, int, int], ...], first: int, ticks: int
    ) -> None:
        self.video = video
        self.forwarder = Forwarder(self.outlet.engine, lambda: self.now)
        make = video_track if video else audio_track
        self.senders = [Sender(make(csrc=1 + number // 2), *begin, bits) for number, begin in enumerate(begins)]
        slot = stream(Kind.CAMERA if video else Kind.MIC, first, ticks, repaired)
        self.watchers = [Watcher.open(slot, self.outlet, each, n) for n, each in enumerate(self.receivers)]
        for each in self.watchers:
            each.want(self.senders[0])

    def step(self) -> None:
        self.now += 0.01

    @rule(of=which, whats=kinds, leap=leaps, at_once=st.sampled_from([True] * 4 + [False]))
    def send(self, of: int, whats: list[str], leap: int, at_once: bool) -> None:
        sender = self.senders[of]
        for what in whats:
            self.deliver(sender, sender.make(what, leap if what == whats[0] else 0))
            if at_once:
                self.work(0.0)

    @rule(of=which, whats=kinds, what=st.sampled_from(["plain", "keyframe", "keyframe", "padding"]), late=st.booleans())
    def lose(self, of: int, whats: list[str], what: str, late: bool) -> None:
        """It may come by later, or never."""
        sender = self.senders[of]
        sender.held.append(sender.make(what))
        self.send(of, whats, 0, True)
        if late:
            self.deliver(sender, sender.held.pop())

    @rule(of=which, number=past, again=st.booleans())
    def arrive(self, of: int, number: int, again: bool) -> None:
        """One that was held up comes, or one that has come before."""
        sender = self.senders[of]
        if again and sender.data:
            self.deliver(sender, sender.data[-1 - number % len(sender.data)])
        elif sender.held:
            self.deliver(sender, sender.held.pop(number % len(sender.held)))

    def deliver(self, sender: Sender, data: bytes) -> None:
        self.step()
        packet = sender.receive(data, self.now)
        if packet is None:
            return
        watched = any(each.holding is sender or each.pending is sender for each in self.watchers)
        self.forwarder.forward(sender.track, packet)
        if not watched:
            return
        if self.video:
            self.line.append((sender, packet))
        else:
            account(sender, packet, self.watchers, self.now)

    @rule(later=st.sampled_from([0.0, 0.0, 0.0, 0.1, 0.6]))
    def work(self, later: float) -> None:
        self.now += later + 2 * FOLLOWS_S
        assert not self.forwarder.work()
        for sender, packet in self.line:
            account(sender, packet, self.watchers, self.now)
        self.line.clear()

    @rule(who=st.sampled_from([(0,), (1,), (0, 1), (0, 1)]), of=st.none() | which, whats=kinds)
    def want(self, who: tuple[int, ...], of: int | None, whats: list[str]) -> None:
        for each in who:
            self.watchers[each].want(self.senders[of] if of is not None else None)
        if of is not None:
            self.send(of, whats, 0, True)

    @precondition(lambda self: not self.video)
    @rule(of=which)
    def catch_up(self, of: int) -> None:
        """Also for slots that do not wait for this voice: they are left alone."""
        sender = self.senders[of]
        packets = sender.track.ring.since(self.now - PREROLL_S, PREROLL_PACKETS)
        if not packets:
            return
        self.forwarder.catch_up(sender.track, [each.slot for each in self.watchers], packets)
        for each in self.watchers:
            if each.pending is sender:
                each.begins(sender, packets[0].index)
                for packet in packets:
                    each.expect(packet, self.now)
        sender.newest = max(sender.newest if sender.newest is not None else -1, packets[-1].index)

    @rule(who=st.integers(0, 1), back=st.lists(st.sampled_from([*range(12), 40, 300, 600]), min_size=1, max_size=4))
    def ask(self, who: int, back: list[int]) -> None:
        watcher = self.watchers[who]
        for each in back:
            watcher.ask(watcher.top - each)
            watcher.ask_for_repair(watcher.top - each, self.now)
        watcher.pad(self.now)
        if not self.video:
            for sequence in watcher.slot.unrepeated():
                watcher.ask(sequence)

    @rule(of=which)
    def end(self, of: int) -> None:
        """The track ends; the same source goes on with a new one."""
        former = self.senders[of]
        former.track.close()
        for each in self.watchers:
            each.closes(former)
        make = video_track if self.video else audio_track
        self.senders[of] = Sender(
            make(csrc=former.track.csrc), former.sequence, former.timestamp, former.picture, former.bits
        )

    @invariant()
    def what_came_is_what_ought_to_come(self) -> None:
        for each in getattr(self, "watchers", []):
            each.check()


@pytest.fixture
def receivers() -> Iterator[list[Receiver]]:
    with ExitStack() as stack:
        yield [stack.enter_context(receiver()) for _ in range(2)]


def test_one_stream_whatever_happens(sending: Outlet, receivers: list[Receiver]) -> None:
    class Here(Streams):
        def __init__(self) -> None:
            super().__init__(sending, receivers)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=300, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert sending.engine.failed == 0
