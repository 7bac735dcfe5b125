"""Who gets which layer out of a budget."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.layers import KEEP, Claim, choose, in_mode, next_step, total, useful_layer, wanted
from media.ports import Mode

CAMERA, SCREEN = (80, 220, 700), (250, 1200)
SCREEN_CLAIM = Claim("s", 0, SCREEN, 1, None)
LEADING, PINNED, OTHER = (Claim(mid, rank, CAMERA, 2, None) for rank, mid in enumerate("lpo", 1))
ALL = (OTHER, PINNED, SCREEN_CLAIM, LEADING)  # ranks count, not places


@pytest.mark.parametrize(
    ("budget", "screen", "leading", "pinned", "other"),
    [
        (70, None, None, None, None),
        (100, None, 0, None, None),  # a screen too large for the way does not take it from a camera
        (330, 0, 0, None, None),
        (490, 0, 0, 0, 0),
        (640, 0, 1, 0, 0),
        (1110, 0, 2, 0, 0),
        (1440, 1, 0, 0, 0),
        (3300, 1, 2, 2, 2),
    ],
)
def test_first_everybody_then_better_in_rank_order(
    budget: int, screen: int | None, leading: int | None, pinned: int | None, other: int | None
) -> None:
    assert choose(ALL, budget) == {"s": screen, "l": leading, "p": pinned, "o": other}


def test_what_runs_is_kept_where_it_would_not_be_raised() -> None:
    running, paused = Claim("v", 0, CAMERA, 2, 1), Claim("v", 0, CAMERA, 2, 0)
    assert choose([running], 200) == {"v": 1}
    assert choose([paused], 200) == {"v": 0}
    assert choose([running], 180) == {"v": 0}


def test_room_for_what_is_new_is_counted_in_full() -> None:
    running, new = Claim("a", 0, (100,), 0, 0), Claim("b", 1, (100,), 0, None)
    assert choose([running, new], 199) == {"a": 0, "b": None}
    assert choose([running, new], 200) == {"a": 0, "b": 0}


def test_layers_that_are_not_sent_cannot_be_chosen() -> None:
    assert choose([Claim("v", 0, (80, 0, 700), 1, None)], 1000) == {"v": 0}
    assert choose([Claim("v", 0, (0, 0, 0), 2, None)], 1000) == {"v": None}
    assert choose([Claim("v", 0, (), 2, None)], 1000) == {"v": None}
    assert choose([Claim("v", 0, (0, 220, 700), 0, None)], 1000) == {"v": 1}  # rather than nothing
    assert choose([Claim("v", 0, CAMERA, None, 2)], 1000) == {"v": None}


def test_the_next_step_is_the_best_ranked_that_may_work_else_the_smallest() -> None:
    chosen = choose(ALL, 490)
    assert next_step(ALL, chosen) == 490 + 950
    assert next_step(ALL, chosen, below=1000) == 490 + 140
    assert next_step(ALL, chosen, below=500) == 490 + 140
    assert next_step(ALL, choose(ALL, 5000)) is None
    assert next_step(ALL, choose(ALL, 330)) == 330 + 80
    assert next_step([LEADING], {"l": None}) == 80


def test_an_improvement_may_take_from_those_behind_it() -> None:
    claims = [Claim("a", 0, CAMERA, 2, 1), Claim("b", 1, CAMERA, 2, 1)]
    assert next_step(claims, {"a": 1, "b": 1}) == 700 + 80


claims_of_a_room = st.lists(
    st.builds(
        Claim,
        mid=st.uuids().map(str),
        rank=st.integers(0, 20),
        rates=st.lists(st.integers(0, 1000), max_size=3).map(lambda rates: tuple(sorted(rates))),
        want=st.none() | st.integers(0, 2),
        now=st.none() | st.integers(0, 2),
    ),
    max_size=20,
    unique_by=lambda claim: claim.mid,
)


@given(claims_of_a_room, st.integers(0, 20_000))
def test_a_choice_fits_its_budget_and_the_next_step_leads_further(claims: list[Claim], budget: int) -> None:
    chosen = choose(claims, budget)
    assert set(chosen) == {claim.mid for claim in claims}
    cost = total(claims, chosen)
    assert KEEP * cost <= budget + 1e-6
    assert cost <= wanted(claims)
    for claim in claims:
        layer = chosen[claim.mid]
        assert layer is None or claim.rates[layer] > 0
    step = next_step(claims, chosen)
    assert (step is None) == (chosen == choose(claims, 10**9))
    if step is not None:
        assert step > budget
        assert choose(claims, step) != chosen


@given(claims_of_a_room, st.integers(0, 20_000))
def test_nobody_is_paused_for_a_better_layer_of_another(claims: list[Claim], budget: int) -> None:
    claims = [claim for claim in claims if claim.rates and claim.rates[0]]
    poor = [replace(claim, rates=claim.rates[:1]) for claim in claims]
    paused = [mid for mid, layer in choose(claims, budget).items() if layer is None]
    assert paused == [mid for mid, layer in choose(poor, budget).items() if layer is None]


@pytest.mark.parametrize(
    ("height", "layer"), [(1, 0), (135, 0), (192, 0), (194, 1), (385, 1), (387, 2), (540, 2), (2160, 2)]
)
def test_the_smallest_layer_that_looks_sharp(height: int, layer: int) -> None:
    assert useful_layer(height, (135, 270, 540)) == layer


def test_layers_of_one_height_differ_in_frames_and_the_best_is_of_use() -> None:
    assert useful_layer(300, (1080, 1080)) == 1
    assert useful_layer(4320, (540,)) == 0


def test_modes() -> None:
    claims = [Claim("s", 0, SCREEN, 1, 1), Claim("hidden", 1, CAMERA, None, None)]
    claims += [Claim(f"c{rank}", rank, CAMERA, 2, 2) for rank in range(7, 1, -1)]
    wants = {mode: {c.mid: c.want for c in in_mode(claims, mode, ["s"])} for mode in Mode}
    assert in_mode(claims, Mode.FULL, ["s"]) == claims
    assert wants[Mode.AUDIO] == dict.fromkeys(wants[Mode.FULL])
    assert {mid for mid, want in wants[Mode.SAVING].items() if want is not None} == {"s", "c2", "c3", "c4", "c5"}
    assert set(wants[Mode.SAVING].values()) == {0, None}
