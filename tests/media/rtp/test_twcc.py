"""Read with a reader of its own, bit by bit as the draft draws it, so that no error can hide on both sides."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.rtp.twcc import MOST_PACKETS, MOST_STATUSES, MOST_WAITING, TwccRecorder

MEDIA = 0xCAFE0001
EXACT = pytest.approx
UNIT_S = 0.00025
REFERENCE_WRAPS_S = (1 << 24) * 0.064


@dataclass
class Feedback:
    """`told`: (number, seconds of arrival or None for lost), in order."""

    base: int
    count: int
    media: int
    told: list[tuple[int, float | None]]


def read(packet: bytes) -> Feedback:
    bits = "".join(f"{byte:08b}" for byte in packet)
    assert bits[:16] == "1000111111001101"  # version 2, no padding flag, format 15, type 205
    assert len(packet) == 4 * (int(bits[16:32], 2) + 1)
    sender, media, base, statuses = struct.unpack("!IIHH", packet[4:16])
    assert sender == 1
    symbols, at = symbols_from(bits, 160, statuses)
    ticks, told = int(bits[128:152], 2) * 256, []
    for number, symbol in enumerate(symbols):
        width = {"00": 0, "01": 8, "10": 16}[symbol]
        delta = int(bits[at : at + width] or "0", 2)
        ticks += delta - (1 << 16) * (symbol == "10" and delta >= 1 << 15)
        at += width
        told.append(((base + number) & 0xFFFF, ticks * UNIT_S if width else None))
    assert len(bits) - at < 32
    assert set(bits[at:]) <= {"0"}
    return Feedback(base, int(bits[152:160], 2), media, told)


def symbols_from(bits: str, at: int, statuses: int) -> tuple[list[str], int]:
    """Two bits for each packet, and where the deltas begin."""
    symbols: list[str] = []
    while len(symbols) < statuses:
        chunk = bits[at : at + 16]
        at += 16
        if chunk[0] == "0":
            assert int(chunk[3:], 2) <= statuses - len(symbols)
            symbols += [chunk[1:3]] * int(chunk[3:], 2)
        elif chunk[1] == "0":
            symbols += ["0" + bit for bit in chunk[2:]]
        else:
            symbols += [chunk[place : place + 2] for place in range(2, 16, 2)]
    return symbols[:statuses], at


def feedback(recorder: TwccRecorder) -> list[Feedback]:
    return [read(packet) for packet in recorder.feedback(MEDIA)]


def told_of(recorder: TwccRecorder, *came: tuple[int, float]) -> list[list[tuple[int, float | None]]]:
    for sequence, now in came:
        recorder.received(sequence, now)
    return [each.told for each in feedback(recorder)]


def test_nothing_is_said_when_nothing_came() -> None:
    recorder = TwccRecorder()
    assert feedback(recorder) == []
    recorder.received(5, 1.0)
    (only,) = feedback(recorder)
    assert (only.media, only.base, only.told) == (MEDIA, 5, [(5, 1.0)])
    assert feedback(recorder) == []


def test_a_plain_one_byte_by_byte() -> None:
    """A run of three; 15 times 64 ms and 160 times 250 us are one second, then come two steps of 10 ms."""
    recorder = TwccRecorder()
    for number in range(3):
        recorder.received(7 + number, 1 + number / 100)
    (packet,) = recorder.feedback(MEDIA)
    assert packet.hex(" ", -4) == "8fcd0006 00000001 cafe0001 00070003 00000f00 2003a028 28000000"


def test_what_is_missing_is_told_as_lost_also_between_two_feedbacks() -> None:
    recorder = TwccRecorder()
    assert told_of(recorder, (10, 1.0), (12, 1.25)) == [[(10, 1.0), (11, None), (12, 1.25)]]
    assert told_of(recorder, (15, 1.5)) == [[(13, None), (14, None), (15, 1.5)]]


def test_what_comes_after_it_was_told_as_lost_is_told_by_itself() -> None:
    recorder = TwccRecorder()
    told_of(recorder, (10, 1.0), (16, 1.25))
    assert told_of(recorder, (17, 1.5), (14, 1.5), (11, 1.75), (12, 1.75)) == [
        [(11, 1.75), (12, 1.75)],
        [(14, 1.5)],
        [(17, 1.5)],
    ]


def test_late_ones_next_to_new_ones_share_a_packet() -> None:
    recorder = TwccRecorder()
    told_of(recorder, (10, 1.0), (13, 1.25))
    recorder.received(12, 1.5)
    recorder.received(14, 1.5)
    assert [each.base for each in feedback(recorder)] == [12, 14]
    recorder.received(15, 1.5)
    recorder.received(13, 1.5)  # once more, which no browser does
    recorder.received(14, 1.5)
    assert [each.base for each in feedback(recorder)] == [13]


def test_numbers_wrap_and_a_negative_step_is_two_bytes() -> None:
    recorder = TwccRecorder()
    told = told_of(recorder, (65535, 2.0), (1, 2.25), (0, 2.5))
    assert told == [[(65535, 2.0), (0, 2.5), (1, 2.25)]]


def test_the_first_number_of_all_may_come_second() -> None:
    assert told_of(TwccRecorder(), (0, 2.0), (65535, 2.25)) == [[(65535, 2.25), (0, 2.0)]]


def test_a_pause_too_long_for_a_step_begins_another_packet() -> None:
    recorder = TwccRecorder()
    assert told_of(recorder, (1, 1.0), (2, 9.0), (4, 17.5)) == [[(1, 1.0), (2, 9.0)], [(3, None), (4, 17.5)]]
    assert told_of(recorder, (6, 30.0), (5, 40.0)) == [[(5, 40.0)], [(6, 30.0)]]


def test_a_hole_of_five_hundred_is_passed_over() -> None:
    recorder = TwccRecorder()
    told_of(recorder, (0, 1.0))
    (told,) = told_of(recorder, (MOST_STATUSES, 1.25))
    assert (len(told), told[-1]) == (MOST_STATUSES, (MOST_STATUSES, 1.25))
    assert told_of(recorder, (2 * MOST_STATUSES + 1, 1.5)) == [[(2 * MOST_STATUSES + 1, 1.5)]]


def test_a_packet_tells_of_five_hundred() -> None:
    told = told_of(TwccRecorder(), *((number, 1.0) for number in range(MOST_STATUSES + 1)))
    assert [len(each) for each in told] == [MOST_STATUSES, 1]


def test_of_too_many_packets_the_newest_stay() -> None:
    recorder = TwccRecorder()
    told_of(recorder, (0, 1.0), (100, 1.0))
    late = range(10, 40, 2)
    told = told_of(recorder, *((number, 1.25) for number in late), (101, 1.25))
    assert [each[0][0] for each in told] == [*late[1 - MOST_PACKETS :], 101]


def test_of_a_number_that_comes_twice_the_first_counts() -> None:
    assert told_of(TwccRecorder(), (1, 1.0), (1, 2.0)) == [[(1, 1.0)]]


def test_the_reference_time_wraps() -> None:
    (told,) = told_of(TwccRecorder(), (1, REFERENCE_WRAPS_S + 1.5))
    assert told == [(1, 1.5)]


def test_packets_are_counted_on_past_255() -> None:
    recorder = TwccRecorder()
    counts = []
    for number in range(258):
        recorder.received(number, float(number))
        counts += [each.count for each in feedback(recorder)]
    assert counts == [*range(256), 0, 1]


def test_what_waits_is_bounded() -> None:
    recorder = TwccRecorder()
    for number in range(MOST_WAITING + 100):
        recorder.received(number, 1.0)
    told = [number for packet in feedback(recorder) for number, _ in packet.told]
    assert told == list(range(MOST_WAITING))


# A way through a network: how late each packet comes, and how many feedbacks too late; None where it is lost.
FATES = st.none() | st.tuples(st.sampled_from([0.0, 0.0001, 0.004, 0.07, 0.5]), st.sampled_from([0, 0, 0, 0, 1, 2]))


@given(first=st.integers(0, 65535), start=st.floats(0, 1e6), fates=st.lists(FATES, max_size=300))
def test_every_packet_is_told_once_and_when_it_came(
    first: int, start: float, fates: list[tuple[float, int] | None]
) -> None:
    """Three packets to a feedback: of those that come late there are never more than a feedback may tell."""
    rounds: list[list[tuple[int, float]]] = [[] for _ in range(len(fates) // 3 + 3)]
    for place, fate in enumerate(fates):
        if fate is not None:
            rounds[place // 3 + fate[1]].append((place, start + place * 0.01 + fate[0]))
    recorder, told, lost = TwccRecorder(), dict[int, float](), list[int]()
    for came in rounds:
        for place, now in sorted(came, key=lambda each: each[1]):
            recorder.received((first + place) & 0xFFFF, now)
        for number, at in (each for packet in feedback(recorder) for each in packet.told):
            place = (number - first) & 0xFFFF
            if at is None:
                lost.append(place)
            else:
                assert place not in told
                told[place] = at
    arrivals = {place: now for came in rounds for place, now in came}
    assert told == {place: EXACT(now, abs=UNIT_S + 1e-6) for place, now in arrivals.items()}
    assert len(set(lost)) == len(lost)
    begun = min(next((came for came in rounds if came), [(0, 0.0)]))[0]  # what was before is nobody's loss
    assert set(range(begun, max(arrivals, default=-1) + 1)) <= told.keys() | set(lost)


JUMPS = st.lists(st.tuples(st.integers(0, 65535), st.floats(0, 1e6)), max_size=60)


@given(st.lists(JUMPS, max_size=4))
def test_whatever_numbers_and_times_come_packets_are_few_small_and_true(rounds: list[list[tuple[int, float]]]) -> None:
    recorder = TwccRecorder()
    for came in rounds:
        for sequence, now in came:
            recorder.received(sequence, now)
        packets = recorder.feedback(MEDIA)
        assert len(packets) <= MOST_PACKETS
        for packet in packets:
            assert len(packet) < 1_200
            for number, at in read(packet).told:
                times = [now for sequence, now in came if sequence == number]
                assert at is None or any(abs(at - time) <= UNIT_S + 1e-6 for time in times)


@given(st.lists(st.sampled_from([0.0, 0.001, 0.08]), min_size=1, max_size=MOST_STATUSES), st.data())
def test_the_largest_packet_fits_a_datagram(steps: list[float], data: st.DataObject) -> None:
    recorder, now, arrivals = TwccRecorder(), 1.0, {}
    lost = data.draw(st.sets(st.integers(1, len(steps)), max_size=60))
    for number, step in enumerate(steps):
        now += step
        if number not in lost:
            arrivals[number] = now
            recorder.received(number, now)
    (packet,) = recorder.feedback(MEDIA)
    assert len(packet) < 1_200
    told = {number: at for number, at in read(packet).told if at is not None}
    assert told == {number: EXACT(at, abs=UNIT_S + 1e-6) for number, at in arrivals.items()}
