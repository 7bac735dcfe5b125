"""`make bench-notula`: how many decisions and follow-ups a draft finds, and how many it makes up.

Meetings of `tests/data/notula` and rakor-1, as it was said and as the product hears it. A statement is right when its
text is about the same, and it cites a line that the matter rests on; of a follow-up the deadline and who is to do it
are told besides, as shares of those that were found.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from minutes.notula.content import Content, Decision, FollowUp
from minutes.notula.drafting import draft
from minutes.notula.drafting.reading import overlap, plain
from minutes.notula.drafting.roots import roots
from tests.minutes.notula.drafting.scripts import FOLDERS, Expected, Script, Task, rakor_1, scripts

TITLES = ("bapak", "ibu", "saudara", "kepala", "anggota", "bagian", "biro", "divisi")
SHOWN = ("rakor-1", "tuned")
SAME = 0.5  # of the roots of the shorter text
"""Lower than what joins statements in a draft: a person words the same matter in their own way."""


@dataclass(frozen=True, slots=True)
class Score:
    """`expected`, `made`: how many there are; `right`: of these in both. `due`, `owner`: right among the right."""

    expected: int = 0
    made: int = 0
    right: int = 0
    due: int = 0
    owner: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(one + another for one, another in zip(self._all(), other._all(), strict=True)))

    def _all(self) -> tuple[int, ...]:
        return self.expected, self.made, self.right, self.due, self.owner

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0


def score_decisions(script: Script, content: Content) -> Score:
    pairs = matched(script.decisions, content.decisions)
    return Score(len(script.decisions), len(content.decisions), len(pairs))


def score_follow_ups(script: Script, content: Content) -> Score:
    pairs = matched(script.follow_ups, content.follow_ups)
    due = sum(task.due == made.due for task, made in pairs if isinstance(task, Task) and isinstance(made, FollowUp))
    owner = sum(same_owner(task, made) for task, made in pairs if isinstance(task, Task) and isinstance(made, FollowUp))
    return Score(len(script.follow_ups), len(content.follow_ups), len(pairs), due, owner)


def matched(
    expected: Sequence[Expected], made: Sequence[Decision | FollowUp]
) -> list[tuple[Expected, Decision | FollowUp]]:
    """Each with at most one, the most alike first."""
    alike = [
        (likeness, -k, -n)
        for k, each in enumerate(expected)
        for n, one in enumerate(made)
        if set(each.lines) & set(one.cites) and (likeness := overlap(roots(each.text), roots(one.text))) >= SAME
    ]
    pairs: list[tuple[int, int]] = []
    for _, k, n in sorted(alike, reverse=True):
        if all(k != one and n != other for one, other in pairs):
            pairs.append((k, n))
    return [(expected[-k], made[-n]) for k, n in sorted(pairs, reverse=True)]


def same_owner(task: Task, made: FollowUp) -> bool:
    if task.all_offices or task.offices:
        return task.all_offices == made.all_offices and (made.all_offices or set(task.offices) == set(made.offices))
    wanted = [word for word in plain(task.owner).split() if word not in TITLES]
    named = [word for each in made.owners for word in plain(each).split()]
    return not made.all_offices and any(_called(one, other) for one in wanted for other in named)


def _called(one: str, other: str) -> bool:
    """Also by the beginning of a name."""
    return len(one) > 3 and len(other) > 3 and (one.startswith(other) or other.startswith(one))


def table(rows: Iterable[tuple[str, Score, Score]]) -> str:
    lines = [
        f"{'':26}{'decisions':<24}follow-ups",
        f"{'':26}{'recall':<16}{'prec.':<8}{'recall':<16}{'prec.':<8}{'due':<8}owner",
    ]
    for name, decided, followed in rows:
        lines.append(
            f"{name:<26}{_share(decided):<16}{decided.precision:<8.2f}{_share(followed):<16}{followed.precision:<8.2f}"
            + f"{followed.due}/{followed.right}".ljust(8)
            + f"{followed.owner}/{followed.right}"
        )
    return "\n".join(lines)


def _share(score: Score) -> str:
    return f"{score.recall:.2f} ({score.right}/{score.expected})"


def show(script: Script, content: Content) -> None:
    """What was missed and what was made up, for whoever writes rules: never of meetings that are kept apart."""
    for kind, expected, made in (
        ("decision", script.decisions, content.decisions),
        ("follow-up", script.follow_ups, content.follow_ups),
    ):
        pairs = matched(expected, made)
        for each in expected:
            if not any(each is one for one, _ in pairs):
                print(f"  missed {kind}: {each.text} {each.lines}")
        for one in made:
            if not any(one is other for _, other in pairs):
                print(f"  made up {kind}: {one.text} {one.cites}")
        for task, follow_up in pairs:
            if isinstance(task, Task) and isinstance(follow_up, FollowUp):
                if task.due != follow_up.due:
                    print(f"  due {task.due} != {follow_up.due}: {follow_up.text}")
                if not same_owner(task, follow_up):
                    who = (follow_up.owners, follow_up.offices, follow_up.all_offices)
                    print(f"  owner {task.owner or task.offices or 'all'} != {who}: {follow_up.text}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", action="append", choices=FOLDERS, help="only these; default: all")
    arguments.add_argument("--show", action="store_true", help="tell what was missed and made up, of tuned meetings")
    wanted = arguments.parse_args()
    groups: dict[str, list[Script]] = {"rakor-1": [rakor_1(heard=False), rakor_1(heard=True)]}
    groups |= {folder: scripts(folder) for folder in wanted.folder or FOLDERS}
    result: dict[str, Any] = {}
    rows: list[tuple[str, Score, Score]] = []
    for name, each in groups.items():
        scored = [_scored(f"{name}: {script.name}", script, wanted.show and name in SHOWN) for script in each]
        decided = sum((row[1] for row in scored), Score())
        followed = sum((row[2] for row in scored), Score())
        rows += [*scored, (f"{name}, together", decided, followed)] if len(scored) > 1 else scored
        result[name] = {"meetings": len(each), "decisions": _told(decided), "follow_ups": _told(followed)}
    print(table(rows))
    print(json.dumps(result))


def _scored(name: str, script: Script, shown: bool) -> tuple[str, Score, Score]:
    content = draft(script.material)
    if shown:
        print(script.name)
        show(script, content)
    return name[:25], score_decisions(script, content), score_follow_ups(script, content)


def _told(score: Score) -> dict[str, float]:
    shares = {"recall": round(score.recall, 3), "precision": round(score.precision, 3)}
    return {**{name: getattr(score, name) for name in ("expected", "made", "right", "due", "owner")}, **shares}


if __name__ == "__main__":
    main()
