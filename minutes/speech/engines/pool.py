"""Keys and values of the rows that a decoder may still look at. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
ROOM = 64
"""Places by which a pool grows: every place, taken or not, costs a step time."""


class Pool:
    """Rows are known by number, and lie in places that become free when nothing stands on them any more."""

    def __init__(self, layers: int, heads: int, head: int) -> None:
        self._numbers = np.zeros((2, layers, heads, 0, head), np.float32)
        self._places: dict[int, int] = {}
        self._free: list[int] = []

    @property
    def room(self) -> int:
        """Places, taken and free."""
        return self._numbers.shape[3]

    def layers(self) -> list[tuple[Floats, Floats]]:
        """Keys and values: (heads, room, head) each."""
        return list(zip(*self._numbers, strict=True))

    def places(self, rows: Iterable[int]) -> list[int]:
        return [self._places[row] for row in rows]

    def put(self, rows: Sequence[int], keys: Floats, values: Floats) -> None:
        """(layers, heads, rows, head)."""
        self._make_room(len(rows))
        places = [self._free.pop() for _ in rows]
        for at, new in enumerate((keys, values)):
            self._numbers[at][:, :, places] = new
        self._places.update(zip(rows, places, strict=True))

    def keep(self, rows: Iterable[int]) -> None:
        """Only these."""
        kept = {row: self._places[row] for row in rows}
        self._free += [place for row, place in self._places.items() if row not in kept]
        self._places = kept

    def _make_room(self, count: int) -> None:
        lacking = count - len(self._free)
        if lacking > 0:
            more = -(-lacking // ROOM) * ROOM
            self._free += range(self.room + more - 1, self.room - 1, -1)
            self._numbers = np.pad(self._numbers, ((0, 0), (0, 0), (0, 0), (0, more), (0, 0)))
