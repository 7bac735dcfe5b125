"""The rows that a decoding has read: one for each token, in a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from minutes.speech.engines.lanes import FAR_BELOW, Decoder, Found, Lanes, New, Sound
from minutes.speech.engines.pool import Pool
from minutes.speech.engines.runtimes import Floats
from minutes.speech.engines.search import Follows, Hypothesis, Pairs, Told, log_sum


class Reading:
    """One decoding of one sound. `best`: text tokens whose probabilities each step tells.

    Rows are numbered as they are read; those of the beginning are its tokens.
    """

    def __init__(self, decoder: Decoder, sound: Sound, best: int) -> None:
        self.decoder, self.sound, self.best = decoder, sound, best
        self.pool = Pool(decoder.memory(1, 0)[:, :, 0])
        self._beginning: range = range(0)
        self._told: dict[int, Told] = {}
        self._looks: list[tuple[Floats, int]] = []  # of each row: those of its run, and its place there
        self._paths: dict[int, tuple[int, ...]] = {}  # from behind the beginning to each row
        self.silence = 0.0
        """The probability that nobody speaks."""

    def begin(self, tokens: Sequence[int], start: int) -> Hypothesis:
        """Known tokens at once. `start`: of them, where a transcript starts."""
        rows = self._beginning = range(len(tokens))
        lanes = Lanes(self.decoder, [self.sound], [self.pool])
        # By itself: its activations are many times those of all others, which would be rounded away beside it.
        first = self._run(lanes, New(tokens[:1], rows[:1], (), (), np.zeros((1, 1), np.float32), [0]))
        behind = np.where(np.tri(len(tokens) - 1, dtype=bool), np.float32(0), FAR_BELOW)
        new = New(tokens[1:], rows[1:], rows[:1], (), behind, [max(0, start - 1), rows[-2]])
        found = self._run(lanes, new)
        self.silence = self._silent(found if start else first)
        self._paths[rows[-1]] = ()
        self._tell(found, {rows[-1]: 1})
        return Hypothesis(rows[-1], self._told[rows[-1]])

    def ask(self, pairs: Pairs) -> New:
        """What a step reads: for rows, a token that follows each. Rows on which none stands can be followed no more."""
        parents = [self._paths[parent] for parent, _ in pairs]
        self.pool.keep({*self._beginning}.union(*parents))
        among = np.full((len(pairs), len(pairs)), FAR_BELOW)
        np.fill_diagonal(among, 0)
        places = [len(self._beginning) + len(path) for path in parents]
        return New([token for _, token in pairs], places, self._beginning, parents, among, range(len(pairs)))

    def take(self, pairs: Pairs, new: New, found: Found) -> Follows:
        """What a step found: the rows of these tokens, and what may follow them."""
        parents = [self._paths[parent] for parent, _ in pairs]
        rows = self._grow(new, found)
        self._paths.update((row, (*path, row)) for row, path in zip(rows, parents, strict=True))
        self._tell(found, {row: at for at, row in enumerate(rows)})
        return [(row, self._told[row]) for row in rows]

    @property
    def length(self) -> int:
        """Tokens of the beginning."""
        return len(self._beginning)

    def path(self, row: int) -> tuple[int, ...]:
        """From the last row of the beginning to this one."""
        return (self._beginning[-1], *self._paths[row])

    def told(self, row: int) -> Told:
        """What may follow it."""
        return self._told[row]

    def looks(self, rows: Sequence[int]) -> Floats:
        """Where these looked in the sound: (heads, rows, frames)."""
        return np.stack([self._looks[row][0][:, self._looks[row][1]] for row in rows], axis=1)

    def _run(self, lanes: Lanes, new: New) -> Found:
        (found,) = lanes.run([new], self.best)
        self._grow(new, found)
        return found

    def _grow(self, new: New, found: Found) -> range:
        count = len(new.tokens)
        rows = range(len(self._looks), len(self._looks) + count)
        self._looks += [(found["looks"], at) for at in range(count)]
        self.pool.put(rows, found["grown_keys"], found["grown_values"])
        return rows

    def _tell(self, found: Found, rows: Mapping[int, int]) -> None:
        """Rows, and their places in what was found."""
        tokens, stamps = self.decoder.tokens, 1 + self.decoder.tokens.stamps
        text, tail = tokens.text[found["tokens"]], found["tail"]
        for row, at in rows.items():
            total, end = float(found["total"][at, 0]), float(tail[at, 0])
            self._told[row] = Told(found["scores"][at], text[at], total, end, tail[at, 1:stamps])

    def _silent(self, found: Found) -> float:
        tail = found["tail"][0]
        silence = tail[self.decoder.tokens.tail.index(self.decoder.tokens.silence)]
        return float(np.exp(silence - np.logaddexp(found["total"][0, 0], log_sum(tail))))


class Together:
    """Readings that have begun, step by step: those that a step does not ask are over."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings
        self._lanes: Lanes | None = None
        self._live: tuple[int, ...] = ()

    def step(self, asked: Mapping[int, Pairs]) -> dict[int, Follows]:
        """By number of the reading."""
        live, readings = tuple(asked), [self._readings[at] for at in asked]
        if self._lanes is None or live != self._live:
            self._live = live
            self._lanes = Lanes(
                readings[0].decoder, [each.sound for each in readings], [each.pool for each in readings]
            )
        new = [each.ask(pairs) for each, pairs in zip(readings, asked.values(), strict=True)]
        found = self._lanes.run(new, max(each.best for each in readings))
        return {at: self._readings[at].take(asked[at], new[lane], found[lane]) for lane, at in enumerate(live)}
