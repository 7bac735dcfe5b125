"""Which heard words are wrong, and how well a score tells. PURE.

A word is wrong when the cheapest alignment with what was said leaves it without its like. Words that were only joined
or parted ("di buka", "dibuka") are right: a reader sees that at once, and no recogniser is in doubt about it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Step = tuple[int, int]  # words of what was said and of what was heard
RIDGE = 1.0  # keeps weights small where there is little to learn from
ROUNDS = 50


def right(said: Sequence[str], heard: Sequence[str]) -> list[bool]:
    """For each heard word whether it was said."""
    steps = _steps(said, heard)
    found = [False] * len(heard)
    i, j = len(said), len(heard)
    while i or j:
        back, over = steps[i][j]
        same = "".join(said[i - back : i]) == "".join(heard[j - over : j])
        for place in range(j - over, j):
            found[place] = same
        i, j = i - back, j - over
    return found


def _steps(said: Sequence[str], heard: Sequence[str]) -> list[list[Step]]:
    """The last step of the cheapest way to every pair of places."""
    costs: dict[Step, float] = {(0, 0): 0.0}
    table: list[list[Step]] = [[(0, 0)] * (len(heard) + 1) for _ in range(len(said) + 1)]
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            ways = [
                (costs[i - back, j - over] + cost, (back, over))
                for back, over, cost in _ways(said[:i], heard[:j])
                if (i, j) != (0, 0)
            ]
            if ways:
                costs[i, j], table[i][j] = min(ways, key=lambda way: way[0])
    return table


def _ways(said: Sequence[str], heard: Sequence[str]) -> list[tuple[int, int, float]]:
    ways: list[tuple[int, int, float]] = []
    if said and heard:
        ways.append((1, 1, float(said[-1] != heard[-1])))
    if len(said) > 1 and heard and said[-2] + said[-1] == heard[-1]:
        ways.append((2, 1, 0.0))
    if len(heard) > 1 and said and heard[-2] + heard[-1] == said[-1]:
        ways.append((1, 2, 0.0))
    return ways + ([(1, 0, 1.0)] if said else []) + ([(0, 1, 1.0)] if heard else [])


def auc(scores: Sequence[float], wrong: Sequence[bool]) -> float:
    """Chance that a wrong word scores above a right one; equal scores count half."""
    bad = np.array([score for score, is_wrong in zip(scores, wrong, strict=True) if is_wrong])
    good = np.array([score for score, is_wrong in zip(scores, wrong, strict=True) if not is_wrong])
    higher = (bad[:, None] > good[None, :]).mean() + 0.5 * (bad[:, None] == good[None, :]).mean()
    return float(higher)


def among_first(scores: Sequence[float], wrong: Sequence[bool], share: float) -> tuple[float, float]:
    """Of the highest `share` of scores: how many are wrong, and how many of all the wrong ones are there."""
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    first = order[: max(1, round(len(order) * share))]
    caught = sum(wrong[place] for place in first)
    return caught / len(first), caught / max(1, sum(wrong))


def fitted(features: Numbers, wrong: Numbers) -> Numbers:
    """Weights of a logistic regression, the constant first: Newton's method with a small ridge."""
    columns = np.column_stack([np.ones(len(features)), features])
    ridge = np.diag([0.0] + [RIDGE] * features.shape[1])
    weights = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        chance = predicted(weights, features)
        slope = columns.T @ (chance - wrong) + ridge @ weights
        bend = (columns.T * (chance * (1 - chance))) @ columns + ridge
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def predicted(weights: Numbers, features: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-(weights[0] + features @ weights[1:]))))


def held_out(features: Numbers, wrong: Numbers, groups: Sequence[str]) -> Numbers:
    """For each row its chance by the weights fitted to all other groups."""
    owners, found = np.array(groups), np.zeros(len(wrong))
    for group in sorted(set(groups)):
        mine = owners == group
        found[mine] = predicted(fitted(features[~mine], wrong[~mine]), features[mine])
    return found
