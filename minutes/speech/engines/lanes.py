"""Decodings side by side: a step reads the decoder's weights once for all of them.

What each has read lies in one piece of memory, and a decoding's `Pool` is a part of it, so that nothing is copied from
step to step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minutes.speech.engines import graphs
from minutes.speech.engines.checkpoint import Checkpoint
from minutes.speech.engines.pool import Pool
from minutes.speech.engines.runtimes import Floats
from minutes.speech.onnx_session import session

Sound = dict[str, npt.NDArray[Any]]
"""Keys and values of every decoder layer."""
Found = dict[str, Any]
"""Outputs of the decoder's graph."""
FAR_BELOW = np.float32(-1e9)
UNSEEN = 1e12
"""What is taken from the products of keys behind a sound's end: nothing is left of them."""
ROOM = 64
"""Places by which pools grow: every place, taken or not, costs a step time."""
_PROJECTION = "decoder/projection/weight"
_OF_ROWS = ("scores", "tokens", "total", "tail")
_WANTED = (*_OF_ROWS, "grown_keys", "grown_values", "looks")


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

    def memory(self, lanes: int, room: int) -> Floats:
        """Keys and values: (2, layers, lanes, heads, room, head)."""
        return np.zeros((2, self.shape.layers, lanes, self.shape.heads, room, self.shape.head), np.float32)

    def run(self, tokens: npt.NDArray[np.int64], places: npt.NDArray[np.int64], given: Found) -> Found:
        """`tokens` and their `places` in the text: (lanes, new)."""
        rows = self._vectors[tokens].astype(np.float32) + self._places[places]
        return dict(zip(_WANTED, self._session.run(_WANTED, {"rows": rows, **given}), strict=True))


@dataclass(frozen=True, slots=True)
class New:
    """Rows that one decoding reads in a step."""

    tokens: Sequence[int]
    places: Sequence[int]
    """In the text."""
    before: Sequence[int]
    """Rows read before, at which all of these may look."""
    apart: Sequence[Sequence[int]]
    """And at which each of them may."""
    among: Floats
    """(new, new): 0 where one may look at another, else far below."""
    told: Sequence[int]
    """Of which of them it is asked what may follow."""


class Lanes:
    """`sounds` and `pools` of decodings that go on together, one lane each."""

    def __init__(self, decoder: Decoder, sounds: Sequence[Sound], pools: Sequence[Pool]) -> None:
        self._decoder, self._pools = decoder, pools
        self._sound = sounds[0] if len(sounds) == 1 else _stacked(sounds)
        self._frames = [each["keys0"].shape[3] for each in sounds]
        self._memory: Floats | None = None

    def run(self, asked: Sequence[New], best: int) -> list[Found]:
        """For each lane: outputs of the rows asked for, and `grown_keys`, `grown_values` (layers, heads, new, head) and
        `looks` (heads, new, frames) of all. `best`: text tokens that are told of a row, at least."""
        most = max(len(new.tokens) for new in asked)
        memory = self._roomy([len(new.tokens) for new in asked])
        tokens, places = (np.zeros((len(asked), most), np.int64) for _ in range(2))
        seen = np.full((len(asked), 1, most, memory.shape[4] + most), FAR_BELOW)
        for lane, new in enumerate(asked):
            tokens[lane, : len(new.tokens)], places[lane, : len(new.tokens)] = new.tokens, new.places
            self._see(seen[lane, 0], new, self._pools[lane])
        told = [lane * most + at for lane, new in enumerate(asked) for at in new.told]
        given = {
            "seen": seen,
            "sizes": np.array([memory.shape[4], most]),
            "told": np.array(told, np.int64),
            "best": np.array([best]),
            **self._sound,
        }
        for layer, (keys, values) in enumerate(zip(*memory, strict=True)):
            given[f"pool_keys{layer}"], given[f"pool_values{layer}"] = keys, values
        found = _apart(self._decoder.run(tokens, places, given), asked)
        return [{**each, "looks": each["looks"][:, :, :end]} for each, end in zip(found, self._frames, strict=True)]

    def _see(self, seen: Floats, new: New, pool: Pool) -> None:
        count = len(new.tokens)
        seen[:count, pool.places(new.before)] = 0
        for at, rows in enumerate(new.apart):
            seen[at, pool.places(rows)] = 0
        seen[:count, pool.room : pool.room + count] = new.among

    def _roomy(self, counts: Sequence[int]) -> Floats:
        """The memory of all, with room for as many more rows each."""
        pools = self._pools
        if self._memory is None or any(pool.free < count for pool, count in zip(pools, counts, strict=True)):
            needed = max(pool.taken + count for pool, count in zip(pools, counts, strict=True))
            room = max(-(-needed // ROOM) * ROOM, *(pool.room for pool in pools))
            self._memory = self._decoder.memory(len(pools), room)
            for lane, pool in enumerate(pools):
                pool.move(self._memory[:, :, lane])
        return self._memory


def _apart(found: Found, asked: Sequence[New]) -> list[Found]:
    lanes: list[Found] = []
    at = 0
    for lane, new in enumerate(asked):
        rows = {name: found[name][at : at + len(new.told)] for name in _OF_ROWS}
        grown = {name: found[name][:, lane, :, : len(new.tokens)] for name in ("grown_keys", "grown_values")}
        lanes.append({**rows, **grown, "looks": found["looks"][lane]})
        at += len(new.told)
    return lanes


def _stacked(sounds: Sequence[Sound]) -> Sound:
    """One sound in each lane; shorter ones are followed by what no row looks at."""
    return {name: np.concatenate(_alike(name, [each[name] for each in sounds])) for name in sounds[0]}


def _alike(name: str, parts: Sequence[npt.NDArray[Any]]) -> list[npt.NDArray[Any]]:
    """Of one length. (1, heads, head, frames) are keys, (1, heads, frames, head) values; scales have one size all."""
    axis = 2 if name.startswith("values") else 3
    longest = max(part.shape[axis] for part in parts)
    behind = UNSEEN if name.startswith("keys_offset") else 0
    return [_followed(part, axis, longest, behind) for part in parts]


def _followed(part: npt.NDArray[Any], axis: int, length: int, behind: float) -> npt.NDArray[Any]:
    sizes = [(0, length - part.shape[axis] if at == axis else 0) for at in range(part.ndim)]
    return np.pad(part, sizes, constant_values=behind)
