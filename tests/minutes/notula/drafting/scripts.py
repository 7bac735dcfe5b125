"""Meetings of `tests/data/notula` and rakor-1, with what a person would write down of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from minutes.language.citations import cited
from minutes.language.writing import written
from minutes.notula.content import NOBODY, Who
from minutes.notula.material import Item, Material, Office, Spoken
from server.demo.seed import FINISHED

DATA = Path(__file__).parents[3] / "data"
FOLDERS = ("tuned", "kept", "unseen")


@dataclass(frozen=True, slots=True)
class Expected:
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task(Expected):
    offices: tuple[str, ...] = ()
    all_offices: bool = False
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Script:
    name: str
    material: Material
    decisions: tuple[Expected, ...]
    follow_ups: tuple[Task, ...]


def scripts(folder: str) -> list[Script]:
    return [_script(json.loads(file.read_text())) for file in sorted((DATA / "notula" / folder).glob("*.json"))]


def rakor_1(heard: bool) -> Script:
    """The meeting of the spoken fixtures, as it was said or as the product heard it (the demo's finished meeting)."""
    told = json.loads((DATA / "rakor-1" / "manifest.json").read_text())
    expected = json.loads((DATA / "notula" / "rakor-1.json").read_text())
    rows = (
        _heard() if heard else [(each["start"], each["end"], each["speaker"], each["text"]) for each in told["turns"]]
    )
    people = {
        key: Who(name=each["name"], position=each["position"], office=each["office"])
        for key, each in told["speakers"].items()
    }
    lines = [
        _line(f"l{number}", people[who], start, end, written(text))
        for number, (start, end, who, text) in enumerate(sorted(rows), 1)
    ]
    begun: dict[int, float] = {}
    for turn in told["turns"]:
        begun.setdefault(turn["agenda"], turn["start"] - 0.3)
    items = _items([(told["agenda"][number - 1], start) for number, start in begun.items()])
    opened = datetime(2020, 7, 9, 2, tzinfo=UTC)
    material = Material(
        meeting_id="rakor-1",
        title=told["title"],
        opened=opened,
        ended=opened + timedelta(seconds=told["duration"]),
        zones=("Asia/Jakarta",),
        host="KPU RI",
        host_city="Jakarta",
        lines=tuple(lines),
        items=items,
        offices=_offices(expected["offices"]),
        chair=people["ratna"],
    )
    spoken = {key: _at(lines, expected["turns"][key]) for key in expected["turns"]}
    return _expecting(f"rakor-1, {'heard' if heard else 'said'}", material, expected["expected"], spoken)


def _heard() -> list[tuple[float, float, str, str]]:
    tracks = json.loads((FINISHED / "lines.json").read_text())["tracks"]
    return [
        (each["start"], each["end"], track.removeprefix("demo-"), each["text"])
        for track, said in tracks.items()
        for each in said
    ]


def _at(lines: Sequence[Spoken], second: float) -> str:
    return next(line.id for line in lines if line.start - 0.5 <= second <= line.end + 0.5)


def _script(told: dict[str, Any]) -> Script:
    people = {key: Who(**each) for key, each in told["people"].items()}
    start = datetime.fromisoformat(f"{told['date']}T{told['starts']}").replace(tzinfo=ZoneInfo(told["zone"]))
    lines = tuple(
        _line(each["id"], people[each["who"]], each["start"], each["end"], each["text"]) for each in told["lines"]
    )
    opened = start.astimezone(UTC)
    material = Material(
        meeting_id=told["id"],
        title=told["title"],
        opened=opened,
        ended=opened + timedelta(seconds=lines[-1].end + 5),
        zones=(told["zone"],),
        host=told["host"],
        host_city="",
        lines=lines,
        items=_items([(each["title"], each["start"]) for each in told["agenda"]]),
        offices=_offices(told["offices"]),
        chair=people[told["chair"]],
        moderator=people.get(told["moderator"], NOBODY),
    )
    return _expecting(told["id"], material, told["expected"], {line.id: line.id for line in lines})


def _expecting(name: str, material: Material, expected: dict[str, Any], ids: dict[str, str]) -> Script:
    def lines(each: dict[str, Any]) -> tuple[str, ...]:
        return tuple(ids[line] for line in each["lines"])

    decisions = tuple(Expected(each["text"], lines(each)) for each in expected["decisions"])
    follow_ups = tuple(
        Task(
            each["text"], lines(each), tuple(each["offices"]), each["all_offices"], each["owner"],
            date.fromisoformat(each["due"]) if each["due"] else None,
        )
        for each in expected["follow_ups"]
    )  # fmt: skip
    return Script(name, material, decisions, follow_ups)


def _line(number: str, who: Who, start: float, end: float, text: str) -> Spoken:
    laws = tuple(asdict(each) for each in cited(text))
    return Spoken(number, who.name, who.office, who.office, who.name, who.position, start, end, text, laws)


def _items(begun: list[tuple[str, float]]) -> tuple[Item, ...]:
    ends = [start for _, start in begun[1:]]
    return tuple(Item(title, start, end) for (title, start), end in zip(begun, [*ends, None], strict=True))


def _offices(told: list[dict[str, str]]) -> tuple[Office, ...]:
    return tuple(Office(each["id"], each["name"], each["short_name"]) for each in told)
