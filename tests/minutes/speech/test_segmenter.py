from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.speech.ports import SAMPLE_RATE_HZ, Samples
from minutes.speech.segmenter import CLEAR_S, WINDOW, Segment, Segmenter, SegmenterOptions, windows

OPTIONS = SegmenterOptions(hang_over=0.7, tail=0.3, longest=5.0)
Script = list[tuple[int, float]]  # (windows, probability)
scripts = st.lists(st.tuples(st.integers(1, 90), st.sampled_from([0.0, 0.2, 0.4, 0.6, 1.0])), max_size=20)


def window_at(position: int) -> Samples:
    """Every sample says where it is."""
    return np.arange(position, position + WINDOW, dtype=np.float32)


def run(script: Script, start: int = 0, options: SegmenterOptions = OPTIONS) -> tuple[list[Segment], list[int]]:
    segmenter = Segmenter(start, options)
    segments: list[Segment] = []
    untils: list[int] = []
    for length, probability in script:
        for _ in range(length):
            segments += segmenter.process(window_at(segmenter.position), probability)
            untils.append(segmenter.until)
    return segments + segmenter.flush(), untils


def seconds(length: float) -> int:
    return round(length * SAMPLE_RATE_HZ / WINDOW)


def test_an_utterance_keeps_its_pre_roll_and_a_tail() -> None:
    (segment,), _ = run([(100, 0.0), (50, 1.0), (100, 0.0)])
    assert segment.start == 88 * WINDOW  # the whole multiple before a pre-roll that begins at 90
    assert segment.end == (150 + windows(OPTIONS.tail)) * WINDOW


def test_a_short_pause_does_not_part_what_belongs_together() -> None:
    segments, _ = run([(20, 0.0), (40, 1.0), (windows(OPTIONS.hang_over) - 1, 0.0), (40, 1.0), (60, 0.0)])
    assert len(segments) == 1


def test_a_doubtful_voice_goes_on_but_does_not_begin() -> None:
    segments, _ = run([(50, 0.4), (50, 0.0)])
    assert segments == []
    (segment,), _ = run([(20, 0.0), (10, 1.0), (30, 0.4), (60, 0.0)])
    assert segment.end == (60 + windows(OPTIONS.tail)) * WINDOW


def test_a_segment_knows_how_sure_its_voice_is() -> None:
    (segment,), _ = run([(20, 0.0), (10, 0.6), (10, 0.9), (60, 0.1)])
    assert len(segment.probabilities) * WINDOW == len(segment.samples)
    first = 20 * WINDOW  # of the voice
    assert segment.voiced(segment.start, segment.end) == 0.9
    assert segment.voiced(first, first + 10 * WINDOW) == 0.6
    assert segment.voiced(first + 20 * WINDOW, segment.end) == 0.1
    assert segment.voiced(first - 100 * WINDOW, segment.end + 100 * WINDOW) == 0.9
    assert segment.voiced(first, first + (windows(CLEAR_S) - 1) * WINDOW) == 0.0  # too short for a word
    assert segment.voiced(first, first + (windows(CLEAR_S) - 1) * WINDOW + 1) == 0.6
    assert segment.voiced(segment.end, segment.start) == 0.0


def test_an_open_utterance_knows_it_too() -> None:
    segmenter = Segmenter(0, OPTIONS)
    for probability in (1.0, 0.8, 0.9):
        segmenter.process(window_at(segmenter.position), probability)
    assert segmenter.open().probabilities == (1.0, 0.8, 0.9)


def test_a_click_is_no_utterance() -> None:
    assert run([(30, 0.0), (2, 1.0), (60, 0.0)])[0] == []


def test_a_long_speech_is_cut_where_it_is_quietest() -> None:
    segmenter, segments = Segmenter(0, OPTIONS), []
    quiet = range(seconds(3.5), seconds(3.7))
    for index in range(seconds(6.0)):
        loud = np.float32(0.01 if index in quiet else 0.5)
        segments += segmenter.process(np.full(WINDOW, loud, np.float32), 1.0)
    first, second = [*segments, *segmenter.flush()]
    assert first.end in range(quiet.start * WINDOW, quiet.stop * WINDOW)
    assert second.start == first.end


def test_after_a_skip_time_goes_on_and_the_old_sound_is_gone() -> None:
    segmenter = Segmenter(0, OPTIONS)
    for _ in range(20):
        assert segmenter.process(window_at(segmenter.position), 0.0) == []
    assert segmenter.skip(1234) == []
    assert segmenter.position == segmenter.until == 20 * WINDOW + 1234


@given(scripts, st.integers(0, 10**6))
def test_segments_hold_their_own_sound_in_order_without_overlap(script: Script, start: int) -> None:
    segments, _ = run(script, start)
    for segment in segments:
        assert segment.samples[0] == np.float32(segment.start)
        assert segment.samples[-1] == np.float32(segment.end - 1)
        assert len(segment.samples) <= windows(OPTIONS.longest) * WINDOW
    assert all(earlier.end <= later.start for earlier, later in itertools.pairwise(segments))


@given(scripts)
@example([(1, 0.0), (60, 0.6), (90, 0.6), (5, 0.0)])
def test_every_voice_is_in_a_segment(script: Script) -> None:
    segments, _ = run(script)
    position = 0
    for length, probability in script:
        if probability >= OPTIONS.onset and length >= windows(OPTIONS.shortest) + OPTIONS.onset_windows:
            for middle in (position + WINDOW * i for i in range(length)):
                assert any(s.start <= middle < s.end for s in segments) or length < windows(OPTIONS.longest) // 2
        position += WINDOW * length


@given(scripts)
def test_the_watermark_is_safe(script: Script) -> None:
    """It never goes back, and a segment that was not returned yet starts at or after it."""
    segmenter, until = Segmenter(0, OPTIONS), 0
    for length, probability in [*script, (windows(OPTIONS.longest), 0.0)]:
        for _ in range(length):
            before = until
            returned = segmenter.process(window_at(segmenter.position), probability)
            until = segmenter.until
            assert until >= before
            for segment in returned:
                assert before <= segment.start
                assert segment.end <= until


@given(scripts, st.data())
def test_who_starts_again_at_the_watermark_hears_all_the_rest(script: Script, data: st.DataObject) -> None:
    """A listener that was lost is replaced at its last watermark: the words after it are all heard, none twice."""
    flat = [probability for length, probability in script for _ in range(length)] + [0.0] * windows(OPTIONS.longest)
    lost_at = data.draw(st.integers(0, len(flat)))
    first = Segmenter(0, OPTIONS)
    heard = [s for p in flat[:lost_at] for s in first.process(window_at(first.position), p)]
    second = Segmenter(first.until, OPTIONS)
    heard += [s for p in flat[first.until // WINDOW :] for s in second.process(window_at(second.position), p)]
    assert all(earlier.end <= later.start for earlier, later in itertools.pairwise(heard))
    whole = Segmenter(0, OPTIONS)
    expected = [s for p in flat for s in whole.process(window_at(whole.position), p)]
    if not any(len(s.samples) >= windows(OPTIONS.longest / 2) * WINDOW for s in expected):
        assert [(s.start, s.end) for s in heard] == [(s.start, s.end) for s in expected]


@pytest.mark.parametrize("sooner", range(-5, 3))
def test_a_voice_found_a_window_sooner_or_later_begins_the_same(sooner: int) -> None:
    (segment,), _ = run([(100 - sooner, 0.0), (50 + sooner, 1.0), (100, 0.0)])
    assert segment.start == 88 * WINDOW
