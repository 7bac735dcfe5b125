"""Keys and values of the rows that a decoder may still look at. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minutes.speech.engines.runtimes import Floats


class Pool:
    """Rows are known by number, and lie in places that become free when nothing stands on them any more.

    `numbers`: where they lie, keys and values: (2, layers, heads, room, head).
    """

    def __init__(self, numbers: Floats) -> None:
        self._numbers = numbers
        self._places: dict[int, int] = {}
        self._free = list(range(self.room))

    @property
    def room(self) -> int:
        """Places, taken and free."""
        return int(self._numbers.shape[3])

    @property
    def free(self) -> int:
        return len(self._free)

    @property
    def taken(self) -> int:
        return len(self._places)

    def places(self, rows: Iterable[int]) -> list[int]:
        return [self._places[row] for row in rows]

    def put(self, rows: Sequence[int], keys: Floats, values: Floats) -> None:
        """(layers, heads, rows, head). There is room for them."""
        places = [self._free.pop() for _ in rows]
        for at, new in enumerate((keys, values)):
            self._numbers[at][:, :, places] = new
        self._places.update(zip(rows, places, strict=True))

    def keep(self, rows: Iterable[int]) -> None:
        """Only these."""
        kept = {row: self._places[row] for row in rows}
        self._free += [place for row, place in self._places.items() if row not in kept]
        self._places = kept

    def move(self, numbers: Floats) -> None:
        """To memory that has as many places or more."""
        numbers[:, :, :, : self.room] = self._numbers
        self._free += range(self.room, numbers.shape[3])
        self._numbers = numbers
