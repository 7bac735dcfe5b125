from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.engines.pool import ROOM, Pool

LAYERS, HEADS, HEAD = 2, 3, 4


def put(pool: Pool, rows: Sequence[int]) -> None:
    keys = np.broadcast_to(np.array(rows, np.float32)[:, None], (LAYERS, HEADS, len(rows), HEAD))
    pool.put(rows, keys, -keys)


def held(pool: Pool, rows: Sequence[int]) -> bool:
    places = pool.places(rows)
    return len(set(places)) == len(rows) and all(
        np.array_equal(keys[:, places], -values[:, places])
        and np.array_equal(keys[:, places], np.broadcast_to(np.array(rows)[:, None], keys[:, places].shape))
        for keys, values in pool.layers()
    )


def test_what_is_left_makes_room() -> None:
    pool = Pool(LAYERS, HEADS, HEAD)
    put(pool, range(ROOM))
    assert pool.room == ROOM
    pool.keep(range(10))
    put(pool, range(ROOM, 2 * ROOM - 10))
    assert pool.room == ROOM
    assert held(pool, [*range(10), *range(ROOM, 2 * ROOM - 10)])
    put(pool, [1_000])
    assert pool.room == 2 * ROOM
    assert held(pool, [*range(10), 1_000])


@given(st.lists(st.tuples(st.integers(1, 100), st.floats(0, 1)), max_size=12))
def test_rows_stay_as_they_were(steps: list[tuple[int, float]]) -> None:
    pool, rows = Pool(LAYERS, HEADS, HEAD), list[int]()
    next_row = 0
    for count, share in steps:
        rows = rows[: round(len(rows) * share)]
        pool.keep(rows)
        new = range(next_row, next_row + count)
        put(pool, new)
        rows, next_row = [*rows, *new], next_row + count
        assert held(pool, rows)
        assert pool.room < len(rows) + 100 * len(steps) + ROOM
