"""Decodings side by side find what each finds alone, with the weights that ship."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minutes.speech.engines.lanes import Sound
from minutes.speech.engines.onnx_runtime import OnnxRuntime
from minutes.speech.engines.reading import Reading, Together
from minutes.speech.engines.runtimes import Asked, Beginning, Floats, Search, Written
from minutes.speech.engines.search import Told
from minutes.speech.engines.weights import base_weights
from tests.minutes.speech.engines.alone import step, write
from tests.minutes.speech.sounds import spoken, voice
from tests.wer import wer

SEARCH = Search(60, 2, 0.5, 1.0)
ROUNDED = 0.7
"""Nats: activations of eight bits have one scale for all rows that are read together."""


@pytest.fixture(scope="module")
def runtime(data: Path) -> OnnxRuntime:
    return OnnxRuntime(base_weights(data))


def encoded(runtime: OnnxRuntime, samples: Floats, frames: int) -> Sound:
    found = runtime.features(samples)[:, :frames]
    return runtime.encode(np.pad(found, ((0, 0), (0, frames - found.shape[1]))))


@pytest.fixture(scope="module")
def sounds(runtime: OnnxRuntime) -> list[Sound]:
    """A long one, a short one and silence."""
    turn = spoken("bambang", 74.0, 85.0)[0]
    long, short = voice("bambang", turn.start, turn.end), voice("bambang", turn.start, turn.start + 3.0)
    return [encoded(runtime, *each) for each in ((long, 1_280), (short, 384), (short * np.float32(0), 256))]


def text(runtime: OnnxRuntime, written: Written) -> str:
    return runtime.tokenizer.decode([token for token in written.tokens if token < runtime.tokenizer.eot])


def test_each_is_written_as_if_it_were_alone(runtime: OnnxRuntime, sounds: list[Sound]) -> None:
    beginnings = (Beginning("KPU Provinsi dan Bawaslu."), Beginning(), Beginning())
    asked = [Asked(sound, beginning, SEARCH) for sound, beginning in zip(sounds, beginnings, strict=True)]
    for each, found in zip(asked, runtime.write(asked), strict=True):
        alone = write(runtime, each.sound, each.beginning, each.search)
        assert found.silence == alone.silence  # of the beginning, which is read alone
        assert each.sound is sounds[2] or wer(text(runtime, alone), text(runtime, found)) <= 0.15
        assert each.sound is sounds[2] or found.probability == pytest.approx(alone.probability, abs=0.15)
    assert runtime.write([]) == []


def test_words_of_one_lie_where_they_do_alone(runtime: OnnxRuntime, sounds: list[Sound]) -> None:
    both = runtime.write([Asked(sound, Beginning(), SEARCH) for sound in sounds[:2]])
    short = runtime.align(sounds[1], both[1], 300)
    assert short.frames[-1] <= 150
    alone = runtime.align(sounds[1], write(runtime, sounds[1], Beginning(), SEARCH), 300)
    assert abs(int(short.frames[-1]) - int(alone.frames[-1])) <= 5


def test_a_row_sees_its_own_sound_only(runtime: OnnxRuntime, sounds: list[Sound]) -> None:
    begin = [*runtime._tokens.begin, runtime._tokens.first_stamp]
    token = runtime.tokenizer.encode(" pelanggaran")[0]

    def begun(sound: Sound) -> tuple[Reading, int]:
        reading = Reading(runtime._decoder, sound, 8)
        return reading, reading.begin(begin, 0).node

    for at, sound in enumerate(sounds):
        reading, node = begun(sound)
        ((_, alone),) = step(reading, [(node, token)])
        pairs = [begun(each) for each in sounds]
        found = Together([each for each, _ in pairs]).step(
            {lane: [(each, token)] for lane, (_, each) in enumerate(pairs)}
        )
        ((row, told),) = found[at]
        assert told.scores[0] - told.total == pytest.approx(alone.scores[0] - alone.total, abs=ROUNDED)
        assert len({*told.tokens[:5]} & {*alone.tokens[:5]}) >= 3
        assert pairs[at][0].looks([row]).shape[2] == sound["keys0"].shape[3]


def test_who_is_over_is_left_out(runtime: OnnxRuntime, sounds: list[Sound]) -> None:
    begin = [*runtime._tokens.begin, runtime._tokens.first_stamp]
    readings = [Reading(runtime._decoder, sound, 8) for sound in sounds]
    nodes = [each.begin(begin, 0).node for each in readings]
    tokens = runtime.tokenizer.encode(" pelanggaran administrasi pemilihan dan penyelesaian sengketa")
    side_by_side = Together(readings)
    told: dict[int, Told] = {}
    for at, token in enumerate(tokens):
        lanes = [0, 1, 2] if at < 2 else [0, 2] if at < 4 else [2]
        found = side_by_side.step({lane: [(nodes[lane], token)] for lane in lanes})
        assert [*found] == lanes
        for lane in lanes:
            ((nodes[lane], told[lane]),) = found[lane]
    alone = Reading(runtime._decoder, sounds[2], 8)
    ((_, expected),) = step(alone, [(alone.begin([*begin, *tokens[:-1]], 0).node, tokens[-1])])
    assert len({*told[2].tokens[:5]} & {*expected.tokens[:5]}) >= 2
    assert [len(reading.path(node)) for reading, node in zip(readings, nodes, strict=True)] == [5, 3, len(tokens) + 1]
