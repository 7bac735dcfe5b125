"""Receiving without decryption: what is counted, and how the sent packet behind a received one is found."""

from __future__ import annotations

from media.load.delays import Delays
from media.load.sent import RING, Sent
from media.load.stream import VERIFY_EVERY, Stream

MS = 1_000_000
CSRC = 77


def stream(video: bool = True) -> Stream:
    return Stream(9, "8", video, Delays())


def numbered(received: Stream, *sequences: int) -> Stream:
    for sequence in sequences:
        received.take(sequence, 0, CSRC, 0)
    return received


class Source:
    """A source whose packets leave every 10 ms, and a server that moves its numbers by constants."""

    def __init__(self, ssrc: int, csrc: int, sequence: int, ticks: int) -> None:
        self.sent, self.csrc = Sent(ssrc), csrc
        self._sequence, self._ticks = sequence, ticks

    def send(self, number: int, keyframe: bool = False) -> None:
        self.sent.note(number & 0xFFFF, number * 900 & 0xFFFFFFFF, number * 10 * MS, keyframe)

    def forward(self, number: int, received: Stream, delay_ms: float) -> bool:
        """What `take` said; it has learned where it wanted to."""
        sequence, timestamp = number + self._sequence & 0xFFFF, number * 900 + self._ticks & 0xFFFFFFFF
        stamp = number * 10 * MS + int(delay_ms * MS)
        asked = received.take(sequence, timestamp, self.csrc, stamp)
        if asked:
            received.learn(sequence, timestamp, self.csrc, stamp, (self.sent, number & 0xFFFF))
        return asked


def test_counts_by_sequence_number_over_a_wrap() -> None:
    received = numbered(stream(), 65_534, 65_535, 0, 1)
    assert (received.received, received.expected, received.lost, received.highest) == (4, 4, 0, 65_537)


def test_tells_lost_late_and_double_packets_apart() -> None:
    received = numbered(stream(), 10, 11, 14, 13, 14, 11)
    assert (received.received, received.expected, received.lost) == (4, 5, 1)
    assert (received.late, received.duplicates) == (1, 2)
    assert list(received.missing) == [12]


def test_a_retransmission_repairs_once() -> None:
    received = numbered(stream(), 10, 12)
    received.repair(11)
    received.repair(11)
    assert (received.lost, received.repaired, received.duplicates) == (0, 1, 1)


def test_looks_into_one_packet_of_a_stretch_and_knows_the_delay_of_all() -> None:
    source, received = Source(5, CSRC, 300, 12_345), stream()
    asked = []
    for number in range(65_500, 65_700):
        source.send(number, keyframe=number == 65_500)
        asked.append(source.forward(number, received, 4.05))
    assert asked == [True] + [False] * 199
    assert (received.delays.total, received.unknown, received.keyframes) == (200, 0, 1)
    assert received.delays.quantile_ms(1.0) == 4.1


def test_another_layer_of_the_same_source_is_noticed_by_its_timestamps() -> None:
    low, high, received = Source(5, CSRC, 300, 12_345), Source(6, CSRC, 777, 99), stream()
    for number in range(20):
        low.send(number)
        high.send(number)
    asked = [low.forward(number, received, 2) for number in range(10)]
    asked += [high.forward(number, received, 2) for number in range(10, 20)]
    assert [number for number, each in enumerate(asked) if each] == [0, 10]
    assert (received.delays.total, received.unknown) == (20, 0)


def test_what_nobody_here_has_sent_is_counted_and_seldom_looked_into() -> None:
    received, asked = stream(), 0
    for number in range(100):  # a second
        if received.take(number, number * 900, CSRC, number * 10 * MS):
            received.learn(number, number * 900, CSRC, number * 10 * MS, None)
            asked += 1
    assert received.unknown == 100
    assert asked == 5
    assert received.delays.total == 0


def test_verifies_now_and_then_and_tells_when_it_was_wrong() -> None:
    source, received = Source(5, CSRC, 300, 12_345), stream()
    for number in range(VERIFY_EVERY + 1):
        source.send(number)
        source.forward(number, received, 1)
    assert received.misread == 0
    for number in range(VERIFY_EVERY + 1, 2 * VERIFY_EVERY):
        source.send(number)
        source.forward(number, received, 1)
    number = 2 * VERIFY_EVERY
    source.send(number)
    sequence, timestamp = number + 300 & 0xFFFF, number * 900 + 12_345
    assert received.take(sequence, timestamp, CSRC, number * 10 * MS + 1)
    received.learn(sequence, timestamp, CSRC, number * 10 * MS + 1, (Sent(1), 0))
    assert received.misread == 1


def test_what_a_voice_said_before_it_got_its_slot_is_no_delay() -> None:
    source, received = Source(5, CSRC, 300, 12_345), stream(video=False)
    for number in range(20):
        source.send(number)
    began = 160  # ms: sixteen packets are sent at once then
    for number in range(16):
        source.forward(number, received, began - number * 10)
    for number in range(16, 20):
        source.forward(number, received, 1)
    assert received.early == 12
    assert (received.delays.total, received.delays.quantile_ms(1.0)) == (8, 40.1)


def test_remembers_the_last_receiver_of_every_packet() -> None:
    source, receivers = Source(5, CSRC, 300, 0), [stream() for _ in range(3)]
    for number in range(5):
        source.send(number)
        for position, received in enumerate(receivers):
            source.forward(number, received, 1 + position)
    assert source.sent.slowest(2 * 10 * MS) == [3 * MS] * 3
    source.send(RING)  # takes the place of the first
    assert len(source.sent.slowest(1)) == 4
