"""The rows that a decoding has read: one for each token, in a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

from minutes.speech.engines import graphs
from minutes.speech.engines.checkpoint import Checkpoint
from minutes.speech.engines.pool import Pool
from minutes.speech.engines.runtimes import Floats
from minutes.speech.engines.search import Hypothesis, Told, log_sum

Sound = dict[str, npt.NDArray[Any]]
"""Keys and values of every decoder layer."""
Found = dict[str, Any]
"""Outputs of the decoder's graph."""
_PROJECTION = "decoder/projection/weight"
FAR_BELOW = np.float32(-1e9)
_WANTED = ("grown_keys", "grown_values", "scores", "tokens", "total", "tail", "looks")


def session(model: bytes, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Decoder:
    """One step over new rows."""

    def __init__(self, checkpoint: Checkpoint, threads: int) -> None:
        weights = checkpoint.weights
        self.tokens, self.shape = checkpoint.tokens, weights.shape("decoder")
        self._vectors = weights.rows("decoder/embeddings/weight")
        self._places = weights("decoder/position_encodings/encodings")
        projection = weights.rows(_PROJECTION) if _PROJECTION in weights else self._vectors
        text, tail = (projection[each].astype(np.float32) for each in (self.tokens.text, self.tokens.tail))
        self._session = session(graphs.decoder(weights, text, tail, checkpoint.looking), threads)

    def run(self, tokens: Sequence[int], places: Sequence[int], given: Found) -> Found:
        rows = self._vectors[list(tokens)].astype(np.float32) + self._places[list(places)]
        return dict(zip(_WANTED, self._session.run(_WANTED, {"rows": rows, **given}), strict=True))


class Reading:
    """One decoding of one sound. `best`: text tokens whose probabilities each step tells.

    Rows are numbered as they are read; those of the beginning are its tokens.
    """

    def __init__(self, decoder: Decoder, sound: Sound, best: int) -> None:
        self._decoder, self._sound = decoder, sound
        self._best = np.array([best])
        shape = decoder.shape
        self._pool = Pool(shape.layers, shape.heads, shape.head)
        self._beginning: range = range(0)
        self._told: dict[int, Told] = {}
        self._looks: list[tuple[Floats, int]] = []  # of each row: those of its run, and its place there
        self._paths: dict[int, tuple[int, ...]] = {}  # from behind the beginning to each row
        self.silence = 0.0
        """The probability that nobody speaks."""

    def begin(self, tokens: Sequence[int], start: int) -> Hypothesis:
        """Known tokens at once. `start`: of them, where a transcript starts."""
        rows = self._beginning = range(len(tokens))
        # By itself: its activations are many times those of all others, which would be rounded away beside it.
        first = self._run(tokens[:1], rows[:1], np.zeros((1, 1), np.float32), [0])
        bias = np.full((len(tokens) - 1, self._pool.room + len(tokens) - 1), FAR_BELOW)
        bias[:, self._pool.places(rows[:1])] = 0
        bias[:, self._pool.room :][np.tri(len(tokens) - 1, dtype=bool)] = 0
        found = self._run(tokens[1:], rows[1:], bias, [max(0, start - 1), rows[-2]])
        self.silence = self._silent(found if start else first)
        self._paths[rows[-1]] = ()
        self._tell(found, {rows[-1]: 1})
        return Hypothesis(rows[-1], self._told[rows[-1]])

    def step(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, Told]]:
        """Rows, and a token that follows each; to the rows of these tokens, and what may follow them.

        Rows on which none of these stands can be followed no more.
        """
        new = list(dict.fromkeys(pairs))
        rows = dict(zip(new, self._follow(new), strict=True))
        return [(rows[pair], self._told[rows[pair]]) for pair in pairs]

    def path(self, row: int) -> tuple[int, ...]:
        """From the last row of the beginning to this one."""
        return (self._beginning[-1], *self._paths[row])

    def told(self, row: int) -> Told:
        """What may follow it."""
        return self._told[row]

    def looks(self, rows: Sequence[int]) -> Floats:
        """Where these looked in the sound: (heads, rows, frames)."""
        return np.stack([self._looks[row][0][:, self._looks[row][1]] for row in rows], axis=1)

    def _follow(self, pairs: Sequence[tuple[int, int]]) -> range:
        parents = [self._paths[parent] for parent, _ in pairs]
        self._pool.keep({*self._beginning}.union(*parents))
        known, room, count = self._pool.places(self._beginning), self._pool.room, len(pairs)
        bias = np.full((count, room + count), FAR_BELOW)
        bias[:, known] = 0
        np.fill_diagonal(bias[:, room:], 0)
        for at, path in enumerate(parents):
            bias[at, self._pool.places(path)] = 0
        rows = range(len(self._looks), len(self._looks) + count)
        self._paths.update((row, (*path, row)) for row, path in zip(rows, parents, strict=True))
        places = [len(self._beginning) + len(path) for path in parents]
        found = self._run([token for _, token in pairs], places, bias, range(count))
        self._tell(found, {row: at for at, row in enumerate(rows)})
        return rows

    def _tell(self, found: Found, rows: Mapping[int, int]) -> None:
        """Rows, and their places in what was found."""
        tokens, stamps = self._decoder.tokens, 1 + self._decoder.tokens.stamps
        text, tail = tokens.text[found["tokens"]], found["tail"]
        for row, at in rows.items():
            total, end = float(found["total"][at, 0]), float(tail[at, 0])
            self._told[row] = Told(found["scores"][at], text[at], total, end, tail[at, 1:stamps])

    def _silent(self, found: Found) -> float:
        tail = found["tail"][0]
        silence = tail[self._decoder.tokens.tail.index(self._decoder.tokens.silence)]
        return float(np.exp(silence - np.logaddexp(found["total"][0, 0], log_sum(tail))))

    def _run(self, tokens: Sequence[int], places: Sequence[int], bias: Floats, told: Sequence[int]) -> Found:
        """`bias`: (new, room + new), 0 where a row may look."""
        count = len(tokens)
        given = {
            "seen": bias,
            "sizes": np.array([self._pool.room, count]),
            "told": np.array(told, dtype=np.int64),
            "best": self._best,
            **self._sound,
        }
        for layer, (keys, values) in enumerate(self._pool.layers()):
            given[f"pool_keys{layer}"], given[f"pool_values{layer}"] = keys, values
        found = self._decoder.run(tokens, places, given)
        rows = range(len(self._looks), len(self._looks) + count)
        self._looks += [(found["looks"], at) for at in range(count)]
        self._pool.put(rows, found["grown_keys"], found["grown_values"])
        return found
