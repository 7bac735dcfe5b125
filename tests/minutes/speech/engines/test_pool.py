from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.engines.pool import Pool
from minutes.speech.engines.runtimes import Floats

LAYERS, HEADS, HEAD = 2, 3, 4


def pool_of(room: int) -> Pool:
    return Pool(memory(room))


def memory(room: int) -> Floats:
    return np.zeros((2, LAYERS, HEADS, room, HEAD), np.float32)


def put(pool: Pool, rows: Sequence[int]) -> None:
    keys = np.broadcast_to(np.array(rows, np.float32)[:, None], (LAYERS, HEADS, len(rows), HEAD))
    pool.put(rows, keys, -keys)


def held(pool: Pool, numbers: Floats, rows: Sequence[int]) -> bool:
    places = pool.places(rows)
    keys, values = numbers[:, :, :, places]
    expected = np.broadcast_to(np.array(rows)[:, None], keys.shape)
    return len(set(places)) == len(rows) and np.array_equal(keys, expected) and np.array_equal(values, -expected)


def test_what_is_left_makes_room() -> None:
    numbers = memory(20)
    pool = Pool(numbers)
    put(pool, range(20))
    assert (pool.room, pool.taken, pool.free) == (20, 20, 0)
    pool.keep(range(5))
    assert (pool.taken, pool.free) == (5, 15)
    put(pool, range(20, 35))
    assert pool.free == 0
    assert held(pool, numbers, [*range(5), *range(20, 35)])


def test_it_moves_with_all_that_it_holds() -> None:
    pool, larger = pool_of(4), memory(10)
    put(pool, [7, 8, 9])
    pool.move(larger)
    assert (pool.room, pool.free) == (10, 7)
    put(pool, range(20, 27))
    assert held(pool, larger, [7, 8, 9, *range(20, 27)])


@given(st.lists(st.tuples(st.integers(1, 100), st.floats(0, 1)), max_size=12))
def test_rows_stay_as_they_were(steps: list[tuple[int, float]]) -> None:
    numbers = memory(0)
    pool, rows = Pool(numbers), list[int]()
    next_row = 0
    for count, share in steps:
        rows = rows[: round(len(rows) * share)]
        pool.keep(rows)
        if pool.free < count:
            numbers = memory(pool.taken + max(count, pool.room))
            pool.move(numbers)
        new = range(next_row, next_row + count)
        put(pool, new)
        rows, next_row = [*rows, *new], next_row + count
        assert held(pool, numbers, rows)
        assert pool.taken == len(rows)
