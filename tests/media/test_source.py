"""A camera's layers: which are to be had, what they cost, which their publisher need not send."""

from __future__ import annotations

import socket

from media.downtrack import DownTrack
from media.ports import Kind
from media.source import FIRST_BPS, IDLE_S, UNWANTED_S, WAKE_S, Source
from media.uptrack import UpTrack
from tests.media.house import Paper
from tests.media.packets import VP8, received, rtp, video_track, vp8
from tests.media.wire import stream


def camera() -> Source:
    return Source("maria", Kind.CAMERA, 80, ("q", "h", "f"))


def with_layers(count: int = 3) -> Source:
    source = camera()
    for layer in range(count):
        source.put(layer, video_track(ssrc=10 + layer))
    return source


def film(source: Source, now: float, *layers: int, sequence: int = 1) -> None:
    for layer in layers:
        track = source.layers[layer]
        assert track is not None
        payload = vp8(sequence, sequence, keyframe=True, height=135 << layer)
        received(track, rtp(sequence, sequence, payload, payload_type=VP8), now)


def watch(track: UpTrack | None) -> DownTrack:
    slot = DownTrack(stream(Kind.CAMERA), Paper())
    slot.connect(object(), ("127.0.0.1", 9), socket.AF_INET, 16)
    slot.want(track)
    return slot


def test_layers_are_counted_from_the_lowest() -> None:
    source = with_layers(2)
    low, middle = source.tracks
    assert [source.layer_of(track) for track in (low, middle, None, video_track())] == [0, 1, None, None]
    film(source, 1.0, 0, 1)
    assert source.heights == (135, 270, 0)
    assert source.rates == [FIRST_BPS[0], FIRST_BPS[1], 0]


def test_a_source_without_simulcast_is_one_layer() -> None:
    source = Source("maria", Kind.MIC, 70, ())
    assert (source.rids, source.layers, source.told, source.video) == (("",), [None], (True,), False)


def test_a_layer_costs_what_was_measured_and_nothing_when_it_does_not_come() -> None:
    source = with_layers()
    for sequence in range(1, 60):
        film(source, sequence / 50, 0, 1, sequence=sequence)
        if sequence in (5, 55):
            for track in source.tracks:
                track.measure(sequence / 50)
    source.measure(1.2)
    low, middle, high = source.rates
    assert low == middle == source.tracks[0].bitrate > 0
    assert high == 0
    source.measure(9.0)
    assert source.rates == [0, 0, 0]


def costs(layer: int, *seconds: int) -> list[int]:
    """What a layer is taken to cost after each of these seconds, in kbit/s."""
    source, found = with_layers(), []
    for second, kbit in enumerate(seconds):
        film(source, float(second), layer, sequence=second + 1)
        source.tracks[layer].bitrate = 1_000 * kbit
        source.measure(float(second))
        found.append(source.rates[layer] // 1_000)
    return found


def test_a_key_frame_makes_a_layer_no_dearer_and_the_seconds_behind_it_no_cheaper() -> None:
    assert costs(1, 150, 160, 155, 150, 400, 60, 70, 80, 150) == [150, 150, 155, 150, 155, 150, 150, 150, 150]
    assert set(costs(1, *[150] * 5, 400, 60, 70, 80, 150, 150)) == {150}


def test_what_a_layer_costs_follows_its_encoder_within_seconds() -> None:
    assert costs(2, *[150] * 8, 300, 300, 300, 300, 300)[-2:] == [150, 300]
    assert costs(2, *[300] * 8, 150, 150, 150, 150)[-2:] == [300, 150]


def test_the_lowest_layer_is_taken_wherever_it_may_fit() -> None:
    assert costs(0, 200, 300, 180, 400, 420) == [200, 200, 180, 180, 400]


def test_a_layer_that_was_stopped_costs_what_it_did_before() -> None:
    source = with_layers()
    film(source, 1.0, 0, 1, 2)
    source.tell((True, False, False), 2.0)
    source.measure(20.0)
    assert source.rates == [0, FIRST_BPS[1], FIRST_BPS[2]]


def test_a_layer_that_is_to_begin_again_is_to_be_had_before_it_comes() -> None:
    """Its publisher must be told, and its encoder must start: receivers would give it up meanwhile, and it them."""
    source = with_layers()
    film(source, 1.0, 0, 1, 2)
    source.tell((True, True, False), 2.0)
    source.tell((True, True, True), 30.0)
    source.measure(30.0 + WAKE_S - 0.1)
    assert source.rates == [0, 0, FIRST_BPS[2]]
    source.measure(30.0 + WAKE_S + 0.1)
    assert source.rates == [0, 0, 0]


def test_a_layer_is_unwanted_some_seconds_after_the_last_one_who_watched() -> None:
    source = with_layers()
    slot = watch(source.layers[2])
    assert source.wanted(1.0) == (True, True, True)
    assert source.wanted(1.0 + UNWANTED_S - 0.1) == (True, True, True)
    assert source.wanted(1.0 + UNWANTED_S) == (False, False, True)
    slot.want(None)
    assert source.wanted(1.0 + 2 * UNWANTED_S - 0.1) == (False, False, True)
    assert source.wanted(1.0 + 2 * UNWANTED_S) == (False, False, False)
    watch(source.layers[1])
    assert source.wanted(30.0) == (False, True, False)


def test_a_layer_that_never_came_is_let_begin() -> None:
    source = with_layers(1)
    assert source.wanted(1.0) == (True, True, True)
    assert source.wanted(50.0) == (False, True, True)
    source.put(1, video_track(ssrc=11))
    assert source.wanted(53.9) == (False, True, True)
    assert source.wanted(54.0) == (False, False, True)


def test_a_source_is_live_while_it_sends() -> None:
    source = with_layers()
    assert not source.live(1.0)
    film(source, 1.0, 1)
    assert source.live(1.0 + IDLE_S - 0.1)
    assert not source.live(1.0 + IDLE_S)
    assert not camera().live(1.0)


def test_a_camera_that_is_switched_off_is_not_live_at_once() -> None:
    source = with_layers()
    film(source, 1.0, 0, 1, 2)
    source.switch(False)
    assert not source.live(1.0)


def test_a_camera_that_we_stopped_stays_live() -> None:
    source = with_layers()
    film(source, 1.0, 0, 1, 2)
    source.switch(True)
    source.tell((False, False, False), 6.0)
    assert source.live(1_000.0)
    source.switch(False)
    assert not source.live(1_000.0)


def test_a_camera_that_is_to_begin_again_stays_live_meanwhile() -> None:
    source = with_layers()
    film(source, 1.0, 0, 1, 2)
    source.switch(True)
    source.tell((False, False, False), 6.0)
    source.tell((True, False, False), 500.0)
    assert source.live(500.0 + WAKE_S - 0.1)
    assert not source.live(500.0 + WAKE_S + 0.1)


def test_a_camera_that_is_switched_off_costs_nobody_anything_and_is_to_be_had_again_at_once() -> None:
    source = with_layers()
    film(source, 1.0, 0, 1, 2)
    before = list(source.rates)
    assert all(before)
    source.switch(False)
    assert source.rates == [0, 0, 0]
    source.measure(1.5)
    assert source.rates == [0, 0, 0]
    source.switch(True)
    assert source.rates == before


def test_closing_ends_every_layer() -> None:
    source = with_layers()
    slots = [watch(track) for track in source.layers]
    film(source, 1.0, 0)
    slots[0].begin(received(source.tracks[0], rtp(2, 2, vp8(2, 2, keyframe=True), payload_type=VP8), 1.1))
    source.close()
    source.close()
    assert all(track.closed for track in source.tracks)
    assert [slot.coming for slot in slots] == [None, None, None]
